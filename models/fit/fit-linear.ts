import {
  type LinearTextModel,
  packLinearTextModel,
  scoresOf,
  softmax,
} from '../../src/modules/vetting/text/linear-text-model.ts';
import type { TextFeatureOptions, TextFeatures } from '../../src/modules/vetting/text/text-features.ts';
import { minimise } from './minimise.ts';

export { packLinearTextModel };

export interface TextRow {
  features: TextFeatures;
  label: string;
  /** How much the case counts; 1 where not given. */
  weight?: number;
  /** Cases of one group (a video, an author) stay together when the temperature is fitted. */
  group?: string;
  /** Only the weights learn from it; the temperature is fitted on the other cases. */
  isBeside?: boolean;
}

export interface LinearOptions {
  labels: readonly string[];
  /** How the rows' features were made; kept in the model. */
  features: TextFeatureOptions;
  /** Weight of the squared weights against the summed loss: 1 / C of scikit-learn. */
  l2: number;
  /** Rounds of the optimiser at most. */
  epochs: number;
  seed: number;
  /** Rare features count more, by inverse document frequency; true where not given. */
  idf?: boolean;
  /** Parts in which the temperature is fitted on unseen cases; 3 where not given, 0 leaves it at 1. */
  folds?: number;
}

/** Multinomial logistic regression with an L2 penalty, weights rounded to bytes, temperature fitted on folds left out. Same rows and seed, same bytes. */
export function fitLinear(rows: readonly TextRow[], options: LinearOptions): LinearTextModel {
  const model = fitWeights(rows, options);
  const folds = options.folds ?? 3;
  return folds < 2 ? model : { ...model, temperature: fitTemperature(unseenScores(rows, options, folds)) };
}

/** Places that occur, numbered from 0, and what each is multiplied with. */
function usedPlaces(
  rows: readonly TextRow[],
  options: LinearOptions,
): { number: Int32Array; place: number[]; gain: Float64Array } {
  const rowsWith = new Uint32Array(options.features.buckets);
  for (const { features } of rows) for (const place of features.indices) rowsWith[place] = (rowsWith[place] ?? 0) + 1;
  const number = new Int32Array(options.features.buckets).fill(-1);
  const place: number[] = [];
  rowsWith.forEach((times, at) => {
    if (times === 0) return;
    number[at] = place.length;
    place.push(at);
  });
  const gain = Float64Array.from(place, (at) =>
    (options.idf ?? true) ? 1 + Math.log((1 + rows.length) / (1 + (rowsWith[at] ?? 0))) : 1,
  );
  // Mean gain of 1, so that one penalty fits with and without.
  const mean = gain.reduce((sum, one) => sum + one, 0) / Math.max(1, gain.length);
  return { number, place, gain: gain.map((one) => one / mean) };
}

function fitWeights(rows: readonly TextRow[], options: LinearOptions): LinearTextModel {
  const { labels, features } = options;
  const used = usedPlaces(rows, options);
  const cases = compile(rows, used, labels);
  const size = used.place.length * labels.length;
  const start = new Float64Array(size + labels.length);
  const point = minimise((at, slope) => loss(cases, { at, slope, l2: options.l2 }), start, options.epochs);
  const real = new Float64Array(features.buckets * labels.length);
  used.place.forEach((place, i) => {
    for (let k = 0; k < labels.length; k += 1)
      real[place * labels.length + k] = (point[i * labels.length + k] ?? 0) * (used.gain[i] ?? 1);
  });
  const scales = labels.map((_, k) => {
    let top = 1e-9;
    for (let i = k; i < real.length; i += labels.length) top = Math.max(top, Math.abs(real[i] ?? 0));
    return Number((top / 127).toPrecision(8));
  });
  const weights = Int8Array.from(real, (weight, i) => Math.round(weight / (scales[i % labels.length] ?? 1)));
  const bias = Array.from(point.subarray(size), (one) => Number(one.toPrecision(6)));
  return { labels, buckets: features.buckets, features, weights, scales, bias, temperature: 1 };
}

interface Cases {
  starts: Uint32Array;
  places: Uint32Array;
  values: Float64Array;
  labels: Uint8Array;
  weights: Float64Array;
  classes: number;
}

/** All rows in three flat lists, so that a pass over them is one loop. */
function compile(
  rows: readonly TextRow[],
  used: { number: Int32Array; gain: Float64Array },
  labels: readonly string[],
): Cases {
  const total = rows.reduce((sum, { features }) => sum + features.indices.length, 0);
  const cases: Cases = {
    starts: new Uint32Array(rows.length + 1),
    places: new Uint32Array(total),
    values: new Float64Array(total),
    labels: new Uint8Array(rows.length),
    weights: new Float64Array(rows.length),
    classes: labels.length,
  };
  let at = 0;
  rows.forEach(({ features, label, weight = 1 }, row) => {
    const known = labels.indexOf(label);
    if (known < 0) throw new Error(`Row ${row}: "${label}" is none of ${labels.join(', ')}.`);
    cases.labels[row] = known;
    cases.weights[row] = weight;
    features.indices.forEach((place, i) => {
      const number = used.number[place] ?? 0;
      cases.places[at] = number;
      cases.values[at] = (features.values[i] ?? 0) * (used.gain[number] ?? 1);
      at += 1;
    });
    cases.starts[row + 1] = at;
  });
  return cases;
}

