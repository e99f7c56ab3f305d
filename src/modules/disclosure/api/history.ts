import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { captionMax, findingSchema, mediaSchema, relationSchema, standings, verdictSchema } from './verdict.ts';

export const historyPostsMax = 500;

const postSchema = z.object({
  id: z.string().max(64),
  caption: z.string().max(captionMax),
  platform: platformSchema.default('instagram'),
  publishedAt: instantSchema.nullable().default(null),
  media: mediaSchema.default({ kind: 'image' }),
  relation: relationSchema.default('unknown'),
  platformLabel: z.boolean().nullable().default(null),
});
export type HistoryPost = z.input<typeof postSchema>;

export const historySchema = z
  .object({
    posts: z.number(),
    withDeal: z.number().describe('Posts that are known to be of a deal or show signs of one'),
    disclosed: z.number().describe('Of those: with a clear label in its place'),
    share: z.number().nullable().describe('disclosed / withDeal; null below 5 posts with a deal: not enough data'),
    byStanding: z.record(z.enum(standings), z.number()),
    from: instantSchema.nullable(),
    to: instantSchema.nullable(),
    pack: z.string(),
    rows: z.array(
      z.object({
        id: z.string(),
        verdict: verdictSchema.shape.verdict,
        standing: z.enum(standings),
        findings: z.array(findingSchema),
      }),
    ),
  })
  .meta({ id: 'DisclosureHistory' });
export type DisclosureHistory = z.infer<typeof historySchema>;

export const checkDisclosureHistory = endpoint({
  name: 'disclosure.history',
  method: 'POST',
  path: '/disclosure/history',
  access: 'campaigns:read',
  summary: 'Check many posts of one creator and sum them up; nothing is kept',
  input: z.object({
    country: z
      .string()
      .regex(/^[A-Za-z]{2}$/)
      .optional(),
    posts: z.array(postSchema).min(1).max(historyPostsMax),
  }),
  output: historySchema,
});
