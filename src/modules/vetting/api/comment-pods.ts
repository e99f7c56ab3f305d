import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { commentKindSchema } from './comment-labels.ts';

const podFigures = {
  state: z
    .enum(['likely', 'possible'])
    .describe('likely: beyond chance and with a mark of a pod; possible: beyond chance only'),
  members: z.number(),
  creators: z.number(),
  comments: z.number(),
  sharedCreators: z.number().describe('Creators that two members share in the median'),
  expectedShared: z.number().describe('What chance would let them share'),
  genericShare: z.number().nullable().describe('Of their comments that are generic praise, emoji, tags or spam'),
  medianMinutes: z.number().nullable().describe('From post to comment, in the median, where both times are known'),
  timed: z.number().describe('Comments of which the time after the post is known'),
  marks: z.array(z.string()),
};

export const podSchema = z
  .object({
    id: z.string(),
    ...podFigures,
    computedAt: instantSchema,
    authors: z
      .array(z.object({ handle: z.string(), creators: z.number(), comments: z.number() }))
      .describe('At most 50'),
    profiles: z.array(z.object({ profileId: z.string(), personId: z.string(), handle: z.string(), name: z.string() })),
  })
  .meta({ id: 'CommentPod' });
export type Pod = z.infer<typeof podSchema>;

/** What the last search for copies and pods found to look at. */
export const podSearchSchema = z.object({
  state: z.enum(['not_yet', 'not_enough_data', 'searched']),
  text: z.string(),
  searchedAt: instantSchema.nullable(),
  creators: z.number(),
  commenters: z.number(),
});
export type PodSearch = z.infer<typeof podSearchSchema>;

export const listPods = endpoint({
  name: 'vettedComments.pods',
  method: 'GET',
  path: '/vetting/pods',
  access: 'vetting:read',
  summary: 'Groups of commenters who meet under the same creators more often than by chance',
  output: z.object({ search: podSearchSchema, rows: z.array(podSchema).describe('At most 100, likely ones first') }),
});

export const listPodComments = endpoint({
  name: 'vettedComments.podComments',
  method: 'GET',
  path: '/vetting/pods/:podId/comments',
  access: 'vetting:read',
  summary: 'The comments of the members of a pod: the rows behind it, soonest after the post first',
  input: z.object({ podId: z.string().max(64), limit: z.number().int().min(1).max(500).default(100) }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        authorHandle: z.string().nullable(),
        text: z.string(),
        kind: commentKindSchema.nullable(),
        creatorHandle: z.string(),
        personId: z.string(),
        postUrl: z.string().nullable(),
        commentedAt: instantSchema.nullable(),
        minutesAfterPost: z.number().nullable(),
      }),
    ),
  }),
});
