import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { commentIntentSchema, commentKindSchema, commentTargetSchema, sentimentSchema } from './comment-labels.ts';
import { podSchema, podSearchSchema } from './comment-pods.ts';
import { intervalSchema } from './report.ts';

/** What decided a label: a rule by its name, or words with the weight they had. */
export const commentReasonSchema = z.object({
  label: z.enum(['language', 'kind', 'spam', 'sentiment', 'intents', 'target']),
  by: z.string().describe('The rule or model, in words'),
  contributions: z
    .array(z.object({ name: z.string(), contribution: z.number() }))
    .describe('What a model weighed, strongest first; empty where a rule decided alone'),
});
export type CommentReason = z.infer<typeof commentReasonSchema>;

/** The labels a person may set; what is left out stays as it is. */
export const correctedLabelsSchema = z.object({
  kind: commentKindSchema.optional(),
  isSpam: z.boolean().optional(),
  sentiment: sentimentSchema.optional(),
  intents: z.array(commentIntentSchema).max(4).optional(),
  target: commentTargetSchema.optional(),
});
export type CorrectedLabels = z.infer<typeof correctedLabelsSchema>;

const labels = {
  kind: commentKindSchema.nullable(),
  isSpam: z.boolean().nullable(),
  sentiment: sentimentSchema.nullable(),
  intents: z.array(commentIntentSchema).nullable(),
  target: commentTargetSchema.nullable(),
};

export const commentMarkSchema = z.object({
  name: z.enum(['spammer', 'pod_member', 'copied', 'machine_name']),
  text: z.string(),
});

export const classedCommentSchema = z
  .object({
    id: z.string(),
    postId: z.string(),
    postUrl: z.string().nullable(),
    postedAt: instantSchema.nullable(),
    profileId: z.string(),
    authorHandle: z.string().nullable(),
    isOwn: z.boolean().describe('Written by the creator; such comments stand in no sum'),
    text: z.string(),
    likes: z.number().nullable(),
    commentedAt: instantSchema.nullable(),
    isRead: z.boolean().describe('False while the comment waits to be read; its labels are null or of an older text'),
    ...labels,
    model: z
      .object({ ...labels, version: z.string().nullable(), spamProbability: z.number().nullable() })
      .describe('What the machine said, whatever a person set'),
    language: z.string().nullable().describe('ISO 639-1, or und'),
    languageConfidence: z.number().nullable(),
    sentimentScore: z.number().nullable().describe('-1 to 1'),
    sentimentConfidence: z.number().nullable(),
    reasons: z.array(commentReasonSchema),
    authorMarks: z.array(commentMarkSchema).describe('Why its author is not taken for an ordinary reader'),
    duplicateGroup: z.string().nullable(),
    duplicates: z.number().describe('Comments of the workspace that say nearly the same, itself among them'),
    correction: z
      .object({
        id: z.string(),
        labels: correctedLabelsSchema,
        reason: z.string(),
        by: z.string(),
        at: instantSchema,
      })
      .nullable(),
  })
  .meta({ id: 'ClassedComment' });
export type ClassedComment = z.infer<typeof classedCommentSchema>;

export const commentShareSchema = z.object({
  name: z.string(),
  count: z.number(),
  n: z.number().describe('Of how many: comments whose label is known'),
  share: z.number().nullable().describe('count / n; null while n is too small to say'),
  interval: intervalSchema.nullable().describe('Wilson, 95 %'),
});
export type CommentShare = z.infer<typeof commentShareSchema>;

/** Sums over comments that are read and not the creator's own. */
export const commentSumsSchema = z
  .object({
    n: z.number(),
    unread: z.number().describe('Comments that still wait to be read'),
    corrected: z.number(),
    undated: z.number().describe('Comments without a date; they stand in no period'),
    ahead: z
      .number()
      .default(0)
      .describe('Comments dated more than a day ahead of now; they stand in no period and are never the newest'),
    isEnough: z.boolean().describe('Whether n suffices for shares'),
    kinds: z.array(commentShareSchema),
    sentiments: z.array(commentShareSchema),
    intents: z.array(commentShareSchema),
    targets: z.array(commentShareSchema),
    spam: commentShareSchema,
    languages: z.array(z.object({ language: z.string(), count: z.number() })).describe('The most frequent, at most 12'),
    asOf: instantSchema.nullable().describe('The newest comment'),
  })
  .meta({ id: 'CommentSums' });
export type CommentSums = z.infer<typeof commentSumsSchema>;

export const commentProgressSchema = z
  .object({
    total: z.number(),
    read: z.number(),
    modelVersion: z.string(),
    pods: podSearchSchema,
  })
  .meta({ id: 'CommentProgress' });
export type CommentProgress = z.infer<typeof commentProgressSchema>;

const personInput = { personId: z.string().max(64), profileId: z.string().max(64).optional() };

