import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { plainArray, textArray } from './array-text.ts';

/** A hit ready for the database. */
export interface ClickRow {
  workspaceId: string;
  linkId: string;
  clickId: string;
  /** UTC day in the click id. */
  day: string;
  /** Day in the workspace's time zone, for the totals. */
  localDay: string;
  clickedAt: Date;
  dropReason: string | null;
  /** 16 bytes as hexadecimal. */
  visitorHash: string;
  country: string | null;
  device: string;
  browser: string;
  referrerHost: string | null;
  os: string;
  channel: string;
  isQr: boolean;
  consent: string;
  route: string | null;
}

// Plain statements on arrays, each with one index to use: joins between the steps are made in the program, where the planner
// cannot mistake two thousand rows for one.

/** Of these links, those that are there. */
export async function existingLinks(tx: Tx, linkIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select l.id from unnest(${[...linkIds]}::text[]) as i (id) join link l on l.id = i.id`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

export interface Claim {
  clickId: string;
  /** True when the visitor was counted on that link that day before this batch. */
  isReturning: boolean;
}

/** Claims the clock hour of each visitor and link; returns the clicks that got it. The earliest of a batch comes first. */
export async function claimWindows(tx: Tx, clicks: readonly ClickRow[]): Promise<Claim[]> {
  // What RETURNING looks up is the table as it was before this statement: the batch does not see itself.
  const { rows } = await sql<Claim>`
    insert into click_window as n (workspace_id, link_id, hour, visitor_hash, local_day, click_id)
    select workspace_id, link_id, date_trunc('hour', clicked_at, 'UTC'), decode(visitor_hash, 'hex'), local_day, click_id
    from unnest(${textArray(clicks.map((click) => click.workspaceId))}::text[], ${textArray(clicks.map((click) => click.linkId))}::text[],
      ${plainArray(clicks.map((click) => click.clickedAt.toISOString()))}::timestamptz[], ${plainArray(clicks.map((click) => click.visitorHash))}::text[],
      ${plainArray(clicks.map((click) => click.localDay))}::date[], ${plainArray(clicks.map((click) => click.clickId))}::text[])
      as i (workspace_id, link_id, clicked_at, visitor_hash, local_day, click_id)
    on conflict do nothing
    returning click_id as "clickId", exists (
      select from click_window w
      where w.workspace_id = n.workspace_id and w.link_id = n.link_id and w.visitor_hash = n.visitor_hash and w.local_day = n.local_day
    ) as "isReturning"`.execute(tx);
  return rows;
}

export interface JudgedClick extends ClickRow {
  counted: boolean;
}

/** Inserts hits that are not there yet; returns the ids that went in. */
export async function insertClicks(tx: Tx, clicks: readonly JudgedClick[]): Promise<Set<string>> {
  const { rows } = await sql<{ click_id: string }>`
    insert into click (workspace_id, day, click_id, link_id, clicked_at, counted, drop_reason, visitor_hash, country, device, browser, referrer_host,
      os, channel, is_qr, consent, route)
    select workspace_id, day, click_id, link_id, clicked_at, counted, drop_reason, decode(visitor_hash, 'hex'), country, device, browser, referrer_host,
      os, channel, is_qr, consent, route
    from unnest(${textArray(clicks.map((click) => click.workspaceId))}::text[], ${plainArray(clicks.map((click) => click.day))}::date[],
      ${plainArray(clicks.map((click) => click.clickId))}::text[], ${textArray(clicks.map((click) => click.linkId))}::text[],
      ${plainArray(clicks.map((click) => click.clickedAt.toISOString()))}::timestamptz[], ${plainArray(clicks.map((click) => click.counted))}::boolean[],
      ${textArray(clicks.map((click) => click.dropReason))}::text[], ${plainArray(clicks.map((click) => click.visitorHash))}::text[],
      ${textArray(clicks.map((click) => click.country))}::text[], ${textArray(clicks.map((click) => click.device))}::text[],
      ${textArray(clicks.map((click) => click.browser))}::text[], ${textArray(clicks.map((click) => click.referrerHost))}::text[],
      ${textArray(clicks.map((click) => click.os))}::text[], ${textArray(clicks.map((click) => click.channel))}::text[],
      ${plainArray(clicks.map((click) => click.isQr))}::boolean[], ${textArray(clicks.map((click) => click.consent))}::text[],
      ${textArray(clicks.map((click) => click.route))}::text[])
      as i (workspace_id, day, click_id, link_id, clicked_at, counted, drop_reason, visitor_hash, country, device, browser, referrer_host,
        os, channel, is_qr, consent, route)
    on conflict do nothing
    returning click_id`.execute(tx);
  return new Set(rows.map((row) => row.click_id));
}

export interface DailyMove {
  workspaceId: string;
  linkId: string;
  day: string;
  clicks: number;
  visitors: number;
  dropped: number;
}

/** Adds to the daily totals. */
export async function moveTotals(tx: Tx, moves: readonly DailyMove[]): Promise<void> {
  await sql`
    insert into click_daily as d (workspace_id, link_id, day, clicks, visitors, dropped)
    select * from unnest(${moves.map((move) => move.workspaceId)}::text[], ${moves.map((move) => move.linkId)}::text[], ${moves.map((move) => move.day)}::date[],
      ${moves.map((move) => move.clicks)}::bigint[], ${moves.map((move) => move.visitors)}::bigint[], ${moves.map((move) => move.dropped)}::bigint[])
    on conflict (workspace_id, link_id, day) do update
    set clicks = d.clicks + excluded.clicks, visitors = d.visitors + excluded.visitors, dropped = d.dropped + excluded.dropped`.execute(
    tx,
  );
}

/** Orders that waited for one of these clicks; they wait no longer. Nearly always nobody waits, and that is asked first. */
export async function takeWaitingOrders(
  tx: Tx,
  clicks: readonly { workspaceId: string; clickId: string }[],
): Promise<{ workspaceId: string; conversionId: string }[]> {
  const anyone = await sql`select from conversion_click_wait limit 1`.execute(tx);
  if (anyone.rows.length === 0) return [];
  const { rows } = await sql<{ workspaceId: string; conversionId: string }>`
    delete from conversion_click_wait w
    using unnest(${clicks.map((click) => click.workspaceId)}::text[], ${clicks.map((click) => click.clickId)}::text[]) as c (workspace_id, click_id)
    where w.workspace_id = c.workspace_id and w.click_id = c.click_id
    returning w.workspace_id as "workspaceId", w.conversion_id as "conversionId"`.execute(tx);
  return rows;
}

const holdTriesMax = 20;

/** Takes hold of a segment for this transaction and tells how far it has been drained. */
export async function holdSegment(tx: Tx, segment: string): Promise<number> {
  for (let tries = 0; tries < holdTriesMax; tries += 1) {
    await tx
      .insertInto('click_drain')
      .values({ segment, offset_bytes: 0n })
      .onConflict((conflict) => conflict.column('segment').doNothing())
      .execute();
    const held = await tx
      .selectFrom('click_drain')
      .select('offset_bytes')
      .where('segment', '=', segment)
      .forUpdate()
      .executeTakeFirst();
    // None: another process, done with the segment, forgot it between the two statements.
    if (held !== undefined) return Number(held.offset_bytes);
  }
  throw new Error(`The segment ${segment} was forgotten ${holdTriesMax} times while it was to be held`);
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
