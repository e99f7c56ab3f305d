import { type RawBuilder, sql } from 'kysely';
import type { Database, Tx } from '#infra/db/database.ts';

/** A rate holds for the days after it until the next one, at most this many: banks quote none on weekends and holidays. */
export const rateDaysMax = 7;

/**
 * The rate from a currency into another on the UTC day of an instant, as a lateral table of one row (rate, day, source) or none. The latest day wins;
 * on one day a rate entered as asked, then its inverse, then the quotient of two rates against a third currency (the lowest by its code).
 */
export function rateOfDay(of: {
  workspaceId: string;
  from: RawBuilder<unknown>;
  at: RawBuilder<unknown>;
  to: string;
}): RawBuilder<unknown> {
  const { workspaceId, from, to, at } = of;
  const day = sql`(${at} at time zone 'UTC')::date`;
  const near = sql`between ${day} - ${sql.lit(rateDaysMax)} and ${day}`;
  return sql`(
    select 1::numeric as rate, null::date as day, 'same currency' as source where ${from} = ${to}
    union all (
      select round(rate, 12), day, source from (
        select rate, day, source, 0 as way, base from exchange_rate
        where workspace_id = ${workspaceId} and base = ${from} and quote = ${to} and day ${near}
        union all
        select 1 / rate, day, source || ', inverted', 1, base from exchange_rate
        where workspace_id = ${workspaceId} and base = ${to} and quote = ${from} and day ${near}
        union all
        select b.rate / a.rate, a.day, a.source || ', by ' || a.base, 2, a.base from exchange_rate a
        join exchange_rate b on b.workspace_id = a.workspace_id and b.base = a.base and b.day = a.day and b.quote = ${to}
        where a.workspace_id = ${workspaceId} and a.quote = ${from} and a.day ${near}
      ) as way
      where ${from} <> ${to} order by day desc, way, base limit 1
    )
  )`;
}

export interface RateRow {
  day: string;
  base: string;
  quote: string;
  /** Decimal text, exact. */
  rate: string;
  source: string;
}

/** Writes rates; one of the same day and currencies is replaced. Returns how many are new or other than before. */
export async function upsertRates(
  tx: Tx,
  workspaceId: string,
  of: { rates: readonly RateRow[]; by: string },
): Promise<number> {
  const { rows } = await sql`
    insert into exchange_rate as e (workspace_id, day, base, quote, rate, source, created_by)
    select ${workspaceId}, r.day, r.base, r.quote, r.rate, r.source, ${of.by}
    from jsonb_to_recordset(${JSON.stringify(of.rates)}::jsonb) as r (day date, base text, quote text, rate numeric, source text)
    on conflict (workspace_id, base, quote, day) do update
    set rate = excluded.rate, source = excluded.source, created_by = excluded.created_by, created_at = now()
    where e.rate <> excluded.rate or e.source <> excluded.source
    returning 1`.execute(tx);
  return rows.length;
}

