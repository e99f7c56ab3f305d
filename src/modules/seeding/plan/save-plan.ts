import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { SeedingPlan, saveSeedingPlan as saveEndpoint } from '../api.ts';
import { seedingError } from '../errors.ts';
import { settlePostage } from '../parcels/settle-postage.ts';
import { replaceChoices, upsertPlan } from '../queries/plans.ts';
import { selectProductsByIds, selectVariants } from '../queries/products.ts';
import { readMoneyOrNull } from '../read-money.ts';
import { presentPlan } from './read-plan.ts';

type Save = Call<typeof saveEndpoint>;

/** Sets products and limits of a campaign. Errors: not_found, unknown_product, unknown_variant, bad_money. */
export async function savePlan(infra: Infra, call: Save): Promise<SeedingPlan> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaign(tx, workspaceId, input.campaignId);
    const { currency } = campaign;
    await checkChoices(tx, workspaceId, input.choices);
    await upsertPlan(tx, workspaceId, {
      campaignId: campaign.id,
      state: input.state,
      itemsMax: input.itemsMax,
      valueMaxMinor: readMoneyOrNull(input.valueMax, { field: 'valueMax', currency }),
      unitsMax: input.unitsMax,
      isObliged: input.isObliged,
      postWithinDays: input.postWithinDays,
      nudgeAfterDays: input.nudgeAfterDays,
      pickUntil: input.pickUntil,
      needsApproval: input.needsApproval,
      note: input.note === '' ? null : input.note,
      sender: input.sender === '' ? null : input.sender,
      shippingCostMinor: readMoneyOrNull(input.shippingCost, { field: 'shippingCost', currency }),
      at: infra.clock.now(),
    });
    await replaceChoices(tx, workspaceId, { campaignId: campaign.id, choices: input.choices });
    // Parcels that no postage was entered for stand at the plan's rate.
    await settlePostage(infra, tx, { frame: call, campaignId: campaign.id });
    const { campaignId: _, choices, ...settings } = input;
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'seeding.plan-saved',
      subjectKind: 'campaign',
      subjectId: campaign.id,
      changes: { ...settings, products: choices.map((choice) => choice.productId) },
    });
    return presentPlan(tx, workspaceId, campaign);
  });
}

async function checkChoices(tx: Tx, workspaceId: string, choices: Save['input']['choices']): Promise<void> {
  const ids = choices.map((choice) => choice.productId);
  const known = new Set((await selectProductsByIds(tx, workspaceId, ids)).map((row) => row.id));
  const variants = Map.groupBy(await selectVariants(tx, workspaceId, ids), (row) => row.product_id);
  for (const [index, choice] of choices.entries()) {
    const fail = (code: 'unknown_product' | 'unknown_variant', field: string, message: string) =>
      seedingError(code, `choices.${index}.${field}: ${message}`, [{ field: `choices.${index}.${field}`, message }]);
    if (!known.has(choice.productId)) throw fail('unknown_product', 'productId', 'There is no such product.');
    if (ids.indexOf(choice.productId) !== index)
      throw fail('unknown_product', 'productId', 'The product stands in the list twice.');
    const own = new Set((variants.get(choice.productId) ?? []).map((row) => row.id));
    if (choice.variantIds?.some((id) => !own.has(id)) === true)
      throw fail('unknown_variant', 'variantIds', 'A variant is none of this product.');
  }
}
