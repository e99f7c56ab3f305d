import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type { CreatorList, getList, Hit, ListMember, listLists, listMembers, listsOfCreator } from './api.ts';
import { discoveryError } from './errors.ts';
import type { IndexHost } from './index-host.ts';
import { countComments, selectVotes } from './queries/list-votes.ts';
import { type ListRow, selectList, selectLists, selectListsOfPerson, selectMembers } from './queries/lists.ts';
import { searchIn } from './search-creators.ts';

export function toList(row: ListRow | null): CreatorList {
  if (row === null) throw notFound('list');
  return {
    id: row.id,
    name: row.name,
    note: row.note,
    tags: row.tags,
    ownerId: row.owner_id,
    members: Number(row.members),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    archivedAt: row.archived_at?.toISOString() ?? null,
  };
}

const badCursor = () =>
  discoveryError('cursor', 'This cursor is not one of this list. Start again without it.', [
    { field: 'cursor', message: 'is not valid here' },
  ]);

export function idOfCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const [id, ...rest] = decodeCursor(cursor) ?? [];
  if (typeof id !== 'string' || rest.length > 0) throw badCursor();
  return id;
}

export async function pageLists(infra: Infra, call: Call<typeof listLists>): Promise<Page<CreatorList>> {
  const { limit, archived, cursor, tag = null } = call.input;
  const beforeId = idOfCursor(cursor);
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) =>
    selectLists(tx, call.workspaceId, { archived, beforeId, tag, limit: limit + 1 }),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(toList),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
  };
}

export async function readList(
  infra: Infra,
  call: Pick<Call<typeof getList>, 'workspaceId' | 'input'>,
): Promise<CreatorList> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) =>
    toList(await selectList(tx, call.workspaceId, call.input.listId)),
  );
}

export async function readListsOfCreator(
  infra: Infra,
  call: Call<typeof listsOfCreator>,
): Promise<{ rows: { id: string; name: string; note: string | null }[] }> {
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) =>
    selectListsOfPerson(tx, call.workspaceId, call.input.personId),
  );
  return { rows };
}

/** A page of members with what the index knows of each; a member the index has not got yet comes without. */
export async function pageMembers(
  infra: Infra,
  host: IndexHost,
  call: Pick<Call<typeof listMembers>, 'workspaceId' | 'input'>,
): Promise<Page<ListMember>> {
  const { workspaceId, input } = call;
  const after = placeOfCursor(input.cursor);
  const { rows, cards, votes, comments } = await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectList(tx, workspaceId, input.listId)) === null) throw notFound('list');
    const found = await selectMembers(tx, workspaceId, { listId: input.listId, after, limit: input.limit + 1 });
    const of = { listId: input.listId, personIds: found.map((row) => row.person_id) };
    return {
      rows: found,
      cards: await readPersonCards(tx, workspaceId, of.personIds),
      votes: await selectVotes(tx, workspaceId, of),
      comments: await countComments(tx, workspaceId, of),
    };
  });
  const page = rows.slice(0, input.limit);
  const hits = await hitsOf(infra, host, { workspaceId, personIds: page.map((row) => row.person_id) });
  const last = page.at(-1);
  return {
    rows: page.map((row) => ({
      personId: row.person_id,
      name: cards.get(row.person_id)?.name ?? null,
      note: row.note,
      addedBy: row.added_by,
      addedAt: row.added_at.toISOString(),
      votes: votes.get(row.person_id) ?? [],
      comments: comments.get(row.person_id) ?? 0,
      hit: hits.get(row.person_id) ?? null,
    })),
    nextCursor:
      rows.length > input.limit && last !== undefined ? encodeCursor([last.added_at.getTime(), last.person_id]) : null,
  };
}

/** What the index knows of the named creators, by id. At most a page of 500. */
export async function hitsOf(
  infra: Infra,
  host: IndexHost,
  asked: { workspaceId: string; personIds: readonly string[] },
): Promise<Map<string, Hit>> {
  if (asked.personIds.length === 0) return new Map();
  const { rows } = await searchIn(infra, host, {
    workspaceId: asked.workspaceId,
    query: { filters: [{ field: 'creator', op: 'in', values: [...asked.personIds] }], facets: [], limit: 500 },
  });
  return new Map(rows.map((hit) => [hit.personId, hit]));
}

function placeOfCursor(cursor: string | undefined): { addedAt: Date; personId: string } | null {
  if (cursor === undefined) return null;
  const [addedAtMs, personId, ...rest] = decodeCursor(cursor) ?? [];
  if (typeof addedAtMs !== 'number' || typeof personId !== 'string' || rest.length > 0) throw badCursor();
  return { addedAt: new Date(addedAtMs), personId };
}
