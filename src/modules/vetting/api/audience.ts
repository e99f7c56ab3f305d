import { z } from 'zod';

const shareSchema = z
  .object({ share: z.number(), low: z.number(), high: z.number() })
  .describe('0 to 1, with the ends of the interval');

export const credibilityStates = ['estimated', 'uncalibrated', 'too_small', 'unknown'] as const;

const reasonSchema = z.object({
  name: z.string(),
  text: z.string().describe('What was seen, such as “No picture”'),
  added: z.number().describe('Added to the log-odds of being suspicious; below 0 it speaks for the account'),
});

const audienceAccountSchema = z.object({
  row: z.number().describe('Place in the sample, from 1'),
  handle: z.string().nullable(),
  url: z.string().nullable(),
  followers: z.number().nullable(),
  following: z.number().nullable(),
  posts: z.number().nullable(),
});

/** What a sample of followers, likers or commenters says of the audience it was drawn from. */
export const audienceSampleSchema = z
  .object({
    kind: z.enum(['followers', 'likers', 'commenters']),
    takenAt: z.string(),
    source: z.string(),
    method: z.string(),
    size: z.number().describe('Accounts in the sample'),
    judged: z.number().describe('Of them with facts enough to be judged'),
    state: z
      .enum(credibilityStates)
      .describe(
        'uncalibrated: no labelled accounts of this platform exist, so shares order accounts and measure nothing; too_small and unknown: no shares',
      ),
    text: z.string().describe('What the state means, in words'),
    coverage: z.number().describe('Of all intervals'),
    shares: z
      .object({
        real: shareSchema,
        influencer: shareSchema.nullable(),
        massFollower: shareSchema.nullable(),
        suspicious: shareSchema,
      })
      .nullable()
      .describe('Adding up to 1; null where the kinds are not known'),
    missing: z
      .array(z.object({ fact: z.string(), title: z.string(), accounts: z.number() }))
      .describe(
        'For how many accounts a fact the model asks is not known; lack of picture, posts, followers, followed accounts or user names widens the intervals',
      ),
    reachability: z
      .object({
        n: z.number(),
        coverage: z.number(),
        bins: z.array(
          z.object({
            title: z.string(),
            from: z.number(),
            to: z.number().nullable(),
            count: z.number(),
            share: shareSchema,
          }),
        ),
      })
      .nullable()
      .describe('By how many accounts they follow: who follows few sees more of each'),
    notable: z
      .object({ total: z.number(), accounts: z.array(audienceAccountSchema) })
      .describe('Accounts with 1,000 followers and more'),
    suspicious: z
      .object({
        total: z.number().describe('Accounts more likely suspicious than not'),
        accounts: z.array(audienceAccountSchema.extend({ suspicion: z.number(), reasons: z.array(reasonSchema) })),
      })
      .describe('The most suspicious first, each with what makes it so'),
    bands: z.array(
      z.object({
        source: z.string(),
        text: z.string(),
        isMet: z.boolean().nullable().describe('Null when the interval holds the limit'),
        weight: z.enum(['published', 'weak']),
      }),
    ),
    model: z.object({ version: z.string(), trainedOn: z.string(), n: z.number(), auc: z.number() }),
  })
  .meta({ id: 'AudienceSample' });
export type AudienceSample = z.infer<typeof audienceSampleSchema>;
