import { IconChevronRight, IconSpeakerphone } from '@tabler/icons-react';
import { listPortalCampaigns, type PortalCampaign } from '#modules/portal/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { sayDay } from './say-day.ts';
import { words } from './words.ts';

const said = words.campaigns;

export function CampaignsPage() {
  const campaigns = useApiQuery(listPortalCampaigns, {});
  return (
    <QueryState query={campaigns}>
      {({ rows }) =>
        rows.length === 0 ? (
          <EmptyState isPage icon={IconSpeakerphone} title={said.none.title}>
            {said.none.text}
          </EmptyState>
        ) : (
          <>
            <h1>{said.title(rows.length)}</h1>
            <ul className="ph-list">
              {rows.map((row) => (
                <CampaignRow key={row.enrolmentId} row={row} />
              ))}
            </ul>
          </>
        )
      }
    </QueryState>
  );
}

function CampaignRow({ row }: { row: PortalCampaign }) {
  return (
    <li>
      <PortalLink to="/campaigns/$enrolmentId" params={{ enrolmentId: row.enrolmentId }}>
        <div className="grow">
          <b>{row.name}</b>
          <span className="meta">
            {sayDay(row.startsOn)} to {sayDay(row.endsOn)}
          </span>
        </div>
        <StateTag row={row} />
        <IconChevronRight className="i" size={16} stroke={1.6} aria-hidden />
      </PortalLink>
    </li>
  );
}

function StateTag({ row }: { row: PortalCampaign }) {
  if (row.isOver) return <Tag>{said.over}</Tag>;
  if (row.invitation?.state === 'open') return <Tag tone="warn">{said.invited}</Tag>;
  const current = row.steps.find((step) => step.state === 'current');
  return current === undefined ? null : <Tag>{current.label}</Tag>;
}
