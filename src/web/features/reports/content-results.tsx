import { Button } from '@mantine/core';
import { z } from 'zod';
import { platformNames } from '#kernel/platform.ts';
import type { CampaignReport, ContentCell, ContentRow } from '#modules/reports/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatCount, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';

const metrics = [
  ['reach', 'Reach'],
  ['impressions', 'Impressions'],
  ['views', 'Views'],
  ['engagements', 'Engagements'],
] as const;

const states = { planned: 'Planned', drafted: 'Draft', approved: 'Approved', live: 'Live', cancelled: 'Cancelled' };

const search = z.object({ content: z.enum(['all']).optional() });
const shownFirst = 10;

/** Every deliverable with what was measured of it: the ten that most people engaged with, then all. */
export function ContentResults({ report }: { report: CampaignReport }) {
  const { deliverables, campaign } = report;
  const [state, setState] = useSearchState(search);
  const live = deliverables.filter((row) => row.state === 'live').length;
  const rows = state.content === 'all' ? deliverables : deliverables.slice(0, shownFirst);
  return (
    <Section
      title="What was made"
      note={`${live} of ${deliverables.length} live; most engagements first; lighter figures are estimates`}
      end={
        <AppLink className="link noprint" to="/campaigns/$campaignId/content" params={{ campaignId: campaign.id }}>
          Enter results
        </AppLink>
      }
    >
      {deliverables.length === 0 ? (
        <p className="ink-2 results-empty">No deliverable is planned.</p>
      ) : (
        <div className="table-scroll">
          <table className="table tall">
            <thead>
              <tr>
                <th scope="col">Content</th>
                <th scope="col">State</th>
                {metrics.map(([metric, label]) => (
                  <th key={metric} scope="col" className="num">
                    {label}
                  </th>
                ))}
                <th scope="col" className="num">
                  Of reach
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Line key={row.deliverableId} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length < deliverables.length && (
        <Button className="noprint" mt={12} size="xs" onClick={() => setState({ content: 'all' })}>
          Show all {deliverables.length}
        </Button>
      )}
    </Section>
  );
}

function Line({ row }: { row: ContentRow }) {
  return (
    <tr>
      <th scope="row" className="results-content">
        <b className="block clip">
          {row.liveUrl === null ? (
            row.title
          ) : (
            <a className="link" href={row.liveUrl} target="_blank" rel="noreferrer noopener">
              {row.title}
            </a>
          )}
        </b>
        <span className="meta">
          {row.personName}, {platformNames[row.platform]} {row.format}
        </span>
      </th>
      <td>
        <Status tone={row.state === 'live' ? 'good' : 'plain'}>{states[row.state]}</Status>
        {row.liveAt !== null && <span className="meta block">{formatDate(row.liveAt)}</span>}
      </td>
      {metrics.map(([metric, label]) => (
        <td key={metric} className="num">
          <Cell label={label} of={row[metric]} />
        </td>
      ))}
      <td className="num">
        {row.engagementRate.value === null ? (
          <span className="ink-3" title={row.engagementRate.reason ?? undefined}>
            –<span className="vh"> {row.engagementRate.reason}</span>
          </span>
        ) : (
          formatShare(row.engagementRate.value)
        )}
      </td>
    </tr>
  );
}

function Cell({ label, of }: { label: string; of: ContentCell }) {
  if (of === null)
    return (
      <span className="ink-3">
        –<span className="vh"> not entered</span>
      </span>
    );
  return (
    <Figure
      label={label}
      value={formatCount(of.value)}
      isEstimated={of.isEstimate}
      meaning={{
        formula: `newest ${of.isEstimate ? 'estimate' : 'measurement'} of this post${of.isTyped ? ', typed from a screenshot' : ''}`,
        source: of.source,
        asOf: of.observedAt,
      }}
    />
  );
}
