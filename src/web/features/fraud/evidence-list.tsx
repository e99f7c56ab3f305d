import { IconChartDots, IconClick, IconLink, IconShoppingBag, IconTicket, IconUser } from '@tabler/icons-react';
import type { Evidence } from '#modules/fraud/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { placeOf } from './words.ts';

const icons = {
  order: IconShoppingBag,
  click: IconClick,
  code: IconTicket,
  link: IconLink,
  creator: IconUser,
  figure: IconChartDots,
};

/** What a finding rests on; orders, codes and creators open. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  const { timeZone } = useWorkspace();
  if (evidence.length === 0) return null;
  return (
    <ul className="frd-evidence">
      {evidence.map((one, at) => {
        const Icon = icons[one.kind];
        const place = placeOf(one);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: evidence has no id of its own and never moves
          <li key={at}>
            <Icon size={16} stroke={1.6} aria-hidden />
            <span>
              {place === null ? (
                one.label
              ) : (
                <AppLink
                  to={place.to}
                  {...(place.params ? { params: place.params } : {})}
                  {...(place.search ? { search: place.search } : {})}
                >
                  {one.label}
                </AppLink>
              )}
              {one.kind === 'click' && one.id !== null && <span className="meta block clip">click {one.id}</span>}
            </span>
            {one.at !== null && <time className="meta">{formatDateTime(one.at, timeZone)}</time>}
          </li>
        );
      })}
    </ul>
  );
}
