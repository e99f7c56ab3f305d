import { z } from 'zod';
import {
  type CommentIntent,
  type CommentKind,
  type CommentTarget,
  commentIntentSchema,
  commentKindSchema,
  commentTargetSchema,
  type SentimentLabel,
  sentimentSchema,
} from '#modules/vetting/api.ts';
import type { Tone } from '#web/ui/tag.tsx';

export const kindWords: Record<CommentKind, string> = {
  conversation: 'Conversation',
  specific_praise: 'Praise of a thing',
  generic_praise: 'Praise for any post',
  emoji_only: 'Emoji only',
  tag_only: 'Names only',
  spam_promo: 'Spam or promotion',
};

/** The same colour for a kind on every page. */
export const kindColours = {
  specific_praise: 1,
  conversation: 2,
  generic_praise: 3,
  emoji_only: 4,
  tag_only: 'rest',
  spam_promo: 6,
} as const satisfies Record<CommentKind, number | 'rest'>;

export const sentimentWords: Record<SentimentLabel, string> = {
  positive: 'Positive',
  neutral: 'Neutral',
  negative: 'Negative',
};
export const sentimentTones: Record<SentimentLabel, Tone> = { positive: 'good', neutral: 'plain', negative: 'bad' };

export const intentWords: Record<CommentIntent, string> = {
  question: 'Question',
  purchase_intent: 'Wants to buy',
  complaint: 'Complaint',
  praise: 'Praise',
};

export const targetWords: Record<CommentTarget, string> = {
  brand: 'Aimed at the brand',
  creator: 'Aimed at the creator',
  other: 'Aimed at somebody else',
  unknown: 'Aimed at nobody in particular',
};

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

export function languageWord(code: string): string {
  return code === 'und' ? 'language not known' : (languageNames.of(code) ?? code);
}

/** What of the comments is looked at, in the address. */
export const commentSearch = z.object({
  kinds: z.array(commentKindSchema).default([]),
  sentiments: z.array(sentimentSchema).default([]),
  intents: z.array(commentIntentSchema).default([]),
  targets: z.array(commentTargetSchema).default([]),
  languages: z.array(z.string()).default([]),
  period: z.enum(['90d', 'all']).default('90d'),
  corrected: z.boolean().default(false),
  group: z.string().optional(),
  pod: z.string().optional(),
});
export type CommentSearch = z.infer<typeof commentSearch>;

/** The filters as the endpoint takes them; empty ones are left out. */
export function filtersOf(search: CommentSearch) {
  const { kinds, sentiments, intents, targets, languages, period, corrected, group, pod } = search;
  return {
    period,
    ...(kinds.length > 0 && { kinds }),
    ...(sentiments.length > 0 && { sentiments }),
    ...(intents.length > 0 && { intents }),
    ...(targets.length > 0 && { targets }),
    ...(languages.length > 0 && { languages }),
    ...(corrected && { isCorrected: true }),
    ...(group !== undefined && { duplicateGroup: group }),
    ...(pod !== undefined && { podId: pod }),
  };
}
