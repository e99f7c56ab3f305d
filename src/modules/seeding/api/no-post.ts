import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';

export const noPostReasons = [
  'not_liked',
  'damaged',
  'not_fitting',
  'no_time',
  'later',
  'never_meant',
  'no_answer',
  'other',
] as const;
export const noPostReasonSchema = z.enum(noPostReasons);
export type NoPostReason = z.infer<typeof noPostReasonSchema>;
export const noPostWords: Record<NoPostReason, string> = {
  not_liked: 'Did not like it',
  damaged: 'Came damaged, or was the wrong thing',
  not_fitting: 'Does not fit what they post',
  no_time: 'Had no time',
  later: 'Will post later',
  never_meant: 'Took it as a gift, never meant to post',
  no_answer: 'Does not answer',
  other: 'Other',
};
/** What a creator may say of themselves. */
export const ownNoPostReasons = noPostReasons.filter((reason) => reason !== 'no_answer');

export const noPostSchema = z
  .object({
    reason: noPostReasonSchema,
    note: z.string().nullable(),
    saidBy: z.enum(['creator', 'member']),
    by: z.string(),
    at: z.string(),
  })
  .meta({ id: 'NoPost' });
export type NoPost = z.infer<typeof noPostSchema>;

export const noPostInput = {
  enrolmentId: z.string().min(1).max(60),
  note: z.string().trim().max(500).nullable().default(null),
};

export const sayNoPost = endpoint({
  name: 'seeding.sayNoPost',
  method: 'PUT',
  path: '/enrolments/:enrolmentId/no-post',
  access: 'campaigns:write',
  summary: 'Note why a creator who got something did not post; null takes it back',
  input: z.object({ ...noPostInput, reason: noPostReasonSchema.nullable() }),
  output: noPostSchema.nullable(),
});
