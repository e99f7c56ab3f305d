import type { Tx } from '#infra/db/database.ts';

/** What a link to a list shows and allows; who it is for and how long stands with the link itself. */
export interface ShareRow {
  workspace_id: string;
  id: string;
  list_id: string;
  columns: string[];
  can_vote: boolean;
  can_comment: boolean;
}

const columns = ['workspace_id', 'id', 'list_id', 'columns', 'can_vote', 'can_comment'] as const;

export async function insertShare(tx: Tx, share: ShareRow): Promise<void> {
  await tx.insertInto('list_share').values(share).execute();
}

export async function selectShares(
  tx: Tx,
  workspaceId: string,
  page: { listId: string; beforeId: string | null; limit: number },
): Promise<ShareRow[]> {
  let query = tx
    .selectFrom('list_share')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('list_id', '=', page.listId);
  if (page.beforeId !== null) query = query.where('id', '<', page.beforeId);
  return query.orderBy('id', 'desc').limit(page.limit).execute();
}

export async function selectShare(tx: Tx, workspaceId: string, shareId: string): Promise<ShareRow | null> {
  const row = await tx
    .selectFrom('list_share')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', shareId)
    .executeTakeFirst();
  return row ?? null;
}

/** Comments of guests who came by one link, by person, oldest first. */
export async function selectGuestComments(
  tx: Tx,
  share: ShareRow,
  personIds: readonly string[],
): Promise<Map<string, { authorName: string; body: string; at: string }[]>> {
  const byPerson = new Map<string, { authorName: string; body: string; at: string }[]>();
  if (personIds.length === 0) return byPerson;
  const rows = await tx
    .selectFrom('list_comment')
    .select(['person_id', 'author_name', 'body', 'created_at'])
    .where('workspace_id', '=', share.workspace_id)
    .where('list_id', '=', share.list_id)
    .where('author_kind', '=', 'guest')
    .where('author_id', 'like', `${share.id}:%`)
    .where('person_id', 'in', personIds)
    .orderBy('id')
    .limit(2000)
    .execute();
  for (const row of rows) {
    const said = byPerson.get(row.person_id) ?? [];
    said.push({ authorName: row.author_name, body: row.body, at: row.created_at.toISOString() });
    byPerson.set(row.person_id, said);
  }
  return byPerson;
}

/** How much guests of a link have said and voted. */
export async function countGuestComments(tx: Tx, share: ShareRow): Promise<number> {
  const { n } = await tx
    .selectFrom('list_comment')
    .select((eb) => eb.fn.countAll<bigint>().as('n'))
    .where('workspace_id', '=', share.workspace_id)
    .where('list_id', '=', share.list_id)
    .where('author_kind', '=', 'guest')
    .where('author_id', 'like', `${share.id}:%`)
    .executeTakeFirstOrThrow();
  return Number(n);
}

export async function countGuests(tx: Tx, share: ShareRow): Promise<number> {
  const { n } = await tx
    .selectFrom('list_vote')
    .select((eb) => eb.fn.count<bigint>('voter_id').distinct().as('n'))
    .where('workspace_id', '=', share.workspace_id)
    .where('list_id', '=', share.list_id)
    .where('voter_kind', '=', 'guest')
    .where('voter_id', 'like', `${share.id}:%`)
    .executeTakeFirstOrThrow();
  return Number(n);
}
