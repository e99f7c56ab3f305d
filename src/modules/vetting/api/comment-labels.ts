import { z } from 'zod';

export const commentKinds = [
  'conversation',
  'specific_praise',
  'generic_praise',
  'emoji_only',
  'tag_only',
  'spam_promo',
] as const;
export const commentKindSchema = z.enum(commentKinds);
export type CommentKind = z.infer<typeof commentKindSchema>;

export const sentiments = ['negative', 'neutral', 'positive'] as const;
export const sentimentSchema = z.enum(sentiments);
export type SentimentLabel = z.infer<typeof sentimentSchema>;

export const commentIntents = ['question', 'purchase_intent', 'complaint', 'praise'] as const;
export const commentIntentSchema = z.enum(commentIntents);
export type CommentIntent = z.infer<typeof commentIntentSchema>;

export const commentTargets = ['brand', 'creator', 'other', 'unknown'] as const;
export const commentTargetSchema = z.enum(commentTargets);
export type CommentTarget = z.infer<typeof commentTargetSchema>;
