import type { CountedPath } from './markov-credit.ts';

/**
 * Shapley value of the game in which a set of channels earns the orders of all paths that stay within it. By linearity it has a closed form: the orders of a
 * path are even among the distinct channels on it (Zhao, Mahboobi and Bagheri 2018, simplified Shapley). Sums to the orders.
 */
export function shapleyCredit(paths: readonly CountedPath[], channelCount: number): Float64Array {
  const credit = new Float64Array(channelCount);
  for (const { channels, conversions } of paths) {
    const set = new Set(channels);
    for (const channel of set) credit[channel] = (credit[channel] ?? 0) + conversions / set.size;
  }
  return credit;
}
