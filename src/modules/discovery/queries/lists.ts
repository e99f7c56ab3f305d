import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ListRow {
  id: string;
  name: string;
  created_by: string;
  created_at: Date;
  archived_at: Date | null;
  note: string | null;
  tags: string[];
  owner_id: string | null;
  members: bigint;
}

const listColumns = (tx: Tx) =>
  tx
    .selectFrom('list')
    .select(['list.id', 'list.name', 'list.created_by', 'list.created_at', 'list.archived_at'])
    .select(['list.note', 'list.tags', 'list.owner_id'])
    .select((eb) =>
      eb
        .selectFrom('list_member')
        .select((count) => count.fn.countAll<bigint>().as('n'))
        .whereRef('list_member.workspace_id', '=', 'list.workspace_id')
        .whereRef('list_member.list_id', '=', 'list.id')
        .$asScalar()
        .as('members'),
    );

/** A page of open or archived lists, newest first. */
export async function selectLists(
  tx: Tx,
  workspaceId: string,
  page: { archived: boolean; beforeId: string | null; tag: string | null; limit: number },
): Promise<ListRow[]> {
  let query = listColumns(tx)
    .where('list.workspace_id', '=', workspaceId)
    .where('list.archived_at', page.archived ? 'is not' : 'is', null);
  if (page.beforeId !== null) query = query.where('list.id', '<', page.beforeId);
  if (page.tag !== null) query = query.where(sql<boolean>`${page.tag} = any(list.tags)`);
  const rows = await query.orderBy('list.id', 'desc').limit(page.limit).execute();
  return rows.map((row) => ({ ...row, members: row.members ?? 0n }));
}

export async function selectList(tx: Tx, workspaceId: string, listId: string): Promise<ListRow | null> {
  const row = await listColumns(tx)
    .where('list.workspace_id', '=', workspaceId)
    .where('list.id', '=', listId)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, members: row.members ?? 0n };
}

export interface LockedList {
  name: string;
  archivedAt: Date | null;
  note: string | null;
  tags: string[];
  ownerId: string | null;
}

