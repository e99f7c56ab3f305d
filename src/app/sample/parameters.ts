import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Values at the shares 5 %, 10 %, ... 95 %. */
const quantiles = z.array(z.number()).length(19);

const parametersSchema = z.object({
  accounts: z.object({
    n: z.number(),
    niches: z.array(z.object({ niche: z.string(), share: z.number(), followers: quantiles })),
    following: quantiles,
    postCount: quantiles,
    followersWithPostCount: z.number(),
    followersWithFollowing: z.number(),
  }),
  /** ln(median likes / followers) = slope * ln(followers) + intercept + normal(creatorSd); single posts scatter by postSd around it. */
  engagement: z.object({
    n: z.number(),
    slope: z.number(),
    intercept: z.number(),
    creatorSd: z.number(),
    postSd: quantiles,
  }),
  posts: z.object({
    n: z.number(),
    gapDays: quantiles,
    video: z.number(),
    carousel: z.number(),
    hashtags: quantiles,
    mentions: quantiles,
    captionChars: quantiles,
    labelled: z.number(),
    weekday: z.array(z.number()).length(7),
  }),
  growth: z.object({ n: z.number(), dailyLog: quantiles }),
});

export type SampleParameters = z.infer<typeof parametersSchema>;

/** What the sample workspace is drawn from: summaries of real public figures, see docs/methods/sample-data.md. */
export function readParameters(): SampleParameters {
  return parametersSchema.parse(
    JSON.parse(readFileSync(new URL('../../../models/sample/parameters.json', import.meta.url), 'utf8')),
  );
}
