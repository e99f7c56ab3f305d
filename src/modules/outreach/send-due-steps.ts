import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { findEnrolments } from '#modules/campaigns/index.ts';
import { type Step, stepSchema } from './api.ts';
import { changedRow } from './apply-run-event.ts';
import { rampOf } from './manage-mailboxes.ts';
import {
  countSentSince,
  type MailboxRow,
  selectMailbox,
  selectWithDueRuns,
  updateMailboxRow,
} from './queries/mailboxes.ts';
import {
  closeMailings,
  lockDueRuns,
  type MailingRow,
  postponeRuns,
  type RunRow,
  selectMailing,
  writeRun,
} from './queries/runs.ts';
import { insertMessage, insertThread, refreshThread, selectMessageIds, selectThread } from './queries/threads.ts';
import { type House, readHouse } from './read-hours.ts';
import { type Reach, readReach } from './read-reach.ts';
import { allowedNow } from './rules/daily-limit.ts';
import type { RunEvent } from './rules/run-state.ts';
import { instantOf, nextSendingMoment } from './rules/sending-hours.ts';
import type { FieldValues } from './rules/template.ts';
import { makeToken } from './token.ts';
import { footerOf, readValues, type Writing, writeStep } from './write-mail.ts';

const batchMax = 50;
const batchesMax = 200;

/** Hands over all steps that are due, of all mailboxes, as far as hours and limits allow. Returns how many. For the job and for tests. */
export async function runDueSteps(infra: Infra, signal?: AbortSignal): Promise<number> {
  let sent = 0;
  const boxes = await infra.db.asSystem((tx) => selectWithDueRuns(tx, infra.clock.now()));
  for (const { workspace_id: workspaceId, id } of boxes) {
    for (let batch = 0; batch < batchesMax && signal?.aborted !== true; batch += 1) {
      const done = await infra.db.inWorkspace(workspaceId, (tx) =>
        sendBatch(infra, tx, { workspaceId, mailboxId: id }),
      );
      sent += done.sent;
      if (!done.hasMore) break;
    }
  }
  return sent;
}

/** One batch of one mailbox, in one transaction: the mailbox is held, so that two planners never pass its limit together. */
async function sendBatch(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; mailboxId: string },
): Promise<{ sent: number; hasMore: boolean }> {
  const { workspaceId, mailboxId } = of;
  const none = { sent: 0, hasMore: false };
  const now = infra.clock.now();
  const mailbox = await selectMailbox(tx, workspaceId, { id: mailboxId, isLocked: true });
  if (mailbox === undefined || mailbox.state !== 'ok') return none;
  const house = await readHouse(tx, workspaceId);
  const { timeZone } = house.hours;
  const opensAt = nextSendingMoment(now, house.hours);
  if (opensAt === null || opensAt > now) {
    await postponeRuns(tx, workspaceId, { mailboxId, now, until: opensAt ?? new Date(now.getTime() + 86_400_000) });
    return none;
  }
  const day = dayIn(timeZone, now);
  const sentToday = (await countSentSince(tx, workspaceId, instantOf(timeZone, day, 0))).get(mailboxId) ?? 0;
  const use = { day, sentToday, gapSeconds: mailbox.gap_seconds, sinceLastMs: sinceLast(mailbox, now) };
  const allowed = allowedNow(rampOf(mailbox), use);
  if (allowed === 0) {
    const isFull = allowedNow(rampOf(mailbox), { ...use, gapSeconds: 0 }) === 0;
    const tomorrow = nextSendingMoment(instantOf(timeZone, addDays(day, 1), house.hours.opensMinute), house.hours);
    if (isFull && tomorrow !== null) await postponeRuns(tx, workspaceId, { mailboxId, now, until: tomorrow });
    return none;
  }
  const max = Math.min(allowed, batchMax);
  const runs = await lockDueRuns(tx, workspaceId, { mailboxId, now, max });
  const sent = await sendRuns(infra, tx, { workspaceId, mailbox, house, runs });
  if (sent > 0) await updateMailboxRow(tx, workspaceId, { id: mailboxId, set: { last_sent_at: now } });
  return { sent, hasMore: runs.length === max && mailbox.gap_seconds === 0 };
}

function sinceLast(mailbox: MailboxRow, now: Date): number | null {
  return mailbox.last_sent_at === null ? null : now.getTime() - mailbox.last_sent_at.getTime();
}

async function sendRuns(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; mailbox: MailboxRow; house: House; runs: readonly RunRow[] },
): Promise<number> {
  const { workspaceId, mailbox, house, runs } = of;
  const now = infra.clock.now();
  const reach = await readReach(infra, tx, { workspaceId, personIds: runs.map((run) => run.person_id) });
  const enrolments = await findEnrolments(tx, workspaceId, {
    ids: runs.flatMap((run) => run.enrolment_id ?? []),
    clock: infra.clock,
  });
  const phaseOf = new Map(enrolments.map((one) => [one.id, one.removedAt === null ? one.phase : 'removed']));
  let sent = 0;
  for (const [mailingId, group] of Map.groupBy(runs, (run) => run.mailing_id)) {
    const mailing = await selectMailing(tx, workspaceId, mailingId);
    if (mailing === undefined) continue;
    const writing: Writing = { house, mailbox, campaignId: mailing.campaign_id };
    const personIds = group.map((run) => run.person_id);
    const values = await readValues(tx, workspaceId, { ...writing, personIds });
    for (const run of group) {
      const stop = reasonToStop(run, mailing, { reach: reach.get(run.person_id), phaseOf });
      const event =
        stop ?? (await handOver(infra, tx, { run, mailing, writing, values: values.get(run.person_id) ?? {} }));
      await writeRun(tx, changedRow({ ...run, thread_id: event.threadId ?? run.thread_id }, event.event, now));
      if (event.event.kind === 'handed_over') sent += 1;
    }
    await closeMailings(tx, workspaceId, [mailingId], now);
  }
  return sent;
}

