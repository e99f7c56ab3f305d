import type { Call } from '#infra/http/call.ts';
import type { syncMailbox } from './api.ts';
import { markBroken } from './carry-mail.ts';
import { outreachError } from './errors.ts';
import { type FolderMark, MailServerFault } from './mail-servers.ts';
import { findBox } from './manage-mailboxes.ts';
import { imapOf, loginOf } from './open-mailbox.ts';
import type { Parts } from './parts.ts';
import {
  leaseSync,
  type MailboxRow,
  selectFolders,
  selectMailbox,
  selectReadable,
  updateMailboxRow,
  upsertFolder,
} from './queries/mailboxes.ts';
import { takeInMail } from './take-in-mail.ts';

const mailsMax = 100;
const roundsMax = 50;
const leaseMs = 5 * 60_000;
/** When a folder was made anew, so much before the last reading is read again; Message-IDs keep it from coming twice. */
const overlapMs = 2 * 86_400_000;

export interface SyncResult {
  read: number;
  kept: number;
}

/** Reads answers of all mailboxes; one that fails keeps no other from being read. For the job and for tests. */
export async function syncAll(parts: Parts, signal?: AbortSignal): Promise<SyncResult> {
  const { infra } = parts;
  const sum = { read: 0, kept: 0 };
  for (const { workspace_id: workspaceId, id } of await infra.db.asSystem(selectReadable)) {
    if (signal?.aborted === true) break;
    try {
      const { read, kept } = await syncOne(parts, { workspaceId, mailboxId: id, ...(signal ? { signal } : {}) });
      sum.read += read;
      sum.kept += kept;
    } catch (error) {
      if (!(error instanceof MailServerFault)) throw error;
      infra.log.warn({ mailboxId: id, reason: error.message }, 'a mailbox could not be read');
    }
  }
  return sum;
}

/** Reads answers of one mailbox now. Errors: not_found; outreach.not_connected in the server's words. */
export async function syncNow(parts: Parts, call: Call<typeof syncMailbox>): Promise<SyncResult> {
  try {
    return await syncOne(parts, { workspaceId: call.workspaceId, mailboxId: call.input.mailboxId });
  } catch (error) {
    if (error instanceof MailServerFault)
      throw outreachError('not_connected', `Answers could not be read. ${error.message}`);
    throw error;
  }
}

async function syncOne(
  parts: Parts,
  of: { workspaceId: string; mailboxId: string; signal?: AbortSignal },
): Promise<SyncResult> {
  const { infra } = parts;
  const { workspaceId, mailboxId } = of;
  const none = { read: 0, kept: 0 };
  const now = infra.clock.now();
  const mailbox = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await findBox(tx, workspaceId, mailboxId);
    if (row.imap === null) return null;
    const until = new Date(now.getTime() + leaseMs);
    return (await leaseSync(tx, workspaceId, { mailboxId, now, until })) ? row : null;
  });
  if (mailbox === null) return none;
  try {
    return await readAll(parts, { workspaceId, mailbox, ...(of.signal ? { signal: of.signal } : {}) });
  } catch (error) {
    if (error instanceof MailServerFault) {
      if (error.kind === 'login') await markBroken(infra, { workspaceId, mailboxId, reason: error.message });
      else await note(parts, mailbox, error.message);
    }
    throw error;
  } finally {
    await infra.db.inWorkspace(workspaceId, (tx) =>
      updateMailboxRow(tx, workspaceId, { id: mailboxId, set: { sync_lease_until: null } }),
    );
  }
}

function note(parts: Parts, mailbox: MailboxRow, fault: string | null): Promise<void> {
  const set = { fault, checked_at: parts.infra.clock.now() };
  return parts.infra.db.inWorkspace(mailbox.workspace_id, (tx) =>
    updateMailboxRow(tx, mailbox.workspace_id, { id: mailbox.id, set }),
  );
}

async function readAll(
  parts: Parts,
  of: { workspaceId: string; mailbox: MailboxRow; signal?: AbortSignal },
): Promise<SyncResult> {
  const { infra, servers } = parts;
  const { workspaceId, mailbox, signal } = of;
  const server = imapOf(mailbox);
  if (server === null) return { read: 0, kept: 0 };
  const login = await loginOf(parts, mailbox);
  const sum = { read: 0, kept: 0 };
  for (let round = 0; round < roundsMax; round += 1) {
    const folders = await infra.db.inWorkspace(workspaceId, (tx) => selectFolders(tx, workspaceId, mailbox.id));
    const marks: FolderMark[] = folders.map((row) => ({
      name: row.name,
      uidValidity: row.uid_validity,
      lastUid: row.last_uid,
    }));
    const syncedAt = Math.min(
      ...folders.map((row) => row.synced_at.getTime() - overlapMs),
      infra.clock.now().getTime(),
    );
    const since = new Date(Math.max(mailbox.created_at.getTime(), folders.length === 0 ? 0 : syncedAt));
    const reads = await servers.readFolders(
      { server, login },
      { marks, since, max: mailsMax, ...(signal ? { signal } : {}) },
    );
    for (const { mark, role, mails } of reads) {
      for (const mail of mails) {
        sum.read += 1;
        // One transaction a mail: what was taken up stays, wherever the reading breaks off.
        const isKept = await infra.db.inWorkspace(workspaceId, async (tx) => {
          const held = await selectMailbox(tx, workspaceId, { id: mailbox.id });
          return held !== undefined && (await takeInMail(infra, tx, { workspaceId, mailbox: held, role, mail }));
        });
        if (isKept) sum.kept += 1;
      }
      const { name, uidValidity, lastUid } = mark;
      await infra.db.inWorkspace(workspaceId, (tx) =>
        upsertFolder(tx, workspaceId, { mailboxId: mailbox.id, name, uidValidity, lastUid, now: infra.clock.now() }),
      );
    }
    if (!reads.some((read) => read.hasMore) || signal?.aborted === true) break;
  }
  if (mailbox.fault !== null && mailbox.state === 'ok') await note(parts, mailbox, null);
  return sum;
}
