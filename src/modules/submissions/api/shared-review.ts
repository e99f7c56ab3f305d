import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { guestEntryShape } from '#kernel/guest-link.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { diffPartSchema } from './draft.ts';
import { commentBody, commentPlace } from './review.ts';
import {
  captionVerdictSchema,
  commentSchema,
  draftFileSchema,
  roundNumber,
  submissionId,
  submissionStateSchema,
} from './submission.ts';

export const sharedDraftRowSchema = z.object({
  id: z.string(),
  creator: z.string(),
  title: z.string(),
  platform: platformSchema,
  format: z.string(),
  state: submissionStateSchema,
  round: z.number().int(),
  yours: z.enum(['approved', 'changes_requested']).nullable().describe('What your side said to the newest round'),
});
export type SharedDraftRow = z.infer<typeof sharedDraftRowSchema>;

export const openSharedReview = endpoint({
  name: 'sharedReviews.open',
  method: 'POST',
  path: '/shared-reviews/open',
  access: 'public',
  inWorkspace: false,
  summary: 'The drafts of a campaign for whoever holds the link; only those that were handed in',
  input: z.object(guestEntryShape),
  output: z.object({
    workspaceName: z.string(),
    campaignName: z.string(),
    forName: z.string(),
    role: z.enum(['legal', 'client']),
    canDecide: z.boolean(),
    expiresAt: instantSchema,
    drafts: z.array(sharedDraftRowSchema),
  }),
});

/** What a reviewer outside sees: no fee, contact, note among the team, nor whether others approved. */
export const sharedDraftSchema = sharedDraftRowSchema
  .extend({
    caption: z.string().describe('The caption that counts: the proposed one where there is one'),
    videoUrl: z.string().nullable(),
    submittedAt: instantSchema.nullable(),
    disclosure: captionVerdictSchema.nullable(),
    files: z.array(draftFileSchema.extend({ url: z.string(), previewUrl: z.string().nullable() })),
    comments: z.array(commentSchema),
    sinceLast: z.array(diffPartSchema).nullable().describe('The caption against the round before; null for the first'),
    mayDecide: z.boolean(),
  })
  .meta({ id: 'SharedDraft' });
export type SharedDraft = z.infer<typeof sharedDraftSchema>;

export const showSharedDraft = endpoint({
  name: 'sharedReviews.show',
  method: 'POST',
  path: '/shared-reviews/show',
  access: 'public',
  inWorkspace: false,
  summary: 'One draft for whoever holds the link',
  input: z.object({ ...guestEntryShape, submissionId }),
  output: sharedDraftSchema,
});

export const decideSharedDraft = endpoint({
  name: 'sharedReviews.decide',
  method: 'POST',
  path: '/shared-reviews/decide',
  access: 'public',
  inWorkspace: false,
  summary: 'Approve a round by a link, or say what should change; the team passes it on',
  input: z.object({
    ...guestEntryShape,
    submissionId,
    round: roundNumber,
    decision: z.enum(['approved', 'changes_requested']),
    note: z.string().trim().max(4000).default(''),
  }),
  output: sharedDraftSchema,
});

export const commentSharedDraft = endpoint({
  name: 'sharedReviews.comment',
  method: 'POST',
  path: '/shared-reviews/comment',
  access: 'public',
  inWorkspace: false,
  summary: 'Remark on a round by a link; the team and the reviewers outside see it',
  input: z.object({
    ...guestEntryShape,
    submissionId,
    round: roundNumber,
    body: commentBody,
    replyTo: z.string().max(60).optional(),
    ...commentPlace,
  }),
  output: sharedDraftSchema,
});

export const openSharedFile = endpoint({
  name: 'sharedReviews.file',
  method: 'GET',
  path: '/shared-review-files/:ticket',
  access: 'public',
  inWorkspace: false,
  transport: 'download',
  summary: 'A file of a draft shown by a link; the ticket stands in what the link shows and lasts a few hours',
  input: z.object({ ticket: z.string().min(1).max(400), isPreview: z.boolean().default(false) }),
});
