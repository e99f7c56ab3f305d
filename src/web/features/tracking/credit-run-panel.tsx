import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { type CreditMove, cancelCreditRun, getCreditRun } from '#modules/attribution/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Who } from './who.tsx';

/** Progress of deciding orders anew, then who gained and who lost. */
export function CreditRunPanel({ runId, onClose }: { runId: string; onClose: () => void }) {
  const query = useApiQuery(getCreditRun, { runId });
  const canWrite = useCan('tracking:write');
  const cancel = useApiMutation(cancelCreditRun, {
    invalidate: ['attribution'],
    onError: (error) => sayFailed('Not stopped', error),
  });
  const isGoing = query.data?.state === 'waiting' || query.data?.state === 'running';
  const { refetch } = query;
  useEffect(() => {
    if (!isGoing) return;
    const timer = setInterval(() => void refetch(), 1000);
    return () => clearInterval(timer);
  }, [isGoing, refetch]);
  return (
    <QueryState query={query}>
      {(run) => (
        <Section
          title={run.kind === 'try' ? 'What the change would do' : 'Deciding orders anew'}
          note={run.campaign?.name ?? 'the whole workspace'}
          end={
            <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
              Close
            </Button>
          }
        >
          {isGoing && (
            <ProgressBar
              label={`${formatCount(run.ordersDone)} of ${formatCount(run.ordersTotal ?? 0)} orders`}
              percent={
                run.ordersTotal === null || run.ordersTotal === 0 ? null : (100 * run.ordersDone) / run.ordersTotal
              }
              {...(canWrite ? { onCancel: () => cancel.mutate({ runId }) } : {})}
            />
          )}
          {run.state === 'failed' && <p role="alert">{run.problem}</p>}
          {run.state === 'cancelled' && (
            <p>
              Stopped after {formatCount(run.ordersDone)} of {formatPlural(run.ordersTotal ?? 0, 'order')}.
              {run.kind === 'apply' &&
                ' Those not reached keep the version they were decided by; apply again to finish.'}
            </p>
          )}
          {run.state === 'done' && (
            <>
              <p className="trk-reason">
                {run.ordersChanged === 0
                  ? `None of ${formatPlural(run.ordersTotal ?? 0, 'order')} ${run.kind === 'try' ? 'would change' : 'changed'}.`
                  : `${formatPlural(run.ordersChanged, 'order')} of ${formatCount(run.ordersTotal ?? 0)} ${run.kind === 'try' ? 'would be credited otherwise' : 'are credited otherwise now'}.`}
              </p>
              {run.moves.length > 0 && <Moves moves={run.moves} total={run.movesTotal} />}
            </>
          )}
        </Section>
      )}
    </QueryState>
  );
}

function Moves({ moves, total }: { moves: readonly CreditMove[]; total: number }) {
  return (
    <>
      <table className="table" aria-label="Who gains and who loses">
        <thead>
          <tr>
            <th>Creator</th>
            <th className="num">Before</th>
            <th className="num">After</th>
            <th className="num">Change</th>
          </tr>
        </thead>
        <tbody>
          {moves.map((move) => {
            const change = BigInt(move.after.amountMinor) - BigInt(move.before.amountMinor);
            return (
              <tr key={`${move.creator?.personId ?? ''} ${move.campaign?.id ?? ''} ${move.before.currency}`}>
                <td>
                  <Who creator={move.creator} none={move.campaign?.name ?? 'Nobody'} />
                </td>
                <td className="num">
                  {formatMoney(move.before)}
                  <span className="meta"> {formatPlural(move.ordersBefore, 'order')}</span>
                </td>
                <td className="num">
                  {formatMoney(move.after)}
                  <span className="meta"> {formatPlural(move.ordersAfter, 'order')}</span>
                </td>
                <td className="num">
                  {change > 0n ? '+' : ''}
                  {formatMoney({ amountMinor: change.toString(), currency: move.before.currency })}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {total > moves.length && <p className="meta">and {formatPlural(total - moves.length, 'more creator')}</p>}
    </>
  );
}
