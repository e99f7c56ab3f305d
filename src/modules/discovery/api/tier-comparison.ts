import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { tierSchema } from './tiers.ts';

const count = z.number().int();
/** Profiles a median needs. */
export const tierProfilesMin = 10;

export const medianSchema = z
  .object({
    value: z.number(),
    low: z.number().nullable().describe('Ends of the 95 % interval by order statistics'),
    high: z.number().nullable(),
    n: count.describe('Profiles, creators for credibility'),
  })
  .meta({ id: 'Median' });
const median = medianSchema.nullable().describe('Null: not enough data, below 10');

export const tierFiguresSchema = z
  .object({
    tier: tierSchema,
    creators: count.describe('Creators with a profile of this size, as the search counts them'),
    profiles: count,
    engagementRate: median,
    engagements: median.describe('Likes and comments a post. Null: not enough data'),
    growth3m: median.describe('Relative change of followers over three months. Null: not enough data'),
    credibility: median.describe('0 to 100, from vetting. Null: not enough data'),
    prices: z
      .array(
        z.object({
          currency: z.string(),
          priceMinor: median.describe('Minor units a post. Null: not enough data'),
          costPerEngagementMinor: median.describe('Minor units. Null: not enough data'),
          n: count.describe('Profiles with a price in this currency'),
        }),
      )
      .describe('Rate cards and what creators ask, never a published band; one entry a currency, most prices first'),
    known: z
      .object({ engagementRate: count, growth3m: count, credibility: count, price: count })
      .describe('Profiles (creators for credibility) of which each is known'),
  })
  .meta({ id: 'TierFigures' });
export type TierFigures = z.infer<typeof tierFiguresSchema>;

export const publishedBandSchema = z
  .object({
    source: z.string(),
    year: z.number().int().nullable(),
    platform: platformSchema,
    subject: z.enum(['engagement', 'price']),
    definition: z.string(),
    currency: z.string().nullable(),
    tier: z.string().describe("The source's own word for the size"),
    followersMin: count.nullable(),
    followersMax: count.nullable(),
    low: z.number().nullable().describe('Shares for engagement, whole units of the currency for prices'),
    high: z.number().nullable(),
  })
  .meta({ id: 'PublishedBand' });
export type PublishedBand = z.infer<typeof publishedBandSchema>;

export const compareTiers = endpoint({
  name: 'tiers.compare',
  method: 'GET',
  path: '/tiers/comparison',
  access: 'discovery:read',
  summary: 'Tiers side by side on the own creators or a list, with published bands beside them',
  input: z.object({
    listId: z.string().max(60).optional(),
    platform: platformSchema.optional(),
    source: z.string().max(120).optional().describe('Only the bands of this source'),
  }),
  output: z.object({
    rows: z.array(tierFiguresSchema),
    creators: count.describe('Creators looked at'),
    untiered: count.describe('Of these, with no profile of known size in any tier'),
    bands: z.array(publishedBandSchema).describe('Published by others; never part of a figure above'),
    sources: z.array(
      z.object({ source: z.string(), year: z.number().int().nullable(), subjects: z.array(z.string()) }),
    ),
    asOf: instantSchema,
  }),
});
