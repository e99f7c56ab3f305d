import { readTokens, type Token } from './comment-tokens.ts';
import { softmax } from './linear-text-model.ts';
import { loadSentimentLists, loadSentimentWeights } from './load-sentiment.ts';
import { type FigureName, figureNames, figuresOf, sentimentLanguages, wordFeatures } from './sentiment-features.ts';
import { scoreSentiment } from './sentiment-model.ts';
import { type Valence, valenceOf } from './valence.ts';

export const sentimentLabels = ['negative', 'neutral', 'positive'] as const;
export type SentimentLabel = (typeof sentimentLabels)[number];

/** What moves a score, by name, and by how much of it (-1 to 1). */
export interface SentimentPart {
  /**
   * words: feeling words of the lists; emoji; negation; emphasis: exclamation, capitals, letters drawn out; form: length, links, names, hashtags;
   * wording: all words and letters as learnt from labelled texts; agreement: takes back a score that contradicts the label.
   */
  name: PartName;
  value: number;
}
type PartName = 'words' | 'emoji' | 'negation' | 'emphasis' | 'form' | 'wording' | 'agreement';

export interface Sentiment {
  label: SentimentLabel;
  /** From -1 (very negative) to 1: a mean rating of people (-4 to 4) over 4, as estimated; the sum of the parts, cut at both ends. */
  score: number;
  /** Probability that the label is right, 0 to 1. */
  confidence: number;
  /** False when nothing in the text is known to the model: label and score then say nothing. */
  isKnown: boolean;
  parts: SentimentPart[];
}

/** How a comment feels. `language` is an ISO 639-1 code, or null or "und" when it is not known. Method and figures: docs/methods/sentiment.md. */
export function sentimentOf(text: string, language: string | null): Sentiment {
  return sentimentOfTokens(readTokens(text), language).sentiment;
}

/** The same on tokens, with the valence it found. */
export function sentimentOfTokens(
  tokens: readonly Token[],
  language: string | null,
): { sentiment: Sentiment; valence: Valence } {
  const { words, emoji } = loadSentimentLists();
  const weights = loadSentimentWeights();
  const valence = valenceOf(tokens, words, { language, emoji });
  if (!isReadable(tokens, valence, language)) return { sentiment: unknown, valence };
  const figures = figuresOf(tokens, valence);
  const scores = scoreSentiment(weights, wordFeatures(tokens, language, weights.bits), { figures, language });
  const likely = softmax(scores.classes.map((score) => score / weights.temperature));
  const best = likely.indexOf(Math.max(...likely));
  const label = sentimentLabels[best] ?? 'neutral';
  const leaning = (likely[2] ?? 0) - (likely[0] ?? 0);
  const wording = scores.strength + weights.strength.classes * leaning + weights.strength.bias;
  const parts = partsOf(figures, { valence, weights: weights.strength.figures, wording, label });
  const sum = parts.reduce((total, part) => total + part.value, 0);
  return {
    sentiment: {
      label,
      score: Math.max(-1, Math.min(1, sum)),
      confidence: likely[best] ?? 0,
      isKnown: true,
      parts,
    },
    valence,
  };
}

const unknown: Sentiment = { label: 'neutral', score: 0, confidence: 1 / 3, isKnown: false, parts: [] };

/** A feeling word or emoji that is known, or words of a language that was learnt. */
function isReadable(tokens: readonly Token[], valence: Valence, language: string | null): boolean {
  if (valence.pieces.length > 0) return true;
  return sentimentLanguages.some((one) => one === language) && tokens.some((token) => token.kind === 'word');
}

const ratingMax = 4;

/** Figures by the part they belong to; those of `mixed` are shared between words and emoji by how much each weighs. */
const partOfFigure: Record<FigureName, Exclude<PartName, 'wording' | 'agreement'> | 'shared'> = {
  valence: 'shared',
  'positive words': 'words',
  'negative words': 'words',
  'positive emoji': 'emoji',
  'negative emoji': 'emoji',
  'last valence': 'shared',
  best: 'shared',
  worst: 'shared',
  'positive pieces': 'shared',
  'negative pieces': 'shared',
  'no feeling': 'words',
  'share of feeling': 'shared',
  turned: 'negation',
  negators: 'negation',
  exclamation: 'emphasis',
  question: 'emphasis',
  dots: 'emphasis',
  capitals: 'emphasis',
  'drawn out': 'emphasis',
  link: 'form',
  mentions: 'form',
  hashtags: 'form',
  length: 'form',
  emoji: 'emoji',
  'exclaimed valence': 'emphasis',
  mixed: 'shared',
};

function partsOf(
  figures: Float64Array,
  of: { valence: Valence; weights: readonly number[]; wording: number; label: SentimentLabel },
): SentimentPart[] {
  const { valence } = of;
  const inEmoji = valence.emojiPositive - valence.emojiNegative;
  const inWords = valence.positive - valence.negative;
  const emojiShare = inEmoji + inWords === 0 ? 0 : inEmoji / (inEmoji + inWords);
  const sums = new Float64Array(partNames.length);
  let shared = 0;
  for (let i = 0; i < figures.length; i += 1) {
    const value = ((figures[i] ?? 0) * (of.weights[i] ?? 0)) / ratingMax;
    const part = partPlaces[i] ?? -1;
    if (part < 0) shared += value;
    else sums[part] = (sums[part] ?? 0) + value;
  }
  sums[emojiPlace] = (sums[emojiPlace] ?? 0) + shared * emojiShare;
  sums[wordsPlace] = (sums[wordsPlace] ?? 0) + shared * (1 - emojiShare);
  sums[wordingPlace] = of.wording / ratingMax;
  let total = 0;
  for (const value of sums) total += value;
  if ((of.label === 'positive' && total < 0) || (of.label === 'negative' && total > 0)) sums[agreementPlace] = -total;
  return partNames.map((name, i) => ({ name, value: sums[i] ?? 0 }));
}

const partNames: readonly PartName[] = ['words', 'emoji', 'negation', 'emphasis', 'form', 'wording', 'agreement'];
const [wordsPlace, emojiPlace, wordingPlace, agreementPlace] = [0, 1, 5, 6];
/** Place of the part each figure belongs to; -1 for shared ones. */
const partPlaces = figureNames.map((name) => {
  const part = partOfFigure[name];
  return part === 'shared' ? -1 : partNames.indexOf(part);
});
