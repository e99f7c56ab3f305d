import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { BanReason } from '../api.ts';

export interface BanRow {
  id: string;
  person_id: string;
  reason: BanReason;
  note: string;
  group_id: string | null;
  banned_by_name: string;
  banned_at: Date;
}

/** Standing bans, of these creators or of all, newest first. */
export async function selectBans(
  tx: Tx,
  workspaceId: string,
  of: { personIds?: readonly string[]; limit: number },
): Promise<BanRow[]> {
  const some = of.personIds === undefined ? sql`true` : sql`person_id = any(${[...of.personIds]}::text[])`;
  const { rows } = await sql<BanRow>`
    select id, person_id, reason, note, group_id, banned_by_name, banned_at from fraud_ban
    where workspace_id = ${workspaceId} and lifted_at is null and ${some} order by banned_at desc, id desc limit ${of.limit}`.execute(
    tx,
  );
  return rows;
}

/** False when the creator is banned already. */
export async function insertBan(
  tx: Tx,
  workspaceId: string,
  ban: Omit<BanRow, 'banned_by_name'> & { by: { id: string; name: string } },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into fraud_ban (workspace_id, id, person_id, reason, note, group_id, banned_by, banned_by_name, banned_at)
    values (${workspaceId}, ${ban.id}, ${ban.person_id}, ${ban.reason}, ${ban.note}, ${ban.group_id}, ${ban.by.id}, ${ban.by.name}, ${ban.banned_at})
    on conflict (workspace_id, person_id) where lifted_at is null do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** The creator whose ban it was; undefined when no such ban stands. */
export async function closeBan(
  tx: Tx,
  workspaceId: string,
  of: { banId: string; byName: string; reason: string; at: Date },
): Promise<string | undefined> {
  const { rows } = await sql<{ person_id: string }>`
    update fraud_ban set lifted_at = ${of.at}, lifted_by_name = ${of.byName}, lift_reason = ${of.reason}
    where workspace_id = ${workspaceId} and id = ${of.banId} and lifted_at is null returning person_id`.execute(tx);
  return rows[0]?.person_id;
}
