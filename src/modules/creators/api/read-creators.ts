import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema } from '#kernel/time.ts';
import { commentSchema, metricPointSchema, personSchema, postSchema } from './creator.ts';
import { id, nullableCount } from './fields.ts';
import { contactTypeSchema, historyMetricSchema, provenanceSchema } from './rows.ts';

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

export const listPostComments = endpoint({
  name: 'creators.comments',
  method: 'GET',
  path: '/posts/:postId/comments',
  access: 'creators:read',
  summary: 'Comments under a post, oldest first',
  input: z.object({ postId: id, limit: z.number().int().min(1).max(500).default(100) }),
  output: z.object({ rows: z.array(commentSchema) }),
});

export const getMetricHistory = endpoint({
  name: 'creators.history',
  method: 'GET',
  path: '/creators/:personId/history',
  access: 'creators:read',
  summary: 'Figures of a creator over time, oldest first, each with source and date',
  input: z.object({
    personId: id,
    metrics: z.array(historyMetricSchema).max(20).optional(),
    from: daySchema.optional(),
  }),
  output: z.object({ points: z.array(metricPointSchema) }),
});

export const creatorSorts = ['followers', 'name', 'added', 'lastPost', 'engagementRate'] as const;

export const creatorFilterSchema = z.object({
  q: z.string().max(200).optional().describe('Part of a name or handle'),
  platforms: z.array(platformSchema).optional(),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(250)
    .optional(),
  niches: z.array(z.string()).max(100).optional(),
  tags: z.array(z.string()).max(100).optional(),
  ownerId: z.string().optional().describe('Of a member, or `none` for those nobody looks after'),
  contactTypes: z.array(contactTypeSchema).optional(),
  custom: z
    .array(
      z
        .string()
        .min(3)
        .max(400)
        .regex(/^[^=]+=.+$/s, 'Write field=value'),
    )
    .max(20)
    .optional()
    .describe('Extra fields as field=value; each of them has to hold'),
  followersMin: z.number().int().min(0).optional(),
  followersMax: z.number().int().min(0).optional(),
  hasEmail: z.boolean().optional(),
  facts: z
    .array(z.string().min(1).max(100))
    .max(20)
    .optional()
    .describe(
      'What other modules state, as name or name:value ("brand_safety:alcohol"); any of the values of one name',
    ),
});
export type CreatorFilter = z.infer<typeof creatorFilterSchema>;

export const creatorRowAnswerSchema = z
  .object({
    id,
    name: z.string().nullable(),
    country: z.string().nullable(),
    niches: z.array(z.string()),
    tags: z.array(z.string()),
    ownerId: z.string().nullable(),
    contactType: contactTypeSchema.describe(
      'As said, else told: influencer once they worked with you, application when they came by one, prospect else',
    ),
    isContactTypeSaid: z.boolean(),
    hasEmail: z.boolean(),
    profiles: z.array(
      z.object({
        id,
        platform: platformSchema,
        handle: z.string(),
        url: z.string().nullable(),
        followers: nullableCount,
        engagementRate: nullableCount,
        lastPostAt: z.string().nullable(),
        provenance: provenanceSchema,
      }),
    ),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'CreatorListItem' });
export type CreatorListItem = z.infer<typeof creatorRowAnswerSchema>;

export const listCreators = endpoint({
  name: 'creators.list',
  method: 'GET',
  path: '/creators',
  access: 'creators:read',
  summary: 'Creators by filter; figures are those of the profile with most followers',
  input: z.object({
    ...creatorFilterSchema.shape,
    sort: z.enum(creatorSorts).default('followers'),
    desc: z.boolean().default(true),
    ...pageInput,
  }),
  output: pageOf(creatorRowAnswerSchema),
});

export const countCreators = endpoint({
  name: 'creators.count',
  method: 'GET',
  path: '/creators/count',
  access: 'creators:read',
  summary: 'How many creators fit a filter, and the values to filter by with how many creators have each',
  input: creatorFilterSchema,
  output: z.object({
    matching: z.number(),
    total: z.number(),
    addedThisWeek: z.number(),
    niches: z.array(z.object({ value: z.string(), count: z.number() })),
    tags: z.array(z.object({ value: z.string(), count: z.number() })),
    countries: z.array(z.object({ value: z.string(), count: z.number() })),
    platforms: z.array(z.object({ value: platformSchema, count: z.number() })),
    contactTypes: z.array(z.object({ value: contactTypeSchema, count: z.number() })),
    owners: z.array(z.object({ value: z.string(), count: z.number() })).describe('By the id of their member'),
  }),
});

export const exportCreators = endpoint({
  name: 'creators.export',
  method: 'GET',
  path: '/creators/export',
  access: 'creators:read',
  transport: 'download',
  summary: 'Creators by filter as CSV, one line a profile, readable by the import again',
  input: z.object({ ...creatorFilterSchema.shape, personIds: z.array(id).max(2000).optional() }),
});
