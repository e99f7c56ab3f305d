import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { noPostSchema } from './no-post.ts';

const figureMoney = z.object({
  value: moneySchema.nullable(),
  missing: z.string().nullable().describe('Why there is no value'),
  n: z.number().int(),
});

export const seedingReportSchema = z
  .object({
    asOf: z.string(),
    currency: z.string(),
    postWithinDays: z.number().int(),
    creators: z.number().int().describe('On the campaign now'),
    asked: z.number().int().describe('Creators who were asked, or chosen for'),
    picked: z.number().int(),
    ordered: z.number().int(),
    shipped: z.number().int().describe('Parcels that left'),
    delivered: z.number().int(),
    returned: z.number().int(),
    lost: z.number().int(),
    posted: z.number().int().describe('Creators with a delivered parcel and a live post'),
    stillInWindow: z.number().int().describe('Delivered, not posted, and not late yet'),
    postRate: z.object({
      rate: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      posted: z.number().int(),
      n: z.number().int().describe('Creators whose window has ended'),
      missing: z.string().nullable(),
    }),
    goodsCost: figureMoney.describe('Cost of goods of all parcels that left'),
    shippingCost: figureMoney,
    costPerPost: figureMoney.describe('Goods and postage of parcels that left over live posts of those creators'),
    waste: z.object({
      units: z
        .number()
        .int()
        .describe('Pieces that left for creators whose window ended without a post, or that were lost'),
      unitsShipped: z.number().int(),
      share: z.number().nullable(),
      cost: figureMoney,
    }),
    noPost: z.array(
      z.object({
        personId: z.string(),
        enrolmentId: z.string(),
        name: z.string(),
        deliveredAt: z.string().nullable(),
        units: z.number().int(),
        cost: moneySchema.nullable(),
        why: noPostSchema.nullable().describe('What they, or a member for them, said; null when nobody asked'),
        isBarred: z.boolean().describe('On the do-not-gift list'),
      }),
    ),
    method: z.array(z.string()),
  })
  .meta({ id: 'SeedingReport' });
export type SeedingReport = z.infer<typeof seedingReportSchema>;

export const getSeedingReport = endpoint({
  name: 'seeding.report',
  method: 'GET',
  path: '/campaigns/:campaignId/seeding/report',
  access: 'campaigns:read',
  summary:
    'What became of the products: shipped, delivered, posted, post rate with its interval, cost per post and waste',
  input: z.object({ campaignId: z.string().min(1).max(60) }),
  output: seedingReportSchema,
});
