import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface EnrolmentChange {
  fee_minor?: bigint | null;
  fee_paid_on?: string | null;
  product_cost_minor?: bigint | null;
  profile_id?: string;
  note?: string | null;
  owner_id?: string | null;
  blocker?: string | null;
  blocker_since?: Date | null;
}

export async function lockEnrolment(tx: Tx, workspaceId: string, id: string) {
  return tx
    .selectFrom('enrolment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateEnrolmentRow(
  tx: Tx,
  workspaceId: string,
  of: { id: string; change: EnrolmentChange },
): Promise<void> {
  await tx
    .updateTable('enrolment')
    .set(of.change)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

/** Points the enrolments of a person that was merged to the kept one, but where that one is on the campaign already. */
export async function moveEnrolmentsToPerson(
  tx: Tx,
  workspaceId: string,
  of: { fromPersonId: string; toPersonId: string },
): Promise<{ id: string; campaign_id: string }[]> {
  const { rows } = await sql<{ id: string; campaign_id: string }>`
    update enrolment e set person_id = ${of.toPersonId}
    where e.workspace_id = ${workspaceId} and e.person_id = ${of.fromPersonId}
      and not exists (
        select from enrolment kept
        where kept.workspace_id = ${workspaceId} and kept.campaign_id = e.campaign_id and kept.person_id = ${of.toPersonId})
    returning e.id, e.campaign_id`.execute(tx);
  return rows;
}
