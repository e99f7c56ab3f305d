import { z } from 'zod';
import { instantSchema } from '#kernel/time.ts';

/** What the newest comments say, as a report keeps it. */
export const commentsSectionSchema = z.object({
  n: z.number().describe('Comments read, the creator’s own left out; at most the newest 2,000'),
  unread: z.number(),
  corrected: z.number(),
  authors: z.number(),
  positive: z.number(),
  neutral: z.number(),
  negative: z.number(),
  purchase: z.number(),
  questions: z.number(),
  complaints: z.number(),
  spam: z.number(),
  newestAt: instantSchema.nullable(),
  kinds: z
    .record(z.string(), z.number())
    .optional()
    .describe('How many are of each kind; missing in reports from before it was counted'),
});
export type CommentsSection = z.infer<typeof commentsSectionSchema>;
