import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { setPostage } from '#modules/campaigns/index.ts';
import type { Frame } from '../frame.ts';
import { sumPostage } from '../queries/postage.ts';

/** Tells the campaign what its parcels cost to send, those of one creator or all. */
export async function settlePostage(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; campaignId: string; enrolmentId?: string },
): Promise<void> {
  const { frame, campaignId } = of;
  const sums = await sumPostage(tx, frame.workspaceId, { campaignId, enrolmentId: of.enrolmentId });
  const rows = sums.map((sum) => ({
    enrolmentId: sum.enrolment_id,
    postageMinor: sum.minor,
    assumedMinor: sum.minor === null ? 0n : sum.assumed_minor,
  }));
  await setPostage(infra, tx, { call: frame, campaignId, rows });
}
