import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { ContractRow } from './contracts.ts';

/** All contracts of enrolments, in the order of their ids, held. */
export async function lockOfEnrolments(
  tx: Tx,
  workspaceId: string,
  enrolmentIds: readonly string[],
): Promise<ContractRow[]> {
  return tx
    .selectFrom('contract')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('enrolment_id', '=', sql<string>`any(${[...enrolmentIds]}::text[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Offers to these enrolments that were withdrawn with that note. */
export async function countWithdrawn(
  tx: Tx,
  workspaceId: string,
  of: { enrolmentIds: readonly string[]; note: string },
): Promise<number> {
  const { rows } = await sql<{ offers: number }>`
    select count(*)::int as offers from contract
    where workspace_id = ${workspaceId} and enrolment_id = any(${[...of.enrolmentIds]}::text[]) and state = 'withdrawn' and state_note = ${of.note}`.execute(
    tx,
  );
  return rows[0]?.offers ?? 0;
}

/** A contract that stood beside one that is gone from its enrolment stands in its place. */
export async function closeGaps(tx: Tx, workspaceId: string, enrolmentIds: readonly string[]): Promise<void> {
  await sql`
    update contract c set beside = 0
    where c.workspace_id = ${workspaceId} and c.enrolment_id = any(${[...enrolmentIds]}::text[]) and c.beside > 0 and c.is_live
      and not exists (select from contract o where o.workspace_id = c.workspace_id and o.enrolment_id = c.enrolment_id and o.is_live
        and o.is_waiting = c.is_waiting and o.id <> c.id and o.beside < c.beside)`.execute(tx);
}
