import { z } from 'zod';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { audienceSampleSchema } from './audience.ts';
import { commentsSectionSchema } from './comments-section.ts';
import { dealsSectionSchema } from './deals.ts';
import { criterionSchema, highlightsSchema, valueSectionSchema } from './estimates.ts';
import { evidenceSchema } from './evidence.ts';
import { growthSectionSchema } from './growth.ts';
import { fitSectionSchema, qualitySectionSchema } from './quality.ts';
import { safetySectionSchema } from './safety.ts';

/** The five things a careful marketer checks. */
export const points = [
  'engagement_quality',
  'audience_authenticity',
  'past_partnerships',
  'content_consistency',
  'brand_alignment',
] as const;
export const pointSchema = z.enum(points);
export type Point = z.infer<typeof pointSchema>;

export const pointNames: Record<Point, string> = {
  engagement_quality: 'Engagement quality',
  audience_authenticity: 'Audience authenticity',
  past_partnerships: 'Past partnerships',
  content_consistency: 'Content consistency',
  brand_alignment: 'Brand alignment',
};

export const decisionPoints = ['overall', ...points] as const;
export const machineVerdictSchema = z.enum(['pass', 'review', 'reject', 'not_enough_data']);
export type MachineVerdict = z.infer<typeof machineVerdictSchema>;
export const decisionVerdictSchema = z.enum(['pass', 'review', 'reject']);

const rate = z.number().nullable();

export const intervalSchema = z.object({ low: z.number(), high: z.number(), coverage: z.number().describe('0 to 1') });
export type Interval = z.infer<typeof intervalSchema>;

const peerMedianSchema = z.object({ n: z.number(), median: z.number() });

export const signalSchema = z
  .object({
    name: z.string(),
    point: pointSchema,
    title: z.string(),
    text: z.string().describe('What was found, in one sentence'),
    state: z.enum(['known', 'unknown', 'not_applicable']),
    value: z.number().nullable(),
    display: z.string().nullable().describe('The value with its unit'),
    contribution: z.number().describe('Points added to or taken from the score, one decimal'),
    strength: z
      .number()
      .nullish()
      .describe('-1 to 1: the share of the points it may take or add; the contribution is this times the weight'),
    contributionMin: z.number(),
    contributionMax: z.number(),
    formula: z.string(),
    source: z.string(),
    n: z.number().nullable(),
    sample: z.string().describe('What n counts, such as "12 posts"'),
    asOf: z.string().nullable(),
    interval: intervalSchema.nullable(),
    percentile: z.number().nullable().describe('Share of peers at or below, 0 to 100'),
    peers: peerMedianSchema
      .nullish()
      .describe('Vetted peers whose report knows this signal; null or missing with fewer than 20 of them'),
    threshold: z.string().nullable(),
    needs: z.string().nullable().describe('For an unknown: which data would settle it'),
    evidenceTotal: z.number().describe('Rows behind the signal; the report carries the first of them'),
    evidence: z.array(evidenceSchema),
  })
  .meta({ id: 'VettingSignal' });
export type Signal = z.infer<typeof signalSchema>;

export const flagSchema = z.object({
  name: z.string(),
  severity: z.enum(['red', 'amber']),
  title: z.string(),
  reason: z.string(),
  signal: z.string().nullable(),
});
export type Flag = z.infer<typeof flagSchema>;

export const bandSchema = z.object({
  source: z.string(),
  year: z.number().nullable(),
  tier: z.string(),
  definition: z.string(),
  low: z.number(),
  high: z.number(),
  good: z.number().nullable(),
  place: z.enum(['below', 'inside', 'above']).nullable(),
});
export type PublishedBand = z.infer<typeof bandSchema>;

const engagementRateSchema = z.object({
  definition: z.string(),
  title: z.string(),
  formula: z.string(),
  isScored: z.boolean(),
  n: z.number(),
  median: rate,
  mean: rate,
  medianInterval: intervalSchema.nullable(),
  meanInterval: intervalSchema.nullable(),
  needs: z.string().nullable(),
});
export type EngagementRate = z.infer<typeof engagementRateSchema>;

export const peersSchema = z.object({
  n: z.number(),
  label: z.string().describe('Who they are: platform and size'),
  median: rate,
  lowerQuartile: rate,
  upperQuartile: rate,
  bins: z.array(z.object({ from: z.number(), to: z.number(), count: z.number() })),
});

const partnershipSchema = z.object({
  brand: z.string(),
  posts: z.number(),
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
  formats: z.array(z.object({ format: z.string(), posts: z.number() })),
  disclosure: z.enum(['clear', 'weak', 'none']).describe('The weakest among its posts'),
  againstOrganic: rate.describe('Median engagement of its posts over that of the posts without a deal'),
  wording: z.string().nullable(),
  postIds: z.array(z.string()),
});
export type Partnership = z.infer<typeof partnershipSchema>;

