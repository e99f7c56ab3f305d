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
  return {
    ...toOrder(row, refs),
    items: row.items.map((item) => ({
      name: item.name,
      sku: item.sku,
      quantity: item.quantity,
      total: item.totalMinor === null ? null : money(item.totalMinor),
    })),
    refunds: row.refunds.map((refund) => ({
      id: refund.id,
      amount: { amountMinor: refund.amountMinor, currency: refund.currency },
      refundedAt: new Date(refund.refundedAt).toISOString(),
    })),
    notices: row.notices,
  };
}

function toOrder(row: OrderRow, refs: Refs): Order {
  const money = (amountMinor: bigint) => toMoneyJson({ amountMinor, currency: row.currency });
  return {
    id: row.id,
    sourceId: row.source_id,
    sourceName: row.source_name,
    externalId: row.external_id,
    orderedAt: row.ordered_at.toISOString(),
    amount: money(row.amount_minor),
    refunded: money(row.refunded_minor),
    net: money(row.state === 'cancelled' ? 0n : row.amount_minor - row.refunded_minor),
    state: row.state,
    codes: row.codes,
    clickIds: row.click_ids,
    isNewCustomer: row.is_new_customer,
    credit:
      row.credit_rule === null
        ? null
        : { rule: row.credit_rule, creator: refs.creatorOf(row.person_id), campaign: refs.campaignOf(row.campaign_id) },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
