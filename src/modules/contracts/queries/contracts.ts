import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Contract as ContractTable, ContractVersion as ContractVersionTable } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type ContractRow = Selectable<ContractTable>;
export type VersionRow = Selectable<ContractVersionTable>;

export async function selectContract(tx: Tx, workspaceId: string, id: string): Promise<ContractRow | undefined> {
  return tx
    .selectFrom('contract')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The contract, held until the transaction ends: whoever signs, answers or changes it comes one after the other. */
export async function lockContract(tx: Tx, workspaceId: string, id: string): Promise<ContractRow | undefined> {
  return tx
    .selectFrom('contract')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** The version of each enrolment's contract that is in force; an enrolment without one is not there. */
export async function selectInForce(tx: Tx, workspaceId: string, enrolmentIds: readonly string[]) {
  return tx
    .selectFrom('contract as c')
    .innerJoin('contract_version as v', (join) =>
      join
        .onRef('v.workspace_id', '=', 'c.workspace_id')
        .onRef('v.contract_id', '=', 'c.id')
        .onRef('v.version', '=', 'c.in_force_version'),
    )
    .select([
      'c.id',
      'c.campaign_id',
      'c.enrolment_id',
      'c.person_id',
      'c.person_name',
      'c.title',
      'c.in_force_since',
      'v.version',
      'v.terms',
    ])
    .where('c.workspace_id', '=', workspaceId)
    .where('c.enrolment_id', '=', sql<string>`any(${[...enrolmentIds]}::text[])`)
    .where('c.ended_at', 'is', null)
    .where('c.in_force_since', 'is not', null)
    .orderBy('c.id')
    .execute();
}
