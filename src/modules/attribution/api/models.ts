import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { campaignRefSchema, creatorRefSchema } from '#modules/tracking/api.ts';
import { shareModels } from './policy.ts';
import { read } from './shared.ts';

/** All models side by side: those that can pay, and those that only compare. */
export const comparedModels = [...shareModels, 'participation', 'markov1', 'markov2', 'markov3', 'shapley'] as const;
export const comparedModelSchema = z.enum(comparedModels);
export type ComparedModel = z.infer<typeof comparedModelSchema>;

const modelCreditSchema = z.object({
  orders: z.number().describe('Orders, in parts; by participation each order counts whole for everybody on its path'),
  credited: z
    .array(moneySchema)
    .describe('Net of refunds, a currency each; none by participation, which is never money'),
});

export const comparisonSchema = z
  .object({
    state: z.enum(['computing', 'ready']),
    from: daySchema,
    to: daySchema,
    by: z.enum(['creator', 'campaign']),
    orders: z.int().describe('Paid orders with at least one touch that counts'),
    touches: z.int(),
    longest: z.int().describe('Touches on the longest path'),
    severalTouches: z.int().describe('Orders with more than one touch; where there are few, all models say the same'),
    emptyPaths: z.int().describe('Counted clicks that no order names: journeys that ended in nothing, for Markov'),
    totals: z
      .array(moneySchema)
      .describe('Net of refunds of these orders; every model that is money sums to it exactly'),
    rows: z.array(
      z.object({
        creator: creatorRefSchema.nullable(),
        campaign: campaignRefSchema.nullable(),
        isRest: z.boolean().describe('Everybody beyond the 300 with most touches, taken as one'),
        models: z.partialRecord(comparedModelSchema, modelCreditSchema),
      }),
    ),
    missing: z
      .array(z.object({ model: comparedModelSchema, why: z.string() }))
      .describe('Models without enough data to say anything'),
    computedAt: instantSchema.nullable(),
  })
  .meta({ id: 'ModelComparison' });
export type ModelComparison = z.infer<typeof comparisonSchema>;

export const compareModels = endpoint({
  name: 'attribution.compare',
  method: 'GET',
  path: '/attribution/models',
  access: read,
  summary: "Every model beside each other on the workspace's own paths; ask again while it is computing",
  input: z.object({
    from: daySchema.optional().describe('90 days before the last day when left out'),
    to: daySchema.optional().describe('Today when left out; days in the time zone of the workspace'),
    by: z.enum(['creator', 'campaign']).default('creator'),
    campaignId: z.string().optional().describe('Only touches of this campaign'),
  }),
  output: comparisonSchema,
});
