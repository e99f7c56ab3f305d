import { z } from 'zod';
import { commentSumsSchema } from '#modules/vetting/api.ts';

/** What is written below the live content of a campaign, as far as its posts and comments are stored. */
export const campaignCommentsSchema = z.object({
  live: z.int().describe('Deliverables that are live'),
  matched: z.int().describe('Of those, the ones whose post is stored, found by address or id'),
  all: commentSumsSchema,
  posts: z.array(
    z.object({ deliverableId: z.string(), postId: z.string(), title: z.string(), sums: commentSumsSchema }),
  ),
});
export type CampaignComments = z.infer<typeof campaignCommentsSchema>;
