import { IconChevronRight } from '@tabler/icons-react';
import type { Signal } from '#modules/vetting/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { PercentileMark } from '#web/ui/percentile-mark.tsx';
import { useCreatorChoice } from './use-creator.ts';
import { meaningOf, points } from './words.ts';

interface Props {
  label: string;
  signals: readonly Signal[];
  /** Without a score there are no points to show. */
  withPoints: boolean;
}

/** Signals with value, place among peers and points; each opens its evidence. */
export function SignalList({ label, signals, withPoints }: Props) {
  const { setSearch } = useCreatorChoice();
  if (signals.length === 0) return <p className="meta">Nothing is known yet.</p>;
  return (
    <ul className="list vt-signals" aria-label={label}>
      {signals.map((signal) => (
        <li key={signal.name}>
          <div className="vt-what">
            <b>{signal.title}</b>
            <span className="meta">{signal.text}</span>
            {signal.needs !== null && <span className="meta">To settle it: {signal.needs}.</span>}
          </div>
          <span className="vt-place">
            {signal.percentile !== null && <PercentileMark percentile={signal.percentile} peers="peers" />}
          </span>
          <span className="vt-value">
            <Figure
              label={signal.title}
              value={signal.display}
              meaning={meaningOf(signal)}
              missing={signal.state === 'unknown' ? 'not known' : 'does not apply'}
            />
          </span>
          {withPoints && (
            <b className={`num vt-points ${signal.contribution < 0 ? 'down' : signal.contribution > 0 ? 'up' : ''}`}>
              {points(signal.contribution)}
              <span className="vh"> points</span>
            </b>
          )}
          <button
            type="button"
            className="vt-open"
            aria-label={`Evidence of: ${signal.title}`}
            onClick={() => setSearch({ signal: signal.name }, { push: true })}
          >
            <IconChevronRight size={16} stroke={1.6} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
