import type { ModelTerms, ShareModel } from '../api.ts';
import { type CountedPath, type MarkovOrder, markovCredit } from './markov-credit.ts';
import { shapleyCredit } from './shapley-credit.ts';
import { shareWeights } from './share-weights.ts';

/**
 * Orders per channel by a model that divides each order by itself. Ages are steps before the last touch: with a half-life of one, time decay halves
 * with each step.
 */
export function creditByShare(
  paths: readonly CountedPath[],
  channelCount: number,
  of: { model: ShareModel; terms: ModelTerms },
): Float64Array {
  const credit = new Float64Array(channelCount);
  for (const { channels, conversions } of paths) {
    if (conversions === 0) continue;
    const ages = channels.map((_, at) => channels.length - 1 - at);
    const weights = shareWeights(of.model, ages, of.terms);
    for (const [at, channel] of channels.entries())
      credit[channel] = (credit[channel] ?? 0) + conversions * (weights[at] ?? 0);
  }
  return credit;
}

/** Every channel of a path takes each of its orders whole: how many it took part in. Sums to more than the orders, so it is never money. */
export function creditByParticipation(paths: readonly CountedPath[], channelCount: number): Float64Array {
  const credit = new Float64Array(channelCount);
  for (const { channels, conversions } of paths)
    for (const channel of new Set(channels)) credit[channel] = (credit[channel] ?? 0) + conversions;
  return credit;
}

const markovOrders: Record<string, MarkovOrder> = { markov1: 1, markov2: 2, markov3: 3 };

/** Orders per channel by a model that looks at all paths together. Null where no path converts. */
export function creditByData(
  paths: readonly CountedPath[],
  channelCount: number,
  model: 'markov1' | 'markov2' | 'markov3' | 'shapley',
): Float64Array | null {
  if (model === 'shapley') return shapleyCredit(paths, channelCount);
  return markovCredit(paths, channelCount, markovOrders[model] ?? 1)?.credit ?? null;
}
