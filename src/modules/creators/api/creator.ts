import { z } from 'zod';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema } from '#kernel/time.ts';
import { audienceSchema } from './audience.ts';
import { id, nullableCount } from './fields.ts';
import { contactTypeSchema, historyMetricSchema, provenanceSchema } from './rows.ts';

const counted = z
  .object({ value: z.number(), n: z.number().int().describe('Posts it rests on') })
  .nullable()
  .describe('Null: not enough data');

/** What the newest posts of a profile say, each with the number of posts it rests on. */
export const contentSchema = z
  .object({
    at: z.string().describe('When the newest of them was seen'),
    posts: z.number().int(),
    medianLikes: counted,
    medianComments: counted,
    medianViews: counted,
    medianEngagements: counted,
    medianEngagementRate: counted,
    postsPerWeek: counted,
    avgDurationS: counted,
    sponsored: z
      .object({ posts: z.number().int(), n: z.number().int() })
      .nullable()
      .describe('Posts that say they are paid for, of those whose label or caption is known'),
    sponsors: z.array(z.string()).describe('Accounts named in paid posts'),
    formats: z.array(z.string()),
    places: z.array(z.object({ name: z.string(), lat: z.number().nullable(), lon: z.number().nullable() })),
    affiliateAt: z.string().nullable().describe('Newest post that names an account with a code or affiliate link'),
    captions: z.number().int(),
  })
  .meta({ id: 'ProfileContent' });

export const profileSchema = z
  .object({
    id,
    personId: id,
    platform: platformSchema,
    handle: z.string(),
    externalId: z.string().nullable(),
    url: z.string().nullable(),
    displayName: z.string().nullable(),
    bio: z.string().nullable(),
    website: z.string().nullable(),
    category: z.string().nullable(),
    accountType: z.string().nullable(),
    isPrivate: z.boolean().nullable(),
    isVerified: z.boolean().nullable(),
    isOfficialArtist: z.boolean().nullable(),
    source: z.string(),
    followers: nullableCount,
    following: nullableCount,
    postCount: nullableCount,
    avgLikes: nullableCount,
    avgComments: nullableCount,
    avgViews: nullableCount,
    avgShares: nullableCount,
    avgSaves: nullableCount,
    engagementRate: nullableCount,
    lastPostAt: z.string().nullable(),
    audience: audienceSchema.nullable(),
    content: contentSchema.nullable().describe('What the newest posts say; null without posts'),
    growth: z.record(z.string(), z.number().nullable()).nullable(),
    likesGrowth: z.record(z.string(), z.number().nullable()).nullable(),
    viewsGrowth: z.record(z.string(), z.number().nullable()).nullable(),
    refreshedAt: z.string().nullable().describe('When the newest figure was observed'),
    provenance: provenanceSchema,
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Profile' });
export type Profile = z.infer<typeof profileSchema>;

export const personSchema = z
  .object({
    id,
    name: z.string().nullable(),
    country: z.string().nullable(),
    region: z.string().nullable(),
    city: z.string().nullable(),
    languages: z.array(z.string()),
    emails: z.array(z.string()),
    phones: z.array(z.string()),
    website: z.string().nullable(),
    niches: z.array(z.string()),
    tags: z.array(z.string()),
    interests: z.array(z.string()),
    contacts: z.array(z.string()).describe('Ways of contact beside e-mail and phone, as kind:value'),
    gender: z.string().nullable().describe('As declared or imported, never guessed'),
    age: z.number().nullable().describe('As declared or imported, never guessed'),
    isOpenToGifting: z.boolean().nullable(),
    contactType: contactTypeSchema.nullable().describe('As a person or a file said it; null where nobody did'),
    custom: z.record(z.string(), z.unknown()),
    ownerId: z.string().nullable(),
    provenance: provenanceSchema,
    profiles: z.array(profileSchema).describe('Most followers first'),
    facts: z.record(z.string(), z.unknown()),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Creator' });
export type Person = z.infer<typeof personSchema>;

export const postSchema = z
  .object({
    id,
    profileId: id,
    platform: platformSchema,
    handle: z.string(),
    externalId: z.string(),
    url: z.string().nullable(),
    postedAt: z.string().nullable(),
    format: z.string().nullable(),
    caption: z.string().nullable(),
    hashtags: z.array(z.string()),
    mentions: z.array(z.string()),
    location: z.string().nullable(),
    likes: nullableCount,
    comments: nullableCount,
    views: nullableCount,
    shares: nullableCount,
    saves: nullableCount,
    reach: nullableCount,
    impressions: nullableCount,
    isPaidLabel: z.boolean().nullable(),
    photoTags: z.array(z.string()),
    expiresAt: z.string().nullable().describe('When a story goes, or went'),
    source: z.string(),
    observedAt: z.string(),
  })
  .meta({ id: 'Post' });
export type Post = z.infer<typeof postSchema>;

export const commentSchema = z
  .object({
    id,
    postId: id,
    externalId: z.string(),
    authorHandle: z.string().nullable(),
    text: z.string(),
    likes: nullableCount,
    commentedAt: z.string().nullable(),
    source: z.string(),
  })
  .meta({ id: 'Comment' });
export type Comment = z.infer<typeof commentSchema>;

export const metricPointSchema = z.object({
  profileId: id,
  metric: historyMetricSchema,
  day: daySchema,
  value: z.number(),
  source: z.string(),
  observedAt: z.string(),
});
export type MetricPoint = z.infer<typeof metricPointSchema>;
