import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { figureSchema } from './figure.ts';

/** What posts would have cost as advertising, by one published model. An estimate: it stands apart and is in no sum with money that was spent or earned. */
export const mediaValueSchema = z
  .object({
    model: z.enum(['impressions', 'interactions']),
    title: z.string(),
    low: moneySchema.nullable(),
    high: moneySchema.nullable().describe('The same as low where the model has one value'),
    reason: z.string().nullable().describe('Why there is no value'),
    formula: z.string(),
    source: z.string(),
    year: z.int().nullable().describe('Of the rates; null when the source names none'),
    posts: z.int().describe('Live posts with every figure the model takes'),
    livePosts: z.int(),
    asOf: z.string().nullable().describe('The newest reading the value rests on'),
  })
  .meta({ id: 'EarnedMediaValue' });
export type MediaValue = z.infer<typeof mediaValueSchema>;

export const seedingValueSchema = z
  .object({
    campaignId: z.string(),
    asOf: z.string(),
    mediaValue: z.array(mediaValueSchema).describe('One entry a model; two models are never added'),
    codes: z.object({
      given: z.int().describe('Codes of creators who were sent something'),
      used: figureSchema.describe('Of these, codes that an order bore'),
      orders: figureSchema.describe('Orders with one of these codes, whoever they are credited to'),
    }),
  })
  .meta({ id: 'SeedingValue' });
export type SeedingValue = z.infer<typeof seedingValueSchema>;

export const getSeedingValue = endpoint({
  name: 'reports.seedingValue',
  method: 'GET',
  path: '/campaigns/:campaignId/seeding/value',
  access: 'reports:read',
  summary:
    'Beside the report of a seeding: uses of the creators’ codes, and what the posts would have cost as advertising',
  input: z.object({ campaignId: z.string().min(1).max(60) }),
  output: seedingValueSchema,
});
