import type { OrderItem, OrderLine, RefundFact } from './order-facts.ts';

/** What one refund counts against its order, and in words why less than it says. */
export interface RefundCount {
  externalId: string;
  countedMinor: bigint;
  refusal: string | null;
}

export interface CountedRefunds {
  refundedMinor: bigint;
  counts: RefundCount[];
  lines: OrderLine[];
  notices: string[];
}

/**
 * What the refunds of an order come to, amounts in minor units of its currency. A refund larger than the whole order, or in another currency, is
 * refused: it counts nothing. Of the rest, oldest first, each counts up to what is left of the order.
 */
export function countRefunds(
  order: { amountMinor: bigint; currency: string; items: readonly OrderItem[] },
  refunds: readonly RefundFact[],
): CountedRefunds {
  const notices: string[] = [];
  const counts = new Map<string, RefundCount>();
  let left = order.amountMinor;
  for (const refund of [...refunds].sort(byTime)) {
    const refusal = refusalOf(order, refund);
    const wanted = refusal === null && refund.state === 'standing' ? refund.amountMinor : 0n;
    const countedMinor = wanted > left ? left : wanted;
    left -= countedMinor;
    const said =
      countedMinor < wanted
        ? `Refund ${refund.externalId} is ${wanted} minor units of ${refund.currency}, ${countedMinor} were left of the order: counted up to it.`
        : refusal;
    if (said !== null) notices.push(said);
    counts.set(refund.externalId, { externalId: refund.externalId, countedMinor, refusal: said });
  }
  return {
    refundedMinor: order.amountMinor - left,
    counts: refunds.flatMap((refund) => counts.get(refund.externalId) ?? []),
    lines: linesOf(order, refunds, counts),
    notices,
  };
}

function byTime(a: RefundFact, b: RefundFact): number {
  return Date.parse(a.refundedAt) - Date.parse(b.refundedAt) || (a.externalId < b.externalId ? -1 : 1);
}

function refusalOf(order: { amountMinor: bigint; currency: string }, refund: RefundFact): string | null {
  if (refund.currency !== order.currency)
    return `Refund ${refund.externalId} is in ${refund.currency}, the order in ${order.currency}: not counted.`;
  if (refund.state === 'standing' && refund.amountMinor > order.amountMinor)
    return `Refund ${refund.externalId} of ${refund.amountMinor} minor units is more than the whole order of ${order.amountMinor}: refused, it counts nothing.`;
  return null;
}

/** Lines with what the counted refunds say of them; a line is never given back more than it holds. */
function linesOf(
  order: { items: readonly OrderItem[] },
  refunds: readonly RefundFact[],
  counts: ReadonlyMap<string, RefundCount>,
): OrderLine[] {
  const given = new Map<string, { quantity: number; minor: bigint }>();
  for (const refund of [...refunds].sort(byTime)) {
    if ((counts.get(refund.externalId)?.countedMinor ?? 0n) === 0n) continue;
    for (const line of refund.lines) {
      const sum = given.get(line.lineId) ?? { quantity: 0, minor: 0n };
      sum.quantity += line.quantity ?? 0;
      sum.minor += BigInt(line.amountMinor ?? '0');
      given.set(line.lineId, sum);
    }
  }
  if (given.size === 0) return [...order.items];
  return order.items.map((item) => {
    const sum = item.id == null ? undefined : given.get(item.id);
    if (sum === undefined) return item;
    const totalMinor = item.totalMinor === null ? null : BigInt(item.totalMinor);
    const minor = totalMinor !== null && sum.minor > totalMinor ? totalMinor : sum.minor;
    return { ...item, refundedQuantity: Math.min(sum.quantity, item.quantity), refundedMinor: minor.toString() };
  });
}
