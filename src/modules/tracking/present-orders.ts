import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import { toMoneyJson } from '#kernel/money.ts';
import type { Order } from './api.ts';
import { type OrderDetailRow, type OrderRow, selectOrderDetails } from './queries/read-orders.ts';
import { type Refs, readRefs } from './read-refs.ts';

export async function presentOrders(tx: Tx, workspaceId: string, rows: readonly OrderRow[]): Promise<Order[]> {
  const refs = await readRefs(tx, workspaceId, rows);
  return rows.map((row) => toOrder(row, refs));
}

/** One order with lines, refunds and notices. Error: not_found. */
export async function presentOrder(tx: Tx, workspaceId: string, id: string) {
  const [row] = await selectOrderDetails(tx, workspaceId, [id]);
  if (row === undefined) throw notFound('order');
  return toOrderDetail(row, await readRefs(tx, workspaceId, [row]));
}

/** Orders with lines, refunds and notices, in no order; those that are gone are left out. */
export async function readOrders(tx: Tx, workspaceId: string, ids: readonly string[]) {
  const rows = await selectOrderDetails(tx, workspaceId, ids);
  const refs = await readRefs(tx, workspaceId, rows);
  return rows.map((row) => toOrderDetail(row, refs));
}

function toOrderDetail(row: OrderDetailRow, refs: Refs) {
  const money = (minor: string) => ({ amountMinor: minor, currency: row.currency });
  const moneyOrNull = (minor: string | null) => (minor === null ? null : money(minor));
  return {
    ...toOrder(row, refs),
    items: row.items.map((item) => ({
      id: item.id ?? null,
      name: item.name,
      sku: item.sku,
      product: item.product ?? null,
      quantity: item.quantity,
      total: moneyOrNull(item.totalMinor),
      refundedQuantity: item.refundedQuantity ?? 0,
      refunded: money(item.refundedMinor ?? '0'),
    })),
    refunds: row.refunds.map((refund) => ({
      id: refund.id,
      kind: refund.kind,
      state: refund.state,
      amount: { amountMinor: refund.amountMinor, currency: refund.currency },
      counted: money(refund.countedMinor ?? '0'),
      refusal: refund.refusal,
      reason: refund.reason,
      refundedAt: new Date(refund.refundedAt).toISOString(),
      lines: refund.lines.map((line) => ({
        line: line.lineId,
        quantity: line.quantity,
        amount: line.amountMinor === null ? null : { amountMinor: line.amountMinor, currency: refund.currency },
      })),
    })),
    notices: row.notices,
    customer: customerOf(row),
  };
}

/** New or returning by the source's word; without one, returning where an earlier order of theirs is known, and otherwise unknown. */
function customerOf(row: OrderDetailRow) {
  const orders = Number(row.customer_orders);
  if (row.is_new_customer !== null)
    return {
      standing: row.is_new_customer ? ('new' as const) : ('returning' as const),
      basis: `${row.source_name} says so`,
      orders: row.has_customer ? orders : 1,
    };
  if (!row.has_customer) return null;
  return row.customer_earlier > 0n
    ? { standing: 'returning' as const, basis: 'An earlier order of theirs is known here', orders }
    : { standing: 'unknown' as const, basis: 'No earlier order of theirs is known here', orders };
}

function toOrder(row: OrderRow, refs: Refs): Order {
  const money = (amountMinor: bigint) => toMoneyJson({ amountMinor, currency: row.currency });
  return {
    id: row.id,
    sourceId: row.source_id,
    sourceName: row.source_name,
    externalId: row.external_id,
    label: row.label ?? row.external_id,
    orderedAt: row.ordered_at.toISOString(),
    amount: money(row.amount_minor),
    refunded: money(row.refunded_minor),
    net: money(row.state === 'cancelled' ? 0n : row.amount_minor - row.refunded_minor),
    state: row.state,
    codes: row.codes,
    clickIds: row.click_ids,
    isVerified: row.is_verified,
    isNewCustomer: row.is_new_customer,
    rated: ratedOf(row),
    credit:
      row.credit_rule === null
        ? null
        : { rule: row.credit_rule, creator: refs.creatorOf(row.person_id), campaign: refs.campaignOf(row.campaign_id) },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

function ratedOf(row: OrderRow): Order['rated'] {
  const { rate, rate_currency: currency, rated_minor: amountMinor, rated_refunded_minor: refundedMinor } = row;
  if (rate === null || currency === null || amountMinor === null || refundedMinor === null) return null;
  const money = (minor: bigint) => toMoneyJson({ amountMinor: minor, currency });
  return {
    amount: money(amountMinor),
    refunded: money(refundedMinor),
    net: money(row.state === 'cancelled' ? 0n : amountMinor - refundedMinor),
    rate,
    day: row.rate_day,
    source: row.rate_source ?? '',
  };
}
