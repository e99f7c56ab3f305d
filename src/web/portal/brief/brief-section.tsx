import { IconChevronRight, IconFileText } from '@tabler/icons-react';
import { listPortalBriefs } from '#modules/campaigns/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { useBrand } from '#web/portal/shell/portal-session.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { Tag } from '#web/ui/tag.tsx';
import { words } from './words.ts';

/** The briefs of a creator on the home page; nothing without any. */
export function BriefSection() {
  const { timeZone } = useBrand();
  const { data } = useApiQuery(listPortalBriefs, {});
  if (data === undefined || data.length === 0) return null;
  return (
    <section aria-labelledby="pb-home">
      <header>
        <h2 id="pb-home">{words.sectionTitle}</h2>
        <span className="meta">{data.length > 1 ? data.length : ''}</span>
      </header>
      <ul className="ph-list">
        {data.map((brief) => (
          <li key={brief.enrolmentId}>
            <PortalLink to="/briefs/$enrolmentId" params={{ enrolmentId: brief.enrolmentId }}>
              <IconFileText className="i" size={20} stroke={1.6} aria-hidden />
              <div className="grow">
                <b>{brief.campaign.name}</b>
                <span className="meta">
                  {brief.state === 'acknowledged' && brief.acknowledged !== null
                    ? `v${brief.version}, you agreed on ${formatDate(brief.acknowledged.at, timeZone)}`
                    : `v${brief.version}, sent ${formatDate(brief.sentAt, timeZone)}`}
                </span>
              </div>
              {brief.state === 'to_acknowledge' && <Tag tone="warn">{words.toRead}</Tag>}
              <IconChevronRight className="i" size={16} stroke={1.6} aria-hidden />
            </PortalLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
