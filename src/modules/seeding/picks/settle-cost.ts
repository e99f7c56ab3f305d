import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { getCampaign, setProductCost } from '#modules/campaigns/index.ts';
import type { Frame } from '../frame.ts';
import { sumGoods } from '../queries/picks.ts';

/** Tells the campaign what the goods of a creator cost: all approved choices at cost of goods. Nothing chosen leaves what stands there. */
export async function settleCost(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; campaignId: string; enrolmentId: string; wasCounted?: boolean },
): Promise<void> {
  const { workspaceId } = of.frame;
  const { currency } = await getCampaign(tx, workspaceId, of.campaignId);
  const sum = await sumGoods(tx, workspaceId, { enrolmentId: of.enrolmentId, currency });
  // A cost somebody entered by hand is not emptied by a choice that never counted.
  if (sum.n === 0 && of.wasCounted !== true) return;
  await setProductCost(infra, tx, { call: of.frame, enrolmentId: of.enrolmentId, productCostMinor: sum.minor });
}
