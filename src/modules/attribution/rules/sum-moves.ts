import type { OwnedShare } from './credit-deltas.ts';

/** What one creator on one campaign has before and after, in one currency. */
export interface CreditMoveSum {
  personId: string | null;
  campaignId: string | null;
  currency: string;
  ordersBefore: number;
  ordersAfter: number;
  beforeMinor: bigint;
  afterMinor: bigint;
}

/** Adds the shares of some orders to sums by creator, campaign and currency. Shares of nobody are left out. */
export function addToMoves(
  sums: Map<string, CreditMoveSum>,
  of: { before: readonly OwnedShare[]; after: readonly OwnedShare[] },
): void {
  for (const [when, shares] of [
    ['before', of.before],
    ['after', of.after],
  ] as const) {
    for (const share of shares) {
      if (share.rule === 'none') continue;
      const key = `${share.personId} ${share.campaignId} ${share.currency}`;
      const sum = sums.get(key) ?? {
        personId: share.personId,
        campaignId: share.campaignId,
        currency: share.currency,
        ordersBefore: 0,
        ordersAfter: 0,
        beforeMinor: 0n,
        afterMinor: 0n,
      };
      sums.set(key, sum);
      if (when === 'before') {
        sum.beforeMinor += share.creditedMinor;
        sum.ordersBefore += share.isCounted ? 1 : 0;
      } else {
        sum.afterMinor += share.creditedMinor;
        sum.ordersAfter += share.isCounted ? 1 : 0;
      }
    }
  }
}

/** Those that gain or lose, largest change of money first. */
export function movesOf(sums: ReadonlyMap<string, CreditMoveSum>): CreditMoveSum[] {
  const size = (sum: CreditMoveSum) => {
    const change = sum.afterMinor - sum.beforeMinor;
    return change < 0n ? -change : change;
  };
  return [...sums]
    .filter(([, sum]) => sum.afterMinor !== sum.beforeMinor || sum.ordersAfter !== sum.ordersBefore)
    .sort(([keyA, a], [keyB, b]) => (size(a) === size(b) ? (keyA < keyB ? -1 : 1) : size(a) > size(b) ? -1 : 1))
    .map(([, sum]) => sum);
}
