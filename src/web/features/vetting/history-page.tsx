import { Button } from '@mantine/core';
import { type Change, listReports, listVerdicts } from '#modules/vetting/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatDecimal } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { Timeline } from '#web/ui/timeline.tsx';
import { VerdictTag } from '#web/ui/verdict-tag.tsx';
import { pointTitle } from './decide-dialog.tsx';
import { useCreatorChoice } from './use-creator.ts';
import { points, verdictLooks } from './words.ts';

/** Reports and verdicts over time: what changed, and who decided what and why. */
export function HistoryPage() {
  return (
    <div className="cols even">
      <Reports />
      <Verdicts />
    </div>
  );
}

const changesShown = 6;

function Reports() {
  const { wanted } = useCreatorChoice();
  const { timeZone } = useWorkspace();
  const { rows, query } = useApiPages(listReports, { ...wanted, limit: 20 });
  return (
    <Section title="Reports" note="one is kept whenever the result differs">
      {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <SkeletonLines />}
      <Timeline
        label="Reports"
        timeZone={timeZone}
        entries={rows.map((row) => ({
          id: row.id,
          at: row.computedAt,
          title: (
            <span className="row">
              <b>{row.score === null ? 'No score' : `Score ${formatDecimal(row.score, 0)}`}</b>
              <VerdictTag verdict={verdictLooks[row.verdict].verdict}>{verdictLooks[row.verdict].word}</VerdictTag>
            </span>
          ),
          text:
            row.changes === null ? (
              'The first report.'
            ) : (
              <div className="vt-changes">
                {row.changes.slice(0, changesShown).map((change) => (
                  <div key={`${change.name} ${change.title}`}>
                    <b>{change.title}</b>{' '}
                    {change.name !== 'score' && change.from !== null && change.to !== null
                      ? `${points(change.from)} to ${points(change.to)}. `
                      : ''}
                    {change.text}
                    <ChangedRows change={change} />
                  </div>
                ))}
                {row.changes.length > changesShown && (
                  <div className="meta">and {row.changes.length - changesShown} more</div>
                )}
              </div>
            ),
        }))}
      />
      {query.hasNextPage && <Button onClick={() => void query.fetchNextPage()}>Show earlier reports</Button>}
    </Section>
  );
}

/** The rows a signal moved by, folded away until asked for. */
function ChangedRows({ change }: { change: Change }) {
  const { added = [], removed = [] } = change;
  if (added.length + removed.length === 0) return null;
  return (
    <details className="vt-changed">
      <summary>Which rows</summary>
      <ul>
        {added.map((row) => (
          <li key={`+ ${row.id} ${row.at} ${row.label} ${row.value}`}>
            <b>New:</b> {row.label} <span className="meta">{row.value}</span>
          </li>
        ))}
        {removed.map((row) => (
          <li key={`- ${row.id} ${row.at} ${row.label} ${row.value}`}>
            <b>Gone:</b> {row.label} <span className="meta">{row.value}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Verdicts() {
  const { wanted } = useCreatorChoice();
  const { timeZone } = useWorkspace();
  const { rows, query } = useApiPages(listVerdicts, { personId: wanted.personId, limit: 50 });
  return (
    <Section title="Verdicts of people" note="none is ever overwritten">
      {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <SkeletonLines />}
      {query.data !== undefined && rows.length === 0 && (
        <EmptyState title="Nobody has decided yet">
          State a verdict on the Overview: on the whole, or on each of the five points.
        </EmptyState>
      )}
      <Timeline
        label="Verdicts"
        timeZone={timeZone}
        entries={rows.map((row) => ({
          id: row.id,
          at: row.decidedAt,
          title: (
            <span className="row">
              <VerdictTag verdict={verdictLooks[row.verdict].verdict}>{verdictLooks[row.verdict].word}</VerdictTag>
              <span>on {pointTitle(row.point)}</span>
            </span>
          ),
          text: `“${row.reason}” ${row.decidedBy}`,
        }))}
      />
      {query.hasNextPage && <Button onClick={() => void query.fetchNextPage()}>Show earlier verdicts</Button>}
    </Section>
  );
}
