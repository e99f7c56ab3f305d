import type { MailCarrier } from '#infra/mail/carrier.ts';
import type { Infra } from '#infra/module.ts';
import { mailboxBroken } from './events.ts';
import { MailServerFault } from './mail-servers.ts';
import { openOut } from './open-mailbox.ts';
import type { Parts } from './parts.ts';
import { selectMailbox, updateMailboxRow } from './queries/mailboxes.ts';

/** Mailboxes as a way of sending: outreach by the one it names, and the program's own mails by the default one where no other server is configured. */
export function mailboxCarrier(parts: Parts): MailCarrier {
  const { infra } = parts;
  return {
    name: 'mailbox',
    offers: async (tx, { workspaceId, carrierRef }) => {
      const mailbox = await selectMailbox(tx, workspaceId, { id: carrierRef });
      if (mailbox === undefined) return null;
      return { domain: mailbox.address.slice(mailbox.address.lastIndexOf('@') + 1), carrierRef: mailbox.id };
    },
    open: async ({ workspaceId, carrierRef }) => {
      const mailbox = await infra.db.inWorkspace(workspaceId, (tx) =>
        selectMailbox(tx, workspaceId, { id: carrierRef }),
      );
      if (mailbox === undefined) throw new MailServerFault('unreachable', 'The mailbox was removed.');
      return openOut(parts, mailbox);
    },
    onRefusedLogin: async ({ workspaceId, carrierRef, reason }) => {
      if (carrierRef !== null) await markBroken(infra, { workspaceId, mailboxId: carrierRef, reason });
    },
  };
}

/** A mailbox its server does not let in waits until somebody gives it a new password; told once. */
export async function markBroken(
  infra: Infra,
  at: { workspaceId: string; mailboxId: string; reason: string },
): Promise<void> {
  const { workspaceId, mailboxId, reason } = at;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const mailbox = await selectMailbox(tx, workspaceId, { id: mailboxId, isLocked: true });
    if (mailbox === undefined || mailbox.state === 'broken') return;
    const set = { state: 'broken', fault: reason.slice(0, 500), checked_at: infra.clock.now() };
    await updateMailboxRow(tx, workspaceId, { id: mailboxId, set });
    const payload = { mailboxId, address: mailbox.address, reason: reason.slice(0, 500) };
    await infra.outbox.emit(tx, { workspaceId, name: mailboxBroken, payload });
  });
}
