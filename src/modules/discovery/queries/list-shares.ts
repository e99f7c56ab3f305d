import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ShareRow {
  workspace_id: string;
  id: string;
  list_id: string;
  name: string;
  columns: string[];
  can_vote: boolean;
  can_comment: boolean;
  passphrase_hash: string | null;
  expires_at: Date;
  revoked_at: Date | null;
  created_by: string;
  created_at: Date;
  opened: number;
  last_opened_at: Date | null;
  wrong_tries: number;
  wrong_at: Date | null;
}

const columns = [
  'workspace_id',
  'id',
  'list_id',
  'name',
  'columns',
  'can_vote',
  'can_comment',
  'passphrase_hash',
  'expires_at',
  'revoked_at',
  'created_by',
  'created_at',
  'opened',
  'last_opened_at',
  'wrong_tries',
  'wrong_at',
] as const;

export async function insertShare(
  tx: Tx,
  share: Omit<ShareRow, 'opened' | 'last_opened_at' | 'wrong_tries' | 'wrong_at' | 'revoked_at'> & {
    token_hash: Buffer;
  },
): Promise<void> {
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

/** Ends a link; one that has ended keeps its time. Null when there is none. */
export async function endShare(
  tx: Tx,
  workspaceId: string,
  of: { listId: string; shareId: string; endedAt: Date },
): Promise<ShareRow | null> {
  const row = await tx
    .updateTable('list_share')
    .set({ revoked_at: sql<Date>`coalesce(revoked_at, ${of.endedAt})` })
    .where('workspace_id', '=', workspaceId)
    .where('list_id', '=', of.listId)
    .where('id', '=', of.shareId)
    .returning(columns)
    .executeTakeFirst();
  return row ?? null;
}

/** By the hash of its token, in whichever workspace; only as the system, since a guest names no workspace. */
export async function shareByToken(tx: Tx, tokenHash: Buffer): Promise<ShareRow | null> {
  const row = await tx.selectFrom('list_share').select(columns).where('token_hash', '=', tokenHash).executeTakeFirst();
  return row ?? null;
}

export async function countOpened(tx: Tx, share: ShareRow, at: Date): Promise<void> {
  await tx
    .updateTable('list_share')
    .set({ opened: sql<number>`opened + 1`, last_opened_at: at, wrong_tries: 0 })
    .where('workspace_id', '=', share.workspace_id)
    .where('id', '=', share.id)
    .execute();
}

/** Tries are counted within a window that starts anew after `windowMs` without one. */
export async function countWrongTry(tx: Tx, share: ShareRow, at: Date, windowMs: number): Promise<void> {
  const since = new Date(at.getTime() - windowMs);
  await tx
    .updateTable('list_share')
    .set({ wrong_tries: sql<number>`case when wrong_at > ${since} then wrong_tries + 1 else 1 end`, wrong_at: at })
    .where('workspace_id', '=', share.workspace_id)
    .where('id', '=', share.id)
    .execute();
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
