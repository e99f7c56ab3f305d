import type { Token } from '../../src/modules/vetting/text/comment-tokens.ts';
import { figureNames, figuresOf, wordFeatures } from '../../src/modules/vetting/text/sentiment-features.ts';
import { figurePlaces, placeOfLanguage } from '../../src/modules/vetting/text/sentiment-model.ts';
import type { TextFeatures } from '../../src/modules/vetting/text/text-features.ts';
import { type ValenceWords, valenceOf } from '../../src/modules/vetting/text/valence.ts';
import { type ClassWeights, fitClassWeights } from './fit-classes.ts';

export const classes = 3;
export const bits = 18;

/** A labelled comment; labels are 0 negative, 1 neutral, 2 positive. */
export interface SentimentRow {
  tokens: Token[];
  language: string;
  label: number;
}

/** A comment as the learners see it: hashed words, figures, and numbers of the caller's own (word vectors). */
export interface Described {
  words: TextFeatures;
  figures: Float64Array;
  extra: Float64Array;
  language: string;
  label: number;
}

export type Extra = (tokens: readonly Token[]) => Float64Array;

const noExtra: Extra = () => new Float64Array(0);

/** Reads features off rows; the lists are the same for every language. */
export function describe(
  rows: readonly SentimentRow[],
  lists: { words: ValenceWords; emoji: ReadonlyMap<string, number> },
  extra: Extra = noExtra,
): Described[] {
  return rows.map(({ tokens, language, label }) => ({
    words: wordFeatures(tokens, language, bits),
    figures: figuresOf(tokens, valenceOf(tokens, lists.words, { language, emoji: lists.emoji })),
    extra: extra(tokens),
    language,
    label,
  }));
}

/** One learner: what it sees and how freely it may fit. */
export interface Learner {
  /** Hashed words and letters. */
  words: boolean;
  /** Size of the figures (and the caller's numbers) beside the words; 0 leaves them out. */
  figures: number;
  /** Size of the figures once more for each language, so that languages may differ from the shared weights. */
  languages: number;
  l2: number;
  rounds: number;
}

/** Summed weights of all learners, divided by their number: by place of the words, then figures, then languages, then own numbers. */
export interface FittedSentiment extends ClassWeights {
  extras: number;
}

/** Fits each learner to the same rows and averages their scores, which for linear models is to average their weights. */
export function fitLearners(
  rows: readonly Described[],
  learners: readonly Learner[],
  balance: 'classes' | 'none',
): FittedSentiment {
  const extras = rows[0]?.extra.length ?? 0;
  const size = 2 ** bits + figurePlaces + extras;
  const spread = spreadOf(rows);
  const counts = [0, 0, 0];
  for (const { label } of rows) counts[label] = (counts[label] ?? 0) + 1;
  const weightOf = (label: number) =>
    balance === 'none' ? 1 : rows.length / (classes * Math.max(1, counts[label] ?? 0));
  const total: FittedSentiment = { weights: new Float64Array(size * classes), bias: [0, 0, 0], extras };
  for (const learner of learners) {
    const cases = rows.map((row) => ({
      features: combine(row, learner, spread),
      label: row.label,
      weight: weightOf(row.label),
    }));
    const { l2, rounds } = learner;
    const one = fitClassWeights(cases, { classes, size, l2, rounds, casesMin: 2, idfBelow: 2 ** bits });
    undoSpread(one.weights, { learner, spread, extras });
    for (let i = 0; i < one.weights.length; i += 1)
      total.weights[i] = (total.weights[i] ?? 0) + (one.weights[i] ?? 0) / learners.length;
    total.bias = total.bias.map((bias, k) => bias + (one.bias[k] ?? 0) / learners.length);
  }
  return total;
}

/** Scores of a comment by fitted weights. */
export function scoresBy(fitted: FittedSentiment, row: Described): number[] {
  const features = combine(row, { words: true, figures: 1, languages: 1 }, null);
  const scores = [...fitted.bias];
  features.indices.forEach((place, i) => {
    for (let k = 0; k < classes; k += 1)
      scores[k] = (scores[k] ?? 0) + (features.values[i] ?? 0) * (fitted.weights[place * classes + k] ?? 0);
  });
  return scores;
}

/** Standard deviation of each figure and own number. */
interface Spread {
  figures: number[];
  extra: number[];
}

function spreadOf(rows: readonly Described[]): Spread {
  const deviation = (at: (row: Described) => number) => {
    const mean = rows.reduce((sum, row) => sum + at(row), 0) / rows.length;
    return Math.sqrt(rows.reduce((sum, row) => sum + (at(row) - mean) ** 2, 0) / rows.length) || 1;
  };
  return {
    figures: figureNames.map((_, i) => deviation((row) => row.figures[i] ?? 0)),
    extra: Array.from({ length: rows[0]?.extra.length ?? 0 }, (_, i) => deviation((row) => row.extra[i] ?? 0)),
  };
}

/** All that a learner sees as one list of places; without `spread` values are as they are. */
function combine(
  row: Described,
  learner: Pick<Learner, 'words' | 'figures' | 'languages'>,
  spread: Spread | null,
): TextFeatures {
  const indices: number[] = learner.words ? [...row.words.indices] : [];
  const values: number[] = learner.words ? [...row.words.values] : [];
  const put = (place: number, value: number) => {
    indices.push(place);
    values.push(value);
  };
  const start = 2 ** bits;
  const own = placeOfLanguage(row.language);
  if (learner.figures > 0) {
    row.figures.forEach((value, i) => {
      put(start + i, (value * learner.figures) / (spread?.figures[i] ?? 1));
    });
    row.extra.forEach((value, i) => {
      put(start + figurePlaces + i, (value * learner.figures) / (spread?.extra[i] ?? 1));
    });
  }
  if (learner.languages > 0 && own !== null) {
    row.figures.forEach((value, i) => {
      put(start + own + i, (value * learner.languages) / (spread?.figures[i] ?? 1));
    });
    put(start + own + figureNames.length, learner.languages);
  }
  return { indices: Uint32Array.from(indices), values: Float32Array.from(values) };
}

/** Brings weights for scaled values to weights for the values as they are. */
function undoSpread(
  weights: Float64Array,
  { learner, spread, extras }: { learner: Learner; spread: Spread; extras: number },
): void {
  const start = 2 ** bits;
  const block = figureNames.length + 1;
  const shares = (i: number): number => {
    if (i < figureNames.length) return learner.figures / (spread.figures[i] ?? 1);
    if (i >= figurePlaces) return learner.figures / (spread.extra[i - figurePlaces] ?? 1);
    const figure = (i - figureNames.length) % block;
    return figure === figureNames.length ? learner.languages : learner.languages / (spread.figures[figure] ?? 1);
  };
  for (let i = 0; i < figurePlaces + extras; i += 1)
    for (let k = 0; k < classes; k += 1) {
      const at = (start + i) * classes + k;
      weights[at] = (weights[at] ?? 0) * shares(i);
    }
}
