import type { Tx } from '#infra/db/database.ts';
import type { Role } from '../api.ts';
import type { WorkspaceRow } from './workspaces.ts';

export interface Membership {
  memberId: string;
  role: Role;
  workspace: WorkspaceRow;
}

/** The workspaces of a person with their role in each: their own before the sample, by name. System role. */
export async function membershipsOf(tx: Tx, userId: string): Promise<Membership[]> {
  const rows = await tx
    .selectFrom('member as m')
    .innerJoin('workspace as w', 'w.id', 'm.workspace_id')
    .selectAll('w')
    .select(['m.id as member_id', 'm.role as role'])
    .where('m.user_id', '=', userId)
    .orderBy('w.is_sample')
    .orderBy('w.name')
    .orderBy('w.id')
    .execute();
  // The check constraint of the column holds exactly the roles.
  return rows.map(({ member_id, role, ...workspace }) => ({ memberId: member_id, role: role as Role, workspace }));
}

export interface MemberRow {
  id: string;
  userId: string;
  name: string;
  email: string;
  role: Role;
  createdAt: Date;
}

function membersWithNames(tx: Tx, workspaceId: string) {
  return tx
    .selectFrom('member as m')
    .innerJoin('app_user as u', 'u.id', 'm.user_id')
    .select([
      'm.id as id',
      'm.user_id as userId',
      'u.name as name',
      'u.email as email',
      'm.role as role',
      'm.created_at as createdAt',
    ])
    .where('m.workspace_id', '=', workspaceId);
}

/** People of the workspace by name. System role, since people belong to none. */
export async function membersOf(tx: Tx, workspaceId: string): Promise<MemberRow[]> {
  const rows = await membersWithNames(tx, workspaceId).orderBy('u.name').orderBy('m.id').execute();
  return rows.map((row) => ({ ...row, role: row.role as Role }));
}

/** True while that person is a member of the workspace. */
export async function isMember(tx: Tx, workspaceId: string, userId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function memberById(tx: Tx, workspaceId: string, memberId: string): Promise<MemberRow | undefined> {
  const row = await membersWithNames(tx, workspaceId).where('m.id', '=', memberId).executeTakeFirst();
  return row && { ...row, role: row.role as Role };
}

export async function roleOf(tx: Tx, workspaceId: string, userId: string): Promise<Role | null> {
  const row = await tx
    .selectFrom('member')
    .select('role')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row === undefined ? null : (row.role as Role);
}

/** Lets changes of one workspace's members happen one after the other, so that its owners can be counted. */
export async function lockMembers(tx: Tx, workspaceId: string): Promise<void> {
  await tx.selectFrom('workspace').select('id').where('id', '=', workspaceId).forUpdate().execute();
}

export async function countOwners(tx: Tx, workspaceId: string): Promise<number> {
  const row = await tx
    .selectFrom('member')
    .select((select) => select.fn.countAll<bigint>().as('owners'))
    .where('workspace_id', '=', workspaceId)
    .where('role', '=', 'owner')
    .executeTakeFirstOrThrow();
  return Number(row.owners);
}

/** Makes the person a member; false when they are one already. */
export async function insertMember(
  tx: Tx,
  member: { workspaceId: string; id: string; userId: string; role: Role; createdAt: Date },
): Promise<boolean> {
  const row = await tx
    .insertInto('member')
    .values({
      workspace_id: member.workspaceId,
      id: member.id,
      user_id: member.userId,
      role: member.role,
      created_at: member.createdAt,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function updateRole(tx: Tx, member: { workspaceId: string; id: string; role: Role }): Promise<void> {
  await tx
    .updateTable('member')
    .set({ role: member.role })
    .where('workspace_id', '=', member.workspaceId)
    .where('id', '=', member.id)
    .execute();
}

export async function deleteMember(tx: Tx, workspaceId: string, memberId: string): Promise<void> {
  await tx.deleteFrom('member').where('workspace_id', '=', workspaceId).where('id', '=', memberId).execute();
}
