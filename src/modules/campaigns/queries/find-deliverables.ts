import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { type DeliverableRow, deliverableRows } from './content.ts';

const ofPersonMax = 500;

export async function selectDeliverablesByIds(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<DeliverableRow[]> {
  const { rows } = await sql<DeliverableRow>`
    ${deliverableRows} where d.workspace_id = ${workspaceId} and d.id = any(${ids}::text[]) order by d.id`.execute(tx);
  return rows;
}

/** Of enrolments that stand, by due day, those without one last. */
export async function selectDeliverablesOfPerson(
  tx: Tx,
  workspaceId: string,
  personId: string,
): Promise<DeliverableRow[]> {
  const { rows } = await sql<DeliverableRow>`
    ${deliverableRows} where d.workspace_id = ${workspaceId} and e.person_id = ${personId} and e.removed_at is null
    order by d.due_on nulls last, d.id limit ${ofPersonMax}`.execute(tx);
  return rows;
}
