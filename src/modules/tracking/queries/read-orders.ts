import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { OrderLine, RefundKind, RefundLine, RefundState } from '../rules/order-facts.ts';

export interface OrderRow {
  id: string;
  source_id: string;
  source_name: string;
  external_id: string;
  label: string | null;
  ordered_at: Date;
  amount_minor: bigint;
  currency: string;
  refunded_minor: bigint;
  state: 'paid' | 'cancelled';
  codes: string[];
  click_ids: string[];
  is_verified: boolean;
  is_new_customer: boolean | null;
  rate: string | null;
  rate_currency: string | null;
  rate_day: string | null;
  rate_source: string | null;
  rated_minor: bigint | null;
  rated_refunded_minor: bigint | null;
  credit_rule: 'code' | 'link' | 'customer' | 'none' | null;
  person_id: string | null;
  campaign_id: string | null;
  created_at: Date;
  updated_at: Date;
  sort_key: string;
}

const columns = sql`c.id, c.source_id, s.name as source_name, c.external_id, c.label, c.ordered_at, c.amount_minor, c.currency, c.refunded_minor, c.state,
  c.codes, c.click_ids, c.is_verified, c.is_new_customer, trim_scale(c.rate)::text as rate, c.rate_currency, c.rate_day, c.rate_source, c.rated_minor, c.rated_refunded_minor, c.credit_rule, c.credit_person_id as person_id, c.credit_campaign_id as campaign_id, c.created_at, c.updated_at,
  (extract(epoch from c.ordered_at) * 1000000)::bigint::text as sort_key`;

const joined = sql`conversion c join order_source s on s.workspace_id = c.workspace_id and s.id = c.source_id`;

export interface OrderQuery {
  workspaceId: string;
  q?: string | undefined;
  sourceId?: string | undefined;
  state?: string | undefined;
  rule?: string | undefined;
  campaignId?: string | undefined;
  personId?: string | undefined;
  /** Days in `timeZone`, both included. */
  from?: string | undefined;
  to?: string | undefined;
  timeZone: string;
  limit: number;
  after: { key: string; id: string } | null;
}

/** Orders, newest first. */
export async function selectOrders(tx: Tx, query: OrderQuery): Promise<OrderRow[]> {
  const { workspaceId, q, after, timeZone } = query;
  const conditions = [
    sql`c.workspace_id = ${workspaceId}`,
    q === undefined
      ? null
      : sql`(position(lower(${q}) in lower(c.external_id)) > 0 or position(lower(${q}) in lower(c.label)) > 0 or upper(${q}) = any(c.code_keys) or c.id = ${q})`,
    query.sourceId === undefined ? null : sql`c.source_id = ${query.sourceId}`,
    query.state === undefined ? null : sql`c.state = ${query.state}`,
    query.rule === undefined ? null : sql`c.credit_rule = ${query.rule}`,
    query.campaignId === undefined ? null : sql`c.credit_campaign_id = ${query.campaignId}`,
    query.personId === undefined ? null : sql`c.credit_person_id = ${query.personId}`,
    query.from === undefined ? null : sql`c.ordered_at >= (${query.from}::date)::timestamp at time zone ${timeZone}`,
    query.to === undefined ? null : sql`c.ordered_at < (${query.to}::date + 1)::timestamp at time zone ${timeZone}`,
    after === null
      ? null
      : sql`(c.ordered_at, c.id) < (timestamptz 'epoch' + ${after.key}::bigint * interval '1 microsecond', ${after.id})`,
  ].filter((condition) => condition !== null);
  const { rows } = await sql<OrderRow>`
    select ${columns} from ${joined} where ${sql.join(conditions, sql` and `)}
    order by c.ordered_at desc, c.id desc limit ${query.limit}`.execute(tx);
  return rows;
}

export interface OrderDetailRow extends OrderRow {
  items: OrderLine[];
  notices: string[];
  refunds: {
    id: string;
    kind: RefundKind;
    state: RefundState;
    amountMinor: string;
    currency: string;
    countedMinor: string | null;
    refusal: string | null;
    reason: string | null;
    refundedAt: string;
    lines: RefundLine[];
  }[];
  has_customer: boolean;
  /** Orders of the same customer, and of them those before this one. */
  customer_orders: bigint;
  customer_earlier: bigint;
}

/** Orders of one customer that are looked at: one with more is a till or a test address. */
const customerOrdersMax = 500;

/** The orders named that exist, with lines and refunds. */
export async function selectOrderDetails(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<OrderDetailRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<OrderDetailRow>`
    select ${columns}, c.items, c.notices, coalesce((
      select jsonb_agg(jsonb_build_object('id', r.external_id, 'kind', r.kind, 'state', r.state, 'amountMinor', r.amount_minor::text, 'currency', r.currency,
        'countedMinor', r.counted_minor::text, 'refusal', r.refusal, 'reason', r.reason, 'refundedAt', r.refunded_at, 'lines', r.lines)
        order by r.refunded_at, r.external_id)
      from conversion_refund r where r.workspace_id = c.workspace_id and r.source_id = c.source_id and r.order_external_id = c.external_id
    ), '[]') as refunds, c.customer_hash is not null as has_customer, k.orders as customer_orders, k.earlier as customer_earlier
    from ${joined} cross join lateral (
      select count(*) as orders, count(*) filter (where (o.ordered_at, o.source_id, o.external_id) < (c.ordered_at, c.source_id, c.external_id)) as earlier
      from (
        select ordered_at, source_id, external_id from conversion
        where workspace_id = c.workspace_id and customer_hash = c.customer_hash order by ordered_at, source_id, external_id limit ${customerOrdersMax}
      ) as o
    ) as k
    where c.workspace_id = ${workspaceId} and c.id = any(${[...ids]}::text[])`.execute(tx);
  return rows;
}
