import type { ComparedModel, ModelTerms, ShareModel } from '../api.ts';
import { creditByData, creditByParticipation } from './credit-paths.ts';
import { countPaths, type PathTable } from './path-table.ts';
import { shareWeights } from './share-weights.ts';

/** Orders with a path that the models made from data need before they say anything. */
export const dataPathsMin = 100;

export interface ModelSums {
  model: ComparedModel;
  /** Orders of each channel, in parts. */
  orders: Float64Array;
  /** Of each currency the money of each channel, not rounded yet; null for a model that is never money. */
  minor: Float64Array[] | null;
}

/** Every model over the same paths. Models made from data are left out where there are too few paths or only one channel. */
export function compareModels(
  table: PathTable,
  of: { models: readonly ComparedModel[]; terms: ModelTerms },
): ModelSums[] {
  const paths = of.models.some((model) => !isShare(model)) ? countPaths(table) : [];
  const hasData = table.netMinor.length >= dataPathsMin && table.channelCount > 1;
  return of.models.flatMap((model): ModelSums[] => {
    if (isShare(model)) return [sumShares(table, model, of.terms)];
    if (model === 'participation')
      return [{ model, orders: creditByParticipation(paths, table.channelCount), minor: null }];
    const orders = hasData ? creditByData(paths, table.channelCount, model) : null;
    return orders === null ? [] : [{ model, orders, minor: spread(table, orders) }];
  });
}

function isShare(model: ComparedModel): model is ShareModel {
  return model !== 'participation' && model !== 'shapley' && !model.startsWith('markov');
}

function sumShares(table: PathTable, model: ShareModel, terms: ModelTerms): ModelSums {
  const orders = new Float64Array(table.channelCount);
  const minor = Array.from({ length: table.currencyCount }, () => new Float64Array(table.channelCount));
  for (let at = 0; at < table.netMinor.length; at += 1) {
    const begin = table.begins[at] ?? 0;
    const ages = table.ages.subarray(begin, table.begins[at + 1]);
    // Ages count from the order; the models look at what lies before the last touch.
    const newest = ages.at(-1) ?? 0;
    const weights = shareWeights(
      model,
      Array.from(ages, (age) => Math.max(0, age - newest)),
      terms,
    );
    const money = minor[table.currencies[at] ?? 0];
    const net = table.netMinor[at] ?? 0;
    for (const [index, weight] of weights.entries()) {
      const channel = table.channels[begin + index] ?? 0;
      orders[channel] = (orders[channel] ?? 0) + weight;
      if (money !== undefined) money[channel] = (money[channel] ?? 0) + weight * net;
    }
  }
  return { model, orders, minor };
}

/** Money in proportion to the orders: a model over all paths says nothing of single amounts. */
function spread(table: PathTable, orders: Float64Array): Float64Array[] {
  const totals = new Float64Array(table.currencyCount);
  for (let at = 0; at < table.netMinor.length; at += 1) {
    const currency = table.currencies[at] ?? 0;
    totals[currency] = (totals[currency] ?? 0) + (table.netMinor[at] ?? 0);
  }
  const all = orders.reduce((sum, one) => sum + one, 0);
  return Array.from(totals, (total) => orders.map((one) => (all === 0 ? 0 : (one / all) * total)));
}
