import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { daySchema } from '#kernel/time.ts';
import { campaignStateSchema } from '#modules/campaigns/api.ts';
import { reportCampaignSchema } from './campaign-report.ts';
import { countCellSchema, moneyCellSchema, returnCellSchema } from './figure.ts';
import { goalReportSchema, goalStatusSchema } from './rows.ts';

/** Campaigns one overview measures; the newest stand when there are more. */
export const overviewMax = 100;

export const overviewRowSchema = z
  .object({
    campaign: reportCampaignSchema,
    budget: moneySchema.nullable(),
    cost: moneyCellSchema,
    clicks: countCellSchema,
    orders: countCellSchema,
    revenue: moneyCellSchema,
    roas: returnCellSchema,
    cpa: moneyCellSchema,
    postsLive: z.int(),
    creators: z.int(),
    goals: z.array(goalReportSchema).describe('The main goal first'),
    otherCurrencies: z.array(z.object({ orders: z.int(), revenue: moneySchema })),
    note: z.string().nullable().describe('What makes the return a bound'),
  })
  .meta({ id: 'CampaignOverview' });
export type OverviewRow = z.infer<typeof overviewRowSchema>;

export const overviewSchema = z
  .object({
    computedAt: z.string(),
    today: daySchema,
    rows: z.array(overviewRowSchema).describe('Newest first'),
    matched: z.int().describe('Campaigns that match; more than rows when there are over 100'),
    totals: z
      .array(
        z.object({
          currency: z.string(),
          campaigns: z.int(),
          spent: moneyCellSchema,
          earned: moneyCellSchema,
          roas: countCellSchema.describe('Over campaigns of which both are known'),
          orders: countCellSchema,
        }),
      )
      .describe('One entry a currency; amounts of two currencies are never added'),
    goals: z.partialRecord(goalStatusSchema, z.int()).describe('Goals by how they stand'),
    medianReturn: countCellSchema.describe('Median return of the campaigns shown, from three on'),
  })
  .meta({ id: 'ReportsOverview' });
export type Overview = z.infer<typeof overviewSchema>;

export const getOverview = endpoint({
  name: 'reports.overview',
  method: 'GET',
  path: '/reports/overview',
  access: 'reports:read',
  summary: 'All campaigns with spend, revenue, return and goals, for comparison',
  input: z.object({
    query: z.string().max(120).optional().describe('Part of the name'),
    states: z.array(campaignStateSchema).optional().describe('All but archived when left out'),
    from: daySchema.optional().describe('Campaigns that ran on this day or later'),
    to: daySchema.optional().describe('Campaigns that ran on this day or earlier'),
  }),
  output: overviewSchema,
});
