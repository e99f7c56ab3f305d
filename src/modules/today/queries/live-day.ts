import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface DayStart {
  started_at: Date;
}

/** The first instant of a day in a time zone, summer time included. */
export async function selectDayStart(tx: Tx, of: { day: string; timeZone: string }): Promise<Date> {
  const { rows } = await sql<DayStart>`
    select (${of.day}::date)::timestamp at time zone ${of.timeZone} as started_at`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('the database did not say when the day began');
  return row.started_at;
}

export interface BucketRow {
  bucket: number;
  count: bigint;
}

/** Counted clicks since `from` in buckets of so many seconds. */
export async function selectClickBuckets(
  tx: Tx,
  workspaceId: string,
  of: { from: Date; until: Date; bucketS: number },
): Promise<BucketRow[]> {
  const { rows } = await sql<BucketRow>`
    select floor(extract(epoch from clicked_at - ${of.from}::timestamptz) / ${of.bucketS})::int as bucket, count(*) as count
    from click
    where workspace_id = ${workspaceId} and clicked_at >= ${of.from}::timestamptz and clicked_at <= ${of.until}::timestamptz and counted
    group by 1 order by 1`.execute(tx);
  return rows;
}

/** Counted clicks of the same weekday of earlier weeks, each up to the same time of day: one row a day that had any. */
export async function selectUsualClicks(
  tx: Tx,
  workspaceId: string,
  of: { from: Date; until: Date; weeks: number },
): Promise<bigint[]> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count
    from generate_series(1, ${of.weeks}::int) as back (weeks)
    join click k on k.workspace_id = ${workspaceId} and k.counted
      and k.clicked_at >= ${of.from}::timestamptz - make_interval(weeks => back.weeks)
      and k.clicked_at <= ${of.until}::timestamptz - make_interval(weeks => back.weeks)
    group by back.weeks order by back.weeks`.execute(tx);
  return rows.map((row) => row.count);
}

export interface LiveOrderRow {
  id: string;
  ordered_at: Date;
  amount_minor: bigint;
  refunded_minor: bigint;
  currency: string;
  state: 'paid' | 'cancelled';
  rule: string | null;
  code: string | null;
  person_id: string | null;
}

/** Orders of the day, newest first. */
export async function selectLiveOrders(
  tx: Tx,
  workspaceId: string,
  of: { from: Date; until: Date; limit: number },
): Promise<LiveOrderRow[]> {
  const { rows } = await sql<LiveOrderRow>`
    select o.id, o.ordered_at, o.amount_minor, o.refunded_minor, o.currency, o.state, o.credit_rule as rule, o.codes[1] as code,
      o.credit_person_id as person_id
    from conversion o
    where o.workspace_id = ${workspaceId} and o.ordered_at >= ${of.from}::timestamptz and o.ordered_at <= ${of.until}::timestamptz
    order by o.ordered_at desc, o.id desc
    limit ${of.limit}`.execute(tx);
  return rows;
}

/** Whether the workspace ever made a link. */
export async function hasLinks(tx: Tx, workspaceId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from link where workspace_id = ${workspaceId}) as found`.execute(tx);
  return rows[0]?.found === true;
}
