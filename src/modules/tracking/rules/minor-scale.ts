import { currencyExponent } from '#kernel/money.ts';

/** What one minor unit of `from` is in minor units of `to` at a rate of 1, as exact decimal text: "100" from JPY (no decimals) to EUR (two), "0.1" from KWD (three) to EUR. */
export function minorScale(from: string, to: string): string {
  const shift = currencyExponent(to) - currencyExponent(from);
  return shift >= 0 ? `1${'0'.repeat(shift)}` : `0.${'0'.repeat(-shift - 1)}1`;
}
