import { z } from 'zod';
import { evidenceSchema } from './evidence.ts';

const day = z.string().describe('Calendar day');
const rate = z.number().nullable();

/** What can make followers jump. The first four are honest; the last one is what is left. */
export const growthCauses = ['strong_post', 'giveaway', 'shoutout', 'advertising', 'bought'] as const;
export const growthCauseSchema = z.enum(growthCauses);
export type GrowthCause = z.infer<typeof growthCauseSchema>;

export const growthExplanationSchema = z.object({
  cause: growthCauseSchema,
  state: z.enum(['found', 'possible', 'not_found', 'unknown']),
  text: z.string().describe('What was looked at and what it showed, in one sentence'),
  evidence: z.array(evidenceSchema),
});
export type GrowthExplanation = z.infer<typeof growthExplanationSchema>;

export const growthEventSchema = z.object({
  kind: z.enum(['jump', 'drop']),
  from: z.string(),
  to: z.string(),
  change: z.number(),
  share: z.number().describe('Change over the followers before it'),
  stayedShare: rate.describe('Part of a jump that was still there 14 to 45 days later'),
  explainedBy: evidenceSchema.nullable(),
  looksBought: z.boolean().optional().describe('Nothing explains it, and at least one more sign of buying holds'),
  signs: z.array(z.string()).optional().describe('Signs of buying that hold, each in words'),
  explanations: z.array(growthExplanationSchema).optional().describe('Every cause that was looked at'),
});
export type GrowthEvent = z.infer<typeof growthEventSchema>;

const seriesSchema = z.array(z.object({ at: z.string(), value: z.number() }));

export const followWaveSchema = z.object({
  from: day,
  top: day,
  to: day,
  followed: z.number().describe('Accounts followed on the way up'),
  unfollowed: z.number().describe('Accounts unfollowed on the way down'),
});
export type FollowWave = z.infer<typeof followWaveSchema>;

export const burstSchema = z.object({
  kind: z.enum(['likes', 'views']),
  postId: z.string(),
  url: z.string().nullable(),
  at: z.string().nullable(),
  times: z.number().describe('Times the usual likes or views'),
  strength: z.number().describe('Robust spreads by which the reaction that costs effort stayed behind'),
  text: z.string(),
});
export type Burst = z.infer<typeof burstSchema>;

const figureOfMonthSchema = z
  .object({ value: z.number(), n: z.number(), source: z.string() })
  .nullable()
  .describe('Null is not known');

export const growthMonthSchema = z.object({
  month: z.string().describe('YYYY-MM'),
  followers: figureOfMonthSchema.describe('The last count of the month; n counts observations'),
  followersChange: rate.describe('Against the month before; null unless that one is known'),
  following: figureOfMonthSchema,
  posts: z.number().describe('Stored posts of the month'),
  isPartial: z.boolean().describe('Older posts of the month were not looked at'),
  avgLikes: figureOfMonthSchema.describe('Mean over the stored posts of the month; n counts them'),
  avgComments: figureOfMonthSchema,
  avgViews: figureOfMonthSchema,
  totalViews: figureOfMonthSchema,
  stated: z
    .object({ avgLikes: figureOfMonthSchema, avgComments: figureOfMonthSchema, avgViews: figureOfMonthSchema })
    .describe('Averages a source stated in that month; not measured here'),
});
export type GrowthMonth = z.infer<typeof growthMonthSchema>;

/** Followers and following over time. The keys that may be missing are missing only in reports from before they were computed. */
export const growthSectionSchema = z.object({
  series: seriesSchema,
  events: z.array(growthEventSchema),
  source: z.string(),
  state: z.enum(['known', 'too_few', 'none']).optional(),
  needs: z.string().nullable().optional(),
  asOf: day.nullable().optional(),
  isStale: z.boolean().optional().describe('The newest count is older than 45 days'),
  leftOut: z
    .array(z.object({ day, value: z.number(), why: z.enum(['future', 'absurd']) }))
    .optional()
    .describe('Counts that cannot be, such as negative ones or of days to come'),
  unusual: z
    .array(z.object({ at: day, gain: z.number(), surprise: z.number().describe('Decades: 2 is 1 day in 100') }))
    .optional()
    .describe('Days unlike those before them; only for daily series of 240 days and more'),
  following: z
    .object({
      state: z.enum(['known', 'too_few', 'none']),
      series: seriesSchema,
      source: z.string(),
      waves: z.array(followWaveSchema),
      needs: z.string().nullable(),
    })
    .optional(),
  bursts: z
    .object({
      state: z.enum(['known', 'too_few']),
      searched: z.number().describe('Posts with figures to compare'),
      found: z.array(burstSchema),
      needs: z.string().nullable(),
    })
    .optional(),
  months: z.array(growthMonthSchema).optional().describe('Newest first'),
});
export type GrowthSectionOfReport = z.infer<typeof growthSectionSchema>;
