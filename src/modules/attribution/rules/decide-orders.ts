import { dayMs } from '#kernel/time.ts';
import type { BoundCustomer, Case, Decision, Policies } from './credit-case.ts';
import { policyOf } from './credit-case.ts';
import { decideCredit } from './decide-credit.ts';

export interface OrderCase extends Omit<Case, 'occasion' | 'bound'> {
  id: string;
  /** The order as its shop calls it, with its source: unique, and the same whenever it arrived. */
  orderLabel: string;
  sourceId: string;
  /** Null when the shop told nothing of the customer. */
  customer: string | null;
  /** As the shop says; null when it does not. */
  isNewCustomer: boolean | null;
}

/**
 * Decides orders, each with all earlier ones of its customer among them where rules look at customers. A customer is bound by their first order that a code or link
 * won and that was not cancelled; when the bond has run out, the next such order binds them anew. Orders of one moment go by source and number, never by arrival.
 */
export function decideOrders(orders: readonly OrderCase[], policies: Policies): Map<string, Decision> {
  const decisions = new Map<string, Decision>();
  for (const [customer, group] of Map.groupBy(orders, (order) => order.customer ?? `order ${order.id}`)) {
    let bound: BoundCustomer | null = null;
    let hasOrdered = false;
    for (const order of group.toSorted(inTime)) {
      if (bound !== null && hasRunOut(bound, order, policies)) bound = null;
      const isLater = order.isNewCustomer === null ? hasOrdered : !order.isNewCustomer;
      const decision = decideCredit({ ...order, occasion: isLater ? 'repeat' : 'first', bound }, policies);
      decisions.set(order.id, decision);
      if (order.isCancelled || customer === undefined) continue;
      hasOrdered = true;
      bound ??= bondOf(order, decision);
    }
  }
  return decisions;
}

function inTime(a: OrderCase, b: OrderCase): number {
  const byTime = a.orderedAt.getTime() - b.orderedAt.getTime();
  if (byTime !== 0) return byTime;
  const keyA = `${a.sourceId} ${a.orderLabel}`;
  const keyB = `${b.sourceId} ${b.orderLabel}`;
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
}

function hasRunOut(bound: BoundCustomer, order: OrderCase, policies: Policies): boolean {
  const { boundDays } = policyOf(policies, bound.campaignId).policy;
  return boundDays !== null && order.orderedAt.getTime() - bound.since.getTime() > boundDays * dayMs;
}

function bondOf(order: OrderCase, decision: Decision): BoundCustomer | null {
  const { winner } = decision;
  if (winner === null || winner.kind === 'customer') return null;
  return {
    orderLabel: order.orderLabel,
    since: order.orderedAt,
    personId: winner.personId,
    campaignId: winner.campaignId,
    enrolmentId: winner.enrolmentId,
    linkId: winner.linkId,
    codeId: winner.codeId,
  };
}
