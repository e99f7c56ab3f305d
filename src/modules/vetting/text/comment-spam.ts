import { scoreText } from './linear-text-model.ts';
import { loadSpamModel } from './load-comment-spam.ts';
import { spamFeatures, withoutMarkup } from './spam-features.ts';
import { hashedFeatures, type TextFeatureOptions, type TextFeatures } from './text-features.ts';

export const spamFeatureOptions: TextFeatureOptions = { words: 2, characters: { from: 3, to: 3 }, buckets: 1 << 16 };
export const spamLabels = ['ham', 'spam'] as const;
const saysSomething = /[\p{L}\p{N}]/u;
/** What a sign weighs beside the words: twice as much, by cross-validation over videos. */
const signWeight = 2;

/** A comment as the spam model reads it, in training and in use. */
export function spamFeaturesOf(text: string): TextFeatures {
  const plain = withoutMarkup(text);
  const signs = spamFeatures(plain).map(([name, value]) => [name, value * signWeight] as const);
  return hashedFeatures(plain, spamFeatureOptions, signs);
}

/** Probability between 0 and 1 that a comment is spam (0 without a letter or number), by weights trained on comments under videos (models/comment-spam/CARD.md). */
export function commentSpam(text: string): number {
  const plain = text.trim();
  return !saysSomething.test(plain) ? 0 : (scoreText(loadSpamModel(), spamFeaturesOf(plain))[1] ?? 0);
}
