import type { Tx } from '#infra/db/database.ts';
import { type MailSettled, mailSettled, mailSettledPayload } from '#infra/mail/events.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { advanceEnrolment } from '#modules/campaigns/index.ts';
import { stepSchema } from './api.ts';
import { applyToRuns, changedRow } from './apply-run-event.ts';
import { type MailEvent, mailBounced, mailSent } from './events.ts';
import { upsertBounced } from './queries/do-not-contact.ts';
import { closeMailings, lockRuns, type RunRow, selectMailing, writeRun } from './queries/runs.ts';
import { type MessageRow, refreshThread, selectMessage, selectThread, updateMessageRow } from './queries/threads.ts';
import { readHouse } from './read-hours.ts';
import { dueAfter } from './rules/sending-hours.ts';
import { stateContacts } from './state-contacts.ts';

// What a server says of an address that is none: RFC 3463 class 5.1, or the plain replies of RFC 5321.
const noSuchAddress = /\b5\.1\.\d\b|^55[013]\b(?!.*(spam|blocked|policy|reputation|blacklist|denied|5\.7\.))/i;

/** Takes up what became of mails that were handed over: threads, runs and facts follow. Idempotent. */
export function followMail(infra: Infra): Consumer {
  return {
    name: 'outreach.follow-mail',
    events: [mailSettled],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const settled = mailSettledPayload.parse(payload);
        await infra.db.inWorkspace(workspaceId, (tx) => takeUp(infra, tx, workspaceId, settled));
      }
    },
  };
}

async function takeUp(infra: Infra, tx: Tx, workspaceId: string, settled: MailSettled): Promise<void> {
  const message = await selectMessage(tx, workspaceId, { mailId: settled.mailId, isLocked: true });
  if (message === undefined) return;
  const at = new Date(settled.at);
  const isBounce = settled.state === 'failed' && noSuchAddress.test(settled.answer);
  // A bounce may be read before our own "sent" is: what is known to have come back stays so.
  if (message.state === 'queued') {
    const state = isBounce ? 'bounced' : settled.state;
    const set = {
      state,
      why: settled.state === 'sent' ? null : settled.answer,
      ...(settled.state === 'sent' ? { at } : {}),
    };
    await updateMessageRow(tx, workspaceId, { id: message.id, set });
  }
  if (message.run_id !== null) await moveRun(infra, tx, { message, settled, at, isBounce });
  if (isBounce && message.to_address !== null)
    await upsertBounced(tx, workspaceId, {
      address: message.to_address,
      status: null,
      reason: settled.answer.slice(0, 300),
      bounced_at: at,
    });
  await refreshThread(tx, workspaceId, message.thread_id);
  await stateContacts(infra, tx, { workspaceId, personIds: [message.person_id] });
  if (message.state !== 'queued') return;
  if (settled.state === 'sent') await tell(infra, tx, { name: mailSent, message });
  if (isBounce) await tell(infra, tx, { name: mailBounced, message });
}

async function moveRun(
  infra: Infra,
  tx: Tx,
  of: { message: MessageRow; settled: MailSettled; at: Date; isBounce: boolean },
): Promise<void> {
  const { message, settled, at } = of;
  const { workspace_id: workspaceId, run_id: runId } = message;
  const step = message.step ?? 0;
  if (runId === null) return;
  if (settled.state !== 'sent') {
    const why = settled.answer;
    const kind = of.isBounce ? 'bounced' : settled.state === 'failed' ? 'failed' : 'stopped';
    await applyToRuns(infra, tx, { workspaceId, filter: { id: runId }, event: { kind, why } });
    return;
  }
  const [run] = await lockRuns(tx, workspaceId, { id: runId });
  if (run === undefined) return;
  const mailing = await selectMailing(tx, workspaceId, run.mailing_id);
  const steps = stepSchema.array().parse(mailing?.steps ?? []);
  const next = steps[step + 1];
  const changed = changedRow(run, { kind: 'sent', step, isLast: next === undefined }, at);
  if (changed === run) return;
  const { hours } = await readHouse(tx, workspaceId);
  const dueAt = next === undefined ? run.due_at : (dueAfter(at, next.waitDays, hours) ?? run.due_at);
  await writeRun(tx, { ...changed, due_at: dueAt });
  await closeMailings(tx, workspaceId, [run.mailing_id], at);
  await noteInvited(infra, tx, run);
}

/** The first mail of a campaign invites. */
async function noteInvited(infra: Infra, tx: Tx, run: RunRow): Promise<void> {
  if (run.enrolment_id === null || run.sent_count > 0) return;
  await advanceEnrolment(infra, tx, {
    workspaceId: run.workspace_id,
    enrolmentId: run.enrolment_id,
    reason: 'invited',
  });
}

/** Tells other modules what happened to a message. */
export async function tell(
  infra: Infra,
  tx: Tx,
  of: { name: string; message: Pick<MessageRow, 'workspace_id' | 'id' | 'thread_id' | 'person_id' | 'author_name'> },
): Promise<void> {
  const { workspace_id: workspaceId, id, thread_id: threadId, person_id: personId } = of.message;
  const thread = await selectThread(tx, workspaceId, { id: threadId });
  const payload: MailEvent = {
    personId,
    threadId,
    messageId: id,
    ...(thread?.campaign_id == null ? {} : { campaignId: thread.campaign_id }),
    ...(thread?.enrolment_id == null ? {} : { enrolmentId: thread.enrolment_id }),
    ...(of.message.author_name === null ? {} : { actorName: of.message.author_name }),
  };
  await infra.outbox.emit(tx, { workspaceId, name: of.name, payload });
}
