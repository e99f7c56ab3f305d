import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** A creator on a campaign that runs or ended lately, with the campaign's window. */
export interface Enrolled {
  enrolmentId: string;
  campaignId: string;
  personId: string;
  startsOn: string;
  endsOn: string;
}

/** Who of these persons, or who on this campaign, was not taken off a campaign that is live or ended; one statement for all. */
export async function selectEnrolled(
  tx: Tx,
  workspaceId: string,
  of: { personIds: readonly string[] } | { campaignId: string },
): Promise<Enrolled[]> {
  const { rows } = await sql<Enrolled>`
    select e.id as "enrolmentId", e.campaign_id as "campaignId", e.person_id as "personId", c.starts_on as "startsOn", c.ends_on as "endsOn"
    from enrolment e join campaign c on c.workspace_id = e.workspace_id and c.id = e.campaign_id
    where e.workspace_id = ${workspaceId} and e.removed_at is null
      and ${'personIds' in of ? sql`e.person_id = any(${of.personIds}::text[]) and c.state in ('live', 'ended')` : sql`e.campaign_id = ${of.campaignId}`}
    order by c.starts_on desc, e.id`.execute(tx);
  return rows;
}
