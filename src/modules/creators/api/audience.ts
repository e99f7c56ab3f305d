import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { id, shortText } from './fields.ts';

/** What the distribution of an audience may be of. */
export const audienceDimensions = [
  'country',
  'state',
  'city',
  'age',
  'gender',
  'engagersGender',
  'language',
  'interest',
] as const;
export type AudienceDimension = (typeof audienceDimensions)[number];
/** What is stated and shown beside them, and not searched by: gender within age, and brands the audience likes. */
export const statedDimensions = [...audienceDimensions, 'genderAge', 'brand'] as const;
export type StatedDimension = (typeof statedDimensions)[number];

/** Buckets of age an audience is told by; `65-` has no upper end. */
export const audienceAges = ['13-17', '18-24', '25-34', '35-44', '45-64', '65-'] as const;
export const audienceGenders = ['female', 'male'] as const;
/** By whom the audience was told: the creator, a file or service, or a sample of followers drawn here. */
export const audienceOrigins = ['declared', 'imported', 'sampled'] as const;

/** Two thousandths above 1 are rounding; more is a fault. */
export const shareSumMax = 1.002;
const valuesMax = 500;
const fraction = z.number().min(0).max(1);
const shares = (value: z.ZodType<string> = z.string().trim().min(1).max(120)) =>
  z
    .record(value, fraction)
    .refine((given) => Object.keys(given).length <= valuesMax, `At most ${valuesMax} values`)
    .optional();
const parted = (value?: z.ZodType<string>) =>
  shares(value).superRefine((given, context) => {
    const sum = Object.values(given ?? {}).reduce((all, share) => all + share, 0);
    if (sum > shareSumMax)
      context.addIssue({
        code: 'custom',
        message: `The shares add up to ${Math.round(sum * 1000) / 10} %, more than all of the audience. Give fractions that add up to 1 at most.`,
      });
  });
const agePattern = z
  .string()
  .refine((age) => audienceAges.some((one) => one === age), `Ages are told in ${audienceAges.join(', ')}`);
const genderPattern = z
  .string()
  .refine((gender) => audienceGenders.some((one) => one === gender), 'Genders are told as female and male');

const genderAgePattern = z
  .string()
  .refine(
    (value) => audienceGenders.some((gender) => audienceAges.some((age) => value === `${gender} ${age}`)),
    'Gender within age is told as a gender and a bucket of age, such as "female 18-24"',
  );

/** Shares of an audience as fractions by value; of interests and brands they overlap, of all others they add up to 1 at most. */
export const distributionsSchema = z
  .object({
    country: parted(z.string().regex(/^[A-Z]{2}$/, 'Countries are two-letter codes, such as DE')),
    state: parted(),
    city: parted(),
    age: parted(agePattern),
    gender: parted(genderPattern),
    engagersGender: parted(genderPattern),
    language: parted(z.string().regex(/^[a-z]{2,3}$/, 'Languages are two-letter codes, such as de')),
    interest: shares(),
    genderAge: parted(genderAgePattern),
    brand: shares(),
  })
  .meta({ id: 'AudienceDistributions', description: 'Shares are fractions: 0.31 is 31 %' });
export type AudienceDistributions = z.infer<typeof distributionsSchema>;

/** An audience as it is handed in. */
export const audienceRowSchema = z
  .object({
    origin: z.enum(audienceOrigins).default('imported'),
    n: z
      .number()
      .int()
      .min(1)
      .max(1e10)
      .nullish()
      .describe('Size of the sample; null when the source does not state it'),
    distributions: distributionsSchema.default({}),
    credibility: fraction.nullish().describe('Share of followers that the source holds to be real'),
    adultShare: fraction.nullish().describe('Share of 21 years and more, where the source states it itself'),
    likesFromOthers: fraction
      .nullish()
      .describe('Share of likes by accounts that do not follow, as the source states it'),
  })
  .meta({ id: 'AudienceRow' });
export type AudienceRow = z.infer<typeof audienceRowSchema>;

export const confidenceSchema = z
  .enum(['not stated', 'low', 'medium', 'high'])
  .describe('By the size of the sample: below 1,000 low, from 10,000 high, as docs/methods/audience-data says');

/** What is known of a profile's audience. */
export const audienceSchema = z
  .object({
    source: z.string(),
    at: z.string(),
    n: z.number().int().nullable().describe('Null: the source does not state the size of its sample'),
    origin: z.enum(audienceOrigins),
    confidence: confidenceSchema,
    distributions: z.record(z.string(), z.record(z.string(), z.number())),
    credibility: z.number().nullable(),
    adultShare: z.number().nullable().describe('Share of 21 years and more, where it can be told'),
    likesFromOthers: z.number().nullable().describe('Share of likes by accounts that do not follow; null: not stated'),
    adultShareFrom: z.enum(['stated', 'ages']).nullable(),
    isLdaCompliant: z
      .boolean()
      .nullable()
      .describe('At least 71.6 % of the audience is 21 or more; null when it cannot be told'),
  })
  .meta({ id: 'Audience' });
export type Audience = z.infer<typeof audienceSchema>;

export const setAudience = endpoint({
  name: 'creators.setAudience',
  method: 'PUT',
  path: '/creators/:personId/profiles/:profileId/audience',
  access: 'creators:write',
  summary: 'State the audience of a profile, as the creator declared it or a report shows it',
  input: audienceRowSchema.extend({
    personId: id,
    profileId: id,
    source: shortText.optional().describe('Where it comes from; by default whoever enters it'),
    at: instantSchema.optional().describe('The moment it holds for; by default now'),
  }),
  output: audienceSchema,
});

export const removeAudience = endpoint({
  name: 'creators.removeAudience',
  method: 'DELETE',
  path: '/creators/:personId/profiles/:profileId/audience',
  access: 'creators:write',
  summary: 'Take back what was stated of a profile’s audience',
  input: z.object({ personId: id, profileId: id }),
  output: z.object({ removed: z.boolean() }),
});
