import { readTokens } from './comment-tokens.ts';
import { loadSentiment } from './load-sentiment.ts';
import { valenceOf } from './valence.ts';

export const sentimentLabels = ['negative', 'neutral', 'positive'] as const;
export type SentimentLabel = (typeof sentimentLabels)[number];

/** What moves a score, by name, and by how much of it (-1 to 1). */
export interface SentimentPart {
  name: 'words' | 'emoji' | 'negation';
  value: number;
}

export interface Sentiment {
  label: SentimentLabel;
  /** From -1 (very negative) to 1; the sum of the parts, cut at both ends. */
  score: number;
  /** Probability that the label is right, 0 to 1. */
  confidence: number;
  /** False when nothing in the text is known to the model: the label then says nothing. */
  isKnown: boolean;
  parts: SentimentPart[];
}

/** How a comment feels. `language` is an ISO 639-1 code, or null or "und" when it is not known. */
export function sentimentOf(text: string, language: string | null): Sentiment {
  const { words, emoji } = loadSentiment();
  const valence = valenceOf(readTokens(text), words, { language, emoji });
  const sum = valence.positive + valence.negative + valence.emojiPositive + valence.emojiNegative;
  const length = Math.sqrt(sum * sum + 15);
  const score = sum / length;
  const label = score >= 0.05 ? 'positive' : score <= -0.05 ? 'negative' : 'neutral';
  return {
    label,
    score,
    confidence: 0.5,
    isKnown: valence.pieces.length > 0,
    parts: [
      { name: 'words', value: (valence.positive + valence.negative) / length },
      { name: 'emoji', value: (valence.emojiPositive + valence.emojiNegative) / length },
    ],
  };
}
