import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ClickSum {
  personId: string | null;
  campaignId: string | null;
  clicks: bigint;
}

/** Counted clicks of a period by creator and campaign, over any number of links. First and last day, both included, in the workspace's time zone. */
export async function readClickSums(
  tx: Tx,
  query: { workspaceId: string; from: string; to: string; campaignId?: string | undefined },
): Promise<ClickSum[]> {
  const campaign = query.campaignId === undefined ? sql`true` : sql`l.campaign_id = ${query.campaignId}`;
  const { rows } = await sql<ClickSum>`
    select l.person_id as "personId", l.campaign_id as "campaignId", sum(d.clicks)::bigint as clicks
    from click_daily d join link l on l.workspace_id = d.workspace_id and l.id = d.link_id
    where d.workspace_id = ${query.workspaceId} and d.day >= ${query.from}::date and d.day <= ${query.to}::date and ${campaign}
    group by 1, 2 order by 1, 2`.execute(tx);
  return rows;
}

/** Paid orders of a period, whoever is credited. First and last day, both included, in `timeZone`. */
export async function countPaidOrders(
  tx: Tx,
  query: { workspaceId: string; from: string; to: string; timeZone: string },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from conversion
    where workspace_id = ${query.workspaceId} and state = 'paid' and ordered_at >= (${query.from}::date)::timestamp at time zone ${query.timeZone}
      and ordered_at < (${query.to}::date + 1)::timestamp at time zone ${query.timeZone}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Orders by their ids at their shops; of an id that several shops use the newest order. */
export async function findOrdersNamed(
  tx: Tx,
  workspaceId: string,
  externalIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ external_id: string; id: string }>`
    select distinct on (external_id) external_id, id from conversion
    where workspace_id = ${workspaceId} and external_id = any(${[...externalIds]}::text[]) order by external_id, ordered_at desc, id desc`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

/** The ids these orders have at their shops. */
export async function orderNames(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ external_id: string; id: string }>`
    select external_id, id from conversion where workspace_id = ${workspaceId} and id = any(${[...ids]}::text[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.external_id, row.id]));
}
