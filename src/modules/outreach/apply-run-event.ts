import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { runStateSchema } from './api.ts';
import { selectMessagesOfRuns } from './queries/run-messages.ts';
import { closeMailings, lockRuns, type RunFilter, type RunRow, writeRun } from './queries/runs.ts';
import { updateMessageRow } from './queries/threads.ts';
import { afterEvent, hasEnded, type Run, type RunEvent } from './rules/run-state.ts';

export function toRun(row: RunRow): Run {
  return {
    state: runStateSchema.parse(row.state),
    step: row.step,
    hasReplied: row.has_replied,
    hasBounced: row.has_bounced,
    hasUnsubscribed: row.has_unsubscribed,
    why: row.why,
  };
}

/** The row after an event; the same object when nothing changed. */
export function changedRow(row: RunRow, event: RunEvent, now: Date): RunRow {
  const before = toRun(row);
  const after = afterEvent(before, event);
  if (after === before) return row;
  return {
    ...row,
    state: after.state,
    step: after.step,
    has_replied: after.hasReplied,
    has_bounced: after.hasBounced,
    has_unsubscribed: after.hasUnsubscribed,
    why: after.why,
    sent_count: row.sent_count + (after.step - before.step),
    ended_at: hasEnded(after.state) ? (row.ended_at ?? now) : null,
  };
}

/** Tells all runs of a filter what happened; what of theirs still waits to be sent is taken back when they end. Returns those that ended now. */
export async function applyToRuns(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; filter: RunFilter; event: RunEvent },
): Promise<RunRow[]> {
  const { workspaceId, filter, event } = of;
  const now = infra.clock.now();
  const ended: RunRow[] = [];
  for (const row of await lockRuns(tx, workspaceId, filter)) {
    const next = changedRow(row, event, now);
    if (next === row) continue;
    await writeRun(tx, next);
    if (row.ended_at === null && next.ended_at !== null) ended.push(next);
  }
  await takeBack(infra, tx, { workspaceId, runs: ended });
  await closeMailings(tx, workspaceId, [...new Set(ended.map((row) => row.mailing_id))].sort(), now);
  return ended;
}

async function takeBack(infra: Infra, tx: Tx, of: { workspaceId: string; runs: readonly RunRow[] }): Promise<void> {
  const { workspaceId } = of;
  const whyOf = new Map(of.runs.map((run) => [run.id, reasonOf(run)]));
  const waiting = await selectMessagesOfRuns(tx, workspaceId, [...whyOf.keys()]);
  for (const message of waiting) {
    if (message.mail_id === null) continue;
    const reason = whyOf.get(message.run_id ?? '') ?? 'It was stopped';
    const [taken] = await infra.mail.cancel(tx, { workspaceId, mailIds: [message.mail_id], reason });
    if (taken !== undefined)
      await updateMessageRow(tx, workspaceId, { id: message.id, set: { state: 'refused', why: reason } });
  }
}

function reasonOf(run: RunRow): string {
  if (run.why !== null) return run.why;
  return run.state === 'replied'
    ? 'They answered'
    : run.state === 'unsubscribed'
      ? 'They unsubscribed'
      : 'It was stopped';
}
