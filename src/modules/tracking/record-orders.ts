import { createHmac } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { dayOfClickId } from './click-id.ts';
import { customerMarks } from './customer-marks.ts';
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
import { selectBrowserWords } from './queries/snippet.ts';
import { browserRank, clicksOfOrder } from './rules/browser-word.ts';
import { type DerivedOrder, deriveOrder, emptyRecord, mergeOrder, type OrderRecord } from './rules/merge-order.ts';
import { minorScale } from './rules/minor-scale.ts';
import type { OrderFacts } from './rules/order-facts.ts';
import type { ReadOrder } from './rules/read-order.ts';

export interface Recorded {
  /** By the order's id at its source; null while only a refund or a cancellation is known. */
  idOf: Map<string, string | null>;
  created: Set<string>;
  updated: Set<string>;
  /** Of orders by their id at the source: refunds that count less than they say, by their id; `isWhole`: nothing of it counts. */
  refusals: Map<string, Map<string, { message: string; isWhole: boolean }>>;
  /** What stands in place of the hash of a customer who asked to be forgotten, by the order's id at its source. */
  pseudonyms: Map<string, string>;
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
  for (const fact of facts) {
    const merged = mergeOrder(after.get(fact.externalId) ?? emptyRecord, fact);
    after.set(fact.externalId, forgetting(merged, before.get(fact.externalId)?.pseudonym ?? null));
  }
  const derived = [...after].map(([externalId, record]) => ({ externalId, record, order: deriveOrder(record) }));
  await saveRecords(
    tx,
    of,
    derived.map((one) => ({ ...one, counts: one.order?.counts ?? null })),
  );
  const { currency } = await getWorkspace(tx, of.workspaceId);
  const words = await selectBrowserWords(tx, of, externalIds);
  const rows = derived.flatMap(({ externalId, record, order }) => {
    if (order === null) return [];
    const row = toRow(infra, order, { externalId, currency });
    // Whatever a browser told of an order stays unverified until the shop itself speaks of it.
    const isVerified = record.details?.rank !== browserRank;
    return [{ ...row, click_ids: clicksOfOrder(order, words.get(externalId)), is_verified: isVerified }];
  });
  const changed = await upsertConversions(tx, { ...of, currency }, rows);
  const ids = [...changed.values()].map((row) => row.id);
  await awaitClicks(
    tx,
    of.workspaceId,
    rows.flatMap((row) => namedClicks(changed.get(row.external_id)?.id, row.click_ids)),
  );
  const events = [];
  for (let at = 0; at < ids.length; at += idsPerEventMax)
    events.push({
      workspaceId: of.workspaceId,
      name: conversionChanged,
      payload: { conversionIds: ids.slice(at, at + idsPerEventMax) },
    });
  await infra.outbox.emitAll(tx, events);
  const unsaid = externalIds.filter((id) => !changed.has(id));
  const known = await conversionIds(tx, of, unsaid);
  return {
    idOf: new Map(externalIds.map((id) => [id, changed.get(id)?.id ?? known.get(id) ?? null])),
    created: new Set([...changed].filter(([, row]) => row.isNew).map(([id]) => id)),
    updated: new Set([...changed].filter(([, row]) => !row.isNew).map(([id]) => id)),
    pseudonyms: new Map(
      [...before].flatMap(([id, { pseudonym }]) => (pseudonym === null ? [] : [[id, pseudonym] as const])),
    ),
    refusals: new Map(
      derived.flatMap(({ externalId, order }) => {
        const said = (order?.counts ?? []).flatMap(({ externalId: id, refusal, countedMinor }) =>
          refusal === null ? [] : [[id, { message: refusal, isWhole: countedMinor === 0n }] as const],
        );
        return said.length === 0 ? [] : [[externalId, new Map(said)] as const];
      }),
    ),
  };
}

/** A customer who asked to be forgotten stays so, whatever arrives later. */
function forgetting(record: OrderRecord, pseudonym: string | null): OrderRecord {
  if (pseudonym === null || record.details === null) return record;
  const value = { ...record.details.value, customerHash: pseudonym, customerMarks: null };
  return { ...record, details: { ...record.details, value } };
}

function namedClicks(conversionId: string | undefined, clickIds: readonly string[]): NamedClick[] {
  if (conversionId === undefined) return [];
  return clickIds.flatMap((clickId) => {
    const day = dayOfClickId(clickId);
    return day === null ? [] : [{ conversionId, clickId, day }];
  });
}

function toRow(
  infra: Infra,
  order: DerivedOrder,
  of: { externalId: string; currency: string },
): Omit<ConversionRow, 'is_verified'> {
  return {
    id: newId('conversion', infra.clock.now().getTime()),
    external_id: of.externalId,
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
    label: order.label ?? null,
    scale: minorScale(order.currency, of.currency),
    items: order.items,
    notices: order.notices,
  };
}

/** The customer's address leaves the program here: what stays is a hash that only this workspace of this installation can make. */
function withHash(infra: Infra, workspaceId: string, order: ReadOrder): OrderFacts {
  const { facts, email } = order;
  const customerHash = email === null ? (order.emailHash ?? null) : hashEmail(infra, workspaceId, email);
  if (facts.details === null || customerHash === null) return facts;
  const marks = {
    customerHash,
    ...(email === null ? {} : { customerMarks: customerMarks(infra, workspaceId, email) }),
  };
  return { ...facts, details: { ...facts.details, value: { ...facts.details.value, ...marks } } };
}

export function hashEmail(infra: Infra, workspaceId: string, email: string): string {
  return createHmac('sha256', infra.secret)
    .update(`customer:${workspaceId}:${email.trim().toLowerCase()}`)
    .digest('hex');
}
