import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { type CampaignFacts, getCampaign } from '#modules/campaigns/index.ts';
import type { getSeedingPlan as getEndpoint, Product, SeedingPlan } from '../api.ts';
import { presentProducts } from '../catalogue/present-products.ts';
import { type ChoiceRow, countChosenUnits, type PlanRow, selectChoices, selectPlan } from '../queries/plans.ts';
import { selectProductsByIds } from '../queries/products.ts';
import { moneyOrNull } from '../read-money.ts';

/** What a campaign without a plan begins with. */
export const newPlan = {
  state: 'closed',
  items_max: 1,
  value_max_minor: null,
  units_max: null,
  is_obliged: false,
  post_within_days: 21,
  nudge_after_days: 10,
  pick_until: null,
  needs_approval: true,
  note: null,
  sender: null,
  shipping_cost_minor: null,
} as const satisfies Omit<PlanRow, 'workspace_id' | 'campaign_id' | 'updated_at'>;

export type PlanFacts = Omit<PlanRow, 'workspace_id' | 'campaign_id' | 'updated_at'>;

/** The plan of a campaign, or what one begins with. Error: not_found. */
export async function readPlan(infra: Infra, call: Call<typeof getEndpoint>): Promise<SeedingPlan> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaign(tx, workspaceId, input.campaignId);
    return presentPlan(tx, workspaceId, campaign);
  });
}

export async function presentPlan(tx: Tx, workspaceId: string, campaign: CampaignFacts): Promise<SeedingPlan> {
  const plan: PlanFacts = (await selectPlan(tx, workspaceId, campaign.id)) ?? newPlan;
  const choices = await selectChoices(tx, workspaceId, campaign.id);
  const productIds = choices.map((choice) => choice.product_id);
  const products = new Map(
    (await presentProducts(tx, workspaceId, await selectProductsByIds(tx, workspaceId, productIds))).map((product) => [
      product.id,
      product,
    ]),
  );
  return {
    campaignId: campaign.id,
    state: plan.state === 'open' ? 'open' : 'closed',
    itemsMax: plan.items_max,
    valueMax: moneyOrNull(plan.value_max_minor, campaign.currency),
    unitsMax: plan.units_max,
    unitsChosen: await countChosenUnits(tx, workspaceId, { campaignId: campaign.id }),
    isObliged: plan.is_obliged,
    postWithinDays: plan.post_within_days,
    nudgeAfterDays: plan.nudge_after_days,
    pickUntil: plan.pick_until,
    needsApproval: plan.needs_approval,
    note: plan.note,
    sender: plan.sender,
    shippingCost: moneyOrNull(plan.shipping_cost_minor, campaign.currency),
    choices: choices.flatMap((choice) => {
      const product = products.get(choice.product_id);
      if (product === undefined) return [];
      const problems = problemsOf(product, { choice, plan, currency: campaign.currency });
      return [{ product, variantIds: choice.variant_ids, eachMax: choice.each_max, problems }];
    }),
  };
}

function problemsOf(product: Product, of: { choice: ChoiceRow; plan: PlanFacts; currency: string }): string[] {
  const { choice, plan, currency } = of;
  if (product.state === 'gone') return ['It is no longer in the catalogue or in its shop.'];
  const offered = product.variants.filter((one) => choice.variant_ids === null || choice.variant_ids.includes(one.id));
  if (offered.length === 0) return ['None of the chosen variants is left.'];
  const problems: string[] = [];
  const soldOut = offered.filter((one) => one.available === 0).length;
  if (soldOut === offered.length) problems.push('It is sold out.');
  else if (soldOut > 0) problems.push(`${soldOut} of ${offered.length} variants are sold out.`);
  const unknown = offered.filter((one) => one.cost === null).length;
  if (unknown > 0) {
    const what =
      unknown === offered.length ? 'Its cost of goods is not known' : `The cost of ${unknown} variants is not known`;
    problems.push(
      plan.value_max_minor === null
        ? `${what}; what the campaign costs stays incomplete.`
        : `${what}, so creators cannot choose it under a limit of value.`,
    );
  }
  if (offered.some((one) => one.cost !== null && one.cost.currency !== currency))
    problems.push(`Its cost is in another currency than the campaign (${currency}) and cannot be counted.`);
  return problems;
}
