import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';

const words = z.array(z.string().trim().min(1).max(80)).max(200);
const brandWords = { niches: words, keywords: words, noGoWords: words, competitors: words };
const day = z.iso.date();

/** Wanted shares by value, such as {"country": {"DE": 0.6}}; as the matching of discovery takes them. */
export const brandAudienceSchema = z.partialRecord(
  z.enum(['country', 'state', 'city', 'age', 'gender', 'language', 'interest']),
  z.record(z.string().min(1).max(80), z.number().min(0).max(1)),
);

const brandBrief = {
  brief: z.string().max(20_000).describe('What the brand is and whom it looks for, in its own words'),
  values: words.describe('What the brand stands for'),
  handles: words.describe("The brand's own accounts"),
  audience: brandAudienceSchema.describe('The audience wanted, as shares'),
  competitorDays: z.number().int().min(1).max(1095).describe('A post for a rival this many days back is a conflict'),
  exclusivity: z
    .object({ from: day, to: day })
    .refine(({ from, to }) => from <= to, { message: 'The last day lies before the first', path: ['to'] })
    .nullable()
    .describe('Days in which no rival may be posted for; the days back count from the first of them'),
};

export const brandProfileSchema = z
  .object({
    ...brandWords,
    ...brandBrief,
    version: z.number(),
    updatedBy: z.string().nullable(),
    updatedAt: instantSchema.nullable(),
  })
  .meta({ id: 'BrandProfile' });
export type BrandProfile = z.infer<typeof brandProfileSchema>;

export const getBrandProfile = endpoint({
  name: 'brandProfile.get',
  method: 'GET',
  path: '/brand-profile',
  access: 'vetting:read',
  summary: 'What the brand stands for and avoids; version 0 until it is first saved',
  output: brandProfileSchema,
});

export const competitorDaysDefault = 90;

export const putBrandProfile = endpoint({
  name: 'brandProfile.put',
  method: 'PUT',
  path: '/brand-profile',
  access: 'vetting:write',
  summary: 'Replace the brand profile; every report is computed again when next read',
  input: z.object({
    ...brandWords,
    brief: brandBrief.brief.default(''),
    values: brandBrief.values.default([]),
    handles: brandBrief.handles.default([]),
    audience: brandBrief.audience.default({}),
    competitorDays: brandBrief.competitorDays.default(competitorDaysDefault),
    exclusivity: brandBrief.exclusivity.default(null),
  }),
  output: brandProfileSchema,
});
