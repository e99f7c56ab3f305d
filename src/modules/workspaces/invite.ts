import { randomBytes } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { dayMs } from '#kernel/time.ts';
import type { createInvitation, Invitation, listInvitations, revokeInvitation } from './api.ts';
import { workspacesError } from './errors.ts';
import { getWorkspace } from './get-workspace.ts';
import { hashSecret } from './key-secret.ts';
import { type InvitationRow, insertInvitation, openInvitations, revokeOpenInvitations } from './queries/invitations.ts';
import { lockMembers, membersOf } from './queries/members.ts';
import { recordAudit } from './record-audit.ts';
import { memberChangeFault } from './rules/member-change.ts';
import { standingOf } from './standing.ts';

const validDays = 7;

/** Open invitations of the workspace, newest first, the expired ones too, until they are ended or sent anew. */
export async function listOpenInvitations(
  infra: Infra,
  call: Call<typeof listInvitations>,
): Promise<{ rows: Invitation[] }> {
  const rows = await infra.db.asSystem((tx) => openInvitations(tx, call.workspaceId));
  const now = infra.clock.now();
  return { rows: rows.map((row) => toInvitation(row, now)) };
}

/**
 * Invites an address; the link in the answer, and in the mail where mail is set up, is the only copy of its token. An open invitation of the same
 * address ends.
 * Errors: workspaces.owners_only for the role owner, already_member.
 */
export function invite(
  infra: Infra,
  call: Call<typeof createInvitation>,
): Promise<{ invitation: Invitation; link: string; isMailed: boolean }> {
  const { workspaceId, input, actor } = call;
  const now = infra.clock.now();
  const token = randomBytes(32).toString('base64url');
  return infra.db.asSystem(async (tx) => {
    await lockMembers(tx, workspaceId);
    await refuseInvitation(tx, call);
    const replaced = await revokeOpenInvitations(tx, { workspaceId, email: input.email, now });
    const row: InvitationRow = {
      workspaceId,
      id: newId('invitation'),
      email: input.email,
      role: input.role,
      invitedBy: actor.name,
      createdAt: now,
      expiresAt: new Date(now.getTime() + validDays * dayMs),
      acceptedAt: null,
      revokedAt: null,
    };
    await insertInvitation(tx, { ...row, tokenHash: hashSecret(token) });
    const changes = {
      email: { to: row.email },
      role: { to: row.role },
      ...(replaced.length > 0 && { inPlaceOf: replaced[0]?.id }),
    };
    await recordInvitation(tx, call, { action: 'invitation.created', id: row.id, changes });
    const link = `${infra.config.publicUrl}/app/invitation/${token}`;
    const { name } = await getWorkspace(tx, workspaceId);
    const mailed = await infra.mail.queue(tx, {
      workspaceId,
      to: row.email,
      subject: `${actor.name} invites you to ${name}`,
      text: `${actor.name} invites you to work in "${name}" as ${row.role}.\n\nOpen this link to join; it works once, for ${validDays} days:\n${link}\n\nIf you do not know what this is, do nothing.\n`,
      kind: 'transactional',
      key: `invitation:${row.id}`,
      isSecret: true,
      headers: { autoSubmitted: 'auto-generated' },
    });
    return { invitation: toInvitation(row, now), link, isMailed: mailed.state === 'queued' };
  });
}

/** Ends an open invitation. Error: not_found, also when it was accepted or ended before. */
export function endInvitation(infra: Infra, call: Call<typeof revokeInvitation>): Promise<null> {
  const { workspaceId, input } = call;
  return infra.db.asSystem(async (tx) => {
    const [ended] = await revokeOpenInvitations(tx, { workspaceId, id: input.invitationId, now: infra.clock.now() });
    if (ended === undefined) throw notFound('invitation');
    const changes = { email: ended.email, role: ended.role };
    await recordInvitation(tx, call, { action: 'invitation.revoked', id: ended.id, changes });
    return null;
  });
}

async function refuseInvitation(tx: Tx, call: Call<typeof createInvitation>): Promise<void> {
  const by = await standingOf(tx, call);
  const asMember = { role: 'viewer' as const, ownersInWorkspace: 1 };
  if (memberChangeFault(by, asMember, { kind: 'role', to: call.input.role }) !== null) {
    throw workspacesError('owners_only', 'Only an owner invites owners.');
  }
  const members = await membersOf(tx, call.workspaceId);
  if (members.some((member) => member.email === call.input.email)) {
    throw workspacesError('already_member', `${call.input.email} is a member already.`, [
      { field: 'email', message: 'is a member already' },
    ]);
  }
}

function recordInvitation(
  tx: Tx,
  { workspaceId, actor, requestId }: Pick<Call, 'workspaceId' | 'actor' | 'requestId'>,
  what: { action: string; id: string; changes: Record<string, unknown> },
): Promise<void> {
  const { action, id, changes } = what;
  return recordAudit(tx, { workspaceId, actor, requestId, action, subjectKind: 'invitation', subjectId: id, changes });
}

function toInvitation(row: InvitationRow, now: Date): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    invitedBy: row.invitedBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    isExpired: row.expiresAt <= now,
  };
}
