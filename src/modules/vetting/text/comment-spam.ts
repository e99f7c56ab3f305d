import { type CommentText, readCommentText } from './comment-text.ts';
import { scoreText } from './linear-text-model.ts';
import { loadSpamModel } from './load-comment-spam.ts';
import { spamFeatures, withoutMarkup } from './spam-features.ts';
import { featuresOfTokens, plainText, type TextFeatureOptions, type TextFeatures, tokensOf } from './text-features.ts';
import { allMarks, mark } from './text-marks.ts';

export const spamFeatureOptions: TextFeatureOptions = { words: 2, characters: { from: 3, to: 3 }, buckets: 1 << 16 };
export const spamLabels = ['ham', 'spam'] as const;
const saysSomething = /[\p{L}\p{N}]/u;
/** What a sign weighs beside the words: twice as much, by cross-validation over videos. */
const signWeight = 2;

/** A comment as the spam model reads it, in training and in use. */
export function spamFeaturesOf(read: CommentText): TextFeatures {
  const hasMarkup = (read.marks & mark.markup) !== 0;
  const plain = hasMarkup ? withoutMarkup(read.whole) : read.text;
  const signs = spamFeatures(plain, hasMarkup ? allMarks : read.marks).map(
    ([name, value]) => [name, value * signWeight] as const,
  );
  const tokens = hasMarkup ? tokensOf(plainText(plain)) : read.tokens();
  return featuresOfTokens(tokens, spamFeatureOptions, signs);
}

/** Probability between 0 and 1 that a comment is spam (0 without a letter or number), by weights trained on comments under videos (models/comment-spam/CARD.md). */
export function commentSpam(text: string): number {
  return spamOf(readCommentText(text));
}

/** The same of a text that was read already. */
export function spamOf(read: CommentText): number {
  return !saysSomething.test(read.whole) ? 0 : (scoreText(loadSpamModel(), spamFeaturesOf(read))[1] ?? 0);
}