const shareSchema = z.object({
  title: z.string(),
  count: z.number(),
  n: z.number(),
  interval: intervalSchema.nullable(),
});

export const reportSchema = z
  .object({
    id: z.string(),
    personId: z.string(),
    profileId: z.string(),
    isMain: z.boolean(),
    platform: platformSchema,
    handle: z.string(),
    computedAt: instantSchema,
    checkedAt: instantSchema.describe('When it was last computed again with the same result'),
    dataAt: instantSchema.nullable().describe('The newest observation it rests on'),
    rulesVersion: z.string(),
    score: z.number().nullable(),
    scoreInterval: intervalSchema.nullable().describe('From the sample size of the engagement'),
    scoreBest: z.number().nullable().describe('What it would be if every unknown turned out as good as it can'),
    confidence: rate.optional().describe('How much of the weight rests on something known, 0 to 1'),
    weightsVersion: z.number().optional().describe('Version of the workspace weights; 0 is the default set'),
    verdict: machineVerdictSchema,
    rule: z.object({ name: z.string(), text: z.string() }),
    flags: z.array(flagSchema),
    contributions: z
      .array(z.object({ name: z.string(), title: z.string(), contribution: z.number() }))
      .describe('Where a peer starts, then every signal: their sum is the score. Empty without a score'),
    signals: z.array(signalSchema).describe('What was found, each with formula, source, sample and evidence'),
    points: z.array(
      z.object({
        point: pointSchema,
        state: z.enum(['good', 'mixed', 'bad', 'unknown']),
        contribution: z.number(),
        text: z.string(),
      }),
    ),
    checklist: z.array(criterionSchema).optional().describe('Every signal as a question with its answer in words'),
    highlights: highlightsSchema.optional().describe('What speaks for the creator and what against, strongest first'),
    value: valueSectionSchema.optional().describe('Reach, price and value: first-party and estimated, apart'),
    engagement: z.object({
      measured: z.number().optional().describe('Posts that count for the score'),
      rates: z.array(engagementRateSchema),
      peers: peersSchema.nullable(),
      bands: z.array(bandSchema),
      stated: z.array(
        z.object({ title: z.string(), value: z.number(), source: z.string(), at: z.string().nullable() }),
      ),
    }),
    besidePeers: z
      .array(
        z.object({
          name: z.string(),
          value: z.number(),
          peers: peerMedianSchema.nullable(),
          percentile: z.number().nullable(),
        }),
      )
      .optional()
      .describe('Shares of comments and followers with the median of vetted peers; missing in older reports'),
    growth: growthSectionSchema,
    partnerships: z.object({ searched: z.number(), found: z.number(), brands: z.array(partnershipSchema) }),
    comments: commentsSectionSchema
      .nullish()
      .describe('Null without comments, missing in reports from before they were read'),
    deals: dealsSectionSchema.nullish().describe('Missing in reports from before it was looked for'),
    safety: safetySectionSchema.nullish().describe('Missing in reports from before it was looked for'),
    quality: qualitySectionSchema.nullish().describe('Missing in reports from before it was looked for'),
    fit: fitSectionSchema.nullish().describe('Null while the brand profile says nothing to match by'),
    content: z.object({
      postsPerWeek: rate,
      longestGapDays: z.number().nullable(),
      lastPostAt: z.string().nullable(),
      formats: z.array(z.object({ format: z.string(), posts: z.number() })),
      stored: z.number(),
      measured: z.number(),
      stated: z.number().nullable(),
    }),
    audience: z
      .object({
        takenAt: z.string(),
        source: z.string(),
        method: z.string(),
        size: z.number(),
        shares: z.array(shareSchema),
        authenticity: audienceSampleSchema
          .nullish()
          .describe('Of followers; missing in reports from before it was judged'),
        likers: audienceSampleSchema.nullish(),
        commenters: audienceSampleSchema.nullish(),
      })
      .nullable()
      .describe('Null without any sample; figures beside authenticity, likers and commenters are of followers'),
  })
  .meta({ id: 'VettingReport' });
export type Report = z.infer<typeof reportSchema>;

export const verdictSchema = z
  .object({
    id: z.string(),
    point: z.enum(decisionPoints),
    verdict: decisionVerdictSchema,
    reason: z.string(),
    decidedBy: z.string(),
    decidedAt: instantSchema,
  })
  .meta({ id: 'VettingVerdict' });
export type Verdict = z.infer<typeof verdictSchema>;

export const vettingSchema = reportSchema
  .extend({
    verdicts: z.array(verdictSchema).describe('What people decided: the newest per point'),
    hasBrandProfile: z.boolean(),
  })
  .meta({ id: 'Vetting' });
export type Vetting = z.infer<typeof vettingSchema>;
