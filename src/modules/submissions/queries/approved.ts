import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ApprovedDraft {
  submissionId: string;
  campaignId: string;
  enrolmentId: string;
  deliverableId: string;
  personId: string;
  caption: string;
  /** Of the approved round, in the creator's order. */
  fileIds: string[];
  approvedBy: string;
}

/** Threads of one campaign whose originals are read at once. */
const draftsMax = 5000;

/** What was approved, of the threads or of the campaign: the round that counts, with its originals. */
export async function selectApprovedDrafts(
  tx: Tx,
  workspaceId: string,
  of: { submissionIds: readonly string[] } | { campaignId: string },
): Promise<ApprovedDraft[]> {
  const wanted =
    'campaignId' in of ? sql`s.campaign_id = ${of.campaignId}` : sql`s.id = any(${[...of.submissionIds]}::text[])`;
  const { rows } = await sql<ApprovedDraft>`
    select s.id as "submissionId", s.campaign_id as "campaignId", s.enrolment_id as "enrolmentId", s.deliverable_id as "deliverableId", s.person_id as "personId",
      coalesce(r.proposed_caption, r.caption) as caption,
      array(select f.file_id from submission_file f where f.workspace_id = ${workspaceId} and f.submission_id = s.id and f.number = r.number order by f.position, f.file_id) as "fileIds",
      coalesce((select d.decided_by from submission_decision d where d.workspace_id = ${workspaceId} and d.submission_id = s.id and d.number = r.number
        order by d.decided_at desc, d.id desc limit 1), 'Rapport') as "approvedBy"
    from submission s join submission_round r on r.workspace_id = s.workspace_id and r.submission_id = s.id and r.number = s.approved_round
    where s.workspace_id = ${workspaceId} and ${wanted} order by s.id limit ${draftsMax}`.execute(tx);
  return rows;
}
