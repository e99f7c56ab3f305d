import type { Clock } from '#infra/clock.ts';
import type { Tx } from '#infra/db/database.ts';
import type { Enrolment } from './api.ts';
import { listEnrolmentsOfPerson } from './facts.ts';
import { type CampaignRow, selectCampaignsByIds } from './queries/campaigns.ts';
import {
  type BriefStoryRow,
  type StoryRow,
  selectBriefStoryOfPerson,
  selectStoryOfPerson,
  selectWorkOfPerson,
  type WorkRow,
} from './queries/work-of-person.ts';

/** One campaign a person is or was on, with all that is known of their work there. */
export interface WorkOnCampaign {
  campaign: Pick<CampaignRow, 'id' | 'name' | 'state' | 'model' | 'starts_on' | 'ends_on' | 'currency'>;
  enrolment: Enrolment;
  pieces: WorkRow[];
  /** Newest first. */
  story: StoryRow[];
  briefs: BriefStoryRow[];
}

/** A person's campaigns, newest first, those they were taken off included. A few statements, however many. */
export async function listWorkOfPerson(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; clock: Clock },
): Promise<WorkOnCampaign[]> {
  const enrolments = await listEnrolmentsOfPerson(tx, workspaceId, of);
  const campaignIds = enrolments.map((enrolment) => enrolment.campaignId);
  const campaigns = new Map((await selectCampaignsByIds(tx, workspaceId, campaignIds)).map((row) => [row.id, row]));
  const byEnrolment = <Row extends { enrolment_id: string }>(rows: Row[]) =>
    Map.groupBy(rows, (row) => row.enrolment_id);
  const pieces = byEnrolment(await selectWorkOfPerson(tx, workspaceId, of.personId));
  const stories = byEnrolment(await selectStoryOfPerson(tx, workspaceId, of.personId));
  const briefs = byEnrolment(await selectBriefStoryOfPerson(tx, workspaceId, of.personId));
  return enrolments.flatMap((enrolment) => {
    const campaign = campaigns.get(enrolment.campaignId);
    if (campaign === undefined) return [];
    return [
      {
        campaign,
        enrolment,
        pieces: pieces.get(enrolment.id) ?? [],
        story: stories.get(enrolment.id) ?? [],
        briefs: briefs.get(enrolment.id) ?? [],
      },
    ];
  });
}
