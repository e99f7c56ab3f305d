import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ShareRow {
  workspace_id: string;
  id: string;
  person_id: string;
  report_id: string;
  name: string;
  can_appeal: boolean;
  shows_brand: boolean;
  passphrase_hash: string | null;
  expires_at: Date;
  revoked_at: Date | null;
  created_by: string;
  created_by_name: string;
  created_at: Date;
  opened: number;
  last_opened_at: Date | null;
  wrong_tries: number;
  wrong_at: Date | null;
}

const columns = [
  'workspace_id',
  'id',
  'person_id',
  'report_id',
  'name',
  'can_appeal',
  'shows_brand',
  'passphrase_hash',
  'expires_at',
  'revoked_at',
  'created_by',
  'created_by_name',
  'created_at',
  'opened',
  'last_opened_at',
  'wrong_tries',
  'wrong_at',
] as const;

type NewShare = Omit<ShareRow, 'opened' | 'last_opened_at' | 'wrong_tries' | 'wrong_at' | 'revoked_at'>;

export async function insertShare(tx: Tx, share: NewShare & { token_hash: Buffer }): Promise<void> {
  await tx.insertInto('vetting_share').values(share).execute();
}

export async function selectShares(
  tx: Tx,
  workspaceId: string,
  page: { personId: string; beforeId: string | null; limit: number },
): Promise<ShareRow[]> {
  return tx
    .selectFrom('vetting_share')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', page.personId)
    .$if(page.beforeId !== null, (select) => select.where('id', '<', page.beforeId ?? ''))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute();
}

/** Ends a link; one that has ended keeps its time. Null when there is none. */
export async function endShare(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; shareId: string; endedAt: Date },
): Promise<ShareRow | null> {
  const row = await tx
    .updateTable('vetting_share')
    .set({ revoked_at: sql<Date>`coalesce(revoked_at, ${of.endedAt})` })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', of.personId)
    .where('id', '=', of.shareId)
    .returning(columns)
    .executeTakeFirst();
  return row ?? null;
}

/** By the hash of its token, in whichever workspace; only as the system, since a guest names no workspace. */
export async function shareByToken(tx: Tx, tokenHash: Buffer): Promise<ShareRow | null> {
  const row = await tx
    .selectFrom('vetting_share')
    .select(columns)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  return row ?? null;
}

/** Counts a call of a link within its current minute and says how many there were. */
export async function countCall(tx: Tx, share: ShareRow, at: Date, windowMs: number): Promise<number> {
  const since = new Date(at.getTime() - windowMs);
  const row = await tx
    .updateTable('vetting_share')
    .set({
      window_calls: sql<number>`case when window_at > ${since} then window_calls + 1 else 1 end`,
      window_at: sql<Date>`case when window_at > ${since} then window_at else ${at} end`,
    })
    .where('workspace_id', '=', share.workspace_id)
    .where('id', '=', share.id)
    .returning('window_calls')
    .executeTakeFirst();
  return row?.window_calls ?? 0;
}

export async function countOpened(tx: Tx, share: ShareRow, at: Date): Promise<void> {
  await tx
    .updateTable('vetting_share')
    .set({ opened: sql<number>`opened + 1`, last_opened_at: at, wrong_tries: 0 })
    .where('workspace_id', '=', share.workspace_id)
    .where('id', '=', share.id)
    .execute();
}

/** Tries are counted within a window that starts anew after `windowMs` without one. */
export async function countWrongTry(tx: Tx, share: ShareRow, at: Date, windowMs: number): Promise<void> {
  const since = new Date(at.getTime() - windowMs);
  await tx
    .updateTable('vetting_share')
    .set({ wrong_tries: sql<number>`case when wrong_at > ${since} then wrong_tries + 1 else 1 end`, wrong_at: at })
    .where('workspace_id', '=', share.workspace_id)
    .where('id', '=', share.id)
    .execute();
}
