import type { WordModel } from './word-model.ts';
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
 * Mean of the vectors of the words, each weighted by its rarity and by 1 + ln(times it stands there), minus what all texts have in common,
 * to unit length. Null when fewer than three different words are known.
 */
export function vectorOfWords(
  model: WordModel,
  counts: ReadonlyMap<string, number>,
  common: Float32Array | null = null,
): Float32Array | null {
  const sum = new Float32Array(model.dims);
  let total = 0;
  let known = 0;
  for (const [word, times] of counts) {
    const place = model.places.get(word);
    if (place === undefined) continue;
    known += 1;
    const weight = (model.weights[place] ?? 0) * (1 + Math.log(times));
    total += weight;
    const factor = weight * (model.steps[place] ?? 0);
    const from = place * model.dims;
    for (let i = 0; i < model.dims; i += 1) sum[i] = (sum[i] ?? 0) + factor * (model.values[from + i] ?? 0);
  }
  if (known < wordsKnownMin || total === 0) return null;
  let square = 0;
  for (let i = 0; i < model.dims; i += 1) {
    const value = (sum[i] ?? 0) / total - (common?.[i] ?? 0);
    sum[i] = value;
    square += value * value;
  }
  if (square === 0) return null;
  const length = Math.sqrt(square);
  return sum.map((value) => value / length);
}

/** A text as a vector; `common` is the mean of texts of its kind. */
export function encodeWith(model: WordModel, text: string, common: Float32Array | null): Encoded {
  const { words } = wordsOfText(text, (word) => model.places.get(word));
  const counts = countWords(model, words);
  const wordsKnown = words.reduce((sum, word) => sum + Number(model.places.has(word)), 0);
  return { values: vectorOfWords(model, counts, common), words: words.length, wordsKnown };
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
