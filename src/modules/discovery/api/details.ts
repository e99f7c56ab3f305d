import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { priceOrigins } from './fields.ts';

const medianSchema = z
  .object({ value: z.number(), n: z.number().int().nullable().describe('Posts it is of, at most the newest 12') })
  .nullable();

export const hitDetailsSchema = z
  .object({
    personId: z.string(),
    prices: z.array(
      z.object({
        format: z.string().nullable(),
        currency: z.string(),
        lowMinor: z.string(),
        highMinor: z.string(),
        origin: z.enum(priceOrigins).describe('estimate is a published band, not a price of this creator'),
      }),
    ),
    audiences: z.array(
      z.object({
        profileId: z.string(),
        n: z.number().int().nullable().describe('Size of the sample; null where the source does not state it'),
        source: z.string().nullable(),
        at: z.string().nullable(),
        credibility: z.number().nullable(),
        shares: z.record(z.string(), z.record(z.string(), z.number())).describe('By dimension and value, fractions'),
      }),
    ),
    medians: z
      .array(
        z.object({
          profileId: z.string(),
          likes: medianSchema,
          comments: medianSchema,
          views: medianSchema,
          engagementRate: medianSchema,
        }),
      )
      .describe('What calculation: median reads in place of the averages; null where there are too few posts'),
    credibility: z.number().nullable(),
  })
  .meta({ id: 'HitDetails' });
export type HitDetails = z.infer<typeof hitDetailsSchema>;

export const hitDetails = endpoint({
  name: 'discovery.details',
  method: 'POST',
  path: '/discovery/details',
  access: 'discovery:read',
  summary: 'Prices and audiences of at most 100 creators, for the page that shows them',
  input: z.object({ personIds: z.array(z.string().min(1).max(60)).min(1).max(100) }),
  output: z.object({ rows: z.array(hitDetailsSchema) }),
});
