import type { TextFeatures } from '../../src/modules/vetting/text/text-features.ts';
import { minimise } from '../fit/minimise.ts';

export interface ClassCase {
  features: TextFeatures;
  label: number;
  /** How much the case counts. */
  weight: number;
}

export interface ClassOptions {
  classes: number;
  /** Places of the features. */
  size: number;
  /** Weight of the squared weights against the summed loss. */
  l2: number;
  rounds: number;
  /** Places that fewer cases have are left out. */
  casesMin: number;
  /** Rare places count more, by inverse document frequency, for places below this. */
  idfBelow: number;
}

export interface ClassWeights {
  /** By place, then class. */
  weights: Float64Array;
  bias: number[];
}

/** Multinomial logistic regression with an L2 penalty. The same cases give the same weights. */
export function fitClassWeights(cases: readonly ClassCase[], options: ClassOptions): ClassWeights {
  const { classes, size } = options;
  const { number, used, gain } = numberPlaces(cases, options);
  const flat = flatten(cases, number, gain);
  const end = used.length * classes;
  const point = minimise(
    (at, slope) => lossOf(flat, { at, slope, l2: options.l2, classes }),
    new Float64Array(end + classes),
    options.rounds,
  );
  const weights = new Float64Array(size * classes);
  used.forEach((place, i) => {
    for (let k = 0; k < classes; k += 1) weights[place * classes + k] = (point[i * classes + k] ?? 0) * (gain[i] ?? 1);
  });
  return { weights, bias: [...point.subarray(end)] };
}

function numberPlaces(cases: readonly ClassCase[], { size, casesMin, idfBelow }: ClassOptions) {
  const times = new Uint32Array(size);
  for (const { features } of cases) for (const place of features.indices) times[place] = (times[place] ?? 0) + 1;
  const number = new Int32Array(size).fill(-1);
  const used: number[] = [];
  times.forEach((count, place) => {
    if (count < casesMin) return;
    number[place] = used.length;
    used.push(place);
  });
  const idf = (place: number) => 1 + Math.log((1 + cases.length) / (1 + (times[place] ?? 0)));
  const hashed = used.filter((place) => place < idfBelow);
  const mean = hashed.reduce((sum, place) => sum + idf(place), 0) / Math.max(1, hashed.length);
  return { number, used, gain: Float64Array.from(used, (place) => (place < idfBelow ? idf(place) / mean : 1)) };
}

interface Flat {
  starts: Uint32Array;
  places: Uint32Array;
  values: Float64Array;
  labels: Uint8Array;
  weights: Float64Array;
}

function flatten(cases: readonly ClassCase[], number: Int32Array, gain: Float64Array): Flat {
  const total = cases.reduce((sum, { features }) => sum + features.indices.length, 0);
  const flat: Flat = {
    starts: new Uint32Array(cases.length + 1),
    places: new Uint32Array(total),
    values: new Float64Array(total),
    labels: Uint8Array.from(cases, ({ label }) => label),
    weights: Float64Array.from(cases, ({ weight }) => weight),
  };
  let at = 0;
  cases.forEach(({ features }, row) => {
    for (let i = 0; i < features.indices.length; i += 1) {
      const place = number[features.indices[i] ?? 0] ?? -1;
      if (place < 0) continue;
      flat.places[at] = place;
      flat.values[at] = (features.values[i] ?? 0) * (gain[place] ?? 1);
      at += 1;
    }
    flat.starts[row + 1] = at;
  });
  return flat;
}

/** Summed cross entropy and penalty (none on the bias, at the end of the point), with the slope. */
function lossOf(
  flat: Flat,
  { at, slope, l2, classes }: { at: Float64Array; slope: Float64Array; l2: number; classes: number },
): number {
  const { starts, places, values, labels, weights } = flat;
  const end = at.length - classes;
  let sum = 0;
  for (let i = 0; i < end; i += 1) {
    const weight = at[i] ?? 0;
    slope[i] = l2 * weight;
    sum += 0.5 * l2 * weight * weight;
  }
  slope.fill(0, end);
  const scores = new Float64Array(classes);
  for (let row = 0; row < labels.length; row += 1) {
    const [from = 0, to = 0] = [starts[row], starts[row + 1]];
    for (let k = 0; k < classes; k += 1) scores[k] = at[end + k] ?? 0;
    for (let i = from; i < to; i += 1) {
      const place = (places[i] ?? 0) * classes;
      const value = values[i] ?? 0;
      for (let k = 0; k < classes; k += 1) scores[k] = (scores[k] ?? 0) + value * (at[place + k] ?? 0);
    }
    sum += turnToErrors(scores, labels[row] ?? 0, weights[row] ?? 1);
    for (let k = 0; k < classes; k += 1) slope[end + k] = (slope[end + k] ?? 0) + (scores[k] ?? 0);
    for (let i = from; i < to; i += 1) {
      const place = (places[i] ?? 0) * classes;
      const value = values[i] ?? 0;
      for (let k = 0; k < classes; k += 1) slope[place + k] = (slope[place + k] ?? 0) + value * (scores[k] ?? 0);
    }
  }
  return sum;
}

/** Puts (probability - truth) times the weight in place of the scores; gives the case's loss. */
function turnToErrors(scores: Float64Array, label: number, weight: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (const score of scores) top = Math.max(top, score);
  let total = 0;
  for (let k = 0; k < scores.length; k += 1) {
    scores[k] = Math.exp((scores[k] ?? 0) - top);
    total += scores[k] ?? 0;
  }
  const loss = -weight * Math.log(Math.max((scores[label] ?? 0) / total, 1e-300));
  for (let k = 0; k < scores.length; k += 1) scores[k] = weight * ((scores[k] ?? 0) / total - (k === label ? 1 : 0));
  return loss;
}
