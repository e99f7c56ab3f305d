import { platformNames } from '#kernel/platform.ts';
import { goalMetrics } from '#modules/campaigns/api.ts';
import type { CampaignReport, CreatorRow, Figure, GoalReport, GoalStatus, MoneyFigure } from '../api.ts';
import { toNumber } from './measure-goal.ts';
import { sayAmount, sayCount, sayDay, sayMoney, sayPlural, sayRatio, sayShare } from './say.ts';

/** The report as ready-made words and places, for the template to set; the template itself knows no rule. */
export type PdfPage = ReturnType<typeof pdfPage>;

export const goalWords: Record<GoalStatus, string> = {
  met: 'Met',
  on_pace: 'On pace',
  behind: 'Behind',
  missed: 'Missed',
  not_measured: 'Not measured',
  not_started: 'Not started',
};

export function pdfPage(report: CampaignReport, of: { workspaceName: string }) {
  const { campaign, answer } = report;
  const met = report.goals.filter((goal) => goal.status === 'met').length;
  const top = returnTop(report);
  return {
    title: `${campaign.name}: results`,
    workspace: of.workspaceName,
    campaign: campaign.name,
    span: `Results, ${sayDay(campaign.startsOn)} to ${sayDay(campaign.endsOn)}, counted to ${sayDay(report.today)}`,
    answer: answer.parts,
    remarks: answer.remarks,
    goalsNote: report.goals.length === 0 ? 'none was set' : `${met} of ${report.goals.length} met`,
    goals: report.goals.map(pdfGoal),
    figures: pdfFigures(report),
    funnel: report.funnel.map((step) => ({
      label: step.label,
      value: step.count === null ? 'not known' : sayCount(step.count),
      rate:
        step.rate === null
          ? step.count === null
            ? (step.reason ?? '')
            : ''
          : `${sayShare(step.rate)} of ${step.rateOf}`,
      note: step.note ?? '',
      share: shareOf(step.count, report.funnel),
    })),
    currency: campaign.currency,
    returnTop: sayCount(top),
    creators: report.creators.map((row) => pdfCreator(row, top)),
    unassigned: report.unassigned === null ? null : pdfCreator(report.unassigned, top),
    total: {
      posts: String(report.deliverables.filter((row) => row.state === 'live').length),
      cost: cell(report.cost.total.value, sayAmount),
      clicks: cell(report.traffic.clicks.value, sayCount),
      orders: cell(report.sales.orders.value, sayCount),
      revenue: cell(report.sales.revenue.value, sayAmount),
      roas: cell(report.returns.roas.value, sayRatio),
    },
    considering:
      report.considering === 0 ? '' : `${sayPlural(report.considering, 'creator')} not agreed with are in no row.`,
    comments: pdfComments(report),
    methods: methodsOf(report),
    footnotes: report.footnotes.map((note) => note.text),
    computed: `Computed ${report.computedAt.slice(0, 16).replace('T', ' ')} UTC by Rapport.`,
  };
}

function pdfGoal(goal: GoalReport) {
  return {
    label: goal.label,
    status: goalWords[goal.status],
    tone:
      goal.status === 'met' || goal.status === 'on_pace'
        ? 'good'
        : goal.status === 'missed' || goal.status === 'behind'
          ? 'bad'
          : 'plain',
    actual: goal.actual === null ? 'not measured' : sayGoalValue(goal, goal.actual),
    target: `${goalMetrics[goal.metric].direction === 'at_most' ? 'goal at most' : 'of'} ${sayGoalValue(goal, goal.target)}`,
    note:
      goal.actual === null
        ? (goal.reason ?? '')
        : goal.expectedToday === null || goal.daysLeft < 0
          ? `due ${sayDay(goal.dueOn)}`
          : `${sayGoalValue(goal, goal.expectedToday)} expected by today, due ${sayDay(goal.dueOn)}`,
  };
}

/** A goal's value with its unit: "3,980 visitors", "€ 12.50", "3.4 %", "2.10". */
export function sayGoalValue(goal: Pick<GoalReport, 'metric'>, value: GoalReport['target']): string {
  if (typeof value !== 'number') return sayMoney(value);
  switch (goalMetrics[goal.metric].kind) {
    case 'share':
      return sayShare(value);
    case 'ratio':
      return sayRatio(value);
    case 'count':
    case 'money':
      return sayCount(toNumber(value));
  }
}

const commentColumns = [
  { group: 'sentiments', name: 'positive', title: 'Positive' },
  { group: 'sentiments', name: 'negative', title: 'Negative' },
  { group: 'intents', name: 'purchase_intent', title: 'Want to buy' },
  { group: 'intents', name: 'question', title: 'Questions' },
  { group: 'intents', name: 'complaint', title: 'Complaints' },
  { group: 'targets', name: 'brand', title: 'Aimed at the brand' },
] as const;

