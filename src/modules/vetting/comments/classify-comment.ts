import type { Platform } from '#kernel/platform.ts';
import type { CommentIntent, CommentKind, CommentReason, CommentTarget, SentimentLabel } from '../api.ts';
import { type CommentKindFound, kindOf } from '../text/comment-kind.ts';
import { spamOf } from '../text/comment-spam.ts';
import { readCommentText } from '../text/comment-text.ts';
import { readTokens } from '../text/comment-tokens.ts';
import type { Intent } from '../text/intents.ts';
import { type LanguageFound, languageOf } from '../text/language.ts';
import { readComment } from '../text/read-comment.ts';
import type { Sentiment } from '../text/sentiment.ts';
import { explainTarget, type TargetContext } from '../text/target.ts';

export interface ClassifiedComment {
  /** ISO 639-1, or und where no language can be told. */
  language: { code: string; confidence: number };
  kind: CommentKind;
  /** Probability, 0 to 1. */
  spam: number;
  isSpam: boolean;
  /** Null where nothing in the text is known to the model: unknown is not neutral. */
  sentiment: { label: SentimentLabel | null; score: number | null; confidence: number | null };
  intents: CommentIntent[];
  target: CommentTarget;
  reasons: CommentReason[];
}

export interface CommentContext extends TargetContext {
  /** Where the comment stands; the spam model decides only where it was trained. */
  platform?: Platform;
}

/** From this probability on a comment under a video is taken for spam. */
const spamFrom = 0.5;

/**
 * What a comment is, by all models together. The same text and context give the same answer; texts are read as far as their first 2,000 characters.
 * Kinds and spam agree: what is spam is of the kind spam_promo, and nothing else is.
 */
export function classifyComment(text: string, context: CommentContext): ClassifiedComment {
  const shown = text.slice(0, charactersMax);
  const { reading, aim } = readText(shown, context);
  const { language, found, spam, sentiment, intents } = reading;
  // Trained on comments under videos: four of five that it calls spam under pictures are none, so there the rules decide alone.
  const isSpam = found.kind === 'spam_promo' || (context.platform === 'youtube' && spam >= spamFrom);
  const { target, evidence: targetEvidence } = aim;
  return {
    language,
    kind: isSpam ? 'spam_promo' : found.kind,
    spam,
    isSpam,
    sentiment: {
      label: sentiment.isKnown ? sentiment.label : null,
      score: sentiment.isKnown ? sentiment.score : null,
      confidence: sentiment.isKnown ? sentiment.confidence : null,
    },
    intents: intentNames.flatMap(([name, intent]) => (intents[name] === null ? [] : [intent])),
    target,
    reasons: [
      isSpam && found.kind !== 'spam_promo'
        ? { label: 'kind', by: 'the words are those of spam', contributions: [] }
        : { label: 'kind', by: found.rule, contributions: [] },
      {
        label: 'spam',
        by:
          context.platform === 'youtube'
            ? 'words and letters, weighed by a model trained on comments under videos'
            : 'rules; the model trained on comments under videos is shown, but does not decide here',
        contributions: [{ name: 'probability', contribution: spam }],
      },
      {
        label: 'sentiment',
        by: sentiment.isKnown ? 'words, emoji and negation' : 'no word of it is known to the model',
        contributions: sentiment.parts.map(({ name, value }) => ({ name, contribution: value })),
      },
      ...intentNames.flatMap(([name, intent]): CommentReason[] => {
        const evidence = intents[name];
        return evidence === null
          ? []
          : [{ label: 'intents', by: `${intent.replace('_', ' ')}: “${evidence}”`, contributions: [] }];
      }),
      ...(targetEvidence.length === 0
        ? []
        : [{ label: 'target' as const, by: targetEvidence.join(', '), contributions: [] }]),
    ],
  };
}

const charactersMax = 2000;

/** All of a comment that its text alone decides. */
interface TextReading {
  language: LanguageFound;
  found: CommentKindFound;
  spam: number;
  sentiment: Sentiment;
  intents: Record<Intent, string | null>;
}

/** About half of all comments are a few emoji or words of praise that come again and again: what they are is kept for the next one. */
const keptMax = 20_000;
const keptCharactersMax = 48;
const kept = new Map<string, TextReading>();

interface Aim {
  target: CommentTarget;
  evidence: string[];
}

/** Whom it is aimed at depends on who is written to, so that is found anew each time. */
function readText(text: string, context: CommentContext): { reading: TextReading; aim: Aim } {
  const before = kept.get(text);
  if (before !== undefined) {
    const placed = { ...context, language: knownCode(before.language) };
    return { reading: before, aim: explainTarget(readTokens(text), placed, before.intents.complaint) };
  }
  const read = readCommentText(text);
  const language = languageOf(read);
  const found = kindOf(read);
  // Without a word there is nothing to sell with.
  const spam = found.kind === 'emoji_only' || found.kind === 'tag_only' ? 0 : spamOf(read);
  const all = readComment(text, { ...context, language: knownCode(language) });
  const reading = { language, found, spam, sentiment: all.sentiment, intents: all.intents };
  if (text.length <= keptCharactersMax) {
    if (kept.size >= keptMax) kept.clear();
    kept.set(text, reading);
  }
  return { reading, aim: { target: all.target, evidence: all.targetEvidence } };
}

const knownCode = ({ code }: LanguageFound) => (code === 'und' ? null : code);

const intentNames: readonly (readonly [Intent, CommentIntent])[] = [
  ['question', 'question'],
  ['purchaseIntent', 'purchase_intent'],
  ['complaint', 'complaint'],
  ['praise', 'praise'],
];
