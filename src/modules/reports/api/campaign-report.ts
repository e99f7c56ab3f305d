import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { daySchema } from '#kernel/time.ts';
import { campaignModelSchema, campaignStateSchema } from '#modules/campaigns/api.ts';
import { campaignCommentsSchema } from './campaign-comments.ts';
import { contentFigureSchema, figureSchema, moneyFigureSchema } from './figure.ts';
import { contentRowSchema, creatorRowSchema, funnelStepSchema, goalReportSchema, reportDaySchema } from './rows.ts';

export const reportCampaignSchema = z.object({
  id: z.string(),
  name: z.string(),
  model: campaignModelSchema,
  state: campaignStateSchema,
  startsOn: daySchema,
  endsOn: daySchema,
  currency: z.string(),
});

/** The first sentence of a report, in parts so that every face can set the figures off. */
export const answerSchema = z
  .object({
    text: z.string(),
    parts: z.array(z.object({ text: z.string(), look: z.enum(['plain', 'strong', 'key']) })),
    remarks: z.array(z.string()).describe('What else has to be known before one acts on it'),
  })
  .meta({ id: 'ReportAnswer' });
export type Answer = z.infer<typeof answerSchema>;

const contentSchema = z.object({
  reach: contentFigureSchema,
  impressions: contentFigureSchema,
  views: contentFigureSchema,
  engagements: contentFigureSchema,
  engagementRate: figureSchema,
});
export type ContentReport = z.infer<typeof contentSchema>;

const trafficSchema = z.object({ clicks: figureSchema, visitors: figureSchema, dropped: figureSchema });
export type TrafficReport = z.infer<typeof trafficSchema>;

const salesSchema = z.object({
  orders: figureSchema,
  ordersByCode: z.int(),
  ordersByLink: z.int(),
  newCustomers: figureSchema,
  revenue: moneyFigureSchema.describe('Net of refunds and cancelled orders'),
  gross: moneySchema.nullable().describe('All credited orders before refunds and cancellations'),
  refunded: moneySchema.nullable(),
  cancelled: moneySchema.nullable().describe('Amount of cancelled orders'),
  cancelledOrders: z.int(),
  refundedOrders: z.int().describe('Orders that were refunded in full'),
  averageOrder: moneyFigureSchema,
  otherCurrencies: z
    .array(z.object({ orders: z.int(), revenue: moneySchema, reason: z.string() }))
    .describe('Revenue in currencies other than the campaign’s; not part of `revenue`'),
  revenueRated: moneyFigureSchema
    .nullable()
    .describe(
      'All revenue in the workspace’s currency, by the rate kept with each order; null where it is all in that currency',
    ),
  held: z
    .array(z.object({ orders: z.int(), amount: moneySchema }))
    .describe('Of the revenue, what a rule of fraud holds until somebody decides; a currency each'),
});
export type SalesReport = z.infer<typeof salesSchema>;

const costSchema = z.object({
  total: moneyFigureSchema,
  fees: moneySchema,
  goods: moneySchema.describe('At cost of goods'),
  postage: moneySchema.describe('Of parcels, as entered, else at the rate of the seeding plan'),
  postageAssumed: moneySchema.describe('Of the postage, what stands at the plan’s rate'),
  other: moneySchema,
  committed: moneySchema,
  due: moneySchema,
  paid: moneySchema,
  shared: moneySchema.describe('Other costs that belong to no single creator'),
  budget: moneySchema.nullable(),
  creatorsWithoutCost: z.int().describe('Agreed with, but neither fee nor goods are entered'),
});
export type CostReport = z.infer<typeof costSchema>;

const returnsSchema = z.object({
  roas: figureSchema,
  roi: figureSchema,
  cpa: moneyFigureSchema,
  cpe: moneyFigureSchema,
  cpm: moneyFigureSchema,
  cpc: moneyFigureSchema,
});
export type ReturnsReport = z.infer<typeof returnsSchema>;

export const campaignReportSchema = z
  .object({
    campaign: reportCampaignSchema,
    computedAt: z.string(),
    today: daySchema,
    timeZone: z.string(),
    answer: answerSchema,
    goals: z.array(goalReportSchema),
    content: contentSchema,
    traffic: trafficSchema,
    sales: salesSchema,
    cost: costSchema,
    returns: returnsSchema,
    funnel: z.array(funnelStepSchema),
    creators: z.array(creatorRowSchema).describe('By revenue, the highest first'),
    unassigned: creatorRowSchema.nullable().describe('What belongs to the campaign but to no creator of it'),
    considering: z.int().describe('Creators not agreed with who brought nothing; they are in no row'),
    deliverables: z.array(contentRowSchema),
    days: z.array(reportDaySchema).describe('At most the last 400 days'),
    comments: campaignCommentsSchema.nullish().describe('Only in the report of one campaign'),
    footnotes: z.array(z.object({ id: z.string(), text: z.string() })),
  })
  .meta({ id: 'CampaignReport' });
export type CampaignReport = z.infer<typeof campaignReportSchema>;

const campaignId = z.string().min(1).max(60);

export const getCampaignReport = endpoint({
  name: 'reports.campaign',
  method: 'GET',
  path: '/campaigns/:campaignId/report',
  access: 'reports:read',
  summary:
    'What a campaign brought: goals, reach, clicks, orders, revenue, cost and return, each figure with its formula',
  input: z.object({ campaignId }),
  output: campaignReportSchema,
});

export const exportCampaignCsv = endpoint({
  name: 'reports.campaign-csv',
  method: 'GET',
  path: '/campaigns/:campaignId/report.csv',
  access: 'reports:read',
  transport: 'download',
  summary: 'Results per creator as CSV',
  input: z.object({ campaignId }),
});

export const exportCampaignPdf = endpoint({
  name: 'reports.campaign-pdf',
  method: 'GET',
  path: '/campaigns/:campaignId/report.pdf',
  access: 'reports:read',
  transport: 'download',
  summary: 'The campaign report as PDF, to send to a board',
  input: z.object({ campaignId }),
});
