import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { ContractClause, ContractSettings, ContractTemplate } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type ClauseRow = Selectable<ContractClause>;
export type TemplateRow = Selectable<ContractTemplate>;
export type SettingsRow = Selectable<ContractSettings>;

/** Own clauses of the library, in the order they were written. */
export async function selectClauses(tx: Tx, workspaceId: string): Promise<ClauseRow[]> {
  return tx
    .selectFrom('contract_clause')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** Inserts a clause, or writes the next version of it. */
export async function upsertClause(tx: Tx, row: Insertable<ContractClause>): Promise<void> {
  const { workspace_id: _, id: __, ...set } = row;
  await tx
    .insertInto('contract_clause')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(set))
    .execute();
}

/** Takes a clause or a template out of the library; what contracts took from it stays theirs. False when it is not there. */
export async function removeLibraryRow(
  tx: Tx,
  workspaceId: string,
  of: { table: 'contract_clause' | 'contract_template'; id: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update ${sql.table(of.table)} set removed_at = ${of.at}
    where workspace_id = ${workspaceId} and id = ${of.id} and removed_at is null returning id`.execute(tx);
  return rows.length > 0;
}

export async function selectTemplates(tx: Tx, workspaceId: string): Promise<TemplateRow[]> {
  return tx
    .selectFrom('contract_template')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** Inserts a template, or writes the next version of it. */
export async function upsertTemplate(tx: Tx, row: Insertable<ContractTemplate>): Promise<void> {
  const { workspace_id: _, id: __, ...set } = row;
  await tx
    .insertInto('contract_template')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(set))
    .execute();
}

export async function selectSettings(tx: Tx, workspaceId: string): Promise<SettingsRow | undefined> {
  return tx.selectFrom('contract_settings').selectAll().where('workspace_id', '=', workspaceId).executeTakeFirst();
}

export async function saveSettings(
  tx: Tx,
  workspaceId: string,
  set: Updateable<ContractSettings> & { updated_at: Date },
): Promise<void> {
  await tx
    .insertInto('contract_settings')
    .values({ ...set, workspace_id: workspaceId })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(set))
    .execute();
}

/** Keeps the key unless one is there; true when it was the first, so that two seals at once end with one key. */
export async function insertKey(
  tx: Tx,
  workspaceId: string,
  key: Omit<Insertable<ContractSettings>, 'workspace_id'>,
): Promise<boolean> {
  const done = await tx
    .insertInto('contract_settings')
    .values({ ...key, workspace_id: workspaceId })
    .onConflict((conflict) =>
      conflict.column('workspace_id').doUpdateSet(key).where('contract_settings.key_sealed', 'is', null),
    )
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
