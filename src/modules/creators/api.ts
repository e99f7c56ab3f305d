import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';

const id = z.string().min(1).max(64);
const shortText = z.string().trim().min(1).max(300);
const longText = z.string().max(10_000);
const count = z.number().int().min(0).max(1e13);
const figure = z.number().min(0).max(1e13);

/** The figures a profile has; all but lastPostAt have a history. */
export const historyMetrics = ['followers', 'following', 'postCount', 'avgLikes', 'avgComments', 'avgViews', 'avgShares', 'avgSaves', 'engagementRate'] as const;
export const historyMetricSchema = z.enum(historyMetrics);
export type HistoryMetric = z.infer<typeof historyMetricSchema>;

export const provenanceSchema = z
  .record(z.string(), z.object({ source: z.string(), at: z.string(), n: z.number().optional(), formula: z.string().optional() }))
  .meta({ id: 'Provenance', description: 'Source and date per field; "*" holds for fields without an entry of their own' });

const figuresShape = {
  followers: count.nullish(),
  following: count.nullish(),
  postCount: count.nullish(),
  avgLikes: figure.nullish(),
  avgComments: figure.nullish(),
  avgViews: figure.nullish(),
  avgShares: figure.nullish(),
  avgSaves: figure.nullish(),
  engagementRate: z.number().min(0).max(100).nullish().describe('Share of followers: 0.034 is 3.4 %'),
};

/** One account as it is handed in. What is absent or null says nothing and changes nothing. */
export const profileRowSchema = z.object({
  platform: platformSchema,
  handle: z.string().min(1).max(300).describe('With or without @, or the address of the profile'),
  externalId: shortText.nullish(),
  url: z.string().max(2000).nullish(),
  displayName: shortText.nullish(),
  bio: longText.nullish(),
  website: z.string().max(2000).nullish(),
  category: shortText.nullish(),
  accountType: shortText.nullish(),
  isPrivate: z.boolean().nullish(),
  isVerified: z.boolean().nullish(),
  ...figuresShape,
  lastPostAt: instantSchema.nullish(),
  audience: z.record(z.string(), z.unknown()).nullish(),
  history: z.array(z.object({ day: daySchema, ...figuresShape })).max(2000).optional().describe('Older figures, one entry a day'),
});
export type ProfileRow = z.infer<typeof profileRowSchema>;

/** One person with one or more accounts as handed in by a file, the API or the sample. */
export const creatorRowSchema = z.object({
  key: z.string().max(300).optional().describe("The sender's own id of the person: rows of one key are one person"),
  name: shortText.nullish(),
  country: z.string().regex(/^[A-Z]{2}$/).nullish(),
  region: shortText.nullish(),
  city: shortText.nullish(),
  languages: z.array(z.string().min(2).max(8)).max(50).optional(),
  emails: z.array(z.email().max(320)).max(20).optional(),
  phones: z.array(z.string().max(60)).max(20).optional(),
  website: z.string().max(2000).nullish(),
  niches: z.array(shortText).max(100).optional(),
  tags: z.array(shortText).max(100).optional(),
  custom: z.record(z.string().max(200), z.string().max(2000)).optional(),
  observedAt: instantSchema.optional().describe('When this was true, where the sender says so; otherwise the date of the import'),
  profiles: z.array(profileRowSchema).min(1).max(20),
});
export type CreatorRow = z.infer<typeof creatorRowSchema>;

export const postRowSchema = z.object({
  platform: platformSchema,
  handle: z.string().min(1).max(300),
  externalId: z.string().min(1).max(300),
  url: z.string().max(2000).nullish(),
  postedAt: instantSchema.nullish(),
  format: z.string().max(60).nullish(),
  caption: z.string().max(20_000).nullish(),
  hashtags: z.array(z.string().max(300)).max(500).optional(),
  mentions: z.array(z.string().max(300)).max(500).optional(),
  location: z.string().max(500).nullish(),
  likes: count.nullish(),
  comments: count.nullish(),
  views: count.nullish(),
  shares: count.nullish(),
  saves: count.nullish(),
  reach: count.nullish(),
  impressions: count.nullish(),
  isPaidLabel: z.boolean().nullish(),
});
export type PostRow = z.infer<typeof postRowSchema>;

export const commentRowSchema = z.object({
  platform: platformSchema,
  postExternalId: z.string().min(1).max(300),
  externalId: z.string().min(1).max(300),
  authorHandle: z.string().max(300).nullish(),
  text: z.string().max(20_000),
  likes: count.nullish(),
  commentedAt: instantSchema.nullish(),
});
export type CommentRow = z.infer<typeof commentRowSchema>;

const nullableCount = z.number().nullable();

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
    audience: z.record(z.string(), z.unknown()).nullable(),
    growth: z.record(z.string(), z.number().nullable()).nullable(),
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

export const getCreator = endpoint({
  name: 'creators.get',
  method: 'GET',
  path: '/creators/:personId',
  access: 'creators:read',
  summary: 'One creator with all profiles and figures',
  input: z.object({ personId: id.describe('Id of the person, or @handle of one of the profiles') }),
  output: personSchema,
});

export const listCreatorPosts = endpoint({
  name: 'creators.posts',
  method: 'GET',
  path: '/creators/:personId/posts',
  access: 'creators:read',
  summary: 'Posts of a creator, newest first',
  input: z.object({ personId: id, profileId: id.optional(), ...pageInput }),
  output: pageOf(postSchema),
});

export const getMetricHistory = endpoint({
  name: 'creators.history',
  method: 'GET',
  path: '/creators/:personId/history',
  access: 'creators:read',
  summary: 'Figures of a creator over time, oldest first, each with source and date',
  input: z.object({ personId: id, metrics: z.array(historyMetricSchema).max(20).optional(), from: daySchema.optional() }),
  output: z.object({ points: z.array(metricPointSchema) }),
});
