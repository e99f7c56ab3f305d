import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface OrderRow {
  campaign_id: string;
  enrolment_id: string | null;
  day: string;
  currency: string;
  orders: bigint;
  by_code: bigint;
  by_link: bigint;
  cancelled: bigint;
  refunded_in_full: bigint;
  new_customers: bigint;
  known_customers: bigint;
  gross_minor: bigint;
  cancelled_minor: bigint;
  refunded_minor: bigint;
  net_minor: bigint;
}

// What becomes of a credited order: cancelled, refunded in full, or counted.
const fate = sql`
  case when c.state = 'cancelled' then 'cancelled' when c.amount_minor > 0 and c.refunded_minor >= c.amount_minor then 'refunded' else 'counted' end`;

/** Orders credited to these campaigns, by creator, day (in the time zone) and currency. A shared order is counted for the largest share, its money for each. */
export async function selectOrders(
  tx: Tx,
  workspaceId: string,
  of: { campaignIds: readonly string[]; timeZone: string },
): Promise<OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    with credited as (
      select k.campaign_id, k.enrolment_id, (c.ordered_at at time zone ${of.timeZone})::date as day, c.currency, k.rule, c.is_new_customer,
        k.gross_minor as amount_minor, k.gross_minor - k.credited_minor as refunded_minor, ${fate} as fate, k.place = 0 as is_order
      from credit k join conversion c on c.workspace_id = k.workspace_id and c.id = k.conversion_id
      where k.workspace_id = ${workspaceId} and c.workspace_id = ${workspaceId} and k.model = 'paid'
        and k.campaign_id = any(${[...of.campaignIds]}::text[])
    )
    select campaign_id, enrolment_id, day, currency,
      count(*) filter (where is_order and fate = 'counted') as orders,
      count(*) filter (where is_order and fate = 'counted' and rule = 'code') as by_code,
      count(*) filter (where is_order and fate = 'counted' and rule = 'link') as by_link,
      count(*) filter (where is_order and fate = 'cancelled') as cancelled,
      count(*) filter (where is_order and fate = 'refunded') as refunded_in_full,
      count(*) filter (where is_order and fate = 'counted' and is_new_customer) as new_customers,
      count(*) filter (where is_order and fate = 'counted' and is_new_customer is not null) as known_customers,
      sum(amount_minor)::bigint as gross_minor,
      coalesce(sum(amount_minor) filter (where fate = 'cancelled'), 0)::bigint as cancelled_minor,
      coalesce(sum(refunded_minor) filter (where fate <> 'cancelled'), 0)::bigint as refunded_minor,
      coalesce(sum(amount_minor - refunded_minor) filter (where fate <> 'cancelled'), 0)::bigint as net_minor
    from credited
    group by campaign_id, enrolment_id, day, currency
    order by campaign_id, day, enrolment_id, currency`.execute(tx);
  return rows;
}

export interface StratumRow {
  campaign_id: string;
  enrolment_id: string | null;
  count: bigint;
  sum: bigint;
  squares: number;
  /** Null when there are more than asked for. */
  amounts: string[] | null;
}

/** Counted orders in the campaign's own currency, by creator, for the interval: each net amount up to `amountsMax`, ordered by the order's id. */
export async function selectStrata(
  tx: Tx,
  workspaceId: string,
  of: { campaignIds: readonly string[]; amountsMax: number },
): Promise<StratumRow[]> {
  const { rows } = await sql<StratumRow>`
    select k.campaign_id, k.enrolment_id, count(*) as count, sum(k.credited_minor)::bigint as sum,
      sum(k.credited_minor::double precision ^ 2) as squares,
      case when count(*) <= ${of.amountsMax} then array_agg(k.credited_minor::text order by c.id, k.place) end as amounts
    from credit k
    join conversion c on c.workspace_id = k.workspace_id and c.id = k.conversion_id
    join campaign p on p.workspace_id = k.workspace_id and p.id = k.campaign_id and p.currency = c.currency
    where k.workspace_id = ${workspaceId} and c.workspace_id = ${workspaceId} and k.model = 'paid'
      and k.campaign_id = any(${[...of.campaignIds]}::text[])
      and (${fate}) = 'counted'
    group by k.campaign_id, k.enrolment_id
    order by k.campaign_id, k.enrolment_id`.execute(tx);
  return rows;
}

/** Whether any order ever reached the workspace: only then is "no orders" a measurement. */
export async function hasOrders(tx: Tx, workspaceId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from conversion where workspace_id = ${workspaceId}) as found`.execute(tx);
  return rows[0]?.found === true;
}

export const windowDaysDefault = 30;

/** Days before a customer's first order in which a click counts, by the workspace's rules of now. */
export async function selectWindowDays(tx: Tx, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ window_days: number | null }>`
    select (policy -> 'windows' ->> 'firstDays')::int as window_days from attribution_policy
    where workspace_id = ${workspaceId} and campaign_id is null order by version desc limit 1`.execute(tx);
  return rows[0]?.window_days ?? windowDaysDefault;
}
