import { z } from 'zod';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { engagementDefinition } from './fields.ts';

const known = z.number().nullable();
export const profileHitSchema = z.object({
  profileId: z.string(),
  platform: platformSchema,
  handle: z.string(),
  url: z.string().nullable(),
  displayName: z.string().nullable(),
  bio: z.string().nullable(),
  category: z.string().nullable(),
  accountType: z.string().nullable(),
  verified: z.boolean().nullable(),
  private: z.boolean().nullable(),
  tier: z.string().nullable(),
  followers: known,
  following: known,
  posts: known,
  engagementRate: known.describe(engagementDefinition),
  avgLikes: known,
  avgComments: known,
  avgViews: known,
  growth: z.array(known).length(6).describe('Relative change of followers over 1 to 6 months'),
  lastPostAt: instantSchema.nullable(),
  provenance: z.record(
    z.string(),
    z.object({ source: z.string(), at: z.string(), n: z.number().optional(), formula: z.string().optional() }),
  ),
});
export const peersSchema = z.object({
  percentile: z.number().describe('Share of peers below, ties by half, 0 to 100'),
  n: z.number().int(),
  platform: z.string(),
  tier: z.string(),
  low: z.number().describe('Lower quartile of the peers'),
  median: z.number(),
  high: z.number().describe('Upper quartile of the peers'),
});
export const reasonSchema = z.object({
  kind: z.enum(['text', 'filter']),
  what: z.string().describe('The term or field'),
  where: z.string().describe('name, handle, bio, hashtags, captions, mentions, or the field'),
  value: z.string(),
  count: z.number().int().nullable().describe('Captions that hold the term'),
  of: z.number().int().nullable(),
});
export type Reason = z.infer<typeof reasonSchema>;
export const hitSchema = z
  .object({
    personId: z.string(),
    name: z.string().nullable(),
    profile: profileHitSchema.nullable().describe('The profile that matches, the first in the sort order'),
    otherProfiles: z.array(
      z.object({ profileId: z.string(), platform: platformSchema, handle: z.string(), followers: known }),
    ),
    country: z.string().nullable(),
    region: z.string().nullable(),
    city: z.string().nullable(),
    languages: z.array(z.string()),
    niches: z.array(z.string()),
    tags: z.array(z.string()),
    ownerId: z.string().nullable(),
    hasEmail: z.boolean(),
    facts: z.record(z.string(), z.unknown()),
    lists: z.array(z.string()).describe('Ids of the lists the creator is on'),
    peers: peersSchema.nullable().describe('Engagement against the same platform and tier; null below 20 peers'),
    why: z.object({ line: z.string(), reasons: z.array(reasonSchema) }),
  })
  .meta({ id: 'CreatorHit' });
export type Hit = z.infer<typeof hitSchema>;

export const facetSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('values'),
      field: z.string(),
      values: z.array(z.object({ value: z.string(), count: z.number().int() })),
      others: z.number().int().describe('Further values, not listed'),
      unknown: z.number().int(),
      leastShare: z.number().optional().describe('Of an audience: a value counts from this share on, a fraction'),
    }),
    z.object({
      kind: z.literal('histogram'),
      field: z.string(),
      bins: z
        .array(z.object({ from: z.number().nullable(), to: z.number().nullable(), count: z.number().int() }))
        .describe('from <= value < to; of prices in minor units, one creator in every bin it has a price in'),
      unknown: z.number().int(),
      currency: z.string().optional().describe('Of prices: the one counted; others are unknown'),
    }),
  ])
  .meta({ id: 'SearchFacet', description: "Counts ignore the facet's own filter" });
export type Facet = z.infer<typeof facetSchema>;

export const searchAnswerSchema = z
  .object({
    rows: z.array(hitSchema),
    nextCursor: z.string().nullable(),
    total: z.number().int().describe('Creators that match'),
    indexed: z.number().int().describe('Creators searched'),
    leftOut: z.number().int().describe('Creators no filter rejects, left out since a value is not known'),
    unknown: z.array(z.object({ field: z.string(), creators: z.number().int() })),
    facets: z.array(facetSchema),
    corrected: z
      .array(z.object({ from: z.string(), to: z.array(z.string()) }))
      .describe('Words nothing was found for, and what was searched instead'),
    notes: z.array(z.string()),
    tookMs: z.number(),
  })
  .meta({ id: 'SearchAnswer' });
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
