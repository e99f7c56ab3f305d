import type { Tx } from '#infra/db/database.ts';
import type { Role } from '../api.ts';

export interface InvitationRow {
  workspaceId: string;
  id: string;
  email: string;
  role: Role;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
}

const columns = [
  'workspace_id as workspaceId',
  'id',
  'email',
  'role',
  'invited_by as invitedBy',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'accepted_at as acceptedAt',
  'revoked_at as revokedAt',
] as const;

export async function openInvitations(tx: Tx, workspaceId: string): Promise<InvitationRow[]> {
  const rows = await tx
    .selectFrom('invitation')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  // The check constraint of the column holds exactly the roles.
  return rows.map((row) => ({ ...row, role: row.role as Role }));
}

/** The invitation of a link, locked so that it is accepted once. System role: its holder belongs to no workspace yet. */
export async function invitationByToken(tx: Tx, tokenHash: Buffer): Promise<InvitationRow | undefined> {
  const row = await tx
    .selectFrom('invitation')
    .select(columns)
    .where('token_hash', '=', tokenHash)
    .forUpdate()
    .executeTakeFirst();
  return row && { ...row, role: row.role as Role };
}

export async function insertInvitation(
  tx: Tx,
  invitation: Omit<InvitationRow, 'acceptedAt' | 'revokedAt'> & { tokenHash: Buffer },
): Promise<void> {
  await tx
    .insertInto('invitation')
    .values({
      workspace_id: invitation.workspaceId,
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      token_hash: invitation.tokenHash,
      invited_by: invitation.invitedBy,
      created_at: invitation.createdAt,
      expires_at: invitation.expiresAt,
    })
    .execute();
}

/** Ends open invitations of the workspace, by id or by address; answers their ids and addresses. */
export function revokeOpenInvitations(
  tx: Tx,
  which: { workspaceId: string; now: Date } & ({ id: string } | { email: string }),
): Promise<{ id: string; email: string; role: string }[]> {
  const ending = tx
    .updateTable('invitation')
    .set({ revoked_at: which.now })
    .where('workspace_id', '=', which.workspaceId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null);
  const chosen = 'id' in which ? ending.where('id', '=', which.id) : ending.where('email', '=', which.email);
  return chosen.returning(['id', 'email', 'role']).execute();
}

export async function markAccepted(
  tx: Tx,
  invitation: { workspaceId: string; id: string; userId: string; now: Date },
): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ accepted_at: invitation.now, accepted_by: invitation.userId })
    .where('workspace_id', '=', invitation.workspaceId)
    .where('id', '=', invitation.id)
    .execute();
}
