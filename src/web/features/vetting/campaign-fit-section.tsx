import { Select } from '@mantine/core';
import { z } from 'zod';
import { platformNames } from '#kernel/platform.ts';
import { alignCreator, type BriefAlignment, listCampaigns } from '#modules/campaigns/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { FitContributions } from './fit-section.tsx';

const search = z.object({ campaign: z.string().max(60).optional() });
const campaignsMax = 100;

/** How the creator matches the brief of a campaign that is chosen here, beside the brand as a whole. */
export function CampaignFitSection({ personId }: { personId: string }) {
  const [{ campaign }, setState] = useSearchState(search);
  const campaigns = useApiQuery(listCampaigns, { limit: campaignsMax });
  const rows = campaigns.data?.rows ?? [];
  const chosen = rows.find((row) => row.id === campaign)?.id ?? null;
  return (
    <Section
      title="Match with a campaign’s brief"
      end={
        rows.length > 0 && (
          <Select
            aria-label="Campaign"
            placeholder="Choose a campaign"
            clearable
            searchable
            w={220}
            data={rows.map((row) => ({ value: row.id, label: row.name }))}
            value={chosen}
            onChange={(next) => setState({ campaign: next ?? undefined }, { push: true })}
          />
        )
      }
    >
      <QueryState query={campaigns}>
        {() =>
          rows.length === 0 ? (
            <p className="meta vt-empty">
              No campaign is planned yet. <AppLink to="/campaigns">Plan one</AppLink> and write its brief.
            </p>
          ) : chosen === null ? (
            <p className="meta vt-empty">Choose a campaign to see how this creator matches what its brief asks for.</p>
          ) : (
            <Aligned campaignId={chosen} personId={personId} />
          )
        }
      </QueryState>
    </Section>
  );
}

function Aligned({ campaignId, personId }: { campaignId: string; personId: string }) {
  const query = useApiQuery(alignCreator, { campaignId, personId });
  return (
    <QueryState query={query}>
      {(found) => (
        <>
          {found.fit === null || found.state !== 'matched' ? (
            <p className="meta vt-empty">{found.text}</p>
          ) : (
            <FitContributions fit={found.fit} label="Match with the brief" />
          )}
          <Asked found={found} />
          <p className="meta vt-note">{basisOf(found)}</p>
        </>
      )}
    </QueryState>
  );
}

function basisOf({ briefVersion, savedAt, fit }: BriefAlignment): string {
  const brief =
    savedAt === null ? 'The brief was never saved' : `Version ${briefVersion} of the brief, ${formatDate(savedAt)}`;
  return fit === null || fit.comparedWith === 0
    ? `${brief}.`
    : `${brief}; texts compared with ${formatPlural(fit.comparedWith, 'creator')}.`;
}

/** What the brief wants made, and whether this creator makes such. */
function Asked({ found }: { found: BriefAlignment }) {
  const { asked, hashtags } = found;
  if (asked.length === 0 && hashtags === null) return null;
  return (
    <ul className="vt-evidence" aria-label="What the brief asks for">
      {asked.map((one) => (
        <li key={`${one.platform} ${one.format}`}>
          <span className="vt-ev-text">
            {`${one.count} × ${one.format} on ${platformNames[one.platform]}`}
            <span className="meta">
              {one.hasProfile
                ? one.posts === null
                  ? 'No post there whose format is known.'
                  : `${one.posts} of the newest ${formatPlural(one.of, 'post')} there are such.`
                : 'No profile there is on record.'}
            </span>
          </span>
          <b>
            {!one.hasProfile ? (
              <Tag tone="warn">no profile</Tag>
            ) : one.posts === null ? (
              <Tag>not known</Tag>
            ) : one.posts === 0 ? (
              <Tag tone="warn">never seen</Tag>
            ) : (
              <Tag tone="good">makes such</Tag>
            )}
          </b>
        </li>
      ))}
      {hashtags !== null && (
        <li>
          <span className="vt-ev-text">
            Hashtags of the brief
            <span className="meta">
              {hashtags.used.length === 0 ? 'None used before.' : `Used before: ${hashtags.used.join(' ')}`}
            </span>
          </span>
          <b>{`${hashtags.used.length} of ${hashtags.of}`}</b>
        </li>
      )}
    </ul>
  );
}
