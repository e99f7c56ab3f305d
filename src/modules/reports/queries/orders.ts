import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { creditSumRows } from '#modules/attribution/index.ts';

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

/** Orders credited to these campaigns, by creator, day (in the time zone, the workspace's) and currency. A shared order is counted for the largest share, its money for each. */
export async function selectOrders(
  tx: Tx,
  workspaceId: string,
  of: { campaignIds: readonly string[]; timeZone: string },
): Promise<OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select campaign_id, nullif(enrolment_id, '') as enrolment_id, day, currency, sum(orders)::bigint as orders, sum(by_code)::bigint as by_code,
      sum(by_link)::bigint as by_link, sum(cancelled)::bigint as cancelled, sum(refunded_in_full)::bigint as refunded_in_full,
      sum(new_customers)::bigint as new_customers, sum(known_customers)::bigint as known_customers, sum(gross_minor)::bigint as gross_minor,
      sum(cancelled_minor)::bigint as cancelled_minor, sum(refunded_minor)::bigint as refunded_minor, sum(net_minor)::bigint as net_minor
    from (${creditSumRows({ workspaceId, ...of })}) s
    group by 1, 2, 3, 4
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

export interface RatedRow {
  campaign_id: string;
  currency: string;
  /** Counted orders, and of them those with a rate into the currency asked for. */
  orders: bigint;
  rated: bigint;
  /** Credit in minor units of the currency asked for, before its scale: exact decimal text. */
  rated_sum: string | null;
  first_day: string | null;
  last_day: string | null;
  sources: string[];
}

/** Credit of counted orders in other currencies than the one asked for, each order by the rate kept with it. */
export async function selectRated(
  tx: Tx,
  workspaceId: string,
  of: { campaignIds: readonly string[]; currency: string },
): Promise<RatedRow[]> {
  const hasRate = sql`c.rate is not null and c.rate_currency = ${of.currency}`;
  const { rows } = await sql<RatedRow>`
    select k.campaign_id, c.currency, count(*) filter (where k.is_counted) as orders, count(*) filter (where k.is_counted and ${hasRate}) as rated,
      (sum(k.credited_minor * c.rate) filter (where ${hasRate}))::text as rated_sum,
      (min(c.rate_day) filter (where ${hasRate}))::date as first_day, (max(c.rate_day) filter (where ${hasRate}))::date as last_day,
      coalesce(array_agg(distinct c.rate_source) filter (where ${hasRate}), '{}') as sources
    from credit k
    join conversion c on c.workspace_id = k.workspace_id and c.id = k.conversion_id and c.currency <> ${of.currency}
    where k.workspace_id = ${workspaceId} and c.workspace_id = ${workspaceId} and k.model = 'paid'
      and k.campaign_id = any(${[...of.campaignIds]}::text[]) and (${fate}) = 'counted'
    group by k.campaign_id, c.currency
    order by k.campaign_id, c.currency`.execute(tx);
  return rows;
}

export interface HeldRow {
  campaign_id: string;
  currency: string;
  orders: bigint;
  held_minor: bigint;
}

/** Credit that counts and that a rule of fraud holds until somebody decides. */
export async function selectHeld(
  tx: Tx,
  workspaceId: string,
  of: { campaignIds: readonly string[] },
): Promise<HeldRow[]> {
  const { rows } = await sql<HeldRow>`
    select k.campaign_id, c.currency, count(distinct c.id) as orders, sum(k.credited_minor)::bigint as held_minor
    from fraud_order f
    join conversion c on c.workspace_id = f.workspace_id and c.id = f.conversion_id
    join credit k on k.workspace_id = f.workspace_id and k.conversion_id = f.conversion_id and k.model = 'paid'
    where f.workspace_id = ${workspaceId} and c.workspace_id = ${workspaceId} and k.workspace_id = ${workspaceId} and f.state = 'held'
      and k.campaign_id = any(${[...of.campaignIds]}::text[]) and (${fate}) = 'counted'
    group by k.campaign_id, c.currency
    order by k.campaign_id, c.currency`.execute(tx);
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