/** What people write below the live content: shares with their intervals over all posts, counts by post. Null where no content is live. */
function pdfComments({ comments }: CampaignReport) {
  if (comments == null || comments.live === 0) return null;
  const { all, posts } = comments;
  const found = commentColumns.flatMap(({ group, name, title }) => {
    const one = all[group].find((share) => share.name === name);
    return one === undefined ? [] : [{ title, one }];
  });
  return {
    note:
      all.n === 0
        ? 'Not known: no comment below the live content is stored and read.'
        : `${sayPlural(all.n, 'comment')} of readers below ${comments.matched} of ${sayPlural(comments.live, 'live deliverable')}${all.asOf === null ? '' : `, newest ${sayDay(all.asOf.slice(0, 10))}`}. Labels by the models that ship, corrections count; 95 % intervals (Wilson).`,
    shares:
      all.n === 0
        ? []
        : found.map(({ title, one }) => ({
            title,
            value: one.share === null ? 'not enough data' : sayShare(one.share),
            note: `${one.interval === null ? '' : `${sayShare(one.interval.low)} to ${sayShare(one.interval.high)}, `}${sayCount(one.count)} of ${sayCount(one.n)}`,
          })),
    heads: commentColumns.map(({ title }) => title),
    posts: posts
      .filter((post) => post.sums.n > 0)
      .map((post) => ({
        title: post.title,
        n: sayCount(post.sums.n),
        counts: commentColumns.map(({ group, name }) =>
          sayCount(post.sums[group].find((share) => share.name === name)?.count ?? 0),
        ),
      })),
  };
}

function pdfFigures(report: CampaignReport) {
  const { returns, content, traffic, sales, cost } = report;
  const count = (label: string, of: Figure) => ({
    label,
    value: sayFigure(of),
    note: of.reason ?? of.note ?? of.n ?? '',
  });
  const money = (label: string, of: MoneyFigure) => ({
    label,
    value: sayFigure(of),
    note: of.reason ?? of.note ?? of.n ?? '',
  });
  return [
    money('Cost', cost.total),
    money('Revenue', sales.revenue),
    count('Return on investment', returns.roi),
    money('Cost per order', returns.cpa),
    money('Cost per engagement', returns.cpe),
    money('Cost per click', returns.cpc),
    money('Cost per 1,000 impressions', returns.cpm),
    money('Average order', sales.averageOrder),
    count('Clicks', traffic.clicks),
    count('Reach', content.reach),
    count('Impressions', content.impressions),
    count('Engagement rate by reach', content.engagementRate),
  ];
}

/** "at least 1,240", "€ 12.50", "not known". */
export function sayFigure(of: Figure | MoneyFigure): string {
  if (of.value === null) return 'not known';
  const bound = of.bound === 'exact' ? '' : of.bound === 'at_least' ? 'at least ' : 'at most ';
  if (of.kind === 'money') return bound + sayMoney(of.value);
  return (
    bound + (of.kind === 'share' ? sayShare(of.value) : of.kind === 'ratio' ? sayRatio(of.value) : sayCount(of.value))
  );
}

/** Right end of the scale of returns: the highest return or interval end, rounded up, at least 2. */
export function returnTop(report: CampaignReport): number {
  const ends = report.creators.flatMap((row) => [row.roas.value ?? 0, row.roas.interval?.high ?? 0]);
  return Math.min(20, Math.max(2, Math.ceil(Math.max(0, ...ends))));
}

function pdfCreator(row: CreatorRow, top: number) {
  const place = (value: number) => Math.min(1, Math.max(0, value / top));
  return {
    name: row.person?.name ?? 'Belongs to no creator',
    handle: row.person?.handle
      ? `@${row.person.handle}${row.person.platform ? `, ${platformNames[row.person.platform]}` : ''}`
      : '',
    posts: String(row.postsLive),
    cost: cell(row.cost.value, sayAmount),
    clicks: cell(row.clicks.value, sayCount),
    orders: cell(row.orders.value, sayCount),
    revenue: cell(row.revenue.value, sayAmount),
    roas: cell(row.roas.value, sayRatio),
    isLoss: row.roas.value !== null && row.roas.value < 1,
    range:
      row.roas.value === null || row.roas.interval === null
        ? null
        : {
            value: place(row.roas.value),
            low: place(row.roas.interval.low),
            high: place(row.roas.interval.high),
            one: place(1),
            words: `${sayRatio(row.roas.interval.low)} to ${sayRatio(row.roas.interval.high)}`,
          },
    why: row.why,
  };
}

function methodsOf(report: CampaignReport): { label: string; formula: string; source: string }[] {
  const { returns, content, traffic, sales, cost } = report;
  return (
    [
      ['Cost', cost.total],
      ['Revenue', sales.revenue],
      ['Return', returns.roas],
      ['Return on investment', returns.roi],
      ['Cost per order', returns.cpa],
      ['Cost per engagement', returns.cpe],
      ['Cost per 1,000 impressions', returns.cpm],
      ['Cost per click', returns.cpc],
      ['Orders', sales.orders],
      ['Clicks', traffic.clicks],
      ['Reach', content.reach],
      ['Engagements', content.engagements],
      ['Engagement rate', content.engagementRate],
    ] as const
  ).map(([label, of]) => ({ label, formula: of.formula, source: of.source }));
}

function cell<Value>(value: Value | null, say: (value: Value) => string): string {
  return value === null ? '–' : say(value);
}

function shareOf(count: number | null, steps: CampaignReport['funnel']): number {
  const top = Math.max(1, ...steps.map((step) => step.count ?? 0));
  return (count ?? 0) / top;
}
