import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { ContractEffect } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type EffectRow = Selectable<ContractEffect>;

export async function selectEffects(tx: Tx, workspaceId: string, contractId: string): Promise<EffectRow[]> {
  return tx
    .selectFrom('contract_effect')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('contract_id', '=', contractId)
    .orderBy('at', 'desc')
    .orderBy('key', 'desc')
    .execute();
}

export async function insertEffect(tx: Tx, row: Insertable<ContractEffect>): Promise<void> {
  await tx.insertInto('contract_effect').values(row).execute();
}

/** Notes who looked at an effect first; true when nobody had. */
export async function markEffectSeen(
  tx: Tx,
  workspaceId: string,
  of: { contractId: string; key: string; by: string; at: Date },
): Promise<boolean> {
  const done = await tx
    .updateTable('contract_effect')
    .set({ seen_by: of.by, seen_at: of.at })
    .where('workspace_id', '=', workspaceId)
    .where('contract_id', '=', of.contractId)
    .where('key', '=', of.key)
    .where('seen_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export interface OpenEffect {
  contract_id: string;
  key: string;
  effect: unknown;
  at: Date;
  person_name: string;
  person_id: string;
  campaign_id: string;
}

/** What nobody has looked at yet, the oldest first. */
export async function selectOpenEffects(tx: Tx, workspaceId: string, limit: number): Promise<OpenEffect[]> {
  const { rows } = await sql<OpenEffect>`
    select x.contract_id, x.key, x.effect, x.at, c.person_name, c.person_id, c.campaign_id
    from contract_effect x join contract c on c.workspace_id = x.workspace_id and c.id = x.contract_id
    where x.workspace_id = ${workspaceId} and x.needs_look and x.seen_at is null
    order by x.at, x.contract_id, x.key limit ${limit}`.execute(tx);
  return rows;
}
