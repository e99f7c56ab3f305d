import { toMoneyJson } from '#kernel/money.ts';
import type { readOrders } from '#modules/tracking/index.ts';
import type { OrderCredit } from './api.ts';
import { splitLines } from './rules/split-lines.ts';

type OrderWithLines = Awaited<ReturnType<typeof readOrders>>[number];

/** An order as shops send it; longer ones are told as a whole. */
const linesMax = 500;

/**
 * What each line of an order leaves each share, net of what was given back of that line; shipping, taxes and what else stands in no line is the last one. Empty where
 * the source told no lines, where a refund names none of them in full, or while the credit is still to be decided anew.
 */
export function creditLines(
  order: OrderWithLines,
  shares: readonly { weight: number; creditedMinor: bigint }[],
): OrderCredit['lines'] {
  const { items } = order;
  const { currency } = order.net;
  const totals = items.map((item) => (item.total === null ? null : BigInt(item.total.amountMinor)));
  if (items.length === 0 || items.length > linesMax || shares.length === 0 || totals.some((total) => total === null))
    return [];
  const refunded = items.map((item) => BigInt(item.refunded.amountMinor));
  const isCancelled = order.state === 'cancelled';
  const net = BigInt(order.net.amountMinor);
  const nets = totals.map((total, at) => (isCancelled ? 0n : (total ?? 0n) - (refunded[at] ?? 0n)));
  const rest = net - nets.reduce((sum, line) => sum + line, 0n);
  const parts = splitLines(
    [...nets, rest],
    shares.map((share) => share.weight),
  );
  const isDecided = shares.every(
    (share, at) => parts.reduce((sum, line) => sum + (line[at] ?? 0n), 0n) === share.creditedMinor,
  );
  if (!isDecided) return [];
  const money = (amountMinor: bigint) => toMoneyJson({ amountMinor, currency });
  const lines = items.map((item, at) => ({
    name: item.name,
    quantity: item.quantity,
    total: money(totals[at] ?? 0n),
    refunded: money(refunded[at] ?? 0n),
    credited: (parts[at] ?? []).map(money),
  }));
  if (rest === 0n) return lines;
  const last = { name: null, quantity: null, total: money(rest), refunded: money(0n) };
  return [...lines, { ...last, credited: (parts.at(-1) ?? []).map(money) }];
}
