import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export async function selectPlan(tx: Tx, workspaceId: string, campaignId: string) {
  return tx
    .selectFrom('seeding_plan')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst();
}
export type PlanRow = NonNullable<Awaited<ReturnType<typeof selectPlan>>>;

/** The plan held until the transaction ends: choices of one campaign are counted one after the other. */
export async function lockPlan(tx: Tx, workspaceId: string, campaignId: string): Promise<PlanRow | undefined> {
  return tx
    .selectFrom('seeding_plan')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .forUpdate()
    .executeTakeFirst();
}

export async function selectPlans(tx: Tx, workspaceId: string, campaignIds: readonly string[]): Promise<PlanRow[]> {
  if (campaignIds.length === 0) return [];
  return tx
    .selectFrom('seeding_plan')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', 'in', [...campaignIds])
    .orderBy('campaign_id')
    .execute();
}

export interface PlanWrite {
  campaignId: string;
  state: string;
  itemsMax: number;
  valueMaxMinor: bigint | null;
  unitsMax: number | null;
  isObliged: boolean;
  postWithinDays: number;
  nudgeAfterDays: number | null;
  pickUntil: string | null;
  needsApproval: boolean;
  note: string | null;
  sender: string | null;
  shippingCostMinor: bigint | null;
  at: Date;
}

export async function upsertPlan(tx: Tx, workspaceId: string, row: PlanWrite): Promise<void> {
  const values = {
    state: row.state,
    items_max: row.itemsMax,
    value_max_minor: row.valueMaxMinor,
    units_max: row.unitsMax,
    is_obliged: row.isObliged,
    post_within_days: row.postWithinDays,
    nudge_after_days: row.nudgeAfterDays,
    pick_until: row.pickUntil,
    needs_approval: row.needsApproval,
    note: row.note,
    sender: row.sender,
    shipping_cost_minor: row.shippingCostMinor,
    updated_at: row.at,
  };
  await tx
    .insertInto('seeding_plan')
    .values({ workspace_id: workspaceId, campaign_id: row.campaignId, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'campaign_id']).doUpdateSet(values))
    .execute();
}

export interface ChoiceRow {
  product_id: string;
  variant_ids: string[] | null;
  each_max: number;
}

export async function selectChoices(tx: Tx, workspaceId: string, campaignId: string): Promise<ChoiceRow[]> {
  const { rows } = await sql<ChoiceRow>`
    select product_id, variant_ids, each_max from seeding_choice
    where workspace_id = ${workspaceId} and campaign_id = ${campaignId} order by sort, product_id`.execute(tx);
  return rows;
}

export async function replaceChoices(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; choices: readonly { productId: string; variantIds: string[] | null; eachMax: number }[] },
): Promise<void> {
  await sql`delete from seeding_choice where workspace_id = ${workspaceId} and campaign_id = ${of.campaignId}`.execute(
    tx,
  );
  if (of.choices.length === 0) return;
  await tx
    .insertInto('seeding_choice')
    .values(
      of.choices.map((choice, sort) => ({
        workspace_id: workspaceId,
        campaign_id: of.campaignId,
        product_id: choice.productId,
        variant_ids: choice.variantIds,
        each_max: choice.eachMax,
        sort,
      })),
    )
    .execute();
}

/** Pieces chosen on a campaign that were not rejected or taken back, those of one choice apart. */
export async function countChosenUnits(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; exceptPickId?: string },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(l.quantity), 0)::int as n from pick k join pick_line l on l.workspace_id = k.workspace_id and l.pick_id = k.id
    where k.workspace_id = ${workspaceId} and k.campaign_id = ${of.campaignId} and k.state in ('submitted', 'approved') and k.id <> ${of.exceptPickId ?? ''}`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}
