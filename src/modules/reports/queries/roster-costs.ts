import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { CostState, StagePhase } from '#modules/campaigns/api.ts';

export interface RosterRow {
  id: string;
  campaign_id: string;
  person_id: string;
  profile_id: string | null;
  stage_label: string;
  phase: StagePhase;
  is_removed: boolean;
  is_paid: boolean;
  fee_minor: bigint | null;
  product_cost_minor: bigint | null;
  postage_minor: bigint | null;
  postage_assumed_minor: bigint;
}

/** Everyone who is or was on these campaigns, in the order they came in. */
export async function selectRosters(tx: Tx, workspaceId: string, campaignIds: readonly string[]): Promise<RosterRow[]> {
  const { rows } = await sql<RosterRow>`
    select e.id, e.campaign_id, e.person_id, e.profile_id, s.label as stage_label, s.phase,
      e.removed_at is not null and e.joined_into is null as is_removed, e.fee_paid_on is not null as is_paid, e.fee_minor, e.product_cost_minor,
      e.postage_minor, e.postage_assumed_minor
    from enrolment e
    join campaign_stage s on s.workspace_id = e.workspace_id and s.campaign_id = e.campaign_id and s.name = e.stage
    where e.workspace_id = ${workspaceId} and e.campaign_id = any(${[...campaignIds]}::text[])
    order by e.campaign_id, e.added_at, e.id`.execute(tx);
  return rows;
}

export interface CostRow {
  campaign_id: string;
  enrolment_id: string | null;
  state: CostState;
  amount_minor: bigint;
}

/** Costs beside fees and goods. */
export async function selectCosts(tx: Tx, workspaceId: string, campaignIds: readonly string[]): Promise<CostRow[]> {
  const { rows } = await sql<CostRow>`
    select campaign_id, enrolment_id, state, amount_minor from campaign_cost
    where workspace_id = ${workspaceId} and campaign_id = any(${[...campaignIds]}::text[])
    order by campaign_id, id`.execute(tx);
  return rows;
}