/** Summed cross entropy plus the penalty (not on the bias, which stands at the end of the point), and its slope. */
function loss(cases: Cases, { at, slope, l2 }: { at: Float64Array; slope: Float64Array; l2: number }): number {
  const { classes, starts, places, values } = cases;
  const size = at.length - classes;
  let sum = 0;
  for (let i = 0; i < size; i += 1) {
    const weight = at[i] ?? 0;
    slope[i] = l2 * weight;
    sum += 0.5 * l2 * weight * weight;
  }
  slope.fill(0, size);
  const scores = new Float64Array(classes);
  for (let row = 0; row < cases.labels.length; row += 1) {
    const [from = 0, to = 0] = [starts[row], starts[row + 1]];
    for (let k = 0; k < classes; k += 1) scores[k] = at[size + k] ?? 0;
    for (let i = from; i < to; i += 1) {
      const place = (places[i] ?? 0) * classes;
      const value = values[i] ?? 0;
      for (let k = 0; k < classes; k += 1) scores[k] = (scores[k] ?? 0) + value * (at[place + k] ?? 0);
    }
    const label = cases.labels[row] ?? 0;
    const counts = cases.weights[row] ?? 1;
    const likely = softmaxInPlace(scores);
    sum -= counts * Math.log(Math.max(likely[label] ?? 0, 1e-300));
    for (let k = 0; k < classes; k += 1) {
      const wrong = counts * ((likely[k] ?? 0) - (k === label ? 1 : 0));
      scores[k] = wrong;
      slope[size + k] = (slope[size + k] ?? 0) + wrong;
    }
    for (let i = from; i < to; i += 1) {
      const place = (places[i] ?? 0) * classes;
      const value = values[i] ?? 0;
      for (let k = 0; k < classes; k += 1) slope[place + k] = (slope[place + k] ?? 0) + value * (scores[k] ?? 0);
    }
  }
  return sum;
}

function softmaxInPlace(scores: Float64Array): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (const score of scores) top = Math.max(top, score);
  let sum = 0;
  for (let k = 0; k < scores.length; k += 1) {
    const power = Math.exp((scores[k] ?? 0) - top);
    scores[k] = power;
    sum += power;
  }
  for (let k = 0; k < scores.length; k += 1) scores[k] = (scores[k] ?? 0) / sum;
  return scores;
}

/** Scores of each row by a model that did not see its fold. */
function unseenScores(
  rows: readonly TextRow[],
  options: LinearOptions,
  folds: number,
): { scores: number[]; label: number; weight: number }[] {
  const foldOf = assignFolds(
    rows.map((row) => (row.isBeside === true ? { group: 'beside' } : row)),
    folds,
    options.seed,
  );
  return Array.from({ length: folds }, (_, fold) => {
    const model = fitWeights(
      rows.filter((row, at) => foldOf[at] !== fold || row.isBeside === true),
      options,
    );
    return rows
      .filter((row, at) => foldOf[at] === fold && row.isBeside !== true)
      .map((row) => ({
        scores: scoresOf(model, row.features),
        label: options.labels.indexOf(row.label),
        weight: row.weight ?? 1,
      }));
  }).flat();
}

/** A fold for each row, the same for rows of one group; groups are dealt out in the order of a hash with the seed. Fewer groups than folds are no groups. */
export function assignFolds(rows: readonly { group?: string }[], folds: number, seed: number): number[] {
  const given = rows.map((row, at) => row.group ?? `row ${at}`);
  const names = new Set(given).size < folds ? rows.map((_, at) => `row ${at}`) : given;
  const ordered = [...new Set(names)]
    .map((name) => ({ name, hash: hashOf(name, seed) }))
    .sort((a, b) => a.hash - b.hash || (a.name < b.name ? -1 : 1));
  const foldOf = new Map(ordered.map(({ name }, at) => [name, at % folds]));
  return names.map((name) => foldOf.get(name) ?? 0);
}

function hashOf(text: string, seed: number): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (const sign of text) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return (hash ^ (hash >>> 13)) >>> 0;
}

const temperatureRounds = 60;

/** The temperature with the least cross entropy, by golden section between 1/8 and 8. */
export function fitTemperature(cases: readonly { scores: number[]; label: number; weight?: number }[]): number {
  const cost = (logTemperature: number) => {
    const temperature = Math.exp(logTemperature);
    return cases.reduce((sum, { scores, label, weight = 1 }) => {
      const likely = softmax(scores.map((score) => score / temperature));
      return sum - weight * Math.log(Math.max(likely[label] ?? 0, 1e-300));
    }, 0);
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = -Math.log(8);
  let high = Math.log(8);
  for (let round = 0; round < temperatureRounds; round += 1) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    if (cost(left) <= cost(right)) high = right;
    else low = left;
  }
  return Number(Math.exp((low + high) / 2).toPrecision(6));
}
