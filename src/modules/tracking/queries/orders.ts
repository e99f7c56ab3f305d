import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { RefundCount } from '../rules/count-refunds.ts';
import type { OrderRecord } from '../rules/merge-order.ts';
import type { OrderDetails, OrderState, RefundFact } from '../rules/order-facts.ts';
import { rateOfDay } from './rates.ts';

interface Source {
  workspaceId: string;
  sourceId: string;
}

/** A record as it is kept, with what stands in place of the customer's hash since they asked to be forgotten. */
export interface KeptRecord extends OrderRecord {
  pseudonym: string | null;
}

/** Takes hold of the records of these orders, making the missing ones, so that arrivals of one order wait for each other. */
export async function lockRecords(
  tx: Tx,
  of: Source,
  externalIds: readonly string[],
): Promise<Map<string, KeptRecord>> {
  const ids = [...externalIds].sort();
  const fresh = await sql<{ external_id: string }>`
    insert into order_record (workspace_id, source_id, external_id)
    select ${of.workspaceId}, ${of.sourceId}, id from unnest(${ids}::text[]) as id order by id
    on conflict do nothing returning external_id`.execute(tx);
  // Most orders come once. What was made just now has nothing to read, and is held already.
  const isNew = new Set(fresh.rows.map((row) => row.external_id));
  const known = ids.filter((id) => !isNew.has(id));
  if (known.length === 0) return new Map();
  const { rows } = await sql<{
    external_id: string;
    details: OrderDetails | null;
    details_at: Date | null;
    details_rank: number;
    state: OrderState | null;
    state_at: Date | null;
    pseudonym: string | null;
  }>`
    select external_id, details, details_at, details_rank, state, state_at, pseudonym from order_record
    where workspace_id = ${of.workspaceId} and source_id = ${of.sourceId} and external_id = any(${known}::text[])
    order by external_id for update`.execute(tx);
  const refunds = await refundsOf(tx, of, known);
  return new Map(
    rows.map((row) => [
      row.external_id,
      {
        details:
          row.details === null || row.details_at === null
            ? null
            : { value: row.details, at: row.details_at.toISOString(), rank: row.details_rank },
        state:
          row.state === null || row.state_at === null ? null : { value: row.state, at: row.state_at.toISOString() },
        refunds: refunds.get(row.external_id) ?? [],
        pseudonym: row.pseudonym,
      },
    ]),
  );
}

interface RefundRow {
  order_external_id: string;
  external_id: string;
  kind: RefundFact['kind'];
  state: RefundFact['state'];
  amount_minor: bigint;
  currency: string;
  refunded_at: Date;
  version_at: Date;
  version_rank: number;
  lines: RefundFact['lines'];
  reason: string | null;
}

async function refundsOf(tx: Tx, of: Source, ids: readonly string[]): Promise<Map<string, RefundFact[]>> {
  const { rows } = await sql<RefundRow>`
    select order_external_id, external_id, kind, state, amount_minor, currency, refunded_at, version_at, version_rank, lines, reason
    from conversion_refund
    where workspace_id = ${of.workspaceId} and source_id = ${of.sourceId} and order_external_id = any(${ids}::text[])
    order by external_id`.execute(tx);
  const map = new Map<string, RefundFact[]>();
  for (const row of rows) {
    const list = map.get(row.order_external_id) ?? [];
    list.push({
      externalId: row.external_id,
      kind: row.kind,
      state: row.state,
      amountMinor: row.amount_minor,
      currency: row.currency,
      refundedAt: row.refunded_at.toISOString(),
      at: row.version_at.toISOString(),
      rank: row.version_rank,
      lines: row.lines,
      reason: row.reason,
    });
    map.set(row.order_external_id, list);
  }
  return map;
}

/** A record to be written, with what its refunds count; `counts` is null while the order itself is not known. */
export interface RecordToSave {
  externalId: string;
  record: OrderRecord;
  counts: readonly RefundCount[] | null;
}

