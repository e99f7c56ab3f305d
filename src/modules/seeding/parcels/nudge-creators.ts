import type { Infra } from '#infra/module.ts';
import { dayIn } from '#kernel/time.ts';
import { getCampaign, getEnrolment } from '#modules/campaigns/index.ts';
import { mailPortalLink } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { shipmentNudged } from '../events.ts';
import { machineFrame, record } from '../frame.ts';
import { newPlan } from '../plan/read-plan.ts';
import { selectNoPosts } from '../queries/no-post.ts';
import { lockParcels, selectToNudge, updateParcel } from '../queries/parcels.ts';
import { selectPlan } from '../queries/plans.ts';
import { disclosureWords } from '../rules/disclosure-words.ts';
import { expectedBy, presentParcels } from './present-parcels.ts';

const batchMax = 200;
const nudgesPerRun = 2000;

/** Reminds creators once, so many days after delivery, that have not posted. Returns how many mails were queued. */
export async function runNudges(infra: Infra, signal?: AbortSignal): Promise<number> {
  let queued = 0;
  for (let seen = 0; seen < nudgesPerRun && signal?.aborted !== true; ) {
    const due = await infra.db.asSystem((tx) => selectToNudge(tx, infra.clock.now(), batchMax));
    if (due.length === 0) return queued;
    for (const { workspace_id: workspaceId, id } of due) {
      seen += 1;
      if (await nudgeOne(infra, { workspaceId, id })) queued += 1;
    }
  }
  return queued;
}

async function nudgeOne(infra: Infra, of: { workspaceId: string; id: string }): Promise<boolean> {
  const { workspaceId, id } = of;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [parcel] = await lockParcels(tx, workspaceId, [id]);
    if (parcel === undefined || parcel.nudge !== null) return false;
    const enrolment = await getEnrolment(tx, workspaceId, { id: parcel.enrolment_id, clock: infra.clock });
    const campaign = await getCampaign(tx, workspaceId, parcel.campaign_id);
    const isOver = campaign.state === 'ended' || campaign.state === 'archived';
    // Who has said why not is not asked again.
    const hasSaid = (await selectNoPosts(tx, workspaceId, { enrolmentId: parcel.enrolment_id })).length > 0;
    if (
      enrolment.removedAt !== null ||
      enrolment.deliverables.live > 0 ||
      isOver ||
      hasSaid ||
      parcel.state !== 'delivered'
    ) {
      await updateParcel(tx, workspaceId, { id, change: { nudge: 'not_needed' } });
      return false;
    }
    const plan = (await selectPlan(tx, workspaceId, parcel.campaign_id)) ?? newPlan;
    const [presented] = await presentParcels(tx, workspaceId, [parcel]);
    const until = expectedBy(presented?.stand.deliveredAt ?? null, plan.post_within_days);
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const day = until === null ? null : dayIn(timeZone, until);
    const { mail } = await mailPortalLink(infra, tx, {
      workspaceId,
      personId: parcel.person_id,
      madeBy: 'Rapport',
      path: `/seeding/${parcel.enrolment_id}`,
      key: `seeding-nudge:${id}`,
      subject: `How do you like it? (${campaign.name})`,
      lines: plan.is_obliged
        ? [
            `your parcel for ${campaign.name} has arrived. We look forward to your post${day === null ? '' : `, agreed until ${day}`}.`,
            disclosureWords,
          ]
        : [
            `your parcel for ${campaign.name} has arrived. It is a gift: there is no obligation to post. If you would like to show it, we would be glad.`,
            disclosureWords,
          ],
    });
    const now = infra.clock.now();
    const nudge = mail === 'queued' ? 'sent' : mail;
    await updateParcel(tx, workspaceId, { id, change: { nudge, nudged_at: mail === 'queued' ? now : null } });
    if (mail !== 'queued') return false;
    const payload = {
      campaignId: parcel.campaign_id,
      enrolmentId: parcel.enrolment_id,
      personId: parcel.person_id,
      shipmentId: id,
    };
    const frame = machineFrame(infra, workspaceId);
    await record(infra, tx, { frame, action: shipmentNudged, subject: { kind: 'shipment', id }, payload });
    return true;
  });
}
