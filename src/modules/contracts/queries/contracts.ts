import type { Insertable, Selectable, Updateable } from 'kysely';
import { sql } from 'kysely';
import type { Contract as ContractTable } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';
import type { ContractState } from '../api.ts';

export type ContractRow = Selectable<ContractTable>;

export async function selectContract(tx: Tx, workspaceId: string, id: string): Promise<ContractRow | undefined> {
  return tx
    .selectFrom('contract')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The contracts that exist, in the order of their ids, held until the transaction ends: who signs, answers or changes one comes one after the other. */
export async function lockContracts(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<ContractRow[]> {
  return tx
    .selectFrom('contract')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Inserts drafts; an enrolment that has a live contract gets none. Returns the ids that came in. */
export async function insertContracts(tx: Tx, rows: readonly Insertable<ContractTable>[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const made = await tx
    .insertInto('contract')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return made.map((row) => row.id);
}

export async function updateContract(
  tx: Tx,
  workspaceId: string,
  change: { id: string; set: Updateable<ContractTable> },
): Promise<void> {
  await tx
    .updateTable('contract')
    .set(change.set)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', change.id)
    .execute();
}

/** Enrolments of a campaign that have a live contract; with `waiting`, a renewal that stands beside one. */
export async function selectLiveEnrolments(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; waiting: boolean },
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('contract')
    .select('enrolment_id')
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', of.campaignId)
    .where('is_live', '=', true)
    .where('is_waiting', '=', of.waiting)
    .execute();
  return new Set(rows.map((row) => row.enrolment_id));
}

export interface ContractFilter {
  campaignId?: string | undefined;
  personId?: string | undefined;
  enrolmentId?: string | undefined;
}

function filtered(filter: ContractFilter) {
  return sql<boolean>`(${filter.campaignId ?? null}::text is null or c.campaign_id = ${filter.campaignId ?? null})
    and (${filter.personId ?? null}::text is null or c.person_id = ${filter.personId ?? null})
    and (${filter.enrolmentId ?? null}::text is null or c.enrolment_id = ${filter.enrolmentId ?? null})`;
}

export interface ListedContract extends ContractRow {
  fee: unknown;
  starts_on: string | null;
  ends_on: string | null;
  signed_by: string[];
}

/** Contracts of a campaign, a creator or the workspace, newest first, with the fee of the version in hand and who signed it. */
export async function selectContracts(
  tx: Tx,
  workspaceId: string,
  of: ContractFilter & { ids?: readonly string[] | undefined; limit: number },
): Promise<ListedContract[]> {
  const { rows } = await sql<ListedContract>`
    select c.*, v.terms -> 'fee' as fee, v.terms ->> 'startsOn' as starts_on, v.terms ->> 'endsOn' as ends_on,
      array(select s.side from contract_signature s
        where s.workspace_id = c.workspace_id and s.contract_id = c.id and s.version = c.current_version order by s.side) as signed_by
    from contract c
    join contract_version v on v.workspace_id = c.workspace_id and v.contract_id = c.id and v.version = c.current_version
    where c.workspace_id = ${workspaceId} and ${filtered(of)}
      and (${of.ids === undefined ? null : [...of.ids]}::text[] is null or c.id = any(${of.ids === undefined ? null : [...of.ids]}::text[]))
    order by c.id desc limit ${of.limit}`.execute(tx);
  return rows;
}

/** Contracts whose turn it is for somebody, of a creator or of the workspace. */
export async function selectWaiting(
  tx: Tx,
  workspaceId: string,
  of: { states: readonly ContractState[]; personId?: string | undefined; limit: number },
): Promise<ListedContract[]> {
  const { rows } = await sql<ListedContract>`
    select c.*, v.terms -> 'fee' as fee, v.terms ->> 'startsOn' as starts_on, v.terms ->> 'endsOn' as ends_on,
      array(select s.side from contract_signature s
        where s.workspace_id = c.workspace_id and s.contract_id = c.id and s.version = c.current_version order by s.side) as signed_by
    from contract c
    join contract_version v on v.workspace_id = c.workspace_id and v.contract_id = c.id and v.version = c.current_version
    where c.workspace_id = ${workspaceId} and c.is_live and c.state = any(${[...of.states]}::text[])
      and (${of.personId ?? null}::text is null or c.person_id = ${of.personId ?? null})
    order by c.state_since, c.id limit ${of.limit}`.execute(tx);
  return rows;
}

export interface InForceRow {
  id: string;
  campaign_id: string;
  enrolment_id: string;
  person_id: string;
  person_name: string;
  title: string;
  in_force_since: Date;
  renews_id: string | null;
  ran_out_at: Date | null;
  version: number;
  terms: unknown;
}

/**
 * Versions in force, the older contract of an enrolment before the one that renewed it: of enrolments, a campaign, a creator, one contract or all. What
 * was broken off is not there, nor a renewal whose days have not come; what ran out is, for what is still owed by it.
 */
export async function selectInForce(
  tx: Tx,
  workspaceId: string,
  of: ContractFilter & { enrolmentIds?: readonly string[]; contractId?: string },
): Promise<InForceRow[]> {
  const enrolmentIds = of.enrolmentIds === undefined ? null : [...of.enrolmentIds];
  const { rows } = await sql<InForceRow>`
    select c.id, c.campaign_id, c.enrolment_id, c.person_id, c.person_name, c.title, c.in_force_since, c.renews_id, c.ran_out_at, v.version, v.terms
    from contract c
    join contract_version v on v.workspace_id = c.workspace_id and v.contract_id = c.id and v.version = c.in_force_version
    where c.workspace_id = ${workspaceId} and c.ended_at is null and not c.is_waiting and ${filtered(of)}
      and (${enrolmentIds}::text[] is null or c.enrolment_id = any(${enrolmentIds}::text[]))
      and (${of.contractId ?? null}::text is null or c.id = ${of.contractId ?? null})
    order by c.id`.execute(tx);
  return rows;
}

/** Points the contracts of a merged person to the kept one. */
export async function moveToPerson(
  tx: Tx,
  workspaceId: string,
  of: { fromPersonId: string; toPersonId: string },
): Promise<void> {
  await tx
    .updateTable('contract')
    .set({ person_id: of.toPersonId })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', of.fromPersonId)
    .execute();
}

/** Contracts of persons that are not marked as erased yet, held. */
export async function lockContractsOfPersons(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<ContractRow[]> {
  return tx
    .selectFrom('contract')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', sql<string>`any(${[...personIds]}::text[])`)
    .where('erased_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function deleteContract(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('contract').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}
