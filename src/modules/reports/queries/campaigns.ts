import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { CampaignModel, CampaignState } from '#modules/campaigns/api.ts';

export interface CampaignRow {
  id: string;
  name: string;
  model: CampaignModel;
  state: CampaignState;
  starts_on: string;
  ends_on: string;
  currency: string;
  budget_minor: bigint | null;
}

const columns = sql`id, name, model, state, starts_on, ends_on, currency, budget_minor`;

export async function selectCampaign(tx: Tx, workspaceId: string, id: string): Promise<CampaignRow | undefined> {
  const { rows } = await sql<CampaignRow>`
    select ${columns} from campaign where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
  return rows[0];
}

export interface CampaignFilter {
  states: readonly CampaignState[];
  query?: string | undefined;
  /** Campaigns that ran on this day or later. */
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
}

/** Campaigns that match, newest first, with how many there are in all. */
export async function selectCampaigns(tx: Tx, workspaceId: string, filter: CampaignFilter) {
  const words = filter.query?.trim() ?? '';
  const like = `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const { rows } = await sql<CampaignRow & { matched: bigint }>`
    select ${columns}, count(*) over () as matched from campaign
    where workspace_id = ${workspaceId} and state = any(${[...filter.states]}::text[])
      and (${words === ''} or name ilike ${like})
      and (${filter.from ?? null}::date is null or ends_on >= ${filter.from ?? null}::date)
      and (${filter.to ?? null}::date is null or starts_on <= ${filter.to ?? null}::date)
    order by starts_on desc, created_at desc, id desc
    limit ${filter.limit}`.execute(tx);
  return { rows, matched: Number(rows[0]?.matched ?? 0n) };
}
