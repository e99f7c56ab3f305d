import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface LinkRow {
  campaign_id: string;
  enrolment_id: string | null;
  made_on: string;
}

/** Every link ever made for these campaigns. */
export async function selectLinks(
  tx: Tx,
  workspaceId: string,
  of: { campaignIds: readonly string[]; timeZone: string },
): Promise<LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    select campaign_id, enrolment_id, (created_at at time zone ${of.timeZone})::date as made_on from link
    where workspace_id = ${workspaceId} and campaign_id = any(${[...of.campaignIds]}::text[])
    order by campaign_id, id`.execute(tx);
  return rows;
}

export interface CodeRow {
  campaign_id: string;
  enrolment_id: string | null;
}

export async function selectCodes(tx: Tx, workspaceId: string, campaignIds: readonly string[]): Promise<CodeRow[]> {
  const { rows } = await sql<CodeRow>`
    select campaign_id, enrolment_id from discount_code
    where workspace_id = ${workspaceId} and campaign_id = any(${[...campaignIds]}::text[])
    order by campaign_id, id`.execute(tx);
  return rows;
}

export interface ClickRow {
  campaign_id: string;
  enrolment_id: string | null;
  day: string;
  clicks: bigint;
  visitors: bigint;
  dropped: bigint;
}

/** Clicks of these campaigns by creator and day (in the workspace's time zone), from the daily totals that move with the clicks. */
export async function selectClicks(tx: Tx, workspaceId: string, campaignIds: readonly string[]): Promise<ClickRow[]> {
  const { rows } = await sql<ClickRow>`
    select l.campaign_id, l.enrolment_id, d.day, sum(d.clicks)::bigint as clicks, sum(d.visitors)::bigint as visitors, sum(d.dropped)::bigint as dropped
    from link l join click_daily d on d.workspace_id = l.workspace_id and d.link_id = l.id
    where l.workspace_id = ${workspaceId} and d.workspace_id = ${workspaceId} and l.campaign_id = any(${[...campaignIds]}::text[])
    group by l.campaign_id, l.enrolment_id, d.day
    order by l.campaign_id, d.day, l.enrolment_id`.execute(tx);
  return rows;
}
