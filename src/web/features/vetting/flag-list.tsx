import { IconAlertTriangle, IconFlag } from '@tabler/icons-react';
import type { Flag } from '#modules/vetting/api.ts';
import { useCreatorChoice } from './use-creator.ts';

/** What a person must look at, each with its reason. */
export function FlagList({ flags }: { flags: readonly Flag[] }) {
  const { setSearch } = useCreatorChoice();
  if (flags.length === 0) return null;
  const inOrder = [...flags].sort((a, b) => Number(b.severity === 'red') - Number(a.severity === 'red'));
  return (
    <ul className="vt-flags" aria-label="Flags">
      {inOrder.map((flag) => {
        const isRed = flag.severity === 'red';
        const Icon = isRed ? IconFlag : IconAlertTriangle;
        const { signal } = flag;
        return (
          <li key={`${flag.name} ${flag.reason}`} className={isRed ? 'alert' : 'alert warn'}>
            <Icon className="i" size={16} stroke={1.8} aria-hidden />
            <div>
              <b>
                {isRed ? 'Red flag: ' : ''}
                {flag.title}.
              </b>{' '}
              {flag.reason}{' '}
              {signal !== null && (
                <button type="button" className="vt-link" onClick={() => setSearch({ signal }, { push: true })}>
                  Show the evidence
                </button>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
