import type { TextFeatures } from '../../src/modules/vetting/text/text-features.ts';
import { minimise } from '../fit/minimise.ts';

export interface StrengthCase {
  words: TextFeatures;
  figures: Float64Array;
  /** Positive less negative by the class model; 0 where there is none. */
  classes: number;
  rating: number;
}

export interface Strength {
  bias: number;
  classes: number;
  figures: number[];
  /** By place of the hashed words. */
  words: Float64Array;
}

const figurePenalty = 5;
const wordPenalty = 2;
const rounds = 80;

/** Mean rating by ridge regression on figures (each to deviation 1), hashed words and what the classes say. The same cases give the same line. */
export function fitStrength(cases: readonly StrengthCase[], size: number): Strength {
  const width = cases[0]?.figures.length ?? 0;
  const spread = Array.from({ length: width }, (_, i) => {
    const mean = cases.reduce((sum, one) => sum + (one.figures[i] ?? 0), 0) / cases.length;
    return Math.sqrt(cases.reduce((sum, one) => sum + ((one.figures[i] ?? 0) - mean) ** 2, 0) / cases.length) || 1;
  });
  const dense = cases.map((one) =>
    Float64Array.from([...one.figures.map((value, i) => value / (spread[i] ?? 1)), one.classes]),
  );
  const used = usedPlaces(cases, size);
  const start = width + 1;
  const end = start + used.places.length;
  const numbered = cases.map(({ words }) => words.indices.map((place) => start + (used.numbers[place] ?? 0)));
  const point = minimise(
    (at, slope) => {
      let loss = 0;
      for (let i = 0; i < end; i += 1) {
        const penalty = i < start ? figurePenalty : wordPenalty;
        slope[i] = penalty * (at[i] ?? 0);
        loss += 0.5 * penalty * (at[i] ?? 0) ** 2;
      }
      slope[end] = 0;
      cases.forEach(({ words, rating }, row) => {
        const own = dense[row] ?? new Float64Array();
        let error = (at[end] ?? 0) - rating;
        for (let i = 0; i < start; i += 1) error += (at[i] ?? 0) * (own[i] ?? 0);
        const places = numbered[row] ?? new Uint32Array();
        for (let i = 0; i < places.length; i += 1) error += (at[places[i] ?? 0] ?? 0) * (words.values[i] ?? 0);
        loss += 0.5 * error * error;
        slope[end] = (slope[end] ?? 0) + error;
        for (let i = 0; i < start; i += 1) slope[i] = (slope[i] ?? 0) + error * (own[i] ?? 0);
        for (let i = 0; i < places.length; i += 1) {
          const place = places[i] ?? 0;
          slope[place] = (slope[place] ?? 0) + error * (words.values[i] ?? 0);
        }
      });
      return loss;
    },
    new Float64Array(end + 1),
    rounds,
  );
  const byPlace = new Float64Array(size);
  used.places.forEach((place, i) => {
    byPlace[place] = point[start + i] ?? 0;
  });
  return {
    bias: point[end] ?? 0,
    classes: point[width] ?? 0,
    figures: spread.map((deviation, i) => (point[i] ?? 0) / deviation),
    words: byPlace,
  };
}

/** The places that occur, in their order, and the number of each. */
function usedPlaces(cases: readonly StrengthCase[], size: number): { places: number[]; numbers: Uint32Array } {
  const isUsed = new Uint8Array(size);
  for (const { words } of cases) for (const place of words.indices) isUsed[place] = 1;
  const places: number[] = [];
  const numbers = new Uint32Array(size);
  isUsed.forEach((used, place) => {
    if (used === 0) return;
    numbers[place] = places.length;
    places.push(place);
  });
  return { places, numbers };
}

/** The rating a fitted line gives. */
export function ratingBy(strength: Strength, one: Omit<StrengthCase, 'rating'>): number {
  let rating = strength.bias + strength.classes * one.classes;
  one.figures.forEach((value, i) => {
    rating += value * (strength.figures[i] ?? 0);
  });
  one.words.indices.forEach((place, i) => {
    rating += (strength.words[place] ?? 0) * (one.words.values[i] ?? 0);
  });
  return rating;
}
