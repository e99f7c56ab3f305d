import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';

const intervalSchema = z.object({ low: z.number(), high: z.number(), coverage: z.number() });
const rate = z.number().nullable();

export const disclosureStates = ['clear', 'weak', 'none'] as const;
const disclosureSchema = z.enum(disclosureStates);

export const dealRules = {
  platform_label: 'Paid label of the platform',
  clear_term: 'A term anybody understands',
  weak_term: 'A term that only hints',
  thanks: 'Thanks to an account for something',
  code: 'A code of its own',
  shop_link: 'Sends to a shop by the bio',
  affiliate_link: 'An affiliate link',
  gifted: 'Says it was a gift',
  person: 'A person said so',
} as const;
export type DealRule = keyof typeof dealRules;
const dealRuleSchema = z.enum(Object.keys(dealRules) as [DealRule, ...DealRule[]]);

const sponsoredCorrectionSchema = z.object({
  isSponsored: z.boolean(),
  brands: z.array(z.string()),
  reason: z.string(),
  by: z.string(),
  at: instantSchema,
});

export const dealPostSchema = z
  .object({
    postId: z.string(),
    url: z.string().nullable(),
    postedAt: instantSchema.nullable(),
    format: z.string().nullable(),
    excerpt: z.string(),
    state: z
      .enum(['deal', 'likely', 'own'])
      .describe('deal: a rule or a person says so. likely: only the wording sounds like it; never counted'),
    brands: z.array(z.string()),
    disclosure: disclosureSchema.nullable(),
    rule: z.object({ name: dealRuleSchema, wording: z.string() }).nullable().describe('The rule that fired first'),
    probability: rate.describe('By the text alone, label and names left out of account; null without a caption'),
    reasons: z.array(z.string()).describe('What the probability rests on most'),
    rate: rate.describe('Engagement by the definition the score uses'),
    correction: sponsoredCorrectionSchema.nullable(),
  })
  .meta({ id: 'SponsoredPost' });
export type DealPost = z.infer<typeof dealPostSchema>;

const counted = z.object({ value: z.number(), n: z.number() }).nullable();

export const dealBrandSchema = z.object({
  brand: z.string(),
  handles: z.array(z.string()).describe('Accounts taken for one brand, such as those of its countries'),
  posts: z.number(),
  saturation: z.number().describe('Its posts over all posts searched'),
  firstAt: instantSchema.nullable(),
  lastAt: instantSchema.nullable(),
  likes: counted.describe('Median over its posts'),
  comments: counted,
  views: counted,
  rate: counted,
  againstOrganic: rate,
  disclosure: z.record(disclosureSchema, z.number()),
  isCompetitor: z.boolean(),
  postIds: z.array(z.string()),
});
export type DealBrand = z.infer<typeof dealBrandSchema>;

export const competitorConflictSchema = z.object({
  competitor: z.string(),
  posts: z.number(),
  deals: z.number().describe('Of them recognised as paid'),
  lastAt: instantSchema,
  postIds: z.array(z.string()),
});

export const conflictCheckSchema = z.object({
  state: z.enum(['conflict', 'clear', 'unknown', 'not_asked']),
  from: z.string().describe('First day of the window'),
  to: z.string().describe('Last day of the window'),
  days: z.number(),
  exclusivity: z.object({ from: z.string(), to: z.string() }).nullable(),
  searched: z.number().describe('Posts on record within the window'),
  undated: z.number().describe('Posts that name a rival but have no date'),
  reachesBack: z.boolean().describe('Posts on record go back at least to the first day'),
  conflicts: z.array(competitorConflictSchema),
  text: z.string(),
});
export type ConflictCheck = z.infer<typeof conflictCheckSchema>;

const topPost = z.object({
  postId: z.string(),
  url: z.string().nullable(),
  postedAt: instantSchema.nullable(),
  excerpt: z.string(),
  rate: z.number(),
  likes: rate,
  isDeal: z.boolean(),
});
export type TopPost = z.infer<typeof topPost>;
const topWord = z.object({ word: z.string(), posts: z.number(), deals: z.number() });

/** What a report says of paid posts, beside `partnerships`. */
export const dealsSectionSchema = z.object({
  searched: z.number(),
  deals: z.number(),
  likely: z.number(),
  corrected: z.number(),
  posts: z.array(dealPostSchema).describe('Deals and likely ones, newest first, at most 100'),
  brands: z.array(dealBrandSchema),
  saturation: z
    .object({
      share: z.number(),
      interval: intervalSchema.nullable(),
      recentShare: rate.describe('Of posts within 90 days before the newest one; null below 5'),
      recentPosts: z.number(),
    })
    .nullable(),
  mentions: z
    .object({
      posts: z.number().describe('Posts on record, with or without a caption'),
      brands: z.number().describe('Of them that name a brand: an account it had a deal with, your own or a rival'),
      share: z.number().describe('brands / posts'),
      interval: intervalSchema.nullable(),
      unpaid: z.number().describe('Of those that name a brand, not recognised as paid'),
      anybody: z.number().describe('Posts that name any other account'),
    })
    .nullish()
    .describe('Null without posts; missing in reports from before it was counted'),
  spacing: z
    .object({
      medianDays: z.number(),
      shortestDays: z.number(),
      inARow: z.number().describe('Deals that directly follow another deal'),
      n: z.number(),
    })
    .nullable()
    .describe('Days from one paid post to the next; null below 3 dated ones'),
  paid: z
    .object({
      ratio: z.number(),
      interval: intervalSchema.nullable(),
      paid: z.object({ median: z.number(), n: z.number() }),
      own: z.object({ median: z.number(), n: z.number() }),
      isEnough: z.boolean().describe('At least 3 paid and 5 own posts with figures'),
    })
    .nullable(),
  disclosure: z.object({
    total: z.record(disclosureSchema, z.number()),
    years: z.array(z.object({ year: z.string(), counts: z.record(disclosureSchema, z.number()) })),
  }),
  conflict: conflictCheckSchema,
  top: z.object({
    posts: z.array(topPost),
    sponsored: z.array(topPost),
    hashtags: z.array(topWord),
    mentions: z.array(topWord),
  }),
});
export type DealsSection = z.infer<typeof dealsSectionSchema>;

const personInput = { personId: z.string().max(64), profileId: z.string().max(64).optional() };

export const listSponsoredPosts = endpoint({
  name: 'sponsoredPosts.list',
  method: 'GET',
  path: '/creators/:personId/sponsored-posts',
  access: 'vetting:read',
  summary: 'Posts of a creator with what says they are paid for, newest first; state "all" lists own posts too',
  input: z.object({ ...personInput, ...pageInput, state: z.enum(['deal', 'likely', 'own', 'all']).default('deal') }),
  output: pageOf(dealPostSchema),
});

export const correctSponsoredPost = endpoint({
  name: 'sponsoredPosts.correct',
  method: 'PUT',
  path: '/creators/:personId/posts/:postId/sponsored',
  access: 'vetting:write',
  summary: 'Say that a post is paid for or is not, whatever the rules find; null takes it back',
  input: z.object({
    personId: z.string().max(64),
    postId: z.string().max(64),
    isSponsored: z.boolean().nullable(),
    brands: z
      .array(z.string().trim().min(1).max(80))
      .max(10)
      .default([])
      .describe('Who paid; empty keeps the accounts the post names'),
    reason: z.string().trim().max(500).default(''),
  }),
  output: dealPostSchema,
});
