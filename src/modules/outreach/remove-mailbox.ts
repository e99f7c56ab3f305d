import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { removeMailbox } from './api.ts';
import { applyToRuns } from './apply-run-event.ts';
import { auditMailbox, findBox } from './manage-mailboxes.ts';
import { selectMailboxes, updateMailboxRow } from './queries/mailboxes.ts';

/** Forgets the password and stops what waits. Error: not_found. */
export function removeBox(infra: Infra, call: Call<typeof removeMailbox>): Promise<{ stopped: number }> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await findBox(tx, workspaceId, input.mailboxId);
    const why = 'The mailbox was removed';
    const stopped = await applyToRuns(infra, tx, {
      workspaceId,
      filter: { mailboxId: row.id, isOpen: true },
      event: { kind: 'stopped', why },
    });
    const set = { removed_at: infra.clock.now(), sealed: Buffer.alloc(0), is_default: false };
    await updateMailboxRow(tx, workspaceId, { id: row.id, set });
    const [next] = row.is_default ? await selectMailboxes(tx, workspaceId) : [];
    if (next !== undefined) await updateMailboxRow(tx, workspaceId, { id: next.id, set: { is_default: true } });
    await auditMailbox(tx, call, { action: 'mailbox.removed', id: row.id, changes: { address: row.address } });
    return { stopped: stopped.length };
  });
}
