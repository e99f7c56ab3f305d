import { type Selectable, sql } from 'kysely';
import type { PortalLink, PortalSession } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type LinkRow = Selectable<PortalLink>;
export type SessionRow = Selectable<PortalSession>;

/** A brand a session may act with, and as whom. */
export interface WayIn {
  workspace_id: string;
  slug: string;
  name: string;
  time_zone: string;
  currency: string;
  person_id: string;
  /** True when it comes by the session's account, false when only by a link. */
  by_account: boolean;
  /** True when the link was handed over by a member to make an account with. */
  makes_account: boolean;
  link_id: string | null;
}

/** System role: the link a token opens, whatever became of it. */
export function linkByToken(tx: Tx, tokenHash: Buffer): Promise<LinkRow | undefined> {
  return tx.selectFrom('portal_link').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
}

export async function countOpened(tx: Tx, link: LinkRow, now: Date): Promise<void> {
  await tx
    .updateTable('portal_link')
    .set({
      opened: sql`opened + 1`,
      first_opened_at: sql`coalesce(first_opened_at, ${now})`,
      last_opened_at: now,
    })
    .where('workspace_id', '=', link.workspace_id)
    .where('id', '=', link.id)
    .execute();
}

export async function markAsked(tx: Tx, link: LinkRow, asked: { at: Date; state: 'sent' | 'waits' }): Promise<void> {
  await tx
    .updateTable('portal_link')
    .set({ asked_at: asked.at, asked_state: asked.state })
    .where('workspace_id', '=', link.workspace_id)
    .where('id', '=', link.id)
    .execute();
}

/** System role. */
export function sessionByToken(tx: Tx, tokenHash: Buffer, now: Date): Promise<SessionRow | undefined> {
  return tx
    .selectFrom('portal_session')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

export interface NewSession {
  id: string;
  tokenHash: Buffer;
  accountId: string | null;
  preview: { userId: string; userName: string } | null;
  userAgent: string | null;
  now: Date;
  expiresAt: Date;
}

/** System role. */
export async function insertSession(tx: Tx, row: NewSession): Promise<void> {
  await tx
    .insertInto('portal_session')
    .values({
      id: row.id,
      token_hash: row.tokenHash,
      account_id: row.accountId,
      preview_user_id: row.preview?.userId ?? null,
      preview_user_name: row.preview?.userName ?? null,
      user_agent: row.userAgent?.slice(0, 300) ?? null,
      created_at: row.now,
      used_at: row.now,
      expires_at: row.expiresAt,
    })
    .execute();
}

/** System role. */
export async function endSession(tx: Tx, sessionId: string): Promise<boolean> {
  const gone = await tx.deleteFrom('portal_session').where('id', '=', sessionId).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** System role. */
export async function touchSession(tx: Tx, sessionId: string, now: Date): Promise<void> {
  await tx.updateTable('portal_session').set({ used_at: now }).where('id', '=', sessionId).execute();
}

/** System role. */
export async function setCurrent(tx: Tx, sessionId: string, workspaceId: string): Promise<void> {
  await tx
    .updateTable('portal_session')
    .set({ current_workspace_id: workspaceId })
    .where('id', '=', sessionId)
    .execute();
}

/** System role: gives a session a way into a workspace, in the place of an earlier one. */
export async function putEntry(
  tx: Tx,
  row: { workspaceId: string; sessionId: string; personId: string; linkId: string | null; now: Date },
): Promise<void> {
  const values = { person_id: row.personId, link_id: row.linkId, created_at: row.now };
  await tx
    .insertInto('portal_entry')
    .values({ workspace_id: row.workspaceId, session_id: row.sessionId, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'session_id']).doUpdateSet(values))
    .execute();
}

/** System role: every brand a session may act with. A link taken back ends the way it gave; the account's own way counts first. */
export async function waysIn(tx: Tx, session: SessionRow): Promise<WayIn[]> {
  const { rows } = await sql<WayIn>`
    select distinct on (w.id) w.id as workspace_id, w.slug, w.name, w.time_zone, w.currency,
      way.person_id, way.by_account, way.makes_account, way.link_id
    from (
      select workspace_id, person_id, true as by_account, false as makes_account, null as link_id
      from portal_account_person where account_id = ${session.account_id}
      union all
      select e.workspace_id, e.person_id, false, coalesce(l.makes_account, false), e.link_id
      from portal_entry e
      left join portal_link l on l.workspace_id = e.workspace_id and l.id = e.link_id
      where e.session_id = ${session.id} and l.revoked_at is null
    ) way
    join workspace w on w.id = way.workspace_id
    order by w.id, way.by_account desc`.execute(tx);
  return rows.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.slug < b.slug ? -1 : 1));
}
