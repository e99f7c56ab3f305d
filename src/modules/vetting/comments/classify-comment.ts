import type { CommentIntent, CommentKind, CommentReason, CommentTarget, SentimentLabel } from '../api.ts';
import { commentKind } from '../text/comment-kind.ts';
import { commentSpam } from '../text/comment-spam.ts';
import { readTokens } from '../text/comment-tokens.ts';
import { explainIntents, type Intent } from '../text/intents.ts';
import { detectLanguage } from '../text/language.ts';
import { sentimentOf } from '../text/sentiment.ts';
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

/** From this probability on a comment is taken for spam. */
const spamFrom = 0.5;

/** What stands behind the models: a change makes every comment due to be read again. */
export function commentModelVersion(): string {
  return '2026.11-1';
}

/**
 * What a comment is, by all models together. The same text and context give the same answer; texts are read as far as their first 2,000 characters.
 * Kinds and spam agree: what is spam is of the kind spam_promo, and nothing else is.
 */
export function classifyComment(text: string, context: TargetContext): ClassifiedComment {
  const shown = text.slice(0, charactersMax);
  const language = detectLanguage(shown);
  const known = language.code === 'und' ? null : language.code;
  const found = commentKind(shown);
  const spam = commentSpam(shown);
  const isSpam = found.kind === 'spam_promo' || spam >= spamFrom;
  const tokens = readTokens(shown);
  const sentiment = sentimentOf(shown, known);
  const intents = explainIntents(tokens, known);
  const target = explainTarget(tokens, context);
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
    target: target.target,
    reasons: [
      isSpam && found.kind !== 'spam_promo'
        ? { label: 'kind', by: 'the words are those of spam', contributions: [] }
        : { label: 'kind', by: found.rule, contributions: [] },
      {
        label: 'spam',
        by: 'words and letters, weighed by a model',
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
      ...(target.evidence.length === 0
        ? []
        : [{ label: 'target' as const, by: target.evidence.join(', '), contributions: [] }]),
    ],
  };
}

const charactersMax = 2000;

const intentNames: readonly (readonly [Intent, CommentIntent])[] = [
  ['question', 'question'],
  ['purchaseIntent', 'purchase_intent'],
  ['complaint', 'complaint'],
  ['praise', 'praise'],
];
