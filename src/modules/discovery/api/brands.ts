import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';

const id = z.string().min(1).max(60);
const names = (what: string) => z.array(z.string().trim().min(1).max(100)).max(20).describe(what);
export const brandsComparedMax = 10;
const period = {
  from: daySchema.optional().describe('First day; 365 days back when left out'),
  to: daySchema.optional().describe('Last day; today when left out'),
  platform: platformSchema.optional(),
};
const count = z.number().int();

export const brandSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    isOwn: z.boolean(),
    handles: z.array(z.string()),
    hashtags: z.array(z.string()),
    keywords: z.array(z.string()),
    owner: z.object({ id: z.string(), name: z.string() }).describe('Who looks after it'),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: 'WatchedBrand' });
export type WatchedBrand = z.infer<typeof brandSchema>;

const brandShape = {
  name: z.string().trim().min(1).max(120),
  isOwn: z.boolean().describe("The workspace's own brand"),
  handles: names('Accounts of the brand, with or without @'),
  hashtags: names('With or without #'),
  keywords: names('Words or phrases of captions, whole words only'),
};

export const listBrands = endpoint({
  name: 'brands.list',
  method: 'GET',
  path: '/brands',
  access: 'discovery:read',
  summary: 'Brands that are watched, own ones first',
  output: z.object({ rows: z.array(brandSchema) }),
});
export const createBrand = endpoint({
  name: 'brands.create',
  method: 'POST',
  path: '/brands',
  access: 'discovery:write',
  summary: 'Watch a brand by its accounts, hashtags and words',
  input: z.object({
    ...brandShape,
    isOwn: brandShape.isOwn.default(false),
    handles: brandShape.handles.default([]),
    hashtags: brandShape.hashtags.default([]),
    keywords: brandShape.keywords.default([]),
  }),
  output: brandSchema,
});
export const updateBrand = endpoint({
  name: 'brands.update',
  method: 'PATCH',
  path: '/brands/:brandId',
  access: 'discovery:write',
  summary: 'Change a watched brand, or take it over',
  input: z.object({
    brandId: id,
    name: brandShape.name.optional(),
    isOwn: brandShape.isOwn.optional(),
    handles: brandShape.handles.optional(),
    hashtags: brandShape.hashtags.optional(),
    keywords: brandShape.keywords.optional(),
    takeOver: z.literal(true).optional().describe('Who calls looks after it from now on'),
  }),
  output: brandSchema,
});
export const deleteBrand = endpoint({
  name: 'brands.delete',
  method: 'DELETE',
  path: '/brands/:brandId',
  access: 'discovery:write',
  summary: 'Stop watching a brand; its follower files go with it',
  input: z.object({ brandId: id }),
  output: z.object({ deleted: z.boolean() }),
});

/** Paid by the platform's label or a plain disclosure tag; organic by the platform's own word; else not said. */
export const paymentSchema = z.enum(['paid', 'organic', 'unknown']);
export type Payment = z.infer<typeof paymentSchema>;

const mentionFigures = {
  posts: count,
  paid: count.describe('Labelled by the platform or tagged as an advertisement'),
  organic: count.describe('The platform says that it is not paid'),
  unknown: count.describe('Nothing says whether it is paid'),
  engagements: count.nullable().describe('Likes and comments of the posts where both are known; null when of none'),
  engagementPosts: count.describe('Posts where both are known'),
  views: count.nullable(),
  viewPosts: count,
  firstAt: instantSchema.nullable(),
  lastAt: instantSchema.nullable(),
};

export const brandFiguresSchema = z
  .object({
    brand: brandSchema,
    ...mentionFigures,
    undated: count.describe('Posts that name the brand without a date: in no period, so not counted'),
    creators: count,
    reach: count.nullable().describe('Followers of the profiles added up, nobody counted out twice; null when of none'),
    reachProfiles: count.describe('Profiles whose followers are known'),
    medianEngagementRate: z
      .object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable(), n: count })
      .nullable()
      .describe('(likes + comments) / followers of posts; null below 10 posts'),
    disclosed: z
      .object({ share: z.number(), low: z.number(), high: z.number(), n: count })
      .nullable()
      .describe(
        'Posts labelled by the platform or tagged as an advertisement / posts that name the brand, with a 95 % interval; who advertises without a word is not seen. Null below 10 posts',
      ),
    shareOfPosts: z.number().nullable().describe('Of the posts that name any of these brands'),
    shareOfEngagements: z.number().nullable(),
    returning: z
      .object({ before: count, again: count })
      .nullable()
      .describe('Creators of the period before, of the same length, and how many named it again; null when none'),
    months: z.array(z.object({ month: z.string(), posts: count })).describe('YYYY-MM'),
    hashtags: z.array(z.object({ hashtag: z.string(), posts: count })).describe('Most used beside it'),
  })
  .meta({ id: 'BrandFigures' });
