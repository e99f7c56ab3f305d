import { IconChevronRight, IconWritingSign } from '@tabler/icons-react';
import type { PortalContractRow } from '#modules/contracts/api.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { useBrand } from '#web/portal/shell/portal-session.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { Tag } from '#web/ui/tag.tsx';
import { lastMoment, sayState } from './words.ts';

export function ContractList({ rows }: { rows: readonly PortalContractRow[] }) {
  const { timeZone } = useBrand();
  return (
    <ul className="ph-list">
      {rows.map((row) => {
        const { text, tone } = sayState(row);
        const isMine = row.waitsFor === 'me';
        return (
          <li key={row.id}>
            <PortalLink to="/contracts/$contractId" params={{ contractId: row.id }}>
              <IconWritingSign className="i" size={20} stroke={1.6} aria-hidden />
              <div className="grow">
                <b>{row.title}</b>
                <span className="meta">
                  {isMine && row.expiresAt !== null
                    ? `open until ${formatDateTime(lastMoment(row.expiresAt), timeZone)}`
                    : row.isAmendment
                      ? 'A change to your contract'
                      : row.campaignName}
                </span>
              </div>
              <Tag tone={tone}>{text}</Tag>
              <IconChevronRight className="i" size={16} stroke={1.6} aria-hidden />
            </PortalLink>
          </li>
        );
      })}
    </ul>
  );
}