export const commentFilterInput = {
  kinds: z.array(commentKindSchema).optional(),
  sentiments: z.array(sentimentSchema).optional(),
  intents: z.array(commentIntentSchema).optional(),
  targets: z.array(commentTargetSchema).optional(),
  languages: z.array(z.string().max(20)).max(50).optional(),
  isSpam: z.boolean().optional(),
  isCorrected: z.boolean().optional(),
  period: z.enum(['90d', 'all']).default('all'),
  postId: z.string().max(64).optional(),
  duplicateGroup: z.string().max(64).optional(),
  podId: z.string().max(64).optional(),
};

export const commentSummarySchema = z
  .object({
    personId: z.string(),
    profileId: z.string(),
    handle: z.string(),
    platform: platformSchema,
    progress: z.object({ total: z.number(), read: z.number() }),
    recent: commentSumsSchema.describe('Of the last 90 days'),
    allTime: commentSumsSchema,
    weeks: z
      .array(
        z.object({
          week: daySchema.describe('Its Monday'),
          n: z.number(),
          positive: z.number(),
          neutral: z.number(),
          negative: z.number(),
        }),
      )
      .describe('At most the last 104 weeks that have comments'),
    duplicates: z
      .array(
        z.object({
          group: z.string(),
          text: z.string(),
          comments: z.number().describe('Under this creator'),
          authors: z.number(),
          everywhere: z.number().describe('Over all creators of the workspace'),
          creators: z.number(),
        }),
      )
      .describe('Texts that come again, most frequent first; at most 20'),
    pods: z.array(podSchema),
    podSearch: podSearchSchema,
    modelVersion: z.string(),
  })
  .meta({ id: 'CommentSummary' });
export type CommentSummary = z.infer<typeof commentSummarySchema>;

export const listVettedComments = endpoint({
  name: 'vettedComments.list',
  method: 'GET',
  path: '/creators/:personId/vetting/comments',
  access: 'vetting:read',
  summary: 'Comments under the posts of a creator with what each is, newest first',
  input: z.object({
    ...personInput,
    ...commentFilterInput,
    isGrouped: z.boolean().default(false).describe('Of texts that are nearly the same only the newest'),
    ...pageInput,
  }),
  output: pageOf(classedCommentSchema),
});

export const summariseComments = endpoint({
  name: 'vettedComments.summary',
  method: 'GET',
  path: '/creators/:personId/vetting/comment-summary',
  access: 'vetting:read',
  summary: 'Sums over the comments of a creator, copies and pods among them',
  input: z.object(personInput),
  output: commentSummarySchema,
});

export const exportVettedComments = endpoint({
  name: 'vettedComments.export',
  method: 'GET',
  path: '/creators/:personId/vetting/comments.csv',
  access: 'vetting:read',
  summary: 'The comments of a creator with their labels as CSV, at most 50,000',
  transport: 'download',
  input: z.object({ ...personInput, ...commentFilterInput }),
});

export const sumPostComments = endpoint({
  name: 'vettedComments.sums',
  method: 'GET',
  path: '/vetting/post-comments',
  access: 'vetting:read',
  summary: 'Sums over the comments of each post, and of all of them together',
  input: z.object({ postIds: z.array(z.string().max(64)).min(1).max(200) }),
  output: z.object({
    posts: z.array(z.object({ postId: z.string(), sums: commentSumsSchema })),
    all: commentSumsSchema,
  }),
});

const commentInput = { commentId: z.string().max(64) };

export const correctComment = endpoint({
  name: 'vettedComments.correct',
  method: 'POST',
  path: '/vetting/comments/:commentId/corrections',
  access: 'vetting:write',
  summary: 'Set labels of a comment by hand, with the reason; it counts at once and stays when comments are read again',
  input: z.object({
    ...commentInput,
    labels: correctedLabelsSchema.refine((set) => Object.values(set).some((value) => value !== undefined), {
      message: 'Say which label is wrong: kind, isSpam, sentiment, intents or target',
    }),
    reason: z.string().trim().min(1, 'Say why, in a word or two').max(2000),
  }),
  output: classedCommentSchema,
});

export const undoCorrection = endpoint({
  name: 'vettedComments.undo',
  method: 'POST',
  path: '/vetting/comments/:commentId/corrections/undo',
  access: 'vetting:write',
  summary: 'Take back the last correction of a comment; the one before it counts again, else the machine',
  input: z.object(commentInput),
  output: classedCommentSchema,
});

export const listCorrections = endpoint({
  name: 'vettedComments.corrections',
  method: 'GET',
  path: '/vetting/comments/:commentId/corrections',
  access: 'vetting:read',
  summary: 'Every correction of a comment, newest first',
  input: z.object({ ...commentInput, limit: z.number().int().min(1).max(100).default(50) }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        labels: correctedLabelsSchema,
        reason: z.string(),
        by: z.string(),
        at: instantSchema,
        undoneAt: instantSchema.nullable(),
        undoneBy: z.string().nullable(),
      }),
    ),
  }),
});

export const getCommentProgress = endpoint({
  name: 'vettedComments.progress',
  method: 'GET',
  path: '/vetting/comment-progress',
  access: 'vetting:read',
  summary: 'How many comments of the workspace are read, and when copies and pods were last looked for',
  output: commentProgressSchema,
});
