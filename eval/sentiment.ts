import vader from 'vader-sentiment';
import { AppError } from '#kernel/errors.ts';
import { loadWordModel } from '#modules/discovery/match/load-word-model.ts';
import { readTokens, type Token } from '#modules/vetting/text/comment-tokens.ts';
import { softmax } from '#modules/vetting/text/linear-text-model.ts';
import { loadSentimentLists } from '#modules/vetting/text/load-sentiment.ts';
import { sentimentLabels, sentimentOf } from '#modules/vetting/text/sentiment.ts';
import { grammars } from '#modules/vetting/text/valence-words.ts';
import { quantile } from '../bench/bench.ts';
import { describeTexts, fitLabels, fitRatings, temperatureOf } from '../models/sentiment/fit.ts';
import { describe, fitLearners, type Learner, scoresBy } from '../models/sentiment/fit-sentiment.ts';
import { ratingBy } from '../models/sentiment/fit-strength.ts';
import { type LabelledText, type RatedText, readSentimentRows } from '../models/sentiment/read-sentiment-rows.ts';
import type { Eval } from './eval.ts';
import { seededRandom } from './interval.ts';
import {
  accuracyOf,
  confusionOf,
  type Judged,
  macroF1Of,
  measureCalibration,
  measureClasses,
} from './measure-classes.ts';

const resamples = 500;

/**
 * How does a comment feel? On labels: macro-recall, macro-F1 and accuracy; with several languages macro_f1 and macro_recall are means over them. On
 * mean ratings: Pearson's correlation. A file without `lang` is English.
 */
export const sentimentEval: Eval = {
  task: 'sentiment',
  run: async ({ data, train, seed }) => {
    const file = await readSentimentRows(data);
    const learnt = train === null ? null : await readSentimentRows(train);
    if (learnt !== null && learnt.kind !== file.kind)
      throw new AppError(
        'invalid',
        'eval.unknown_format',
        `${train}: holds ${learnt.kind}, ${data} ${file.kind}; give two of a kind.`,
      );
    const protocol = train === null ? 'shipped' : 'fresh';
    if (file.kind === 'ratings') {
      const judge = learnt?.kind === 'ratings' ? freshRating(learnt.rows) : shippedRating;
      return { protocol, n: file.rows.length, figures: measureRatings(file.rows, judge, seed) };
    }
    const judge = learnt?.kind === 'labels' ? freshLabel(learnt.rows, seed) : shippedLabel;
    return { protocol, n: file.rows.length, figures: measureLabels(file.rows, judge, seed) };
  },
};

interface SaidLabel {
  said: string;
  /** Probability that it is right; null where the model does not know the text. */
  confidence: number | null;
}

type JudgeLabel = (row: LabelledText) => SaidLabel;
type JudgeRating = (row: RatedText) => number;

const shippedLabel: JudgeLabel = ({ text, language }) => {
  const { label, confidence, isKnown } = sentimentOf(text, language);
  return { said: label, confidence: isKnown ? confidence : null };
};
const shippedRating: JudgeRating = ({ text }) => sentimentOf(text, 'en').score;
const labelOf = (place: number) => sentimentLabels[place] ?? 'neutral';
const unread: SaidLabel = { said: 'neutral', confidence: null };

function highest(scores: readonly number[], temperature: number): SaidLabel {
  const likely = softmax(scores.map((score) => score / temperature));
  const confidence = Math.max(...likely);
  return { said: labelOf(likely.indexOf(confidence)), confidence };
}

function freshRating(rows: readonly RatedText[]): JudgeRating {
  const lists = loadSentimentLists();
  const strength = fitRatings(rows, lists, null);
  return ({ text }) => {
    const [one] = describeTexts([{ text, language: 'en', label: 0 }], lists);
    return one === undefined ? 0 : ratingBy(strength, { words: one.words, figures: one.figures, classes: 0 });
  };
}

/** Several languages: the learners that ship. English alone: words and letters, and figures with word vectors, which are English only. */
function freshLabel(rows: readonly LabelledText[], seed: number): JudgeLabel {
  const lists = loadSentimentLists();
  if (rows.some(({ language }) => language !== 'en')) {
    const fitted = fitLabels(rows, lists);
    const temperature = temperatureOf(describeTexts(rows, lists), seed);
    return (row) => {
      const [one] = describeTexts([row], lists);
      return one === undefined ? unread : highest(scoresBy(fitted, one), temperature);
    };
  }
  const read = ({ text, language, label }: LabelledText) => ({ tokens: readTokens(text), language, label });
  const described = describe(rows.map(read), lists, vectorsOf);
  const fitted = fitLearners(described, englishLearners, 'classes');
  const temperature = temperatureOf(described, seed, englishLearners);
  return (row) => {
    const [one] = describe([read(row)], lists, vectorsOf);
    return one === undefined ? unread : highest(scoresBy(fitted, one), temperature);
  };
}

const englishLearners: Learner[] = [
  { words: true, figures: 0, languages: 0, l2: 1, rounds: 40 },
  { words: false, figures: 1, languages: 0, l2: 20, rounds: 80 },
];

const negationReach = 3;

