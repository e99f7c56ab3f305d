import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';

/** Fewer commenters than this say nothing about an audience. */
export const namingCommentersMin = 30;

const count = z.number().int();

export const namedBrandsSchema = z
  .object({
    personId: z.string(),
    profileId: z.string(),
    handle: z.string(),
    state: z
      .enum(['estimated', 'not_enough_data', 'unknown'])
      .describe('not_enough_data: fewer than 30 commenters; unknown: no comments or no brand to look for'),
    text: z.string(),
    source: z.string(),
    comments: count.describe('Newest comments read, at most 2,000; the creator’s own left out'),
    commenters: count.describe('Different people behind them'),
    newestAt: instantSchema.nullable(),
    lookedFor: count.describe('Brands looked for'),
    rows: z.array(
      z.object({
        brand: z.string(),
        handles: z.array(z.string()),
        from: z.enum(['paid_posts', 'own_brand', 'competitor']).describe('Where the brand is known from'),
        commenters: count.describe('Different people who name it'),
        share: z.number().nullable().describe('Of all commenters; null below 30'),
        low: z.number().nullable(),
        high: z.number().nullable(),
        commentIds: z.array(z.string()).describe('Comments that name it, at most 5'),
      }),
    ),
  })
  .meta({
    id: 'NamedBrands',
    description:
      'Brands that commenters name: an estimate of what this audience cares for. Naming a brand is not liking it, and who comments is not who follows.',
  });
export type NamedBrands = z.infer<typeof namedBrandsSchema>;

export const getNamedBrands = endpoint({
  name: 'vetting.namedBrands',
  method: 'GET',
  path: '/creators/:personId/named-brands',
  access: 'vetting:read',
  summary: 'Which brands the commenters of a creator name: estimated, with its sample',
  input: z.object({ personId: z.string().min(1).max(60), profileId: z.string().min(1).max(60).optional() }),
  output: namedBrandsSchema,
});
