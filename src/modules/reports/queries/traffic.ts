import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { creditSumRows } from '#modules/attribution/index.ts';
import type { Hits, Sales } from '../rules/build-traffic.ts';

export interface TrafficSpan {
  workspaceId: string;
  /** First and last day, both included, in `timeZone`, the workspace's. */
  from: string;
  to: string;
  timeZone: string;
  campaignId: string | undefined;
  personId: string | undefined;
}

const sums = sql`sum(clicks)::bigint as clicks, sum(visitors)::bigint as visitors, sum(dropped)::bigint as dropped`;

/** Hits of the span by each facet, from the sums; of a creator from the hits of their links. */
export async function selectHits(tx: Tx, of: TrafficSpan): Promise<Hits[]> {
  const { rows } = await (of.personId === undefined
    ? hitsFromSums(of)
    : hitsOfLinks(of, await selectLinks(tx, of, of.personId))
  ).execute(tx);
  return rows;
}

async function selectLinks(tx: Tx, of: TrafficSpan, personId: string): Promise<string[]> {
  const campaign = of.campaignId === undefined ? sql`true` : sql`campaign_id = ${of.campaignId}`;
  const { rows } = await sql<{ id: string }>`
    select id from link where workspace_id = ${of.workspaceId} and person_id = ${personId} and ${campaign} order by id`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

function hitsFromSums(of: TrafficSpan): RawBuilder<Hits> {
  const campaigns = sql`
    union all
    select 'campaign', campaign_id, ${sums} from click_facet
    where workspace_id = ${of.workspaceId} and facet = 'all' and campaign_id <> '' and day between ${of.from}::date and ${of.to}::date group by campaign_id`;
  return sql<Hits>`
    with mine as (
      select day, facet, value, clicks, visitors, dropped from click_facet
      where workspace_id = ${of.workspaceId} and campaign_id = ${of.campaignId ?? ''} and day between ${of.from}::date and ${of.to}::date
    )
    select facet, value, ${sums} from mine group by facet, value
    union all
    select 'day', day::text, clicks, visitors, dropped from mine where facet = 'all'
    ${of.campaignId === undefined ? campaigns : sql``}`;
}

// Drill-down: the hits of one creator's links are few beside all others, and are read themselves. The links are named one by one, since joined the planner takes them for as many
// hits as any and reads those of the whole workspace.
function hitsOfLinks(of: TrafficSpan, linkIds: readonly string[]): RawBuilder<Hits> {
  return sql<Hits>`
    with hits as (
      select (k.clicked_at at time zone ${of.timeZone})::date as day, coalesce(k.channel, '') as channel, coalesce(k.country::text, '') as country,
        coalesce(k.device, '') as device, case when k.counted then null else coalesce(k.drop_reason, 'unknown') end as reason,
        count(*) filter (where k.counted) as clicks, count(*) filter (where k.counted and k.is_first) as visitors, count(*) filter (where not k.counted) as dropped
      from click k
      where k.workspace_id = ${of.workspaceId} and k.link_id = any(${[...linkIds]}::text[])
        and k.day between ${of.from}::date - 1 and ${of.to}::date + 1
        and k.clicked_at >= (${of.from}::date)::timestamp at time zone ${of.timeZone} and k.clicked_at < (${of.to}::date + 1)::timestamp at time zone ${of.timeZone}
      group by 1, 2, 3, 4, 5
    )
    select case when grouping(channel) = 0 then 'channel' when grouping(country) = 0 then 'country' when grouping(device) = 0 then 'device'
        when grouping(reason) = 0 then 'reason' when grouping(day) = 0 then 'day' else 'all' end as facet,
      coalesce(channel, country, device, reason, day::text, '') as value, ${sums}
    from hits group by grouping sets ((channel), (country), (device), (reason), (day), ())
    having grouping(reason) = 1 or reason is not null`;
}

/** Credited orders of the span by channel, campaign, creator, day and currency. */
export async function selectSales(tx: Tx, of: TrafficSpan): Promise<Sales[]> {
  const { workspaceId, from, to, timeZone, personId } = of;
  const campaignIds = of.campaignId === undefined ? undefined : [of.campaignId];
  const { rows } = await sql<Sales>`
    select case when grouping(via) = 0 then 'via' when grouping(campaign_id) = 0 then 'campaign' when grouping(person_id) = 0 then 'person'
        when grouping(day) = 0 then 'day' else 'total' end as by,
      coalesce(via, campaign_id, person_id, day::text, '') as value, currency, sum(orders)::bigint as orders, sum(by_code)::bigint as by_code,
      sum(by_link)::bigint as by_link, sum(cancelled)::bigint as cancelled, sum(refunded_in_full)::bigint as refunded_in_full,
      sum(gross_minor)::bigint as gross_minor, sum(cancelled_minor)::bigint as cancelled_minor, sum(refunded_minor)::bigint as refunded_minor,
      sum(net_minor)::bigint as net_minor
    from (${creditSumRows({ workspaceId, from, to, timeZone, campaignIds, personId })}) s
    group by grouping sets ((via, currency), (campaign_id, currency), (person_id, currency), (day, currency), (currency))`.execute(
    tx,
  );
  return rows;
}

export interface CreatorHits {
  person_id: string;
  clicks: bigint;
  visitors: bigint;
  dropped: bigint;
}

/** Clicks of creators: of these, or of those with the most. Whole weeks from the weekly sums, the days at both ends from the daily ones. */
export async function selectCreatorHits(
  tx: Tx,
  of: TrafficSpan & {
    weeks: { first: string; last: string } | null;
    personIds: readonly string[] | null;
    limit: number;
  },
): Promise<CreatorHits[]> {
  const { workspaceId, from, to, weeks, personIds } = of;
  const campaign = of.campaignId === undefined ? sql`true` : sql`l.campaign_id = ${of.campaignId}`;
  const persons = personIds === null ? sql`l.person_id is not null` : sql`l.person_id = any(${[...personIds]}::text[])`;
  const mine = sql`link_id in (select l.id from link l where l.workspace_id = ${workspaceId} and ${campaign} and ${persons})`;
  const isSome = personIds !== null || of.campaignId !== undefined;
  const which = isSome ? mine : sql`true`;
  const ends =
    weeks === null
      ? sql`day between ${from}::date and ${to}::date`
      : sql`(day between ${from}::date and ${weeks.first}::date - 1 or day between ${weeks.last}::date + 7 and ${to}::date)`;
  const whole =
    weeks === null
      ? sql``
      : sql`union all select link_id, clicks, visitors, dropped from click_weekly
          where workspace_id = ${workspaceId} and week between ${weeks.first}::date and ${weeks.last}::date and ${which}`;
  const { rows } = await sql<CreatorHits>`
    select l.person_id, ${sums}
    from (
      select link_id, ${sums} from (
        select link_id, clicks, visitors, dropped from click_daily where workspace_id = ${workspaceId} and ${ends} and ${which} ${whole}
      ) d group by link_id
    ) s join link l on l.workspace_id = ${workspaceId} and l.id = s.link_id
    where ${persons} and ${campaign}
    group by l.person_id order by sum(clicks) desc, l.person_id limit ${of.limit}`.execute(tx);
  return rows;
}

/** Names of campaigns; those that are gone have none. */
export async function selectCampaignNames(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from campaign where workspace_id = ${workspaceId} and id = any(${[...ids]}::text[]) order by id`.execute(
    tx,
  );
  return rows;
}