/** Orders in other currencies than the workspace's whose rate follows from these days, written anew where it differs. Returns their ids. */
export async function rateOrders(
  tx: Tx,
  of: { workspaceId: string; currency: string; from: string; to: string; scales: Readonly<Record<string, string>> },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update conversion c
    set rate = n.rate, rate_currency = case when n.rate is null then null else ${of.currency} end, rate_day = n.day, rate_source = n.source,
      rated_minor = round(c.amount_minor * n.rate * n.scale), rated_refunded_minor = round(c.refunded_minor * n.rate * n.scale), updated_at = now()
    from (
      select o.id, x.rate, x.day, x.source, s.scale from conversion o
      join jsonb_to_recordset(${JSON.stringify(Object.entries(of.scales).map(([currency, scale]) => ({ currency, scale })))}::jsonb)
        as s (currency text, scale numeric) on s.currency = o.currency
      left join lateral ${rateOfDay({ workspaceId: of.workspaceId, to: of.currency, from: sql`o.currency`, at: sql`o.ordered_at` })} as x on true
      where o.workspace_id = ${of.workspaceId} and o.currency <> ${of.currency}
        and o.ordered_at >= (${of.from}::date)::timestamp at time zone 'UTC'
        and o.ordered_at < (${of.to}::date + ${sql.lit(rateDaysMax + 1)})::timestamp at time zone 'UTC'
    ) as n
    where c.workspace_id = ${of.workspaceId} and c.id = n.id
      and (c.rate, c.rate_currency, c.rate_day, c.rate_source) is distinct from
        (n.rate, case when n.rate is null then null else ${of.currency} end, n.day, n.source)
    returning c.id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Currencies of orders that are not the workspace's. */
export async function foreignCurrencies(tx: Tx, workspaceId: string, currency: string): Promise<string[]> {
  const { rows } = await sql<{ currency: string }>`
    select distinct currency from conversion where workspace_id = ${workspaceId} and currency <> ${currency} order by currency`.execute(
    tx,
  );
  return rows.map((row) => row.currency);
}

export interface RateListRow {
  day: string;
  base: string;
  quote: string;
  rate: string;
  source: string;
  created_at: Date;
}

/** Rates, newest day first. */
export async function selectRates(
  tx: Tx,
  workspaceId: string,
  of: { limit: number; after: { key: string; id: string } | null },
): Promise<RateListRow[]> {
  const beyond = of.after === null ? sql`true` : sql`(day, base || quote) < (${of.after.key}::date, ${of.after.id})`;
  const { rows } = await sql<RateListRow>`
    select day, base, quote, trim_scale(rate)::text as rate, source, created_at from exchange_rate
    where workspace_id = ${workspaceId} and ${beyond} order by day desc, base || quote desc limit ${of.limit}`.execute(
    tx,
  );
  return rows;
}

/** How many orders wait for a rate, by currency, with the first and last day of them. */
export async function ordersWithoutRate(
  tx: Tx,
  workspaceId: string,
  currency: string,
): Promise<{ currency: string; orders: bigint; first: string; last: string }[]> {
  const { rows } = await sql<{ currency: string; orders: bigint; first: string; last: string }>`
    select currency, count(*) as orders, min((ordered_at at time zone 'UTC')::date)::date as first, max((ordered_at at time zone 'UTC')::date)::date as last
    from conversion where workspace_id = ${workspaceId} and currency <> ${currency} and rate_currency is distinct from ${currency}
    group by currency order by currency`.execute(tx);
  return rows;
}

export async function selectRateSetting(
  tx: Tx,
  workspaceId: string,
): Promise<{ is_ecb_on: boolean; fetched_at: Date | null; message: string | null } | undefined> {
  return await tx
    .selectFrom('rate_setting')
    .select(['is_ecb_on', 'fetched_at', 'message'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
}

export async function upsertRateSetting(
  tx: Tx,
  workspaceId: string,
  of: { isEcbOn: boolean; fetchedAt?: Date; message?: string | null },
): Promise<void> {
  await sql`
    insert into rate_setting as s (workspace_id, is_ecb_on, fetched_at, message)
    values (${workspaceId}, ${of.isEcbOn}, ${of.fetchedAt ?? null}, ${of.message ?? null})
    on conflict (workspace_id) do update set is_ecb_on = excluded.is_ecb_on, fetched_at = coalesce(excluded.fetched_at, s.fetched_at),
      message = excluded.message`.execute(tx);
}

/** Workspaces that want the daily rates. */
export async function selectEcbWorkspaces(db: Database): Promise<string[]> {
  const rows = await db.asSystem((tx) =>
    tx
      .selectFrom('rate_setting')
      .select('workspace_id')
      .where('is_ecb_on', '=', true)
      .orderBy('workspace_id')
      .execute(),
  );
  return rows.map((row) => row.workspace_id);
}
