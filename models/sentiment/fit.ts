import { readTokens } from '../../src/modules/vetting/text/comment-tokens.ts';
import { softmax } from '../../src/modules/vetting/text/linear-text-model.ts';
import type { SentimentLists } from '../../src/modules/vetting/text/load-sentiment.ts';
import { columns, figurePlaces, type SentimentWeights } from '../../src/modules/vetting/text/sentiment-model.ts';
import { assignFolds, fitTemperature } from '../fit/fit-linear.ts';
import {
  bits,
  classes,
  type Described,
  describe,
  type FittedSentiment,
  fitLearners,
  type Learner,
  scoresBy,
} from './fit-sentiment.ts';
import { fitStrength, type Strength } from './fit-strength.ts';
import type { LabelledText, RatedText } from './read-sentiment-rows.ts';

/** Words and letters alone; figures alone; both together. They fail differently: their mean is better than each (docs/methods/sentiment.md). */
const shippedLearners: readonly Learner[] = [
  { words: true, figures: 0, languages: 0, l2: 0.5, rounds: 60 },
  { words: false, figures: 1, languages: 0.5, l2: 10, rounds: 120 },
  { words: true, figures: 0.2, languages: 0.1, l2: 0.5, rounds: 60 },
];
const temperatureFolds = 3;

/** Fits the classes to labelled texts of several languages. */
export function fitLabels(rows: readonly LabelledText[], lists: SentimentLists): FittedSentiment {
  return fitLearners(describeTexts(rows, lists), shippedLearners, 'classes');
}

export function describeTexts(rows: readonly LabelledText[], lists: SentimentLists): Described[] {
  return describe(
    rows.map(({ text, language, label }) => ({ tokens: readTokens(text), language, label })),
    lists,
  );
}

/** The temperature that makes probabilities right on a third of the rows, judged by a fit to the others. */
export function temperatureOf(
  rows: readonly Described[],
  seed: number,
  learners: readonly Learner[] = shippedLearners,
): number {
  const folds = assignFolds(
    rows.map(() => ({})),
    temperatureFolds,
    seed,
  );
  const fitted = fitLearners(
    rows.filter((_row, at) => folds[at] !== 0),
    learners,
    'classes',
  );
  return fitTemperature(
    rows.filter((_row, at) => folds[at] === 0).map((row) => ({ scores: scoresBy(fitted, row), label: row.label })),
  );
}

/** Fits the strength to rated English texts, beside a class model where there is one. */
export function fitRatings(
  rows: readonly RatedText[],
  lists: SentimentLists,
  by: { fitted: FittedSentiment; temperature: number } | null,
): Strength {
  const cases = describeTexts(
    rows.map(({ text }) => ({ text, language: 'en', label: 0 })),
    lists,
  ).map((one, at) => ({
    words: one.words,
    figures: one.figures,
    classes: by === null ? 0 : leaning(scoresBy(by.fitted, one), by.temperature),
    rating: rows[at]?.rating ?? 0,
  }));
  return fitStrength(cases, 2 ** bits);
}

/** Probability of positive less that of negative. */
export function leaning(scores: readonly number[], temperature: number): number {
  const likely = softmax(scores.map((score) => score / temperature));
  return (likely[2] ?? 0) - (likely[0] ?? 0);
}

/** Both fits as the weights that ship: words as bytes, figures to six digits. */
export function toWeights(fitted: FittedSentiment, strength: Strength, temperature: number): SentimentWeights {
  const places = 2 ** bits;
  const real = (place: number, column: number) =>
    column < classes ? (fitted.weights[place * classes + column] ?? 0) : (strength.words[place] ?? 0);
  const words = new Int8Array(places * columns);
  const scales = Array.from({ length: columns }, (_, column) => {
    let top = 1e-9;
    for (let place = 0; place < places; place += 1) top = Math.max(top, Math.abs(real(place, column)));
    const scale = short(top / 127);
    for (let place = 0; place < places; place += 1)
      words[place * columns + column] = Math.max(-127, Math.min(127, Math.round(real(place, column) / scale)));
    return scale;
  });
  return {
    bits,
    words,
    scales,
    figures: Array.from(fitted.weights.subarray(places * classes, (places + figurePlaces) * classes), short),
    bias: fitted.bias.map(short),
    temperature: short(temperature),
    strength: { bias: short(strength.bias), classes: short(strength.classes), figures: strength.figures.map(short) },
  };
}

const short = (value: number) => Number(value.toPrecision(6));
