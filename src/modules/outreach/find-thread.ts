import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { matchContacts } from '#modules/creators/index.ts';
import type { FoundMail } from './mail-servers.ts';
import type { MailboxRow } from './queries/mailboxes.ts';
import {
  insertThread,
  selectByMessageIds,
  selectThread,
  selectThreadOfAddress,
  selectThreadOfPerson,
  type ThreadRow,
} from './queries/threads.ts';

export interface Search {
  workspaceId: string;
  mailbox: MailboxRow;
  mail: Pick<FoundMail, 'inReplyTo' | 'references' | 'subject' | 'at'>;
  /** The other side's, in lower case; empty to go by headers alone. */
  address: string;
}

/**
 * The conversation a mail belongs to: by what it answers (In-Reply-To, then References from the newest), else by the other side's address, else a new
 * one with the creator who bears that address. Never by its subject. Null when no creator is meant.
 */
export async function findThread(infra: Infra, tx: Tx, of: Search): Promise<ThreadRow | null> {
  const { workspaceId, mailbox, mail } = of;
  const ids = [mail.inReplyTo, ...mail.references.toReversed()].filter((id) => id !== null);
  const [answered] = await selectByMessageIds(tx, workspaceId, ids);
  if (answered !== undefined) return (await selectThread(tx, workspaceId, { id: answered.thread_id })) ?? null;
  // A mail of the program itself, such as an invitation, begins no thread before somebody answers it.
  const [told] = await infra.mail.list(tx, workspaceId, { messageIds: ids, limit: 1 });
  if (told?.personId != null) return threadWith(infra, tx, { ...of, personId: told.personId, subject: told.subject });
  if (of.address === '') return null;
  const byAddress = await selectThreadOfAddress(tx, workspaceId, { address: of.address, mailboxId: mailbox.id });
  if (byAddress !== undefined) return byAddress;
  const asked = { emails: [of.address], handles: [], names: [], bareNames: [] };
  const [match] = (await matchContacts(tx, workspaceId, asked)).emails;
  if (match === undefined) return null;
  return threadWith(infra, tx, { ...of, personId: match.person_id, subject: mail.subject });
}

async function threadWith(
  infra: Infra,
  tx: Tx,
  of: Search & { personId: string; subject: string },
): Promise<ThreadRow> {
  const { workspaceId, mailbox, personId } = of;
  const there = await selectThreadOfPerson(tx, workspaceId, { personId, mailboxId: mailbox.id });
  if (there !== undefined) return there;
  return insertThread(tx, {
    workspace_id: workspaceId,
    id: newId('thread', infra.clock.now().getTime()),
    person_id: personId,
    mailbox_id: mailbox.id,
    campaign_id: null,
    enrolment_id: null,
    subject: of.subject === '' ? '(no subject)' : of.subject,
    address: of.address === '' ? null : of.address,
    last_at: of.mail.at,
    last_direction: 'in',
    created_at: infra.clock.now(),
  });
}
