import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { instantSchema } from '#kernel/time.ts';
import { hitSchema } from './answer.ts';
import { filterSchema, filtersMax } from './query.ts';

export const matchTextCharsMax = 50_000;
export const matchRowsMax = 100;
export const examplesMax = 50;

/** Everything a match can count for. A score is the sum of the points of these, and of nothing else. */
export const matchSignals = {
  content: 'What the creator writes about is close to the brief',
  topics: 'Shares the topics of the brief',
  brands: 'Mentions brands like yours',
  audience: 'Audience is close to the one you want',
  engagement: 'Engagement against creators of the same platform and size',
  credibility: 'Followers look real',
  price: 'Price fits the budget',
  safety: 'No brand-safety flags in texts',
  collaboration: 'Worked with you before',
} as const;
export type MatchSignal = keyof typeof matchSignals;
const signalNames = Object.keys(matchSignals) as [MatchSignal, ...MatchSignal[]];
export const matchSignalSchema = z.enum(signalNames);

const weight = z.number().min(0).max(100);
export const matchWeightsSchema = z
  .strictObject({
    content: weight,
    topics: weight,
    brands: weight,
    audience: weight,
    engagement: weight,
    credibility: weight,
    price: weight,
    safety: weight,
    collaboration: weight,
  })
  .meta({ id: 'MatchWeights', description: 'Most points each signal can give; 0 leaves it out of the score' });
export type MatchWeights = z.infer<typeof matchWeightsSchema>;

/** Content and brands stand 1 to 2, the best of three ratios on real brands; the others are judgement. */
export const defaultMatchWeights: MatchWeights = {
  content: 20,
  topics: 10,
  brands: 40,
  audience: 10,
  engagement: 6,
  credibility: 6,
  price: 4,
  safety: 2,
  collaboration: 2,
};

/** Wanted shares by value, such as {"country": {"DE": 0.6, "AT": 0.2}}; they need not add up to 1, they are scaled so. */
export const targetAudienceSchema = z.partialRecord(
  z.enum(['country', 'state', 'city', 'age', 'gender', 'language', 'interest']),
  z.record(z.string().min(1).max(80), z.number().min(0).max(1)),
);
export type TargetAudience = z.infer<typeof targetAudienceSchema>;

export const matchInputSchema = z.object({
  text: z
    .string()
    .max(matchTextCharsMax)
    .default('')
    .describe('A brief, or the text of a website; @names in it count as brands'),
  brands: z
    .array(z.string().min(1).max(80))
    .max(20)
    .default([])
    .describe('Handles of the brand and of brands like it; creators who mention them serve as examples'),
  examples: z
    .array(z.string().min(1).max(60))
    .max(examplesMax)
    .default([])
    .describe('Creators (person ids) who fit; the match looks for others like them'),
  filters: z.array(filterSchema).max(filtersMax).default([]),
  audience: targetAudienceSchema.optional(),
  budget: moneySchema.optional().describe('Most to be paid for one post of one creator'),
  weights: matchWeightsSchema.optional().describe("For this call only; default the workspace's own"),
  encoder: z
    .enum(['words', 'sentences'])
    .default('words')
    .describe('sentences re-ranks by a sentence encoder, English, slower'),
  limit: z.number().int().min(1).max(matchRowsMax).default(30),
});

export const matchEvidenceSchema = z.object({
  kind: z.enum(['caption', 'bio', 'words', 'hashtags', 'brands', 'topic', 'figure', 'creators']),
  text: z.string().describe('The words of the creator, or the figure in words'),
  source: z.string().nullable().describe('Where it comes from; null for a computed one'),
  n: z.number().int().nullable().describe('Sample size; null when not stated'),
});
export type MatchEvidence = z.infer<typeof matchEvidenceSchema>;

export const contributionSchema = z
  .object({
    signal: matchSignalSchema,
    value: z.number().nullable().describe('0 to 1; null is unknown and counts 0 points'),
    weight: z.number(),
    points: z.number().describe('value times weight'),
    line: z.string().describe('Why, in one sentence'),
    evidence: z.array(matchEvidenceSchema).max(5),
  })
  .meta({ id: 'MatchContribution' });
export type Contribution = z.infer<typeof contributionSchema>;

export const overruleSchema = z
  .object({
    decision: z.enum(['fit', 'no_fit']),
    reason: z.string(),
    by: z.string(),
    at: instantSchema,
  })
  .meta({ id: 'MatchOverrule' });
export type Overrule = z.infer<typeof overruleSchema>;

