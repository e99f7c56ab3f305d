import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** A hit ready for the database. */
export interface ClickRow {
  workspaceId: string;
  linkId: string;
  clickId: string;
  /** UTC day in the click id. */
  day: string;
  clickedAt: Date;
  dropReason: string | null;
  visitorHash: Buffer;
  country: string | null;
  device: string;
  browser: string;
  referrerHost: string | null;
  /** IANA name of the workspace's time zone, for the daily totals. */
  timeZone: string;
}

export interface StoredClick {
  workspaceId: string;
  linkId: string;
  clickId: string;
  counted: boolean;
  dropReason: string | null;
}

/**
 * Inserts hits that are not there yet, decides which are duplicates (same visitor, link and clock hour: the earliest
 * counts), and moves the daily totals, all in one statement. Hits of links that are gone are left out.
 * Returns what was inserted; a repeat returns nothing and changes nothing.
 */
export async function storeClicks(tx: Tx, rows: readonly ClickRow[]): Promise<StoredClick[]> {
  const { rows: stored } = await sql<StoredClick>`
    with incoming as (
      select distinct on (i.workspace_id, i.day, i.click_id) i.*, date_trunc('hour', i.clicked_at, 'UTC') as hour,
        (i.clicked_at at time zone i.time_zone)::date as local_day
      from unnest(
        ${rows.map((row) => row.workspaceId)}::text[], ${rows.map((row) => row.linkId)}::text[],
        ${rows.map((row) => row.clickId)}::text[], ${rows.map((row) => row.day)}::date[],
        ${rows.map((row) => row.clickedAt.toISOString())}::timestamptz[], ${rows.map((row) => row.dropReason)}::text[],
        ${rows.map((row) => row.visitorHash)}::bytea[], ${rows.map((row) => row.country)}::text[],
        ${rows.map((row) => row.device)}::text[], ${rows.map((row) => row.browser)}::text[],
        ${rows.map((row) => row.referrerHost)}::text[], ${rows.map((row) => row.timeZone)}::text[]
      ) as i (workspace_id, link_id, click_id, day, clicked_at, drop_reason, visitor_hash, country, device, browser, referrer_host, time_zone)
      join link l on l.workspace_id = i.workspace_id and l.id = i.link_id
      where not exists (select from click c where c.workspace_id = i.workspace_id and c.day = i.day and c.click_id = i.click_id)
    ), windows as (
      insert into click_window (workspace_id, link_id, hour, visitor_hash, click_id)
      select workspace_id, link_id, hour, visitor_hash, click_id from incoming
      where drop_reason is null order by clicked_at, click_id
      on conflict do nothing
      returning workspace_id, link_id, visitor_hash, click_id
    ), judged as (
      select i.*, i.drop_reason is null and w.click_id is not null as counted,
        case when i.drop_reason is null and w.click_id is null then 'duplicate' else i.drop_reason end as reason
      from incoming i left join windows w on w.workspace_id = i.workspace_id and w.click_id = i.click_id
    ), inserted as (
      insert into click (workspace_id, day, click_id, link_id, clicked_at, counted, drop_reason, visitor_hash, country, device, browser, referrer_host)
      select workspace_id, day, click_id, link_id, clicked_at, counted, reason, visitor_hash, country, device, browser, referrer_host from judged
      on conflict do nothing
      returning workspace_id, click_id
    ), new_visitors as (
      select distinct j.workspace_id, j.link_id, j.local_day, j.visitor_hash from judged j
      where j.counted and not exists (
        select from click_window e
        where e.workspace_id = j.workspace_id and e.link_id = j.link_id and e.visitor_hash = j.visitor_hash
          and e.hour > (j.local_day::timestamp at time zone j.time_zone) - interval '1 hour'
          and e.hour < ((j.local_day + 1)::timestamp at time zone j.time_zone))
    ), moved as (
      select j.workspace_id, j.link_id, j.local_day, count(*) filter (where j.counted) as clicks, count(*) filter (where not j.counted) as dropped
      from judged j join inserted n on n.workspace_id = j.workspace_id and n.click_id = j.click_id
      group by 1, 2, 3
    ), totals as (
      insert into click_daily as d (workspace_id, link_id, day, clicks, visitors, dropped)
      select m.workspace_id, m.link_id, m.local_day, m.clicks,
        (select count(*) from new_visitors v where v.workspace_id = m.workspace_id and v.link_id = m.link_id and v.local_day = m.local_day), m.dropped
      from moved m order by 1, 2, 3
      on conflict (workspace_id, link_id, day) do update
      set clicks = d.clicks + excluded.clicks, visitors = d.visitors + excluded.visitors, dropped = d.dropped + excluded.dropped
    )
    select j.workspace_id as "workspaceId", j.link_id as "linkId", j.click_id as "clickId", j.counted, j.reason as "dropReason"
    from judged j join inserted n on n.workspace_id = j.workspace_id and n.click_id = j.click_id`.execute(tx);
  return stored;
}

/** Orders that waited for one of these clicks; they wait no longer. */
export async function takeWaitingOrders(
  tx: Tx,
  clicks: readonly { workspaceId: string; clickId: string }[],
): Promise<{ workspaceId: string; conversionId: string }[]> {
  const { rows } = await sql<{ workspaceId: string; conversionId: string }>`
    delete from conversion_click_wait w
    using unnest(${clicks.map((click) => click.workspaceId)}::text[], ${clicks.map((click) => click.clickId)}::text[]) as c (workspace_id, click_id)
    where w.workspace_id = c.workspace_id and w.click_id = c.click_id
    returning w.workspace_id as "workspaceId", w.conversion_id as "conversionId"`.execute(tx);
  return rows;
}

/** Takes hold of a segment for this transaction and tells how far it has been drained. */
export async function holdSegment(tx: Tx, segment: string): Promise<number> {
  await tx
    .insertInto('click_drain')
    .values({ segment, offset_bytes: 0n })
    .onConflict((conflict) => conflict.column('segment').doNothing())
    .execute();
  const { offset_bytes } = await tx
    .selectFrom('click_drain')
    .select('offset_bytes')
    .where('segment', '=', segment)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return Number(offset_bytes);
}

export async function moveSegment(tx: Tx, segment: string, offsetBytes: number): Promise<void> {
  await tx
    .updateTable('click_drain')
    .set({ offset_bytes: BigInt(offsetBytes), updated_at: sql`now()` })
    .where('segment', '=', segment)
    .execute();
}

export async function forgetSegments(tx: Tx, folder: string): Promise<void> {
  await sql`delete from click_drain where starts_with(segment, ${`${folder}/`})`.execute(tx);
}

export async function forgetSegment(tx: Tx, segment: string): Promise<void> {
  await tx.deleteFrom('click_drain').where('segment', '=', segment).execute();
}

/** Windows older than this can meet no late hit any more: their salts are gone. */
export async function deleteOldWindows(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('click_window').where('hour', '<', before).execute();
}

export async function ensureClickMonths(tx: Tx, months: readonly string[]): Promise<void> {
  for (const month of months) await sql`select ensure_click_month(${month}::date)`.execute(tx);
}
