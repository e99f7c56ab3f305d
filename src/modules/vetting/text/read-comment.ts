import { readTokens } from './comment-tokens.ts';
import { explainIntents, type Intent } from './intents.ts';
import { type Sentiment, sentimentOfTokens } from './sentiment.ts';
import { explainTarget, type Target, type TargetContext } from './target.ts';

export interface CommentReading {
  sentiment: Sentiment;
  /** What speaks for each intent; null where nothing does. */
  intents: Record<Intent, string | null>;
  target: Target;
  /** The words and handles that decided the target. */
  targetEvidence: string[];
}

/** Sentiment, intents and target of a comment in one reading, for many comments at a time. */
export function readComment(text: string, context: TargetContext): CommentReading {
  const language = context.language ?? null;
  const tokens = readTokens(text);
  const feeling = sentimentOfTokens(tokens, language);
  const intents = explainIntents(tokens, language, feeling);
  const { target, evidence } = explainTarget(tokens, context, intents.complaint);
  return { sentiment: feeling.sentiment, intents, target, targetEvidence: evidence };
}
