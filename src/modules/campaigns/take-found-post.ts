import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { type Platform, platformNames } from '#kernel/platform.ts';
import { planDeliverables } from './add-deliverables.ts';
import { machine } from './advance-enrolment.ts';
import { type CampaignModel, campaignModelTraits } from './api.ts';
import { selectStages } from './queries/campaigns.ts';
import { findCampaignIdOf, lockEnrolment } from './queries/change-enrolment.ts';
import { type DeliverableRow, lockDeliverablesOf } from './queries/content.ts';
import { shareCampaign } from './read-campaigns.ts';
import type { ChangeFrame } from './record-change.ts';
import { urlKey } from './rules/url-key.ts';
import { stepDeliverable } from './set-deliverable-state.ts';

export interface FoundPost {
  call?: ChangeFrame;
  workspaceId: string;
  enrolmentId: string;
  platform: Platform;
  format: string | null;
  url: string;
  postedAt: Date | null;
}

/**
 * A post that was found of a creator who owes none, but was sent something, invited or earns by it: it is the piece that was expected of them on that platform, else one more that nobody
 * asked for. Either is live from now on, so that gifts without an obligation count their posts too. Returns the id of the deliverable; null where
 * nothing follows: on campaigns of other models, where pieces are agreed and reviewed, and for creators who are not taking part. Idempotent.
 */
export async function takeFoundPost(infra: Infra, tx: Tx, of: FoundPost): Promise<string | null> {
  const { workspaceId, enrolmentId } = of;
  const campaignId = await findCampaignIdOf(tx, workspaceId, enrolmentId);
  const key = urlKey(of.url);
  if (campaignId === null || key === null) return null;
  // The order everybody holds them in: campaign, creator, pieces.
  const campaign = await shareCampaign(tx, workspaceId, campaignId);
  if (!campaignModelTraits[campaign.model as CampaignModel].takesFoundPosts) return null;
  const enrolment = await lockEnrolment(tx, workspaceId, enrolmentId);
  const stage = (await selectStages(tx, workspaceId, [campaignId])).find((one) => one.name === enrolment?.stage);
  if (enrolment === undefined || enrolment.removed_at !== null || stage?.phase === 'considering') return null;
  const pieces = await lockDeliverablesOf(tx, workspaceId, enrolmentId);
  const same = pieces.find((piece) => piece.live_url !== null && urlKey(piece.live_url) === key);
  if (same?.state === 'live') return same.id;
  const at = infra.clock.now();
  const call = of.call ?? { workspaceId, actor: machine, requestId: newId('request', at.getTime()) };
  const row = same ?? expectedOf(pieces, of.platform) ?? (await planOne(infra, tx, { ...of, call, campaignId, key }));
  if (row === undefined) return null;
  const isPast = of.postedAt !== null && of.postedAt <= at;
  await stepDeliverable(infra, tx, {
    row,
    workspaceId,
    deliverableId: row.id,
    to: 'live',
    liveUrl: of.url,
    ...(isPast ? { liveAt: of.postedAt?.toISOString() } : {}),
    by: call.actor,
    requestId: call.requestId,
  });
  return row.id;
}

/** The piece expected first on that platform: what is in review waits for its own post. */
function expectedOf(pieces: readonly DeliverableRow[], platform: Platform): DeliverableRow | undefined {
  return pieces
    .filter((piece) => piece.platform === platform && piece.live_url === null)
    .filter((piece) => piece.state === 'planned' || piece.state === 'approved')
    .toSorted((a, b) => (a.due_on ?? '9999').localeCompare(b.due_on ?? '9999') || a.id.localeCompare(b.id))[0];
}

async function planOne(
  infra: Infra,
  tx: Tx,
  of: FoundPost & { call: ChangeFrame; campaignId: string; key: string },
): Promise<DeliverableRow | undefined> {
  const { platform, enrolmentId } = of;
  const format = (of.format ?? 'post').slice(0, 60);
  const id = newId('deliverable', infra.clock.now().getTime());
  // One piece an address, however often it is found.
  const row = { id, enrolmentId, platform, format, title: `${platformNames[platform]} ${format}`, dueOn: null };
  const rows = [{ ...row, briefLine: `found/${of.key}`.slice(0, 300) }];
  const [made] = await planDeliverables(infra, tx, { call: of.call, campaignId: of.campaignId, rows });
  return (await lockDeliverablesOf(tx, of.workspaceId, enrolmentId)).find((piece) => piece.id === made);
}
