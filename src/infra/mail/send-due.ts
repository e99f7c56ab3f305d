import type { Clock } from '../clock.ts';
import type { Database, Tx } from '../db/database.ts';
import type { Logger } from '../log.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { MailCarrier, MailConnection } from './carrier.ts';
import { type MailSettled, mailSettled } from './events.ts';
import { type Failure, judgeFailure, nextAttempt } from './judge-failure.ts';
import { type ClaimedMail, claimMails, extendLease, readAttachments, type Settlement, settleMail } from './rows.ts';

/** Says why a mail must not go out any more, null when it may. Asked right before it is sent. */
export type MailGuard = (
  tx: Tx,
  mail: { workspaceId: string; to: string; personId: string | null; kind: 'transactional' | 'outreach'; key: string },
) => Promise<string | null>;

export interface SenderNeeds {
  db: Database;
  clock: Clock;
  log: Logger;
  outbox: Outbox;
  carriers: readonly MailCarrier[];
  guards: readonly MailGuard[];
}

const batchMax = 25;
const batchesMax = 400;
const leaseMs = 3 * 60_000;
const loginPauseMs = 15 * 60_000;
/** A mail that waits longer for a login to be mended would come as a surprise. */
const waitMaxMs = 3 * 86_400_000;

/** Sends what is due until nothing is, or the signal says stop. Returns how many left the house. */
export async function sendDue(needs: SenderNeeds, signal?: AbortSignal): Promise<number> {
  let sent = 0;
  for (let batch = 0; batch < batchesMax && signal?.aborted !== true; batch += 1) {
    const now = needs.clock.now();
    const leaseUntil = new Date(now.getTime() + leaseMs);
    // Committed before the first byte goes out: an attempt that a crash cuts short is known and counted.
    const claimed = await needs.db.asSystem((tx) => claimMails(tx, { now, leaseUntil, max: batchMax }));
    if (claimed.length === 0) break;
    for (const group of Map.groupBy(claimed, wayOf).values()) sent += await sendGroup(needs, group, signal);
  }
  return sent;
}

function wayOf(mail: ClaimedMail): string {
  return [mail.workspaceId, mail.carrier, mail.carrierRef ?? ''].join('\n');
}

/** All mails of one workspace by one way, over one connection. */
async function sendGroup(needs: SenderNeeds, group: ClaimedMail[], signal?: AbortSignal): Promise<number> {
  const [first] = group;
  if (first === undefined) return 0;
  const carrier = needs.carriers.find((one) => one.name === first.carrier);
  const at = { workspaceId: first.workspaceId, carrierRef: first.carrierRef };
  let connection: MailConnection | null = null;
  let sent = 0;
  try {
    for (const [index, mail] of group.entries()) {
      const rest = group.slice(index);
      if (signal?.aborted === true) {
        await putBack(needs, rest, { reason: 'Stopped before it was sent', pauseMs: 0 });
        break;
      }
      try {
        if (carrier === undefined) throw new Error(`There is no way of sending named ${first.carrier} any more.`);
        if (await isStopped(needs, mail)) continue;
        connection ??= await carrier.open(at);
        await sendOne(needs, mail, connection);
        sent += 1;
      } catch (error) {
        const failure = judgeFailure(error);
        if (failure.outcome === 'login') {
          await carrier?.onRefusedLogin?.({ ...at, reason: failure.reason });
          await putBack(needs, rest, { reason: failure.reason, pauseMs: loginPauseMs });
          break;
        }
        await endAttempt(needs, mail, failure);
      }
    }
  } finally {
    connection?.close();
  }
  return sent;
}

async function sendOne(needs: SenderNeeds, mail: ClaimedMail, connection: MailConnection): Promise<void> {
  const leaseUntil = new Date(needs.clock.now().getTime() + leaseMs);
  const attachments = await needs.db.asSystem(async (tx) =>
    (await extendLease(tx, mail, leaseUntil)) ? readAttachments(tx, mail) : null,
  );
  if (attachments === null) return;
  const answer = await connection.send({ ...mail, attachments });
  await settle(needs, mail, { state: 'sent', answer: answer.slice(0, 500), now: needs.clock.now() });
}

async function isStopped(needs: SenderNeeds, mail: ClaimedMail): Promise<boolean> {
  const reason = await needs.db.inWorkspace(mail.workspaceId, async (tx) => {
    for (const guard of needs.guards) {
      const found = await guard(tx, mail);
      if (found !== null) return found;
    }
    return null;
  });
  if (reason === null) return false;
  await settle(needs, mail, { state: 'refused', answer: reason, now: needs.clock.now() });
  return true;
}

async function endAttempt(needs: SenderNeeds, mail: ClaimedMail, failure: Failure): Promise<void> {
  const now = needs.clock.now();
  const dueAt = failure.outcome === 'never' ? null : nextAttempt(mail.attempts, now);
  if (dueAt === null) needs.log.warn({ mailId: mail.mailId, reason: failure.reason }, 'a mail was given up');
  const end = { answer: failure.reason, now };
  await settle(needs, mail, dueAt === null ? { ...end, state: 'failed' } : { ...end, state: 'queued', dueAt });
}

async function putBack(
  needs: SenderNeeds,
  mails: ClaimedMail[],
  why: { reason: string; pauseMs: number },
): Promise<void> {
  const now = needs.clock.now();
  const dueAt = new Date(now.getTime() + why.pauseMs);
  for (const mail of mails) {
    const isTooOld = now.getTime() - mail.createdAt.getTime() > waitMaxMs;
    const end = { answer: why.reason, dueAt, now, isUncounted: true };
    await settle(needs, mail, { ...end, state: isTooOld ? 'failed' : 'queued' });
  }
}

async function settle(needs: SenderNeeds, mail: ClaimedMail, end: Settlement): Promise<void> {
  await needs.db.asSystem(async (tx) => {
    if (!(await settleMail(tx, mail, end)) || end.state === 'queued') return;
    const payload: MailSettled = {
      mailId: mail.mailId,
      key: mail.key,
      kind: mail.kind,
      state: end.state,
      answer: end.answer,
      at: end.now.toISOString(),
    };
    await needs.outbox.emit(tx, { workspaceId: mail.workspaceId, name: mailSettled, payload });
  });
}
