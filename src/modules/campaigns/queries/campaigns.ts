import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { CampaignState, CostState, StagePhase } from '../api.ts';

const campaignColumns = [
  'id',
  'name',
  'model',
  'own_model_id',
  'own_model_name',
  'state',
  'starts_on',
  'ends_on',
  'currency',
  'budget_minor',
  'owner_id',
  'brief_version',
  'landing_url',
  'note',
  'created_by',
  'created_at',
  'updated_at',
] as const;

export type CampaignRow = Awaited<ReturnType<typeof selectCampaignsByIds>>[number];

/** Currency and days of the newest brief of campaigns: what every creator on them has unless they have their own. */
export async function selectRosterFrames(tx: Tx, workspaceId: string, ids: readonly string[]) {
  const { rows } = await sql<{
    id: string;
    currency: string;
    respond_by: string | null;
    drafts_by: string | null;
    live_from: string | null;
    live_until: string | null;
  }>`
    select id, currency, brief -> 'dates' ->> 'respondBy' as respond_by, brief -> 'dates' ->> 'draftsBy' as drafts_by,
      brief -> 'dates' ->> 'liveFrom' as live_from, brief -> 'dates' ->> 'liveUntil' as live_until
    from campaign where workspace_id = ${workspaceId} and id = any(${ids}::text[])`.execute(tx);
  return rows;
}
export type RosterFrame = Awaited<ReturnType<typeof selectRosterFrames>>[number];

export async function selectCampaignsByIds(tx: Tx, workspaceId: string, ids: readonly string[]) {
  return tx
    .selectFrom('campaign')
    .select(campaignColumns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', sql<string>`any(${ids}::text[])`)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

export async function selectCampaign(tx: Tx, workspaceId: string, id: string): Promise<CampaignRow | undefined> {
  return (await selectCampaignsByIds(tx, workspaceId, [id]))[0];
}

/** The campaign, held until the transaction ends: whoever changes goals, stages, brief or roster comes one after the other. */
export async function lockCampaign(tx: Tx, workspaceId: string, id: string): Promise<CampaignRow | undefined> {
  return tx
    .selectFrom('campaign')
    .select(campaignColumns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** The campaign, held in share: rosters change side by side, its stages do not change under them. */
export async function shareCampaignRow(tx: Tx, workspaceId: string, id: string): Promise<CampaignRow | undefined> {
  return tx
    .selectFrom('campaign')
    .select(campaignColumns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst();
}

export interface CampaignListQuery {
  limit: number;
  query: string | undefined;
  states: readonly CampaignState[] | undefined;
  after: { at: string; id: string } | null;
}

/** One row more than the limit tells that there is a next page. Newest first, ties by id. */
export async function selectCampaignPage(tx: Tx, workspaceId: string, page: CampaignListQuery): Promise<CampaignRow[]> {
  let query = tx.selectFrom('campaign').select(campaignColumns).where('workspace_id', '=', workspaceId);
  if (page.query !== undefined && page.query.trim() !== '') {
    query = query.where(sql<boolean>`strpos(lower(name), lower(${page.query.trim()})) > 0`);
  }
  if (page.states !== undefined && page.states.length > 0) {
    query = query.where('state', '=', sql<string>`any(${[...page.states]}::text[])`);
  }
  if (page.after !== null) {
    const { at, id } = page.after;
    query = query.where(sql<boolean>`(date_trunc('milliseconds', created_at), id) < (${at}::timestamptz, ${id})`);
  }
  return query
    .orderBy(sql`date_trunc('milliseconds', created_at)`, 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
}

export async function selectGoals(tx: Tx, workspaceId: string, campaignIds: readonly string[]) {
  return tx
    .selectFrom('campaign_goal')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', sql<string>`any(${campaignIds}::text[])`)
    .orderBy('is_main', 'desc')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}
export type GoalRow = Awaited<ReturnType<typeof selectGoals>>[number];

export async function selectStages(tx: Tx, workspaceId: string, campaignIds: readonly string[]) {
  return tx
    .selectFrom('campaign_stage')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', sql<string>`any(${campaignIds}::text[])`)
    .orderBy('campaign_id')
    .orderBy('sort')
    .orderBy('name')
    .execute();
}
export type StageRow = Awaited<ReturnType<typeof selectStages>>[number];

/** Fees, goods and postage of campaigns, summed over creators who stand alike. */
export async function sumEnrolments(tx: Tx, workspaceId: string, campaignIds: readonly string[]) {
  const { rows } = await sql<{
    campaign_id: string;
    phase: StagePhase;
    is_removed: boolean;
    is_paid: boolean;
    fee_minor: bigint;
    product_cost_minor: bigint;
    postage_minor: bigint;
    postage_assumed_minor: bigint;
  }>`
    select e.campaign_id, s.phase, e.removed_at is not null and e.joined_into is null as is_removed, e.fee_paid_on is not null as is_paid,
      coalesce(sum(e.fee_minor), 0)::bigint as fee_minor, coalesce(sum(e.product_cost_minor), 0)::bigint as product_cost_minor,
      coalesce(sum(e.postage_minor), 0)::bigint as postage_minor, sum(e.postage_assumed_minor)::bigint as postage_assumed_minor
    from enrolment e
    join campaign_stage s on s.workspace_id = e.workspace_id and s.campaign_id = e.campaign_id and s.name = e.stage
    where e.workspace_id = ${workspaceId} and e.campaign_id = any(${campaignIds}::text[])
    group by 1, 2, 3, 4`.execute(tx);
  return rows;
}

export async function sumCosts(tx: Tx, workspaceId: string, campaignIds: readonly string[]) {
  const { rows } = await sql<{ campaign_id: string; state: CostState; amount_minor: bigint }>`
    select campaign_id, state, sum(amount_minor)::bigint as amount_minor from campaign_cost
    where workspace_id = ${workspaceId} and campaign_id = any(${campaignIds}::text[])
    group by 1, 2`.execute(tx);
  return rows;
}

export async function touchCampaign(tx: Tx, workspaceId: string, campaignId: string, at: Date): Promise<void> {
  await tx
    .updateTable('campaign')
    .set({ updated_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', campaignId)
    .execute();
}
