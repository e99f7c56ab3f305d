import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface CandidatePost {
  deliverable_id: string;
  title: string;
  live_url_key: string;
  post_id: string;
  external_id: string;
  url: string | null;
}

/** Posts looked through for those of one campaign. */
const candidatesMax = 50_000;

/** Live deliverables with an address beside every stored post of the same creator on the same platform. */
export async function selectCandidatePosts(tx: Tx, workspaceId: string, campaignId: string): Promise<CandidatePost[]> {
  const { rows } = await sql<CandidatePost>`
    select d.id as deliverable_id, d.title, d.live_url_key, p.id as post_id, p.external_id, p.url
    from enrolment e
    join deliverable d on d.workspace_id = ${workspaceId} and d.enrolment_id = e.id and d.state = 'live' and d.live_url_key is not null
    join profile f on f.workspace_id = ${workspaceId} and f.person_id = e.person_id and f.platform = d.platform
    join post p on p.workspace_id = ${workspaceId} and p.profile_id = f.id
    where e.workspace_id = ${workspaceId} and e.campaign_id = ${campaignId}
    order by d.id, p.id limit ${candidatesMax}`.execute(tx);
  return rows;
}
