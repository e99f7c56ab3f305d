import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface DueContract {
  workspace_id: string;
  id: string;
}

/** Offers, of any workspace, whose time is over. */
export async function selectLapsed(tx: Tx, of: { now: Date; limit: number }): Promise<DueContract[]> {
  return tx
    .selectFrom('contract')
    .select(['workspace_id', 'id'])
    .where('state', 'in', ['sent', 'countered'])
    .where('expires_at', '<=', of.now)
    .orderBy('expires_at')
    .orderBy('id')
    .limit(of.limit)
    .execute();
}

/** Offers that wait for the creator and lapse before `until`, not told yet. */
export async function selectLapsing(tx: Tx, of: { now: Date; until: Date; limit: number }): Promise<DueContract[]> {
  const { rows } = await sql<DueContract>`
    select c.workspace_id, c.id from contract c
    where c.state = 'sent' and c.expires_at > ${of.now} and c.expires_at <= ${of.until} and c.state_since < ${of.now}::timestamptz - interval '1 day'
      and not exists (select 1 from contract_notice n
        where n.workspace_id = c.workspace_id and n.contract_id = c.id and n.key = 'lapsing/' || c.current_version)
    order by c.expires_at, c.id limit ${of.limit}`.execute(tx);
  return rows;
}

/** Versions both signed whose sealed document is not there: a stop came in between. */
export async function selectUnsealed(tx: Tx, limit: number): Promise<(DueContract & { version: number })[]> {
  const { rows } = await sql<DueContract & { version: number }>`
    select v.workspace_id, v.contract_id as id, v.version from contract_version v
    where v.sealed_file_id is null and v.document_file_id is not null
      and (select count(*) from contract_signature s
        where s.workspace_id = v.workspace_id and s.contract_id = v.contract_id and s.version = v.version) = 2
    order by v.workspace_id, v.contract_id, v.version limit ${limit}`.execute(tx);
  return rows;
}

/** Contracts in force since before `since` that never took effect and were not caught up on: signed before contracts took effect at all. The oldest first. */
export async function selectWithoutEffect(tx: Tx, of: { since: Date; limit: number }): Promise<DueContract[]> {
  const { rows } = await sql<DueContract>`
    select c.workspace_id, c.id from contract c
    where c.in_force_version is not null and c.ended_at is null and not c.is_waiting and c.erased_at is null and c.in_force_since < ${of.since}
      and not exists (select 1 from contract_effect e where e.workspace_id = c.workspace_id and e.contract_id = c.id)
      and not exists (select 1 from contract_notice n where n.workspace_id = c.workspace_id and n.contract_id = c.id and n.key = 'caught-up')
    order by c.in_force_since, c.id limit ${of.limit}`.execute(tx);
  return rows;
}

/** Workspaces with a contract in force. */
export async function selectWorkspacesInForce(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    select distinct workspace_id from contract where in_force_version is not null and ended_at is null order by workspace_id`.execute(
    tx,
  );
  return rows.map((row) => row.workspace_id);
}

/** Notes that something was told; true when it was not before. */
export async function insertNotice(
  tx: Tx,
  workspaceId: string,
  of: { contractId: string; key: string; at: Date },
): Promise<boolean> {
  const done = await tx
    .insertInto('contract_notice')
    .values({ workspace_id: workspaceId, contract_id: of.contractId, key: of.key, told_at: of.at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