export const matchRowSchema = z
  .object({
    personId: z.string(),
    rank: z.number().int(),
    score: z.number().describe('The sum of the points; the most is the sum of the weights'),
    contributions: z.array(contributionSchema),
    unknown: z.array(matchSignalSchema).describe('Signals nothing is known about; they gave 0'),
    overrule: overruleSchema.nullable().describe('A person said otherwise: fit goes first, no_fit last'),
    hit: hitSchema.nullable().describe('What the search shows of the creator; null while the index has it not yet'),
  })
  .meta({ id: 'MatchRow' });
export type MatchRow = z.infer<typeof matchRowSchema>;

export const topicShareSchema = z.object({
  topic: z.string(),
  name: z.string(),
  share: z.number().describe('0 to 1, all topics together at most 1'),
});

export const weightsVersionSchema = z.object({
  version: z.number().int().describe('0 is the default that ships'),
  weights: matchWeightsSchema,
  by: z.string().nullable(),
  at: instantSchema.nullable(),
  reason: z.string().nullable(),
});
export type WeightsVersion = z.infer<typeof weightsVersionSchema>;

export const matchAnswerSchema = z
  .object({
    rows: z.array(matchRowSchema),
    briefKey: z.string().describe('Names the brief; overrules are kept under it'),
    asked: z.object({
      words: z.number().int(),
      wordsKnown: z.number().int().describe('Words the encoder knows'),
      encoder: z.string(),
      topics: z.array(topicShareSchema),
      brands: z.array(z.string()),
      examples: z.number().int().describe('Creators the match starts from'),
    }),
    weights: weightsVersionSchema,
    considered: z.number().int().describe('Creators scored in full'),
    withVector: z.number().int().describe('Creators of the workspace with a vector'),
    creators: z.number().int().describe('Creators of the workspace'),
    notes: z.array(z.string()),
    method: z.string().describe('How the order comes about, and its note'),
    tookMs: z.number(),
  })
  .meta({ id: 'MatchAnswer' });
export type MatchAnswer = z.infer<typeof matchAnswerSchema>;

export const matchCreators = endpoint({
  name: 'discovery.match',
  method: 'POST',
  path: '/discovery/match',
  access: 'discovery:read',
  summary: 'Rank creators for a brief, a website text or examples, each score as a sum',
  input: matchInputSchema,
  output: matchAnswerSchema,
});

export const websiteTextSchema = z
  .object({
    url: z.string().describe('Where the text came from in the end'),
    title: z.string().nullable(),
    text: z.string(),
    words: z.number().int(),
    isCut: z.boolean().describe('Whether the page says more than fits into a brief'),
  })
  .meta({ id: 'WebsiteText' });
export type WebsiteText = z.infer<typeof websiteTextSchema>;

export const readWebsite = endpoint({
  name: 'discovery.website',
  method: 'POST',
  path: '/discovery/website',
  access: 'discovery:read',
  summary: "Fetch the text of one public web page, such as a brand's, to match creators for it",
  input: z.object({
    url: z.string().trim().min(4).max(2000).describe('Only this page is fetched, once, and nothing is kept'),
    charsMax: z.number().int().min(500).max(matchTextCharsMax).default(matchTextCharsMax),
  }),
  output: websiteTextSchema,
});

export const overruleMatch = endpoint({
  name: 'discovery.overruleMatch',
  method: 'PUT',
  path: '/discovery/match/:briefKey/creators/:personId',
  access: 'discovery:write',
  summary: 'Say that a creator fits a brief or does not, whatever the score; null takes it back',
  input: z.object({
    briefKey: z.string().regex(/^[0-9a-f]{16}$/, 'is not the key of a brief'),
    personId: z.string().max(60),
    decision: z.enum(['fit', 'no_fit']).nullable(),
    reason: z.string().trim().min(3).max(500),
  }),
  output: z.object({ overrule: overruleSchema.nullable() }),
});

export const getMatchWeights = endpoint({
  name: 'discovery.matchWeights',
  method: 'GET',
  path: '/discovery/match-weights',
  access: 'discovery:read',
  summary: 'What each signal of a match counts, with earlier versions',
  output: z.object({ current: weightsVersionSchema, earlier: z.array(weightsVersionSchema) }),
});

export const putMatchWeights = endpoint({
  name: 'discovery.changeMatchWeights',
  method: 'PUT',
  path: '/discovery/match-weights',
  access: 'discovery:write',
  summary: 'Change what each signal of a match counts; a new version is kept',
  input: z.object({
    weights: matchWeightsSchema,
    reason: z.string().trim().max(500).default(''),
    basedOn: z.number().int().optional().describe('Version you changed; refused when there is a newer one'),
  }),
  output: weightsVersionSchema,
});