interface Outcome {
  event: RunEvent;
  threadId?: string;
}

function reasonToStop(
  run: RunRow,
  mailing: MailingRow,
  known: { reach: Reach | undefined; phaseOf: ReadonlyMap<string, string> },
): Outcome | null {
  if (known.reach === undefined) return { event: { kind: 'stopped', why: 'The creator is not here any more' } };
  const [problem] = known.reach.problems;
  if (problem !== undefined) return { event: { kind: 'stopped', why: problem } };
  const phase = run.enrolment_id === null ? undefined : known.phaseOf.get(run.enrolment_id);
  if (phase === 'removed') return { event: { kind: 'stopped', why: 'They left the campaign' } };
  if (phase !== undefined && mailing.stop_phases.includes(phase))
    return { event: { kind: 'stopped', why: `They stand at "${phase}" on the campaign` } };
  return null;
}

/** Writes the mail into its thread and the queue. The key names run and step, so that no crash sends a step twice. */
async function handOver(
  infra: Infra,
  tx: Tx,
  of: { run: RunRow; mailing: MailingRow; writing: Writing; values: FieldValues },
): Promise<Outcome> {
  const { run, mailing, writing } = of;
  const { workspace_id: workspaceId } = run;
  const steps = stepSchema.array().parse(mailing.steps);
  const step: Step | undefined = steps[run.step];
  if (step === undefined) return { event: { kind: 'stopped', why: 'There is no further step' } };
  const now = infra.clock.now();
  const thread = run.thread_id === null ? undefined : await selectThread(tx, workspaceId, { id: run.thread_id });
  const written = writeStep(step, of.values, thread?.subject ?? null);
  if (!written.ok) return { event: { kind: 'failed', why: written.problems.join('; ') } };
  const messageId = newId('message', now.getTime());
  const token = (use: 'unsubscribe' | 'open') => makeToken(infra.secret, use, { workspaceId, messageId });
  const { publicUrl } = infra.config;
  const footer = footerOf(writing, `${publicUrl}/app/unsubscribe/${token('unsubscribe')}`);
  const references = thread === undefined ? [] : await selectMessageIds(tx, workspaceId, thread.id);
  const last = references.at(-1);
  const queued = await infra.mail.queue(tx, {
    workspaceId,
    to: run.to_address,
    personId: run.person_id,
    subject: written.subject,
    text: `${written.text}${footer}`,
    kind: 'outreach',
    key: `outreach:${run.id}:${run.step}`,
    carrierRef: run.mailbox_id,
    headers: {
      unsubscribeUrl: `${publicUrl}/api/v1/unsubscribe/${token('unsubscribe')}`,
      ...(last === undefined ? {} : { inReplyTo: last, references }),
      ...(writing.house.settings.track_opens
        ? { pictureUrl: `${publicUrl}/api/v1/outreach/picture/${token('open')}` }
        : {}),
    },
  });
  if (queued.state === 'off') return { event: { kind: 'failed', why: 'The mailbox is not connected any more' } };
  const kept = thread ?? (await openThread(infra, tx, { run, mailing, subject: written.subject }));
  await insertMessage(tx, {
    workspace_id: workspaceId,
    id: messageId,
    thread_id: kept.id,
    person_id: run.person_id,
    direction: 'out',
    channel: 'email',
    kind: 'message',
    state: 'queued',
    mailbox_id: run.mailbox_id,
    mail_id: queued.mailId,
    message_id: queued.messageId,
    subject: written.subject,
    body: `${written.text}${footer}`,
    from_address: writing.mailbox.address,
    to_address: run.to_address,
    author_name: mailing.started_by,
    run_id: run.id,
    step: run.step,
    at: now,
  });
  await refreshThread(tx, workspaceId, kept.id);
  return { event: { kind: 'handed_over', step: run.step }, threadId: kept.id };
}

function openThread(infra: Infra, tx: Tx, of: { run: RunRow; mailing: MailingRow; subject: string }) {
  const { run, mailing } = of;
  const now = infra.clock.now();
  return insertThread(tx, {
    workspace_id: run.workspace_id,
    id: newId('thread', now.getTime()),
    person_id: run.person_id,
    mailbox_id: run.mailbox_id,
    campaign_id: mailing.campaign_id,
    enrolment_id: run.enrolment_id,
    subject: of.subject,
    address: run.to_address,
    last_at: now,
    last_direction: 'out',
    created_at: now,
  });
}