/** Holds the list against other changes until the transaction ends; null when absent. */
export async function lockList(tx: Tx, workspaceId: string, listId: string): Promise<LockedList | null> {
  const row = await tx
    .selectFrom('list')
    .select(['name', 'archived_at', 'note', 'tags', 'owner_id'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', listId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return null;
  return { name: row.name, archivedAt: row.archived_at, note: row.note, tags: row.tags, ownerId: row.owner_id };
}

export async function findOpenListByName(tx: Tx, workspaceId: string, name: string): Promise<string | null> {
  const row = await tx
    .selectFrom('list')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where(sql`lower(name)`, '=', sql`lower(${name})`)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function insertList(
  tx: Tx,
  list: { workspaceId: string; id: string; name: string; createdBy: string; createdAt: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('list')
    .values({
      workspace_id: list.workspaceId,
      id: list.id,
      name: list.name,
      created_by: list.createdBy,
      created_at: list.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function changeList(tx: Tx, workspaceId: string, list: LockedList & { id: string }): Promise<void> {
  await tx
    .updateTable('list')
    .set({
      name: list.name,
      archived_at: list.archivedAt,
      note: list.note,
      tags: list.tags,
      owner_id: list.ownerId,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', list.id)
    .execute();
}

/** Adds who is not on the list yet; how many were added. */
export async function insertMembers(
  tx: Tx,
  workspaceId: string,
  add: { listId: string; personIds: readonly string[]; note: string | null; addedBy: string; addedAt: Date },
): Promise<number> {
  if (add.personIds.length === 0) return 0;
  const { rows } = await sql<{ person_id: string }>`
    insert into list_member (workspace_id, list_id, person_id, note, added_by, added_at)
    select ${workspaceId}, ${add.listId}, given.id, ${add.note}, ${add.addedBy}, ${add.addedAt}
    from unnest(${add.personIds}::text[]) as given (id)
    on conflict (workspace_id, list_id, person_id) do nothing
    returning person_id`.execute(tx);
  return rows.length;
}

export async function deleteMembers(
  tx: Tx,
  workspaceId: string,
  gone: { listId: string; personIds: readonly string[] },
): Promise<number> {
  const { rows } = await sql<{ person_id: string }>`
    delete from list_member where workspace_id = ${workspaceId} and list_id = ${gone.listId} and person_id = any(${gone.personIds}::text[])
    returning person_id`.execute(tx);
  return rows.length;
}

export async function setMemberNote(
  tx: Tx,
  workspaceId: string,
  member: { listId: string; personId: string; note: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('list_member')
    .set({ note: member.note })
    .where('workspace_id', '=', workspaceId)
    .where('list_id', '=', member.listId)
    .where('person_id', '=', member.personId)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

export interface MemberRow {
  person_id: string;
  note: string | null;
  added_by: string;
  added_at: Date;
}

/** A page of members, newest first, ties by id. */
export async function selectMembers(
  tx: Tx,
  workspaceId: string,
  page: { listId: string; after: { addedAt: Date; personId: string } | null; limit: number },
): Promise<MemberRow[]> {
  let query = tx
    .selectFrom('list_member')
    .select(['person_id', 'note', 'added_by', 'added_at'])
    .where('workspace_id', '=', workspaceId)
    .where('list_id', '=', page.listId);
  const { after } = page;
  if (after !== null) {
    query = query.where((eb) =>
      eb.or([
        eb('added_at', '<', after.addedAt),
        eb.and([eb('added_at', '=', after.addedAt), eb('person_id', '>', after.personId)]),
      ]),
    );
  }
  return query.orderBy('added_at', 'desc').orderBy('person_id').limit(page.limit).execute();
}

/** Ids of the members of an open list; null when it is archived or absent. */
export async function membersOfList(tx: Tx, workspaceId: string, listId: string): Promise<string[] | null> {
  const list = await tx
    .selectFrom('list')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', listId)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  if (list === undefined) return null;
  const rows = await tx
    .selectFrom('list_member')
    .select('person_id')
    .where('workspace_id', '=', workspaceId)
    .where('list_id', '=', listId)
    .orderBy('person_id')
    .execute();
  return rows.map((row) => row.person_id);
}

/** Members of all open lists. */
export async function allListMembers(tx: Tx, workspaceId: string): Promise<Map<string, string[]>> {
  const rows = await tx
    .selectFrom('list')
    .leftJoin('list_member', (join) =>
      join.onRef('list_member.workspace_id', '=', 'list.workspace_id').onRef('list_member.list_id', '=', 'list.id'),
    )
    .select(['list.id', 'list_member.person_id'])
    .where('list.workspace_id', '=', workspaceId)
    .where('list.archived_at', 'is', null)
    .orderBy('list.id')
    .orderBy('list_member.person_id')
    .execute();
  const lists = new Map<string, string[]>();
  for (const row of rows) {
    const members = lists.get(row.id) ?? [];
    if (row.person_id !== null) members.push(row.person_id);
    lists.set(row.id, members);
  }
  return lists;
}

export async function selectListsOfPerson(
  tx: Tx,
  workspaceId: string,
  personId: string,
): Promise<{ id: string; name: string; note: string | null }[]> {
  return tx
    .selectFrom('list_member')
    .innerJoin('list', (join) =>
      join.onRef('list.workspace_id', '=', 'list_member.workspace_id').onRef('list.id', '=', 'list_member.list_id'),
    )
    .select(['list.id', 'list.name', 'list_member.note'])
    .where('list_member.workspace_id', '=', workspaceId)
    .where('list_member.person_id', '=', personId)
    .where('list.archived_at', 'is', null)
    .orderBy('list.name')
    .orderBy('list.id')
    .execute();
}

/** Puts the kept person wherever the absorbed one was, with the note; ids of the lists it changed. A repeat changes nothing. */
export async function moveMemberships(
  tx: Tx,
  workspaceId: string,
  merge: { keptPersonId: string; absorbedPersonId: string },
): Promise<string[]> {
  await sql`
    insert into list_member (workspace_id, list_id, person_id, note, added_by, added_at)
    select m.workspace_id, m.list_id, ${merge.keptPersonId}, m.note, m.added_by, m.added_at from list_member m
    where m.workspace_id = ${workspaceId} and m.person_id = ${merge.absorbedPersonId}
    on conflict (workspace_id, list_id, person_id) do nothing`.execute(tx);
  // A vote somebody gave the kept person stands; what was said moves along.
  await sql`
    insert into list_vote (workspace_id, list_id, person_id, voter_kind, voter_id, voter_name, vote, voted_at)
    select v.workspace_id, v.list_id, ${merge.keptPersonId}, v.voter_kind, v.voter_id, v.voter_name, v.vote, v.voted_at from list_vote v
    where v.workspace_id = ${workspaceId} and v.person_id = ${merge.absorbedPersonId}
    on conflict (workspace_id, list_id, person_id, voter_kind, voter_id) do nothing`.execute(tx);
  await tx
    .updateTable('list_comment')
    .set({ person_id: merge.keptPersonId })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', merge.absorbedPersonId)
    .execute();
  // Who was found by a search stays found, so that the merge is no new match.
  await sql`
    insert into search_match (workspace_id, search_id, person_id, found_at, notice_id)
    select m.workspace_id, m.search_id, ${merge.keptPersonId}, m.found_at, m.notice_id from search_match m
    where m.workspace_id = ${workspaceId} and m.person_id = ${merge.absorbedPersonId}
    on conflict (workspace_id, search_id, person_id) do nothing`.execute(tx);
  const rows = await tx
    .deleteFrom('list_member')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', merge.absorbedPersonId)
    .returning('list_id')
    .execute();
  return rows.map((row) => row.list_id);
}
