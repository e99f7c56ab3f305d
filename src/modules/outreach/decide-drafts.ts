import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { approveDraft, changeDraft, discardDraft, listDrafts, Message } from './api.ts';
import { outreachError } from './errors.ts';
import { selectMailbox } from './queries/mailboxes.ts';
import { insertMailing, insertRuns, selectBusy } from './queries/runs.ts';
import { type MessageRow, selectDrafts, selectMessage, selectThread, updateMessageRow } from './queries/threads.ts';
import { readHouse } from './read-hours.ts';
import { readReach } from './read-reach.ts';
import { toMessage } from './read-threads.ts';
import { nextSendingMoment } from './rules/sending-hours.ts';
import { mailingStarted } from './start-mailing.ts';

export function listAllDrafts(infra: Infra, call: Call<typeof listDrafts>) {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await selectDrafts(tx, workspaceId, { personId: input.personId, campaignId: input.campaignId });
    const cards = await readPersonCards(
      tx,
      workspaceId,
      rows.map((row) => row.person_id),
    );
    return {
      rows: rows.map((row) => ({
        ...toMessage(row),
        personId: row.person_id,
        name: cards.get(row.person_id)?.name ?? 'Gone',
      })),
    };
  });
}

/** Errors: not_found, outreach.not_a_draft. */
export function change(infra: Infra, call: Call<typeof changeDraft>): Promise<Message> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const draft = await lockDraft(tx, workspaceId, input.messageId);
    const set = { subject: input.subject ?? draft.subject, body: input.text ?? draft.body };
    const row = await updateMessageRow(tx, workspaceId, { id: draft.id, set });
    return toMessage(row ?? draft);
  });
}

/** Errors: not_found, outreach.not_a_draft. */
export function discard(infra: Infra, call: Call<typeof discardDraft>): Promise<null> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const draft = await lockDraft(tx, workspaceId, input.messageId);
    await updateMessageRow(tx, workspaceId, { id: draft.id, set: { state: 'discarded' } });
    return null;
  });
}

async function lockDraft(tx: Tx, workspaceId: string, id: string): Promise<MessageRow> {
  const row = await selectMessage(tx, workspaceId, { id, isLocked: true });
  if (row === undefined) throw notFound('draft');
  if (row.state !== 'draft')
    throw outreachError('not_a_draft', 'It was approved or thrown away already. Look at the conversation.');
  return row;
}

/**
 * Sends a draft as a mailing of one: hours, limits, the way out and the list hold for it as for any other. Errors: not_found, outreach.not_a_draft,
 * no_mailbox, no_postal_address, not_reachable.
 */
export function approve(infra: Infra, call: Call<typeof approveDraft>): Promise<Message> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const draft = await lockDraft(tx, workspaceId, input.messageId);
    const { house, mailboxId, to } = await refuseUnsendable(infra, tx, draft);
    const now = infra.clock.now();
    const thread = await selectThread(tx, workspaceId, { id: draft.thread_id });
    const mailingId = newId('mailing', now.getTime());
    await insertMailing(tx, {
      workspace_id: workspaceId,
      id: mailingId,
      name: draft.subject.slice(0, 120),
      sequence_id: null,
      mailbox_id: mailboxId,
      campaign_id: thread?.campaign_id ?? null,
      // Braces are words here: what was approved goes out as it stands.
      steps: JSON.stringify([{ waitDays: 0, subject: verbatim(draft.subject), body: verbatim(draft.body) }]),
      stop_phases: [],
      state: 'running',
      started_by: actor.name,
      started_at: now,
    });
    await insertRuns(tx, [
      {
        workspace_id: workspaceId,
        id: newId('sequenceRun', now.getTime()),
        mailing_id: mailingId,
        person_id: draft.person_id,
        enrolment_id: thread?.enrolment_id ?? null,
        mailbox_id: mailboxId,
        thread_id: draft.thread_id,
        to_address: to,
        state: 'waiting',
        due_at: nextSendingMoment(now, house.hours) ?? now,
        started_at: now,
      },
    ]);
    // The mail itself takes its place as it leaves.
    const set = { state: 'discarded', why: 'Approved' };
    const row = await updateMessageRow(tx, workspaceId, { id: draft.id, set });
    const subject = { subjectKind: 'creator', subjectId: draft.person_id };
    await recordAudit(tx, { workspaceId, actor, requestId, action: 'draft.approved', ...subject });
    await infra.outbox.emit(tx, { workspaceId, name: mailingStarted, payload: { mailboxId } });
    return toMessage(row ?? draft);
  });
}

async function refuseUnsendable(infra: Infra, tx: Tx, draft: MessageRow) {
  const { workspace_id: workspaceId, person_id: personId } = draft;
  const house = await readHouse(tx, workspaceId);
  const mailbox = await selectMailbox(tx, workspaceId, { id: draft.mailbox_id });
  if (mailbox === undefined) throw outreachError('no_mailbox', 'The mailbox of this draft was removed. Make it anew.');
  if (house.settings.postal_address === null)
    throw outreachError('no_postal_address', 'Your postal address is missing; enter it in the settings of outreach.');
  const reach = (await readReach(infra, tx, { workspaceId, personIds: [personId] })).get(personId);
  const busy = (await selectBusy(tx, workspaceId, [personId])).get(personId);
  const problem = reach?.problems[0] ?? (busy === undefined ? undefined : `They get "${busy}" at this time`);
  if (problem !== undefined || reach?.to == null)
    throw outreachError('not_reachable', `Nothing was sent. ${problem ?? 'The creator is not here any more'}.`);
  return { house, mailboxId: mailbox.id, to: reach.to };
}

/** As a template that renders to itself. */
function verbatim(text: string): string {
  return text.replaceAll('{{', '{\u200b{').replaceAll('}}', '}\u200b}');
}
