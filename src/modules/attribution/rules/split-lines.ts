import { splitAmount } from './split-amount.ts';

/**
 * Splits the lines of an order among its shares: of each line the parts sum to the line, and over all lines each share's parts sum to its share of the whole, both
 * exactly. Each line gets what the split of the lines up to it has more than the split of those before, so roundings never add up. Amounts in minor units; a discount
 * may stand as a negative line. Returns a row a line, a part a share.
 */
export function splitLines(linesMinor: readonly bigint[], weights: readonly number[]): bigint[][] {
  let sum = 0n;
  let before = weights.map(() => 0n);
  return linesMinor.map((line) => {
    sum += line;
    const upTo = splitAmount(sum, weights);
    const parts = upTo.map((part, at) => part - (before[at] ?? 0n));
    before = upTo;
    return parts;
  });
}
