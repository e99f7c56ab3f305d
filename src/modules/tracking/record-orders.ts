import { createHmac } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { dayOfClickId } from './click-id.ts';
import { conversionChanged, idsPerEventMax } from './events.ts';
import {
  awaitClicks,
  type ConversionRow,
  conversionIds,
  lockRecords,
  type NamedClick,
  saveRecords,
  upsertConversions,
} from './queries/orders.ts';
import { deriveOrder, emptyRecord, mergeOrder, type OrderRecord } from './rules/merge-order.ts';
import type { OrderFacts } from './rules/order-facts.ts';
import type { ReadOrder } from './rules/read-order.ts';

export interface Recorded {
  /** By the order's id at its source; null while only a refund or a cancellation is known. */
  idOf: Map<string, string | null>;
  created: Set<string>;
  updated: Set<string>;
}

/**
 * Adds what arrived about orders of one source to what is known, in this transaction, and tells attribution.
 * Any order of arrivals and any repeats end in the same rows. The one way orders come in.
 */
export async function recordOrders(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; sourceId: string; orders: readonly ReadOrder[] },
): Promise<Recorded> {
  const facts = of.orders.map((order) => withHash(infra, of.workspaceId, order));
  const externalIds = [...new Set(facts.map((fact) => fact.externalId))];
  const before = await lockRecords(tx, of, externalIds);
  const after = new Map<string, OrderRecord>(externalIds.map((id) => [id, before.get(id) ?? emptyRecord]));
  for (const fact of facts) after.set(fact.externalId, mergeOrder(after.get(fact.externalId) ?? emptyRecord, fact));
  await saveRecords(tx, of, after);
  const rows = [...after].flatMap(([externalId, record]) => toRow(infra, externalId, record));
  const changed = await upsertConversions(tx, of, rows);
  const ids = [...changed.values()].map((row) => row.id);
  await awaitClicks(
    tx,
    of.workspaceId,
    rows.flatMap((row) => namedClicks(changed.get(row.external_id)?.id, row.click_ids)),
  );
  for (let at = 0; at < ids.length; at += idsPerEventMax) {
    await infra.outbox.emit(tx, {
      workspaceId: of.workspaceId,
      name: conversionChanged,
      payload: { conversionIds: ids.slice(at, at + idsPerEventMax) },
    });
  }
  const known = await conversionIds(tx, of, externalIds);
  return {
    idOf: new Map(externalIds.map((id) => [id, known.get(id) ?? null])),
    created: new Set([...changed].filter(([, row]) => row.isNew).map(([id]) => id)),
    updated: new Set([...changed].filter(([, row]) => !row.isNew).map(([id]) => id)),
  };
}

function namedClicks(conversionId: string | undefined, clickIds: readonly string[]): NamedClick[] {
  if (conversionId === undefined) return [];
  return clickIds.flatMap((clickId) => {
    const day = dayOfClickId(clickId);
    return day === null ? [] : [{ conversionId, clickId, day }];
  });
}

function toRow(infra: Infra, externalId: string, record: OrderRecord): ConversionRow[] {
  const order = deriveOrder(record);
  if (order === null) return [];
  return [
    {
      id: newId('conversion', infra.clock.now().getTime()),
      external_id: externalId,
      ordered_at: order.orderedAt,
      amount_minor: order.amountMinor.toString(),
      currency: order.currency,
      refunded_minor: order.refundedMinor.toString(),
      state: order.state,
      codes: order.codes,
      code_keys: order.codeKeys,
      click_ids: order.clickIds,
      customer_hash: order.customerHash,
      is_new_customer: order.isNewCustomer,
      items: order.items,
      notices: order.notices,
    },
  ];
}

/** The customer's address leaves the program here: what stays is a hash that only this workspace of this installation can make. */
function withHash(infra: Infra, workspaceId: string, order: ReadOrder): OrderFacts {
  const { facts, email } = order;
  if (facts.details === null || email === null) return facts;
  const customerHash = hashEmail(infra, workspaceId, email);
  return { ...facts, details: { ...facts.details, value: { ...facts.details.value, customerHash } } };
}

export function hashEmail(infra: Infra, workspaceId: string, email: string): string {
  return createHmac('sha256', infra.secret)
    .update(`customer:${workspaceId}:${email.trim().toLowerCase()}`)
    .digest('hex');
}