/** Writes records back as they are now, refunds included. */
export async function saveRecords(tx: Tx, of: Source, records: readonly RecordToSave[]): Promise<void> {
  const rows = records.map(({ externalId, record }) => ({
    id: externalId,
    details: record.details?.value ?? null,
    details_at: record.details?.at ?? null,
    details_rank: record.details?.rank ?? 0,
    state: record.state?.value ?? null,
    state_at: record.state?.at ?? null,
  }));
  await sql`
    update order_record o set details = r.details, details_at = r.details_at, details_rank = r.details_rank, state = r.state, state_at = r.state_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id text, details jsonb, details_at timestamptz, details_rank smallint, state text, state_at timestamptz)
    where o.workspace_id = ${of.workspaceId} and o.source_id = ${of.sourceId} and o.external_id = r.id`.execute(tx);
  const refunds = records.flatMap(({ externalId, record, counts }) =>
    record.refunds.map((refund, at) => ({
      ...refund,
      orderId: externalId,
      amountMinor: refund.amountMinor.toString(),
      countedMinor: counts?.[at]?.countedMinor.toString() ?? null,
      refusal: counts?.[at]?.refusal ?? null,
    })),
  );
  if (refunds.length === 0) return;
  await sql`
    insert into conversion_refund (workspace_id, source_id, order_external_id, external_id, kind, state, amount_minor, currency, refunded_at, version_at,
      version_rank, lines, reason, counted_minor, refusal)
    select ${of.workspaceId}, ${of.sourceId}, r."orderId", r."externalId", r.kind, r.state, r."amountMinor", r.currency, r."refundedAt", r.at,
      r.rank, r.lines, r.reason, r."countedMinor", r.refusal
    from jsonb_to_recordset(${JSON.stringify(refunds)}::jsonb) as r ("orderId" text, "externalId" text, kind text, state text, "amountMinor" bigint,
      currency text, "refundedAt" timestamptz, at timestamptz, rank smallint, lines jsonb, reason text, "countedMinor" bigint, refusal text)
    on conflict (workspace_id, source_id, order_external_id, external_id) do update
    set kind = excluded.kind, state = excluded.state, amount_minor = excluded.amount_minor, currency = excluded.currency,
      refunded_at = excluded.refunded_at, version_at = excluded.version_at, version_rank = excluded.version_rank, lines = excluded.lines,
      reason = excluded.reason, counted_minor = excluded.counted_minor, refusal = excluded.refusal`.execute(tx);
}

/** An order to be written; `id` is used when it is new. */
export interface ConversionRow {
  id: string;
  external_id: string;
  ordered_at: string;
  amount_minor: string;
  currency: string;
  refunded_minor: string;
  state: OrderState;
  codes: string[];
  code_keys: string[];
  click_ids: string[];
  /** False while only a browser spoke of it. */
  is_verified: boolean;
  customer_hash: string | null;
  is_new_customer: boolean | null;
  /** What a minor unit of this currency is in minor units of the workspace's at a rate of 1, as decimal text. */
  scale: string;
  label: string | null;
  items: unknown[];
  notices: string[];
}

