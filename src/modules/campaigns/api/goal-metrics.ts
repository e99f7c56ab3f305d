import { z } from 'zod';

export const goalFamilies = ['awareness', 'engagement', 'traffic', 'sales', 'content'] as const;
export const goalFamilySchema = z.enum(goalFamilies);
export type GoalFamily = z.infer<typeof goalFamilySchema>;

export const goalMetricNames = [
  'reach',
  'impressions',
  'views',
  'engagements',
  'engagement_rate',
  'clicks',
  'visitors',
  'orders',
  'revenue',
  'cpa',
  'roas',
  'posts_live',
  'assets',
] as const;
export const goalMetricSchema = z.enum(goalMetricNames);
export type GoalMetric = z.infer<typeof goalMetricSchema>;

/** What a metric is: shown beside every goal, and what reports compute the actual by. */
export interface GoalMetricFacts {
  family: GoalFamily;
  label: string;
  /** Said after a number: "5,000 visitors". Empty for money and shares. */
  unit: string;
  /** count: whole things; money: an amount in the campaign's currency; share: a part of 1; ratio: times. */
  kind: 'count' | 'money' | 'share' | 'ratio';
  /** at_least: more is better; at_most: less is better (cost per order). */
  direction: 'at_least' | 'at_most';
  /** sum: grows day by day, so a linear pace can be drawn; level: a rate that should stand at the target all the time. */
  growth: 'sum' | 'level';
  formula: string;
  source: string;
}

const perContent = 'newest result of each live deliverable, entered or imported';
const perLink = "clicks on the campaign's own links that no traffic rule dropped";
const perOrder = 'orders credited to the campaign, last touch within 30 days, code before link';

/** The metrics a goal may have, as data. */
export const goalMetrics: Record<GoalMetric, GoalMetricFacts> = {
  reach: {
    family: 'awareness',
    label: 'Reach',
    unit: 'people',
    kind: 'count',
    direction: 'at_least',
    growth: 'sum',
    formula: 'sum of reach over live deliverables; one person reached by two posts counts twice',
    source: perContent,
  },
  impressions: {
    family: 'awareness',
    label: 'Impressions',
    unit: 'impressions',
    kind: 'count',
    direction: 'at_least',
    growth: 'sum',
    formula: 'sum of impressions over live deliverables',
    source: perContent,
  },
  views: {
    family: 'awareness',
    label: 'Video views',
    unit: 'views',
    kind: 'count',
    direction: 'at_least',
    growth: 'sum',
    formula: 'sum of views over live deliverables',
    source: perContent,
  },
  engagements: {
    family: 'engagement',
    label: 'Engagements',
    unit: 'engagements',
    kind: 'count',
    direction: 'at_least',
    growth: 'sum',
    formula: 'likes + comments + shares + saves over live deliverables',
    source: perContent,
  },
  engagement_rate: {
    family: 'engagement',
    label: 'Engagement rate',
    unit: '',
    kind: 'share',
    direction: 'at_least',
    growth: 'level',
    formula: 'engagements / reach, over live deliverables where both are known',
    source: perContent,
  },
  clicks: {
    family: 'traffic',
    label: 'Clicks',
    unit: 'clicks',
    kind: 'count',
    direction: 'at_least',
    growth: 'sum',
    formula: 'count of clicks',
    source: perLink,
  },
  visitors: {
    family: 'traffic',
    label: 'Visitors',
    unit: 'visitors',
    kind: 'count',
    direction: 'at_least',
    growth: 'sum',
    formula: 'distinct visitors a day, summed over days',
    source: perLink,
  },
  orders: {
    family: 'sales',
    label: 'Orders',
    unit: 'orders',
    kind: 'count',
    direction: 'at_least',
    growth: 'sum',
    formula: 'count of credited orders that were not fully refunded',
    source: perOrder,
  },
  revenue: {
    family: 'sales',
    label: 'Revenue',
    unit: '',
    kind: 'money',
    direction: 'at_least',
    growth: 'sum',
    formula: 'sum of credited orders less refunds',
    source: perOrder,
  },
  cpa: {
    family: 'sales',
    label: 'Cost per order',
    unit: '',
    kind: 'money',
    direction: 'at_most',
    growth: 'level',
    formula: 'cost / orders',
    source: `campaign costs; ${perOrder}`,
  },
  roas: {
    family: 'sales',
    label: 'Return on spend',
    unit: 'times',
    kind: 'ratio',
    direction: 'at_least',
    growth: 'level',
    formula: 'revenue / cost',
    source: `campaign costs; ${perOrder}`,
  },
  posts_live: {
    family: 'content',
    label: 'Posts live',
    unit: 'posts',
    kind: 'count',
    direction: 'at_least',
    growth: 'sum',
    formula: 'count of live deliverables',
    source: 'deliverables of the campaign',
  },
  assets: {
    family: 'content',
    label: 'Content pieces',
    unit: 'pieces',
    kind: 'count',
    direction: 'at_least',
    growth: 'sum',
    formula: 'count of approved and live deliverables',
    source: 'deliverables of the campaign',
  },
};
