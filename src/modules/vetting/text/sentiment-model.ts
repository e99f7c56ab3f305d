import { z } from 'zod';
import { figureNames, sentimentLanguages } from './sentiment-features.ts';
import type { TextFeatures } from './text-features.ts';

/** Weights of `sentimentOf`: a linear score a class over hashed words and over figures, and a line from these to how strong the feeling is. */
export interface SentimentWeights {
  bits: number;
  /** Weight of column k (negative, neutral, positive, strength) at place i is words[i * 4 + k] * scales[k]. */
  words: Int8Array;
  scales: readonly number[];
  /** By figure, then by figure of each language, then one a language; three classes each. */
  figures: readonly number[];
  bias: readonly number[];
  temperature: number;
  /** Mean rating (-4 to 4) from the figures, the words of the fourth column and what the classes say (positive less negative, -1 to 1). */
  strength: { bias: number; classes: number; figures: readonly number[] };
}

export const classes = 3;
/** The classes, and the strength beside them. */
export const columns = 4;
/** Figures shared by all languages, then those of each language with its own constant. */
export const figurePlaces = figureNames.length + sentimentLanguages.length * (figureNames.length + 1);

const languages: readonly string[] = sentimentLanguages;

/** Where a language's own figures begin; null for a language without. */
export function placeOfLanguage(language: string | null): number | null {
  const at = language === null ? -1 : languages.indexOf(language);
  return at < 0 ? null : figureNames.length + at * (figureNames.length + 1);
}

const magic = 'RSNT1\n';
const headerSchema = z.object({
  bits: z.number().int().min(8).max(22),
  scales: z.array(z.number()).length(columns),
  figures: z.array(z.number()).length(figurePlaces * classes),
  bias: z.array(z.number()).length(classes),
  temperature: z.number().positive(),
  strength: z.object({
    bias: z.number(),
    classes: z.number(),
    figures: z.array(z.number()).length(figureNames.length),
  }),
});

/** The weights as a file: a line of its kind, a line of JSON, then the bytes. */
export function packSentiment({ words, ...header }: SentimentWeights): Buffer {
  const json = JSON.stringify(headerSchema.parse(header));
  return Buffer.concat([
    Buffer.from(`${magic}${json}\n`, 'utf8'),
    Buffer.from(words.buffer, words.byteOffset, words.byteLength),
  ]);
}

/** Reads what `packSentiment` wrote. Throws when it is not whole. */
export function readSentiment(bytes: Uint8Array): SentimentWeights {
  const end = bytes.indexOf(10, magic.length);
  const decoder = new TextDecoder();
  if (decoder.decode(bytes.subarray(0, magic.length)) !== magic || end < 0)
    throw new Error('models/sentiment/weights.bin is damaged: no header. Take it from the release again.');
  const header = headerSchema.parse(JSON.parse(decoder.decode(bytes.subarray(magic.length, end))));
  const words = new Int8Array(bytes.buffer, bytes.byteOffset + end + 1, bytes.byteLength - end - 1);
  if (words.length !== 2 ** header.bits * columns)
    throw new Error('models/sentiment/weights.bin is damaged: weights are missing. Take it from the release again.');
  return { ...header, words };
}

/** What a comment scores. */
export interface SentimentScores {
  /** Of each class, before temperature. */
  classes: number[];
  /** Rating points that the words add beside the figures. */
  strength: number;
}

/** Scores of the classes and what the words add to the strength. */
export function scoreSentiment(
  weights: SentimentWeights,
  features: TextFeatures,
  { figures, language }: { figures: Float64Array; language: string | null },
): SentimentScores {
  const { indices, values } = features;
  const { words, scales } = weights;
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let at = 0; at < indices.length; at += 1) {
    const place = (indices[at] ?? 0) * columns;
    const value = values[at] ?? 0;
    first += (words[place] ?? 0) * value;
    second += (words[place + 1] ?? 0) * value;
    third += (words[place + 2] ?? 0) * value;
    fourth += (words[place + 3] ?? 0) * value;
  }
  const sums = [first, second, third];
  const own = placeOfLanguage(language);
  for (let k = 0; k < classes; k += 1) {
    let sum = (sums[k] ?? 0) * (scales[k] ?? 0) + (weights.bias[k] ?? 0);
    if (own !== null) sum += weights.figures[(own + figures.length) * classes + k] ?? 0;
    for (let i = 0; i < figures.length; i += 1) {
      const extra = own === null ? 0 : (weights.figures[(own + i) * classes + k] ?? 0);
      sum += (figures[i] ?? 0) * ((weights.figures[i * classes + k] ?? 0) + extra);
    }
    sums[k] = sum;
  }
  return { classes: sums, strength: fourth * (scales[3] ?? 0) };
}