export type BrandFigures = z.infer<typeof brandFiguresSchema>;

export const compareBrands = endpoint({
  name: 'brands.compare',
  method: 'POST',
  path: '/brands/compare',
  access: 'discovery:read',
  summary: 'Brands side by side over a period: who posts about them, how often, paid or not, with what engagement',
  input: z.object({
    brandIds: z.array(id).min(1).max(brandsComparedMax),
    ...period,
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional()
      .describe('Only creators of this country'),
  }),
  output: z.object({
    from: daySchema,
    to: daySchema,
    basis: z.object({
      posts: count.describe('Posts of the workspace in the period'),
      creators: count,
      undated: count.describe('Posts without a date, which are in no period'),
    }),
    rows: z.array(brandFiguresSchema),
  }),
});

export const brandCreatorSchema = z
  .object({
    personId: z.string(),
    name: z.string(),
    country: z.string().nullable(),
    profile: z.object({ platform: platformSchema, handle: z.string(), followers: count.nullable() }).nullable(),
    ...mentionFigures,
    followsBrand: z.boolean().nullable().describe('Null: no file of the brand’s followers says'),
  })
  .meta({ id: 'BrandCreator' });
export type BrandCreator = z.infer<typeof brandCreatorSchema>;

export const listBrandCreators = endpoint({
  name: 'brands.creators',
  method: 'GET',
  path: '/brands/:brandId/creators',
  access: 'discovery:read',
  summary: 'Who posts about a brand',
  input: z.object({
    brandId: id,
    ...period,
    payment: paymentSchema.optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    sort: z.enum(['posts', 'followers', 'engagements', 'views', 'last']).default('posts'),
    ...pageInput,
  }),
  output: pageOf(brandCreatorSchema).extend({ total: count }),
});

export const brandPostSchema = z.object({
  id: z.string(),
  personId: z.string(),
  name: z.string(),
  platform: platformSchema,
  handle: z.string(),
  url: z.string().nullable(),
  postedAt: instantSchema.nullable(),
  caption: z.string().nullable().describe('Its first 280 characters'),
  payment: paymentSchema,
  paymentSign: z.string().nullable().describe('What says that it is paid'),
  likes: count.nullable(),
  comments: count.nullable(),
  views: count.nullable(),
});
export type BrandPost = z.infer<typeof brandPostSchema>;

export const listBrandPosts = endpoint({
  name: 'brands.posts',
  method: 'GET',
  path: '/brands/:brandId/posts',
  access: 'discovery:read',
  summary: 'The posts that name a brand, newest first',
  input: z.object({
    brandId: id,
    ...period,
    payment: paymentSchema.optional(),
    personId: id.optional(),
    ...pageInput,
  }),
  output: pageOf(brandPostSchema),
});

export const listBrandFollowers = endpoint({
  name: 'brands.followers',
  method: 'GET',
  path: '/brands/:brandId/followers',
  access: 'discovery:read',
  summary: 'Creators of the workspace who follow a brand, by its imported files, most followers first',
  input: z.object({
    brandId: id,
    sort: z.enum(['followers', 'engagement']).default('followers'),
    ...pageInput,
  }),
  output: z.object({
    rows: z.array(
      z.object({
        personId: z.string(),
        name: z.string(),
        country: z.string().nullable(),
        platform: platformSchema,
        handle: z.string(),
        followers: count.nullable(),
        engagementRate: z.number().nullable(),
        mentions: count.describe('Posts that name the brand, of any time'),
        lastMentionAt: instantSchema.nullable(),
        setId: z.string(),
      }),
    ),
    nextCursor: z.string().nullable(),
    total: count,
    note: z.string().describe('What it rests on, in words'),
    files: count.describe('Files of followers it was looked up in'),
  }),
});
