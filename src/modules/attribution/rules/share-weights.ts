import { type ModelTerms, modelTermsSchema, type ShareModel } from '../api.ts';

/** The terms that hold where nobody set others. */
export const defaultTerms: ModelTerms = modelTermsSchema.parse({});

/**
 * Weights of the touches of one path, oldest first, summing to one. `ageDays` is how long before the last touch each one was; only time decay
 * looks at it. A path of one touch gives it everything, whatever the model.
 */
export function shareWeights(model: ShareModel, ageDays: readonly number[], terms: ModelTerms): number[] {
  const count = ageDays.length;
  if (count === 0) return [];
  if (count === 1) return [1];
  const last = count - 1;
  switch (model) {
    case 'last':
      return ageDays.map((_, at) => (at === last ? 1 : 0));
    case 'first':
      return ageDays.map((_, at) => (at === 0 ? 1 : 0));
    case 'linear':
      return ageDays.map(() => 1 / count);
    case 'position':
      return positionWeights(count, terms);
    case 'split':
      return splitWeights(count, terms);
    case 'time_decay':
      return normalised(ageDays.map((age) => 2 ** -Math.min(age / terms.halfLifeDays, 1000)));
  }
}

/** U-shaped: two touches share in the ratio of first to last, since nothing lies between. */
function positionWeights(count: number, terms: ModelTerms): number[] {
  const { firstPercent, lastPercent } = terms;
  if (count === 2) return normalised([firstPercent, lastPercent]);
  const between = Math.max(0, 100 - firstPercent - lastPercent) / (count - 2);
  return normalised(
    Array.from({ length: count }, (_, at) => (at === 0 ? firstPercent : at === count - 1 ? lastPercent : between)),
  );
}

/**
 * Post Affiliate Pro's split commission: a pot of 100 - first bonus - last bonus is even among all, the bonuses come on top. Where an even part would be
 * less than the minimum, as many touches share as can get it: the first and the last, then the latest of those between.
 */
function splitWeights(count: number, terms: ModelTerms): number[] {
  const { firstBonusPercent, lastBonusPercent, minimumPercent } = terms;
  const pot = Math.max(0, 100 - firstBonusPercent - lastBonusPercent);
  const sharersMax = minimumPercent > 0 ? Math.floor(pot / minimumPercent + 1e-9) : count;
  const sharers = Math.min(count, Math.max(2, sharersMax));
  const part = pot / sharers;
  return normalised(
    Array.from({ length: count }, (_, at) => {
      const isIn = at === 0 || at >= count - (sharers - 1);
      const bonus = (at === 0 ? firstBonusPercent : 0) + (at === count - 1 ? lastBonusPercent : 0);
      return (isIn ? part : 0) + bonus;
    }),
  );
}

/** Weights that sum to one; even where all are nothing. */
function normalised(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? weights.map((weight) => weight / sum) : weights.map(() => 1 / weights.length);
}
