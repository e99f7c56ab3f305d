import { listPersonCampaigns } from '#modules/campaigns/api.ts';
import { listsOfCreator } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { Money } from '#web/ui/money.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { AboutSection } from './about-section.tsx';
import { PricesSection } from './prices-section.tsx';
import { usePerson } from './use-creator.ts';

/** What this creator asks and how to reach them, and what we have done together so far: campaigns and lists. */
export function RelationshipPage() {
  const personId = useParam('personId');
  const campaigns = useApiQuery(listPersonCampaigns, { personId });
  const lists = useApiQuery(listsOfCreator, { personId });
  const { data: person } = usePerson();
  return (
    <div className="cols even">
      {person !== undefined && (
        <>
          <PricesSection person={person} />
          <AboutSection person={person} />
        </>
      )}
      <Section title="Campaigns">
        <QueryState query={campaigns}>
          {(rows) =>
            rows.length === 0 ? (
              <p className="meta vt-empty">On no campaign yet. "Add to campaign" puts this creator on one.</p>
            ) : (
              <ul className="list" aria-label="Campaigns">
                {rows.map(({ campaign, enrolment }) => (
                  <li key={enrolment.id}>
                    <div className="vt-what">
                      <AppLink to="/campaigns/$campaignId" params={{ campaignId: campaign.id }}>
                        <b>{campaign.name}</b>
                      </AppLink>
                      <span className="meta">
                        {campaign.state}, since {formatWhen(enrolment.addedAt)}
                      </span>
                    </div>
                    {enrolment.fee !== null && <Money value={enrolment.fee} />}
                    <Tag>{enrolment.removedAt === null ? enrolment.stage : 'removed'}</Tag>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryState>
      </Section>
      <Section title="Lists">
        <QueryState query={lists}>
          {({ rows }) =>
            rows.length === 0 ? (
              <p className="meta vt-empty">On no list yet.</p>
            ) : (
              <ul className="list" aria-label="Lists">
                {rows.map((list) => (
                  <li key={list.id}>
                    <div className="vt-what">
                      <b>{list.name}</b>
                      {list.note !== null && <span className="meta">{list.note}</span>}
                    </div>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryState>
      </Section>
    </div>
  );
}
