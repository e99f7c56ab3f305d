import type { GoalFamily, GoalMetric } from './goal-metrics.ts';

/** Figures of a campaign report that say early how a goal will end. Each name is one of the report's own figures. */
export const kpiNames = [
  'reach',
  'impressions',
  'views',
  'engagements',
  'engagement_rate',
  'clicks',
  'visitors',
  'orders',
  'revenue',
  'average_order',
  'posts_live',
  'cpm',
  'cpe',
  'cpc',
  'cpa',
  'roas',
] as const;
export type KpiName = (typeof kpiNames)[number];

export interface Kpi {
  name: KpiName;
  /** Why it matters for this goal, in one line. */
  why: string;
}

export const kpiLabels: Record<KpiName, string> = {
  reach: 'Reach',
  impressions: 'Impressions',
  views: 'Video views',
  engagements: 'Engagements',
  engagement_rate: 'Engagement rate',
  clicks: 'Clicks',
  visitors: 'Visitors',
  orders: 'Orders',
  revenue: 'Revenue',
  average_order: 'Average order',
  posts_live: 'Posts live',
  cpm: 'Cost per 1,000 impressions',
  cpe: 'Cost per engagement',
  cpc: 'Cost per click',
  cpa: 'Cost per order',
  roas: 'Return on spend',
};

/**
 * The figures that matter for each family of goals, the telling ones first: what leads to it, what it costs, what would show a hollow success. The
 * usual map of the field (awareness: reach and impressions; engagement: interactions; traffic: clicks; sales: orders, revenue, cost; content: pieces).
 */
export const goalKpis: Record<GoalFamily, readonly Kpi[]> = {
  awareness: [
    { name: 'posts_live', why: 'Nothing is seen before it is posted' },
    { name: 'impressions', why: 'How often it was shown; reach counts people' },
    { name: 'engagement_rate', why: 'Shown to people who care, or only shown' },
    { name: 'cpm', why: 'What being seen costs, to compare with ads' },
  ],
  engagement: [
    { name: 'engagement_rate', why: 'Of those reached, who did something' },
    { name: 'reach', why: 'The people there are to react' },
    { name: 'posts_live', why: 'Each post is a new chance' },
    { name: 'cpe', why: 'What a reaction costs' },
  ],
  traffic: [
    { name: 'clicks', why: 'Comes before each visit' },
    { name: 'reach', why: 'The people there are to click' },
    { name: 'cpc', why: 'What a click costs, to compare with ads' },
    { name: 'orders', why: 'Whether the visits are worth having' },
  ],
  sales: [
    { name: 'clicks', why: 'Comes before each order by link' },
    { name: 'average_order', why: 'How much an order brings' },
    { name: 'cpa', why: 'What an order costs' },
    { name: 'roas', why: 'Whether it pays' },
  ],
  content: [
    { name: 'posts_live', why: 'Pieces that are out' },
    { name: 'engagement_rate', why: 'Whether the pieces work, before they are used in ads' },
    { name: 'cpe', why: 'What the pieces cost for what they do' },
  ],
};

/** The figures beside a goal, without the goal itself. */
export function kpisOf(metric: GoalMetric, family: GoalFamily): Kpi[] {
  return goalKpis[family].filter((kpi) => kpi.name !== metric);
}
