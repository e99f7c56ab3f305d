import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type { changeMemberRole, listMembers, Member, removeMember } from './api.ts';
import { workspacesError } from './errors.ts';
import {
  countOwners,
  deleteMember,
  lockMembers,
  type MemberRow,
  memberById,
  membersOf,
  updateRole,
} from './queries/members.ts';
import { recordAudit } from './record-audit.ts';
import { type MemberChange, memberChangeFault } from './rules/member-change.ts';
import { standingOf } from './standing.ts';

export async function listPeople(infra: Infra, call: Call<typeof listMembers>): Promise<{ rows: Member[] }> {
  const rows = await infra.db.asSystem((tx) => membersOf(tx, call.workspaceId));
  return { rows: rows.map(toMember) };
}

/** Gives a member another role. Errors: not_found; workspaces.owners_only; workspaces.last_owner. */
export function giveRole(infra: Infra, call: Call<typeof changeMemberRole>): Promise<Member> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.asSystem(async (tx) => {
    const member = await memberToChange(tx, call, { kind: 'role', to: input.role });
    if (member.role === input.role) return toMember(member);
    await updateRole(tx, { workspaceId, id: member.id, role: input.role });
    const changes = { person: member.name, role: { from: member.role, to: input.role } };
    const about = { workspaceId, actor, requestId };
    await recordAudit(tx, {
      ...about,
      action: 'member.role_changed',
      subjectKind: 'member',
      subjectId: member.id,
      changes,
    });
    return toMember({ ...member, role: input.role });
  });
}

/** Takes a person out of the workspace; their next request meets a closed door. Errors as giveRole. */
export function takeOut(infra: Infra, call: Call<typeof removeMember>): Promise<null> {
  const { workspaceId, actor, requestId } = call;
  return infra.db.asSystem(async (tx) => {
    const member = await memberToChange(tx, call, { kind: 'removal' });
    await deleteMember(tx, workspaceId, member.id);
    const changes = { person: member.name, email: member.email, role: { from: member.role } };
    const about = { workspaceId, actor, requestId };
    await recordAudit(tx, { ...about, action: 'member.removed', subjectKind: 'member', subjectId: member.id, changes });
    return null;
  });
}

async function memberToChange(
  tx: Tx,
  call: Pick<Call, 'actor' | 'workspaceId'> & { input: { memberId: string } },
  change: MemberChange,
): Promise<MemberRow> {
  await lockMembers(tx, call.workspaceId);
  const member = await memberById(tx, call.workspaceId, call.input.memberId);
  if (member === undefined) throw notFound('member');
  const ownersInWorkspace = await countOwners(tx, call.workspaceId);
  const fault = memberChangeFault(await standingOf(tx, call), { role: member.role, ownersInWorkspace }, change);
  switch (fault) {
    case null:
      return member;
    case 'owners_only':
      throw workspacesError('owners_only', 'Only an owner makes, changes or removes owners.');
    case 'last_owner':
      throw workspacesError('last_owner', `${member.name} is the last owner. Make somebody else an owner first.`);
  }
}

function toMember(row: MemberRow): Member {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
