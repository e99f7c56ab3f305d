import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema } from '#kernel/time.ts';

/** Days one report spans at most: two years. */
export const trafficDaysMax = 731;
/** Creators it lists at most. */
export const trafficCreatorsMax = 50;
/** Visitors below which a rate of orders says nothing. */
export const rateVisitorsMin = 100;

export const orderRateSchema = z
  .object({
    value: z
      .number()
      .nullable()
      .describe('Orders whose winning touch was a click / visitors; null with too few visitors'),
    low: z.number().nullable().describe('95 % interval (Wilson)'),
    high: z.number().nullable(),
    orders: z.int(),
    visitors: z.int().describe('Sample size'),
    reason: z.string().nullable(),
  })
  .meta({ id: 'OrderRate' });
export type OrderRate = z.infer<typeof orderRateSchema>;

const hits = {
  clicks: z.int().describe('Counted'),
  visitors: z.int().describe('Once a link and day'),
  dropped: z.int().describe('Kept, not counted'),
};
const sales = {
  orders: z.int().describe('Credited, neither cancelled nor refunded in full'),
  net: moneySchema.describe('Credited, after refunds and cancellations, in the currency of the workspace'),
};

const facetRow = z.object({ value: z.string().describe('Empty where it is not known'), ...hits });
export type FacetRow = z.infer<typeof facetRow>;
const channelRow = z.object({
  value: z.string().describe('Channel group; empty where the click says none'),
  ...hits,
  ...sales,
  rate: orderRateSchema,
});
export type ChannelRow = z.infer<typeof channelRow>;
const campaignRow = z.object({
  campaign: z.object({ id: z.string(), name: z.string() }),
  ...hits,
  ...sales,
  byCode: z.int(),
  rate: orderRateSchema,
});
const creatorRow = z.object({
  creator: z.object({
    personId: z.string(),
    name: z.string(),
    handle: z.string().nullable(),
    platform: platformSchema.nullable(),
  }),
  ...hits,
  ...sales,
  byCode: z.int(),
  rate: orderRateSchema,
});

export const trafficFlowSchema = z
  .object({
    from: daySchema,
    to: daySchema,
    timeZone: z.string(),
    computedAt: z.string(),
    currency: z.string(),
    totals: z.object({
      ...hits,
      ...sales,
      gross: moneySchema,
      refunded: moneySchema,
      cancelled: moneySchema,
      byCode: z.int(),
      byLink: z.int(),
      uncredited: z.int().describe('Orders no creator is credited for'),
      cancelledOrders: z.int(),
      refundedOrders: z.int().describe('Refunded in full'),
      rate: orderRateSchema,
      otherCurrencies: z
        .array(z.object({ orders: z.int(), net: moneySchema }))
        .describe('Never added: two currencies are two sums'),
    }),
    days: z.array(
      z.object({
        day: daySchema,
        clicks: z.int(),
        visitors: z.int(),
        dropped: z.int(),
        orders: z.int(),
        net: moneySchema,
      }),
    ),
    channels: z.array(channelRow).describe('By visitors, most first'),
    codes: z.object(sales).describe('Orders by a discount code: no click won, so no channel'),
    knownCustomers: z.object(sales).describe('Orders of customers bound to a creator before'),
    countries: z.array(facetRow),
    devices: z.array(facetRow),
    reasons: z.array(z.object({ value: z.string(), dropped: z.int() })).describe('Why hits were not counted'),
    campaigns: z.array(campaignRow).describe('Empty when one campaign or creator is asked for'),
    creators: z.array(creatorRow).describe('Empty when one creator is asked for'),
    creatorsTotal: z.int().nullable().describe('Creators with orders in the span, of whom the list may show a part'),
  })
  .meta({ id: 'TrafficFlow' });
export type TrafficFlow = z.infer<typeof trafficFlowSchema>;

export const getTrafficFlow = endpoint({
  name: 'reports.traffic',
  method: 'GET',
  path: '/reports/traffic',
  access: 'reports:read',
  summary: 'From click to money over a span of days: by channel group, country, device, campaign and creator',
  input: z.object({
    days: z
      .number()
      .int()
      .min(1)
      .max(trafficDaysMax)
      .default(30)
      .describe('The last days, today included, when from and to are left out'),
    from: daySchema.optional(),
    to: daySchema.optional(),
    campaignId: z.string().min(1).max(60).optional(),
    personId: z.string().min(1).max(60).optional(),
    sort: z.enum(['net', 'clicks']).default('net').describe('Order of the creators'),
    limit: z.number().int().min(1).max(trafficCreatorsMax).default(20).describe('Creators'),
  }),
  output: trafficFlowSchema,
});
