import { z } from 'zod';
import { type CommentText, readCommentText } from './comment-text.ts';
import { readKind } from './kind-features.ts';
import { type LinearTextModel, scoreText } from './linear-text-model.ts';
import { loadKindModel } from './load-comment-quality.ts';
import { loadCommentWords } from './load-comment-words.ts';
import { findPromotion, type RuleHit, type Span } from './promotion.ts';

/** What a comment is: the first that fits, in this order. */
export const commentKindSchema = z.enum([
  'spam_promo',
  'tag_only',
  'emoji_only',
  'conversation',
  'specific_praise',
  'generic_praise',
]);
export type CommentKind = z.infer<typeof commentKindSchema>;

export interface CommentKindFound {
  kind: CommentKind;
  /** Probability of the kind: 1 where a rule decided, calibrated where the weights did. */
  confidence: number;
  /** What decided, in words. */
  rule: string;
  /** The place in the text that decided, in UTF-16 units; null where no single place did. */
  span: Span | null;
}

const mention = /[@＠][\p{L}\p{N}\p{M}_.]+/gu;
const oneLetter =
  /^(?:x+|[\u3131-\u3163]+|(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])\p{L}|\p{N}+)$/iu;
const score = /\b(\d+)\s?\/\s?\1\b|\b100\s?%/u;
/** Two letters in a row that begin no name and are no kisses: most comments have them at their start. */
const plainWord = /(?<![@\w.])[a-wyz][a-z]/iu;
const lettersApart = /[\p{L}\p{N}]+/gu;
const hasTag = /#[\p{L}\p{N}]/u;

/**
 * What kind of comment a text is (docs/methods/comment-classes.md): rules first (promotion, only names, only emoji), then logistic regression between
 * conversation, praise of a thing and praise of anything. Never throws; blanks around do not matter; only the first 2,000 characters are read.
 */
export function commentKind(given: string, model?: LinearTextModel): CommentKindFound {
  return kindOf(readCommentText(given), model);
}

/** The same of a text that was read already. */
export function kindOf(read: CommentText, model?: LinearTextModel): CommentKindFound {
  const found = kindOfText(read, model);
  const { lead } = read;
  return found.span === null || lead === 0
    ? found
    : { ...found, span: { start: found.span.start + lead, end: found.span.end + lead } };
}

function kindOfText(read: CommentText, model: LinearTextModel | undefined): CommentKindFound {
  const byRule = kindByRule(read.text);
  if (byRule !== null) return { ...byRule, confidence: 1 };
  const reading = readKind(read, loadCommentWords());
  const weights = model ?? loadKindModel();
  const likely = scoreText(weights, reading.features);
  const confidence = Math.max(...likely);
  const label = weights.labels[likely.indexOf(confidence)];
  const kind = commentKindSchema.options.find((one) => one === label) ?? 'generic_praise';
  return { kind, confidence, ...reasonFor(kind, reading) };
}

/** The kinds that rules tell; null when it takes the weights. */
export function kindByRule(text: string): ({ kind: CommentKind } & RuleHit) | null {
  const whole = { start: 0, end: text.length };
  const bare = plainWord.test(text) ? null : text.replace(mention, ' ');
  if (bare !== null && hasNoWord(bare) && !hasTag.test(bare)) {
    return bare !== text
      ? { kind: 'tag_only', rule: 'only names', span: whole }
      : { kind: 'emoji_only', rule: 'only emoji, punctuation or single letters', span: whole };
  }
  const promotion = findPromotion(text);
  return promotion === null ? null : { kind: 'spam_promo', ...promotion };
}

/** No word: no letters, or only single ones (x, k) and numbers; an ideograph is a word, and 10/10 says something. */
function hasNoWord(text: string): boolean {
  const runs = text.match(lettersApart) ?? [];
  return !score.test(text) && runs.every((run) => oneLetter.test(run));
}

function reasonFor(
  kind: CommentKind,
  reading: { talk: Span | null; thing: Span | null; praise: Span | null },
): { rule: string; span: Span | null } {
  switch (kind) {
    case 'conversation':
      return { rule: 'asks, answers or tells', span: reading.talk };
    case 'specific_praise':
      return { rule: 'praise that names a thing', span: reading.thing };
    case 'generic_praise':
      return { rule: 'praise or wish for any post', span: reading.praise };
    case 'spam_promo':
    case 'tag_only':
    case 'emoji_only':
      return { rule: 'weights', span: null };
    default:
      return kind satisfies never;
  }
}
