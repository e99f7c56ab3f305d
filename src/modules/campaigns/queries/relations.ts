import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** How a creator stands to the workspace by its campaigns. */
export interface RelationRow {
  person_id: string;
  /** Campaigns on which the creator was written to. */
  contacted: number;
  /** Campaigns the creator works or worked on. */
  worked: number;
}

/**
 * Counts campaigns by person; a person on none is absent. Contacted: the creator stands at or behind the first stage that waits for the creator or
 * in which something is agreed. Worked: the stage is agreed, producing or done; of those taken off again, only where the work was delivered or paid.
 */
export async function selectRelations(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<RelationRow[]> {
  const { rows } = await sql<RelationRow>`
    select e.person_id,
      count(*) filter (where own.sort >= contact.sort)::int as contacted,
      count(*) filter (where own.phase <> 'considering' and (
        e.removed_at is null or own.phase = 'done' or e.fee_paid_on is not null or exists (
          select from deliverable d
          where d.workspace_id = ${workspaceId} and d.enrolment_id = e.id and d.state = 'live')))::int as worked
    from enrolment e
    join campaign_stage own on own.workspace_id = e.workspace_id and own.campaign_id = e.campaign_id and own.name = e.stage
    left join lateral (
      select min(s.sort) as sort from campaign_stage s
      where s.workspace_id = ${workspaceId} and s.campaign_id = e.campaign_id and (s.waits_for = 'creator' or s.phase <> 'considering')
    ) contact on true
    where e.workspace_id = ${workspaceId} and e.person_id = any(${personIds}::text[])
    group by e.person_id
    order by e.person_id`.execute(tx);
  return rows;
}

/** Lets one transaction after the other count the campaigns of creators, so that none overlooks what another one is about to commit. */
export async function lockRelations(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('campaigns.relations ' || ${workspaceId}, 0))`.execute(tx);
}

export async function selectPersonsOfCampaign(tx: Tx, workspaceId: string, campaignId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('enrolment')
    .select('person_id')
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .orderBy('person_id')
    .execute();
  return rows.map((row) => row.person_id);
}

/** Takes some of those that are due off the list, of any one workspace. */
export async function takeDueRelations(tx: Tx, limit: number): Promise<{ workspace_id: string; person_id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; person_id: string }>`
    delete from relation_due d using (
      select workspace_id, person_id from relation_due
      where workspace_id = (select min(workspace_id) from relation_due)
      order by person_id limit ${limit} for update skip locked
    ) due
    where d.workspace_id = due.workspace_id and d.person_id = due.person_id
    returning d.workspace_id, d.person_id`.execute(tx);
  return rows;
}
