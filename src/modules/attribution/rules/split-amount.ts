/** Parts of one as whole numbers, so that the split needs no floating point: a share of 1 is this many. */
const unit = 1_000_000_000_000;

/**
 * Splits whole minor units by weights so that the parts sum to the amount exactly: each part is rounded down, what is left goes one unit each to the
 * largest remainders, ties to the earlier part (method of the largest remainder, Hamilton 1792). Any currency: the unit is the minor unit.
 * Weights need not sum to one. Nothing has weight: the amount goes to the first part. No parts: no amounts.
 */
export function splitAmount(amountMinor: bigint, weights: readonly number[]): bigint[] {
  if (weights.length === 0) return [];
  const units = weights.map((weight) => BigInt(Math.round(Math.max(0, weight) * unit)));
  const total = units.reduce((sum, one) => sum + one, 0n);
  if (total === 0n) return units.map((_, at) => (at === 0 ? amountMinor : 0n));
  const sign = amountMinor < 0n ? -1n : 1n;
  const amount = amountMinor * sign;
  const parts = units.map((one, at) => ({ at, whole: (amount * one) / total, rest: (amount * one) % total }));
  const left = Number(amount - parts.reduce((sum, part) => sum + part.whole, 0n));
  const byRest = parts.toSorted((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1));
  const lucky = new Set(byRest.slice(0, left).map((part) => part.at));
  return parts.map((part) => (part.whole + (lucky.has(part.at) ? 1n : 0n)) * sign);
}
