import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ClickListRow {
  click_id: string;
  link_id: string;
  slug: string;
  person_id: string | null;
  campaign_id: string | null;
  clicked_at: Date;
  counted: boolean;
  drop_reason: string | null;
  country: string | null;
  device: string | null;
  browser: string | null;
  referrer_host: string | null;
  sort_key: string;
}

/** Hits, newest first. */
export async function selectClicks(
  tx: Tx,
  of: {
    workspaceId: string;
    linkId?: string | undefined;
    counted?: boolean | undefined;
    ids?: readonly { clickId: string; day: string }[];
    limit: number;
    after: { key: string; id: string } | null;
  },
): Promise<ClickListRow[]> {
  const { after, ids } = of;
  const conditions = [
    sql`k.workspace_id = ${of.workspaceId}`,
    of.linkId === undefined ? null : sql`k.link_id = ${of.linkId}`,
    of.counted === undefined ? null : sql`k.counted = ${of.counted}`,
    ids === undefined
      ? null
      : sql`(k.day, k.click_id) in (select * from unnest(${ids.map((id) => id.day)}::date[], ${ids.map((id) => id.clickId)}::text[]))`,
    after === null
      ? null
      : sql`(k.clicked_at, k.click_id) < (timestamptz 'epoch' + ${after.key}::bigint * interval '1 microsecond', ${after.id})`,
  ].filter((condition) => condition !== null);
  const { rows } = await sql<ClickListRow>`
    select k.click_id, k.link_id, l.slug, l.person_id, l.campaign_id, k.clicked_at, k.counted, k.drop_reason, k.country, k.device, k.browser, k.referrer_host,
      (extract(epoch from k.clicked_at) * 1000000)::bigint::text as sort_key
    from click k join link l on l.workspace_id = k.workspace_id and l.id = k.link_id
    where ${sql.join(conditions, sql` and `)}
    order by k.clicked_at desc, k.click_id desc limit ${of.limit}`.execute(tx);
  return rows;
}

export interface DayRow {
  day: string;
  clicks: bigint;
  visitors: bigint;
  dropped: bigint;
  orders: bigint;
}

/** Clicks and orders of each day from `from` to `to`, days without any included. */
export async function selectDays(
  tx: Tx,
  of: { workspaceId: string; from: string; to: string; timeZone: string },
): Promise<DayRow[]> {
  const { rows } = await sql<DayRow>`
    with days as (select d::date as day from generate_series(${of.from}::date, ${of.to}::date, interval '1 day') d),
    clicks as (
      select day, sum(clicks) as clicks, sum(visitors) as visitors, sum(dropped) as dropped from click_daily
      where workspace_id = ${of.workspaceId} and day between ${of.from}::date and ${of.to}::date group by day
    ), orders as (
      select (ordered_at at time zone ${of.timeZone})::date as day, count(*) as orders from conversion
      where workspace_id = ${of.workspaceId} and state = 'paid' and ordered_at >= (${of.from}::date)::timestamp at time zone ${of.timeZone}
        and ordered_at < (${of.to}::date + 1)::timestamp at time zone ${of.timeZone} group by 1
    )
    select days.day, coalesce(clicks.clicks, 0)::bigint as clicks, coalesce(clicks.visitors, 0)::bigint as visitors,
      coalesce(clicks.dropped, 0)::bigint as dropped, coalesce(orders.orders, 0)::bigint as orders
    from days left join clicks using (day) left join orders using (day) order by days.day`.execute(tx);
  return rows;
}

/** Revenue net of refunds by currency, most first. */
export async function selectRevenue(
  tx: Tx,
  of: { workspaceId: string; from: string; to: string; timeZone: string },
): Promise<{ currency: string; net_minor: bigint }[]> {
  const { rows } = await sql<{ currency: string; net_minor: bigint }>`
    select currency, sum(amount_minor - refunded_minor)::bigint as net_minor from conversion
    where workspace_id = ${of.workspaceId} and state = 'paid' and ordered_at >= (${of.from}::date)::timestamp at time zone ${of.timeZone}
      and ordered_at < (${of.to}::date + 1)::timestamp at time zone ${of.timeZone}
    group by currency order by count(*) desc, currency`.execute(tx);
  return rows;
}

export async function selectDropReasons(
  tx: Tx,
  of: { workspaceId: string; from: string; to: string },
): Promise<{ reason: string; hits: bigint }[]> {
  const { rows } = await sql<{ reason: string; hits: bigint }>`
    select value as reason, sum(dropped)::bigint as hits from click_facet
    where workspace_id = ${of.workspaceId} and campaign_id = '' and facet = 'reason' and day between ${of.from}::date and ${of.to}::date
    group by value order by hits desc, reason`.execute(tx);
  return rows;
}

export async function countLive(tx: Tx, workspaceId: string): Promise<{ links: bigint; codes: bigint }> {
  const { rows } = await sql<{ links: bigint; codes: bigint }>`
    select (select count(*) from link where workspace_id = ${workspaceId} and state = 'live') as links,
      (select count(*) from discount_code where workspace_id = ${workspaceId} and state = 'live') as codes`.execute(tx);
  return rows[0] ?? { links: 0n, codes: 0n };
}