/** Writes orders with the rate of their day; returns the ids, new or known, of those that changed, by their id at the source. */
export async function upsertConversions(
  tx: Tx,
  of: Source & { currency: string },
  rows: readonly ConversionRow[],
): Promise<Map<string, { id: string; isNew: boolean }>> {
  if (rows.length === 0) return new Map();
  const changed = await sql<{ id: string; external_id: string; is_new: boolean }>`
    insert into conversion as c (workspace_id, source_id, id, external_id, ordered_at, amount_minor, currency, refunded_minor, state, codes, code_keys,
      click_ids, is_verified, customer_hash, is_new_customer, items, notices, label, rate, rate_currency, rate_day, rate_source, rated_minor, rated_refunded_minor)
    select ${of.workspaceId}, ${of.sourceId}, r.id, r.external_id, r.ordered_at, r.amount_minor, r.currency, r.refunded_minor, r.state, r.codes, r.code_keys,
      r.click_ids, r.is_verified, decode(r.customer_hash, 'hex'), r.is_new_customer, r.items, r.notices, r.label,
      x.rate, case when x.rate is null then null else ${of.currency} end, x.day, x.source,
      round(r.amount_minor * x.rate * r.scale), round(r.refunded_minor * x.rate * r.scale)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, external_id text, ordered_at timestamptz, amount_minor bigint, currency text,
      refunded_minor bigint, state text, codes text[], code_keys text[], click_ids text[], is_verified boolean, customer_hash text, is_new_customer boolean, scale numeric,
      items jsonb, notices text[], label text)
    left join lateral ${rateOfDay({ workspaceId: of.workspaceId, to: of.currency, from: sql`r.currency`, at: sql`r.ordered_at` })} as x on true
    on conflict (workspace_id, source_id, external_id) do update
    set ordered_at = excluded.ordered_at, amount_minor = excluded.amount_minor, currency = excluded.currency, refunded_minor = excluded.refunded_minor,
      state = excluded.state, codes = excluded.codes, code_keys = excluded.code_keys, click_ids = excluded.click_ids, is_verified = excluded.is_verified, customer_hash = excluded.customer_hash,
      is_new_customer = excluded.is_new_customer, items = excluded.items, notices = excluded.notices, label = excluded.label, rate = excluded.rate,
      rate_currency = excluded.rate_currency, rate_day = excluded.rate_day, rate_source = excluded.rate_source, rated_minor = excluded.rated_minor,
      rated_refunded_minor = excluded.rated_refunded_minor, updated_at = now()
    where (c.ordered_at, c.amount_minor, c.currency, c.refunded_minor, c.state, c.codes, c.click_ids, c.is_verified, c.customer_hash, c.is_new_customer, c.items, c.notices,
        c.label, c.rate, c.rate_currency)
      is distinct from (excluded.ordered_at, excluded.amount_minor, excluded.currency, excluded.refunded_minor, excluded.state, excluded.codes,
        excluded.click_ids, excluded.is_verified, excluded.customer_hash, excluded.is_new_customer, excluded.items, excluded.notices,
        excluded.label, excluded.rate, excluded.rate_currency)
    returning c.id, c.external_id, (c.xmax = 0) as is_new`.execute(tx);
  return new Map(changed.rows.map((row) => [row.external_id, { id: row.id, isNew: row.is_new }]));
}

/** Ids of orders by their ids at the source. */
export async function conversionIds(tx: Tx, of: Source, externalIds: readonly string[]): Promise<Map<string, string>> {
  if (externalIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('conversion')
    .select(['id', 'external_id'])
    .where('workspace_id', '=', of.workspaceId)
    .where('source_id', '=', of.sourceId)
    .where('external_id', 'in', [...externalIds])
    .execute();
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

/** A click an order names, with the day its id carries. */
export interface NamedClick {
  conversionId: string;
  clickId: string;
  day: string;
}

/** Notes which of these clicks are not in the database yet; the drain takes them up. */
export async function awaitClicks(tx: Tx, workspaceId: string, named: readonly NamedClick[]): Promise<void> {
  if (named.length === 0) return;
  await sql`
    insert into conversion_click_wait (workspace_id, click_id, conversion_id, day)
    select ${workspaceId}, n."clickId", n."conversionId", n.day
    from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as n ("conversionId" text, "clickId" text, day date)
    where not exists (select from click k where k.workspace_id = ${workspaceId} and k.day = n.day and k.click_id = n."clickId")
    on conflict do nothing`.execute(tx);
}

/** Orders whose click came in while they were being written; they wait no longer. */
export async function takeOverdueOrders(
  tx: Tx,
  rowsMax: number,
): Promise<{ workspaceId: string; conversionId: string }[]> {
  const { rows } = await sql<{ workspaceId: string; conversionId: string }>`
    delete from conversion_click_wait w
    using (
      select o.workspace_id, o.click_id, o.conversion_id from conversion_click_wait o
      join click k on k.workspace_id = o.workspace_id and k.day = o.day and k.click_id = o.click_id limit ${rowsMax}
    ) as d
    where w.workspace_id = d.workspace_id and w.click_id = d.click_id and w.conversion_id = d.conversion_id
    returning w.workspace_id as "workspaceId", w.conversion_id as "conversionId"`.execute(tx);
  return rows;
}

/** Orders that name a click nobody has seen for so long name none. */
export async function deleteOldWaits(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('conversion_click_wait').where('since', '<', before).execute();
}
