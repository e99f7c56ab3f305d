import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { DeliverableRow } from './content.ts';

const ofPersonMax = 500;

const columns = sql`
  select d.id, e.campaign_id, d.enrolment_id, e.person_id, e.profile_id, d.platform, d.format, d.title, d.due_on, d.state, d.live_url, d.live_at, c.currency
  from deliverable d
  join enrolment e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id
  join campaign c on c.workspace_id = e.workspace_id and c.id = e.campaign_id`;

export async function selectDeliverablesByIds(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<DeliverableRow[]> {
  const { rows } = await sql<DeliverableRow>`
    ${columns} where d.workspace_id = ${workspaceId} and d.id = any(${ids}::text[]) order by d.id`.execute(tx);
  return rows;
}

/** Of enrolments that stand, by due day, those without one last. */
export async function selectDeliverablesOfPerson(
  tx: Tx,
  workspaceId: string,
  personId: string,
): Promise<DeliverableRow[]> {
  const { rows } = await sql<DeliverableRow>`
    ${columns} where d.workspace_id = ${workspaceId} and e.person_id = ${personId} and e.removed_at is null
    order by d.due_on nulls last, d.id limit ${ofPersonMax}`.execute(tx);
  return rows;
}
