import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { cancelMailing, listMailingRuns, listMailings, Mailing, MailingRun, OutreachStats } from './api.ts';
import { applyToRuns } from './apply-run-event.ts';
import { outreachError } from './errors.ts';
import { cancelMailingRow, type MailingRow, selectMailing, selectMailings, selectRuns } from './queries/runs.ts';
import { selectSettings } from './queries/settings.ts';
import { type StatsRow, selectStats } from './queries/stats.ts';

/** Fewer creators make no share, fewer answers no median. */
const shareNMin = 10;
const mediansNMin = 5;

export function listAll(infra: Infra, call: Call<typeof listMailings>): Promise<Page<Mailing>> {
  const { workspaceId, input } = call;
  const [at, id] = input.cursor === undefined ? [] : (decodeCursor(input.cursor) ?? []);
  const after = typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at)) ? { at, id } : null;
  if (input.cursor !== undefined && after === null) throw badCursor();
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { campaignId, sequenceId, limit } = input;
    const rows = await selectMailings(tx, workspaceId, { limit: limit + 1, after, campaignId, sequenceId });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      rows: await presentMailings(tx, workspaceId, page),
      nextCursor:
        rows.length > limit && last !== undefined ? encodeCursor([last.started_at.toISOString(), last.id]) : null,
    };
  });
}

export function badCursor() {
  return outreachError('bad_cursor', 'cursor was not made by this list. Start again without it.', [
    { field: 'cursor', message: 'Not a cursor of this list' },
  ]);
}

/** Error: not_found. */
export async function presentMailing(tx: Tx, workspaceId: string, id: string): Promise<Mailing> {
  const row = await selectMailing(tx, workspaceId, id);
  const [mailing] = row === undefined ? [] : await presentMailings(tx, workspaceId, [row]);
  if (mailing === undefined) throw notFound('mailing');
  return mailing;
}

async function presentMailings(tx: Tx, workspaceId: string, rows: readonly MailingRow[]): Promise<Mailing[]> {
  const stats = await selectStats(tx, workspaceId, { by: 'mailing', ids: rows.map((row) => row.id) });
  const { track_opens: tracksOpens } = await selectSettings(tx, workspaceId);
  return rows.map((row) => {
    const stat = stats.get(row.id);
    return {
      id: row.id,
      name: row.name,
      sequenceId: row.sequence_id,
      campaignId: row.campaign_id,
      mailboxId: row.mailbox_id,
      state: row.state as Mailing['state'],
      steps: Array.isArray(row.steps) ? row.steps.length : 0,
      creators: Number(stat?.creators ?? 0),
      begun: Number(stat?.begun ?? 0),
      ended: Number(stat?.ended ?? 0),
      stats: toStats(stat, tracksOpens),
      startedBy: row.started_by,
      startedAt: row.started_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
    };
  });
}

/** Shares are of creators whose server took a mail; below ten of them there are counts only. */
export function toStats(row: StatsRow | undefined, tracksOpens: boolean): OutreachStats {
  const begun = Number(row?.begun ?? 0);
  const rate = (count: bigint | undefined, n: number) => ({
    count: Number(count ?? 0),
    n,
    share: n < shareNMin ? null : Number(count ?? 0) / n,
  });
  return {
    creators: Number(row?.creators ?? 0),
    reached: Number(row?.reached ?? 0),
    waiting: Number(row?.waiting ?? 0),
    replied: rate(row?.replied, begun),
    bounced: rate(row?.bounced, begun),
    unsubscribed: rate(row?.unsubscribed, begun),
    opened: tracksOpens ? rate(row?.opened, begun) : null,
    medianHoursToReply:
      Number(row?.replies_timed ?? 0) < mediansNMin || row?.median_hours == null ? null : Number(row.median_hours),
  };
}

export function listRuns(
  infra: Infra,
  call: Call<typeof listMailingRuns>,
): Promise<{ mailing: Mailing; rows: MailingRun[] }> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const mailing = await presentMailing(tx, workspaceId, input.mailingId);
    const rows = await selectRuns(tx, workspaceId, input.mailingId);
    const cards = await readPersonCards(
      tx,
      workspaceId,
      rows.map((row) => row.person_id),
    );
    return {
      mailing,
      rows: rows.map((row) => ({
        id: row.id,
        personId: row.person_id,
        name: cards.get(row.person_id)?.name ?? 'Gone',
        to: row.to_address,
        state: row.state as MailingRun['state'],
        step: row.step,
        dueAt: row.state === 'waiting' ? row.due_at.toISOString() : null,
        why: row.why,
        threadId: row.thread_id,
      })),
    };
  });
}

/** Sends nothing more of it; mails that wait for their server are taken back. Error: not_found. */
export function cancel(infra: Infra, call: Call<typeof cancelMailing>): Promise<{ stopped: number }> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { mailingId, runId } = input;
    if ((await selectMailing(tx, workspaceId, mailingId)) === undefined) throw notFound('mailing');
    const ended = await applyToRuns(infra, tx, {
      workspaceId,
      filter: { mailingId, isOpen: true, ...(runId === undefined ? {} : { id: runId }) },
      event: { kind: 'stopped', why: `Stopped by ${actor.name}` },
    });
    if (runId === undefined) await cancelMailingRow(tx, workspaceId, mailingId, infra.clock.now());
    const changes = { creators: ended.length };
    const subject = { subjectKind: 'mailing', subjectId: mailingId };
    await recordAudit(tx, { workspaceId, actor, requestId, action: 'mailing.cancelled', ...subject, changes });
    return { stopped: ended.length };
  });
}