/** Weighted mean of a text's word vectors, of those behind a negation, and the highest and lowest value of each number. */
function vectorsOf(tokens: readonly Token[]): Float64Array {
  const { dims, places, steps, values, weights } = loadWordModel();
  const all = new Float64Array(4 * dims);
  let known = 0;
  let negatedLeft = 0;
  for (const token of tokens) {
    if (token.kind === 'stop') negatedLeft = 0;
    if (token.kind !== 'word' && token.kind !== 'hashtag') continue;
    const place = places.get(token.text);
    if (place !== undefined) {
      known += 1;
      const size = (weights[place] ?? 1) * (steps[place] ?? 0);
      for (let i = 0; i < dims; i += 1) {
        const value = size * (values[place * dims + i] ?? 0);
        all[i] = (all[i] ?? 0) + value;
        if (negatedLeft > 0) all[dims + i] = (all[dims + i] ?? 0) + value;
        all[2 * dims + i] = Math.max(all[2 * dims + i] ?? 0, value);
        all[3 * dims + i] = Math.min(all[3 * dims + i] ?? 0, value);
      }
    }
    negatedLeft = grammars.en?.negators.has(token.text) ? negationReach : negatedLeft - 1;
  }
  const length = Math.sqrt(known || 1);
  for (let i = 0; i < 2 * dims; i += 1) all[i] = (all[i] ?? 0) / length;
  return all;
}

function measureLabels(rows: readonly LabelledText[], judge: JudgeLabel, seed: number): Record<string, unknown> {
  const started = performance.now();
  const cases = rows.map((row) => ({ label: labelOf(row.label), ...judge(row), language: row.language }));
  const msPerComment = (performance.now() - started) / rows.length;
  const languages = [...new Set(cases.map(({ language }) => language))].sort();
  const english = rows.filter(({ language }) => language === 'en');
  return {
    ...measureClasses(
      cases,
      {
        macro_recall: overLanguages(languages, macroRecall),
        macro_f1: overLanguages(languages, macroF1Of(sentimentLabels)),
        accuracy: accuracyOf,
      },
      seed,
    ),
    ...measureCalibration(cases, seed),
    per_language: Object.fromEntries(
      languages.map((name) => [name, measuresOf(cases.filter(({ language }) => language === name))]),
    ),
    confusion: confusionOf(cases, sentimentLabels),
    ms_per_comment: msPerComment,
    baselines:
      english.length === 0
        ? {}
        : {
            vader_english: measuresOf(
              english.map((row) => ({ label: labelOf(row.label), said: vaderLabel(row.text) })),
            ),
          },
  };
}

function measuresOf(cases: readonly Judged[]): Record<string, number> {
  return {
    n: cases.length,
    macro_recall: macroRecall(cases),
    macro_f1: macroF1Of(sentimentLabels)(cases),
    accuracy: accuracyOf(cases),
  };
}

type Case = Judged & { language?: string };

function overLanguages(
  languages: readonly string[],
  measure: (cases: readonly Judged[]) => number,
): (cases: readonly Case[]) => number {
  return (cases) => {
    const groups = languages
      .map((name) => cases.filter(({ language }) => language === name))
      .filter((group) => group.length > 0);
    return groups.reduce((sum, group) => sum + measure(group), 0) / groups.length;
  };
}

function macroRecall(cases: readonly Judged[]): number {
  const present = sentimentLabels.filter((name) => cases.some(({ label }) => label === name));
  const recalls = present.map((name) => {
    const own = cases.filter(({ label }) => label === name);
    return own.filter(({ said }) => said === name).length / own.length;
  });
  return recalls.reduce((sum, recall) => sum + recall, 0) / Math.max(1, recalls.length);
}

const vaderScore = (text: string) => vader.SentimentIntensityAnalyzer.polarity_scores(text).compound;
// The authors' own cuts.
const vaderCut = 0.05;
const vaderLabel = (text: string) => {
  const score = vaderScore(text);
  return score >= vaderCut ? 'positive' : score <= -vaderCut ? 'negative' : 'neutral';
};

function measureRatings(rows: readonly RatedText[], judge: JudgeRating, seed: number): Record<string, unknown> {
  const started = performance.now();
  const pairs = rows.map((row): [number, number] => [row.rating, judge(row)]);
  const msPerComment = (performance.now() - started) / rows.length;
  const random = seededRandom(seed);
  const drawn = Array.from({ length: resamples }, () =>
    pearson(pairs.map(() => pairs[Math.floor(random() * pairs.length)] ?? [0, 0])),
  );
  return {
    pearson: pearson(pairs),
    pearson_lo: quantile(drawn, 0.025),
    pearson_hi: quantile(drawn, 0.975),
    ms_per_comment: msPerComment,
    baselines: { vader_pearson: pearson(rows.map((row): [number, number] => [row.rating, vaderScore(row.text)])) },
  };
}

function pearson(pairs: readonly [number, number][]): number {
  const meanOf = (at: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
  const [a, b] = [meanOf(0), meanOf(1)];
  let [product, squareA, squareB] = [0, 0, 0];
  for (const [x, y] of pairs) {
    product += (x - a) * (y - b);
    squareA += (x - a) ** 2;
    squareB += (y - b) ** 2;
  }
  return product / Math.sqrt(squareA * squareB);
}
