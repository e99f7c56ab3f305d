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
  /** 8 bytes as hexadecimal. */
  prefixHash?: string | null;
  adParam?: string | null;
}

// Plain statements on arrays, each with one index to use: joins between the steps are made in the program, where the planner
// cannot mistake two thousand rows for one.

/** Of these links, those that are there, with the campaign each belongs to. */
export async function existingLinks(tx: Tx, linkIds: readonly string[]): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ id: string; campaign_id: string | null }>`
    select l.id, l.campaign_id from unnest(${[...linkIds]}::text[]) as i (id) join link l on l.id = i.id`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.campaign_id]));
}

export interface Claim {
  clickId: string;
  /** True when the visitor was counted on that link that day before this batch. */
  isReturning: boolean;
}

/** Links of clicks, each once, and the place of each click's link among them: they are told to the database once, not for each click. */
function placesOfLinks(clicks: readonly ClickRow[]) {
  const places = new Map<string, number>();
  const workspaceIds: string[] = [];
  const linkIds: string[] = [];
  const places0 = clicks.map((click) => {
    const known = places.get(click.linkId);
    if (known !== undefined) return known;
    workspaceIds.push(click.workspaceId);
    linkIds.push(click.linkId);
    places.set(click.linkId, linkIds.length);
    return linkIds.length;
  });
  return { workspaceIds: textArray(workspaceIds), linkIds: textArray(linkIds), places: plainArray(places0) };
}

/** Claims the clock hour of each visitor and link; returns the clicks that got it. The earliest of a batch comes first. */
export async function claimWindows(tx: Tx, clicks: readonly ClickRow[]): Promise<Claim[]> {
  const links = placesOfLinks(clicks);
  // What RETURNING looks up is the table as it was before this statement: the batch does not see itself.
  const { rows } = await sql<Claim>`
    insert into click_window as n (workspace_id, link_id, hour, visitor_hash, local_day, click_id)
    select l.workspace_id, l.link_id, date_trunc('hour', i.clicked_at, 'UTC'), decode(i.visitor_hash, 'hex'), i.local_day, i.click_id
    from unnest(${links.places}::int8[], ${plainArray(clicks.map((click) => click.clickedAt.toISOString()))}::timestamptz[],
      ${plainArray(clicks.map((click) => click.visitorHash))}::text[], ${plainArray(clicks.map((click) => click.localDay))}::date[],
      ${plainArray(clicks.map((click) => click.clickId))}::text[])
      with ordinality as i (place, clicked_at, visitor_hash, local_day, click_id, nth)
    join unnest(${links.workspaceIds}::text[], ${links.linkIds}::text[]) with ordinality as l (workspace_id, link_id, place) using (place)
    order by i.nth
    on conflict do nothing
    returning click_id as "clickId", exists (
      select from click_window w
      where w.workspace_id = n.workspace_id and w.link_id = n.link_id and w.visitor_hash = n.visitor_hash and w.local_day = n.local_day
    ) as "isReturning"`.execute(tx);
  return rows;
}

export interface JudgedClick extends ClickRow {
  counted: boolean;
  /** True for the click by which a visitor counts on its link and local day. */
  isFirst: boolean;
}

/** What many clicks have in common: a few hundred kinds make all of a batch. */
function placesOfKinds(clicks: readonly JudgedClick[]) {
  const places = new Map<string, number>();
  const kinds: JudgedClick[] = [];
  const placeOf = (click: JudgedClick): number => {
    const { counted, dropReason, country, device, browser, referrerHost, os, channel, isQr, consent, route, adParam } =
      click;
    const key = `${counted} ${dropReason} ${country} ${device} ${isQr} ${consent} ${route} ${adParam}\n${browser}\n${os}\n${channel}\n${referrerHost}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    kinds.push(click);
    places.set(key, kinds.length);
    return kinds.length;
  };
  return { places: plainArray(clicks.map(placeOf)), kinds };
}

/** Inserts hits that are not there yet; returns the ids that went in. */
export async function insertClicks(tx: Tx, clicks: readonly JudgedClick[]): Promise<Set<string>> {
  const links = placesOfLinks(clicks);
  const { places, kinds } = placesOfKinds(clicks);
  const texts = (of: (kind: JudgedClick) => string | null) => textArray(kinds.map(of));
  const { rows } = await sql<{ click_id: string }>`
    insert into click (workspace_id, day, click_id, link_id, clicked_at, counted, is_first, drop_reason, visitor_hash, country, device, browser, referrer_host,
      os, channel, is_qr, consent, route, prefix_hash, ad_param)
    select l.workspace_id, i.day, i.click_id, l.link_id, i.clicked_at, k.counted, i.is_first, k.drop_reason, decode(i.visitor_hash, 'hex'), k.country, k.device, k.browser,
      k.referrer_host, k.os, k.channel, k.is_qr, k.consent, k.route, decode(i.prefix_hash, 'hex'), k.ad_param
    from unnest(${links.places}::int8[], ${places}::int8[], ${plainArray(clicks.map((click) => click.day))}::date[],
      ${plainArray(clicks.map((click) => click.clickId))}::text[], ${plainArray(clicks.map((click) => click.clickedAt.toISOString()))}::timestamptz[],
      ${plainArray(clicks.map((click) => click.visitorHash))}::text[], ${textArray(clicks.map((click) => click.prefixHash ?? null))}::text[],
      ${plainArray(clicks.map((click) => click.isFirst))}::boolean[]) as i (link, kind, day, click_id, clicked_at, visitor_hash, prefix_hash, is_first)
    join unnest(${links.workspaceIds}::text[], ${links.linkIds}::text[]) with ordinality as l (workspace_id, link_id, link) using (link)
    join unnest(${plainArray(kinds.map((kind) => kind.counted))}::boolean[], ${texts((kind) => kind.dropReason)}::text[],
      ${texts((kind) => kind.country)}::text[], ${texts((kind) => kind.device)}::text[], ${texts((kind) => kind.browser)}::text[],
      ${texts((kind) => kind.referrerHost)}::text[], ${texts((kind) => kind.os)}::text[], ${texts((kind) => kind.channel)}::text[],
      ${plainArray(kinds.map((kind) => kind.isQr))}::boolean[], ${texts((kind) => kind.consent)}::text[], ${texts((kind) => kind.route)}::text[], ${texts((kind) => kind.adParam ?? null)}::text[])
      with ordinality as k (counted, drop_reason, country, device, browser, referrer_host, os, channel, is_qr, consent, route, ad_param, kind) using (kind)
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
