import { rankOfModel, type WordModel } from './word-model.ts';
import { wordsOfText } from './words-of-text.ts';

/** Fewer known words than this say too little: no vector. */
export const wordsKnownMin = 3;

export interface Encoded {
  /** Unit length; null when too few words are known. */
  values: Float32Array | null;
  words: number;
  wordsKnown: number;
}

/** Known words of a text with how often they stand in it; the input of a vector. */
export function countWords(
  model: WordModel,
  words: readonly string[],
  into = new Map<string, number>(),
): Map<string, number> {
  for (const word of words) if (model.places.has(word)) into.set(word, (into.get(word) ?? 0) + 1);
  return into;
}

/**
 * Mean of the vectors of the words, each weighted by its rarity and by 1 + ln(times it stands there), without the part that lies in the direction
 * of running text as such, to unit length. Null when fewer than three different words are known.
 */
export function vectorOfWords(model: WordModel, counts: ReadonlyMap<string, number>): Float32Array | null {
  const sum = new Float32Array(model.dims);
  let known = 0;
  for (const [word, times] of counts) {
    const place = model.places.get(word);
    if (place === undefined) continue;
    known += 1;
    const factor = (model.weights[place] ?? 0) * (1 + Math.log(times)) * (model.steps[place] ?? 0);
    const from = place * model.dims;
    for (let i = 0; i < model.dims; i += 1) sum[i] = (sum[i] ?? 0) + factor * (model.values[from + i] ?? 0);
  }
  if (known < wordsKnownMin) return null;
  const along = product(sum, model.common);
  return unitOrNull(sum.map((value, i) => value - along * (model.common[i] ?? 0)));
}

/** The same direction with length 1; null for no direction at all. */
function unitOrNull(vector: Float32Array): Float32Array | null {
  const length = Math.sqrt(product(vector, vector));
  return length === 0 ? null : vector.map((value) => value / length);
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** A text as a vector, with how many of its words are known. */
export function encodeWith(model: WordModel, text: string): Encoded {
  const { words } = wordsOfText(text, rankOfModel(model));
  const counts = countWords(model, words);
  const wordsKnown = words.reduce((sum, word) => sum + Number(model.places.has(word)), 0);
  return { values: vectorOfWords(model, counts), words: words.length, wordsKnown };
}

export interface Quantised {
  scale: number;
  values: Int8Array<ArrayBuffer>;
}

/** To bytes: component i is scale * values[i], the largest one is 127 steps. */
export function quantise(vector: Float32Array): Quantised {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = largest === 0 ? 1 : largest / 127;
  return { scale, values: Int8Array.from(vector, (value) => Math.round(value / scale)) };
}
