import { z } from 'zod';
import { moneySchema } from '#kernel/money.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema } from '#kernel/time.ts';
import { deliverableStateSchema, goalSchema, goalValueSchema } from '#modules/campaigns/api.ts';
import { countCellSchema, moneyCellSchema, returnCellSchema } from './figure.ts';

/** How a goal stands. on_pace and behind while it runs; met as soon as a sum is reached; missed once its day is gone. */
export const goalStatuses = ['met', 'on_pace', 'behind', 'missed', 'not_measured', 'not_started'] as const;
export const goalStatusSchema = z.enum(goalStatuses);
export type GoalStatus = z.infer<typeof goalStatusSchema>;

export const goalReportSchema = goalSchema
  .extend({
    actual: goalValueSchema.nullable().describe('Within the days of the goal; null when not measured'),
    reason: z.string().nullable().describe('Why there is no actual'),
    status: goalStatusSchema,
    progress: z.number().nullable().describe('actual / target'),
    expectedProgress: z.number().nullable().describe('expected by today / target'),
    note: z.string().nullable().describe('What is missing from the actual'),
    landing: z
      .object({
        value: goalValueSchema,
        low: goalValueSchema,
        high: goalValueSchema,
        share: z.number().describe('value / target'),
        days: z.int().describe('Days the rate was taken from'),
      })
      .nullable()
      .describe(
        'Where it ends when the days to come are like the last 28 (80 % interval); null when that cannot be told',
      ),
    landingReason: z.string().nullable().describe('Why there is no landing'),
    daysLeft: z.int().describe('Whole days to the due day; negative when it is gone'),
  })
  .meta({ id: 'GoalReport' });
export type GoalReport = z.infer<typeof goalReportSchema>;

export const creatorRowSchema = z
  .object({
    enrolmentId: z.string().nullable().describe('Null for what belongs to the campaign but to no creator of it'),
    person: z
      .object({
        id: z.string(),
        name: z.string(),
        handle: z.string().nullable(),
        platform: platformSchema.nullable(),
      })
      .nullable(),
    stageLabel: z.string().nullable(),
    isRemoved: z.boolean(),
    postsLive: z.int(),
    postsPlanned: z.int().describe('Deliverables that were not cancelled'),
    cost: moneyCellSchema,
    clicks: countCellSchema,
    orders: countCellSchema,
    revenue: moneyCellSchema,
    roas: returnCellSchema,
    cpa: moneyCellSchema,
    engagements: countCellSchema.describe('Measured ones'),
    byCode: z.int(),
    byLink: z.int(),
    otherCurrencies: z.array(z.object({ orders: z.int(), revenue: moneySchema })),
    why: z.string().describe('What tied the orders to this creator'),
  })
  .meta({ id: 'CreatorResult' });
export type CreatorRow = z.infer<typeof creatorRowSchema>;

const contentCell = z
  .object({
    value: z.number(),
    isEstimate: z.boolean(),
    isTyped: z.boolean().describe('Typed by a person from a screenshot'),
    source: z.string(),
    observedAt: z.string(),
  })
  .nullable();
export type ContentCell = z.infer<typeof contentCell>;

export const contentRowSchema = z
  .object({
    deliverableId: z.string(),
    enrolmentId: z.string(),
    personName: z.string(),
    platform: platformSchema,
    format: z.string(),
    title: z.string(),
    state: deliverableStateSchema,
    liveUrl: z.string().nullable(),
    liveAt: z.string().nullable(),
    reach: contentCell,
    impressions: contentCell,
    views: contentCell,
    engagements: contentCell,
    engagementRate: countCellSchema.describe('engagements / reach, both measured'),
  })
  .meta({ id: 'DeliverableResult' });
export type ContentRow = z.infer<typeof contentRowSchema>;

export const funnelStepSchema = z
  .object({
    id: z.enum(['reached', 'engaged', 'clicked', 'ordered']),
    label: z.string(),
    count: z.number().nullable(),
    reason: z.string().nullable(),
    rate: z.number().nullable().describe('Share of the step named in rateOf'),
    rateOf: z.string().nullable(),
    rateReason: z.string().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'FunnelStep' });
export type FunnelStep = z.infer<typeof funnelStepSchema>;

export const reportDaySchema = z
  .object({
    day: daySchema,
    clicks: z.int().nullable().describe('Null before the first link was made'),
    orders: z.int().nullable(),
    revenue: moneySchema.nullable(),
  })
  .meta({ id: 'ReportDay' });
export type ReportDay = z.infer<typeof reportDaySchema>;
