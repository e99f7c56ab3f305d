import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { daySchema } from '#kernel/time.ts';
import { productSchema } from './products.ts';

const campaignId = z.string().min(1).max(60);

export const planSchema = z
  .object({
    campaignId: z.string(),
    state: z.enum(['open', 'closed']).describe('open: creators who were asked can choose'),
    itemsMax: z.number().int().describe('Pieces a creator may choose'),
    valueMax: moneySchema.nullable().describe('At cost of goods, a creator; null is no limit'),
    unitsMax: z.number().int().nullable().describe('Pieces over all creators'),
    unitsChosen: z.number().int().describe('Of those, chosen or sent'),
    isObliged: z.boolean().describe('True when a post is agreed in return; false is a gift'),
    postWithinDays: z.number().int().describe('Days after delivery in which a post is expected'),
    nudgeAfterDays: z.number().int().nullable().describe('Days after delivery until one reminder; null sends none'),
    pickUntil: daySchema.nullable(),
    needsApproval: z.boolean(),
    note: z.string().nullable().describe('What creators read above the products'),
    sender: z.string().nullable().describe('Return address on labels'),
    shippingCost: moneySchema.nullable().describe('Postage of a parcel where none was entered; null is not known'),
    choices: z.array(
      z.object({
        product: productSchema,
        variantIds: z.array(z.string()).nullable().describe('Null is every variant'),
        eachMax: z.number().int().describe('Pieces of it a creator may choose'),
        problems: z.array(z.string()).describe('Why creators cannot choose some of it'),
      }),
    ),
  })
  .meta({ id: 'SeedingPlan' });
export type SeedingPlan = z.infer<typeof planSchema>;

export const choicesMax = 200;

export const getSeedingPlan = endpoint({
  name: 'seeding.getPlan',
  method: 'GET',
  path: '/campaigns/:campaignId/seeding/plan',
  access: 'campaigns:read',
  summary: 'What creators of a campaign may choose from, and how much of it',
  input: z.object({ campaignId }),
  output: planSchema,
});

export const saveSeedingPlan = endpoint({
  name: 'seeding.savePlan',
  method: 'PUT',
  path: '/campaigns/:campaignId/seeding/plan',
  access: 'campaigns:write',
  summary: 'Set products and limits of a campaign; what was chosen before stays as it was chosen',
  input: z.object({
    campaignId,
    state: z.enum(['open', 'closed']).default('open'),
    itemsMax: z.number().int().min(1).max(100).default(1),
    valueMax: moneySchema.nullable().default(null),
    unitsMax: z.number().int().min(1).max(1_000_000).nullable().default(null),
    isObliged: z.boolean().default(false),
    postWithinDays: z.number().int().min(1).max(365).default(21),
    nudgeAfterDays: z.number().int().min(1).max(180).nullable().default(10),
    pickUntil: daySchema.nullable().default(null),
    needsApproval: z.boolean().default(true),
    note: z.string().trim().max(1000).nullable().default(null),
    sender: z.string().trim().max(500).nullable().default(null),
    shippingCost: moneySchema.nullable().default(null),
    choices: z
      .array(
        z.object({
          productId: z.string().min(1).max(60),
          variantIds: z.array(z.string().min(1).max(60)).min(1).max(250).nullable().default(null),
          eachMax: z.number().int().min(1).max(100).default(1),
        }),
      )
      .max(choicesMax)
      .default([]),
  }),
  output: planSchema,
});
