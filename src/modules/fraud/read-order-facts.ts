import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { type OrderEvidence, readOrderEvidence } from '#modules/tracking/index.ts';
import { readCreatorFacts } from './read-creator-facts.ts';
import type { CreatorFacts, OrderFacts } from './rules/facts.ts';

/** Orders as the rules see them, oldest first; those that are gone are left out. */
export async function readOrderFacts(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; conversionIds: readonly string[] },
): Promise<OrderFacts[]> {
  const orders = await readOrderEvidence(infra, tx, of);
  const personIds = [...new Set(orders.flatMap((order) => order.creditPersonId ?? []))].sort();
  const creators = await readCreatorFacts(infra, tx, { workspaceId: of.workspaceId, personIds });
  return orders.map((order) => toFacts(order, creators));
}

function toFacts(order: OrderEvidence, creators: ReadonlyMap<string, CreatorFacts>): OrderFacts {
  return {
    orderId: order.conversionId,
    label: order.externalId,
    atMs: order.orderedAt.getTime(),
    amountMinor: order.amountMinor,
    currency: order.currency,
    isCancelled: order.state === 'cancelled',
    refundedMinor: order.refundedMinor,
    refunds: order.refunds,
    chargebacks: order.chargebacks,
    tellsChargebacks: order.tellsChargebacks,
    personId: order.creditPersonId,
    rule: order.creditRule,
    customer: order.customerHash,
    mailbox: order.customerMarks,
    isNewCustomer: order.isNewCustomer,
    clicks: order.clicks.map((click) => ({ ...click, atMs: click.clickedAt.getTime() })),
    codes: order.codes,
    creator: order.creditPersonId === null ? null : (creators.get(order.creditPersonId) ?? null),
  };
}
