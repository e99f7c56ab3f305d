import { toMoneyJson } from '#kernel/money.ts';
import { addDays, daysBetween } from '#kernel/time.ts';
import { type Goal, type GoalMetric, type GoalValue, goalMetrics } from '#modules/campaigns/api.ts';
import type { GoalReport, GoalStatus } from '../api.ts';
import { landSum, rateDaysMin } from './land-goal.ts';
import { divideRounded, ratio, sumBig, sumOf } from './ratio.ts';
import type { ReportInput } from './report-input.ts';
import { sumContent } from './sum-content.ts';
import type { CostSums } from './sum-cost.ts';
import { whyNoOrders } from './sum-sales.ts';
import { noLink } from './sum-traffic.ts';

interface Actual {
  value: GoalValue | null;
  reason: string | null;
  note: string | null;
}

/** A goal with what was reached within its own days, and how that stands against a steady pace. */
export function measureGoal(goal: Goal, input: ReportInput, cost: CostSums): GoalReport {
  const within = withinGoal(input, goal);
  const actual = actualOf(goal, within, cost);
  const target = toNumber(goal.target);
  const share = (value: GoalValue | null) => (value === null || target === 0 ? null : toNumber(value) / target);
  return {
    ...goal,
    actual: actual.value,
    reason: actual.value === null ? actual.reason : null,
    status: statusOf(goal, actual.value, input.today),
    progress: share(actual.value),
    expectedProgress: share(goal.expectedToday),
    note: actual.note,
    ...landingOf(goal, { actual: actual.value, within }),
    daysLeft: daysBetween(input.today, goal.dueOn),
  };
}

/** Where the goal ends at the rate of the last days, or why that is not said. Today counts among the days to come: it is not over. */
function landingOf(
  goal: Goal,
  of: { actual: GoalValue | null; within: ReportInput },
): Pick<GoalReport, 'landing' | 'landingReason'> {
  const not = (landingReason: string) => ({ landing: null, landingReason });
  const { today, campaign } = of.within;
  if (of.actual === null) return not('nothing is measured yet');
  if (today > goal.dueOn) return not('its last day is gone');
  if (today < goal.startsOn) return not('it has not begun');
  const amountOf = dailyAmount(goal.metric, campaign.currency);
  if (amountOf === null) return not('a rate has no sum to go on with; it is held against the target itself');
  const daysGone = Math.max(0, daysBetween(goal.startsOn, today));
  const perDay = amountOf(of.within);
  if (perDay === null) return not('some of it is not known by day');
  const daily = Array.from({ length: daysGone }, (_, index) => perDay.get(addDays(goal.startsOn, index)) ?? 0);
  const sum = toNumber(of.actual);
  const soFarToday = perDay.get(today) ?? 0;
  const landed = landSum({ now: sum - soFarToday, daily, daysLeft: daysBetween(today, goal.dueOn) + 1 });
  if (landed === null) return not(`not enough data: ${daysGone} of ${rateDaysMin} days`);
  const say = (value: number): GoalValue =>
    typeof goal.target === 'number'
      ? Math.round(value)
      : toMoneyJson({ amountMinor: BigInt(Math.round(value)), currency: goal.target.currency });
  const value = Math.max(sum, landed.value);
  return {
    landing: {
      value: say(value),
      low: say(Math.max(sum, landed.low)),
      high: say(Math.max(sum, landed.high)),
      share: toNumber(goal.target) === 0 ? 0 : value / toNumber(goal.target),
      days: landed.days,
    },
    landingReason: null,
  };
}

type PerDay = ReadonlyMap<string, number>;

/** How a metric adds up day by day; null for rates. Inside null: something counted has no day. */
function dailyAmount(metric: GoalMetric, currency: string): ((input: ReportInput) => PerDay | null) | null {
  switch (metric) {
    case 'clicks':
    case 'visitors':
      return (input) => addUp(input.clicks.map((row) => ({ day: row.day, amount: row[metric] })));
    case 'orders':
      return (input) => addUp(input.orders.map((row) => ({ day: row.day, amount: row.orders })));
    case 'revenue':
      return (input) =>
        addUp(
          input.orders
            .filter((row) => row.currency === currency)
            .map((row) => ({ day: row.day, amount: Number(row.netMinor) })),
        );
    case 'posts_live':
      return (input) => addUp(input.content.filter(isLive).map((one) => ({ day: one.liveDay, amount: 1 })));
    case 'reach':
    case 'impressions':
    case 'views':
      return (input) =>
        addUp(
          input.content.filter(isLive).flatMap((one) => {
            const result = one.results[metric];
            return result === undefined || result.isEstimate ? [] : [{ day: one.liveDay, amount: result.value }];
          }),
        );
    case 'engagements':
    case 'assets':
      return () => null;
    case 'engagement_rate':
    case 'cpa':
    case 'roas':
      return null;
  }
}

const isLive = (one: { state: string }) => one.state === 'live';

function addUp(rows: readonly { day: string | null; amount: number }[]): PerDay | null {
  const sums = new Map<string, number>();
  for (const { day, amount } of rows) {
    if (day === null) return null;
    sums.set(day, (sums.get(day) ?? 0) + amount);
  }
  return sums;
}

/** For comparing and drawing only; amounts stay exact elsewhere. */
export function toNumber(value: GoalValue): number {
  return typeof value === 'number' ? value : Number(value.amountMinor);
}

function statusOf(goal: Goal, actual: GoalValue | null, today: string): GoalStatus {
  if (actual === null) return today < goal.startsOn ? 'not_started' : 'not_measured';
  const { direction, growth } = goalMetrics[goal.metric];
  const order = compare(actual, goal.target);
  const isReached = direction === 'at_least' ? order >= 0 : order <= 0;
  const isOver = today > goal.dueOn;
  if (isReached && (growth === 'sum' || isOver)) return 'met';
  if (isOver) return 'missed';
  if (today < goal.startsOn) return 'not_started';
  if (isReached) return 'on_pace';
  if (growth === 'level' || goal.expectedToday === null) return 'behind';
  return compare(actual, goal.expectedToday) >= 0 ? 'on_pace' : 'behind';
}

function compare(a: GoalValue, b: GoalValue): number {
  if (typeof a === 'number' || typeof b === 'number') return toNumber(a) - toNumber(b);
  const difference = BigInt(a.amountMinor) - BigInt(b.amountMinor);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The same campaign with only what happened from the goal's first day to its last; content whose day is not known counts. */
function withinGoal(input: ReportInput, goal: Goal): ReportInput {
  const isWithin = ({ day }: { day: string }) => day >= goal.startsOn && day <= goal.dueOn;
  return {
    ...input,
    clicks: input.clicks.filter(isWithin),
    orders: input.orders.filter(isWithin),
    content: input.content.filter(({ liveDay }) => liveDay === null || isWithin({ day: liveDay })),
    // Whether sales are measured does not depend on the span.
    hasOrderSource: input.hasOrderSource || input.orders.length > 0,
  };
}

function actualOf(goal: Goal, input: ReportInput, cost: CostSums): Actual {
  const { metric } = goal;
  switch (metric) {
    case 'reach':
    case 'impressions':
    case 'views':
    case 'engagements':
    case 'engagement_rate':
      return contentActual(metric, input);
    case 'clicks':
    case 'visitors':
      return input.links.length === 0
        ? none(noLink)
        : { value: sumOf(input.clicks, (row) => row[metric]), reason: null, note: null };
    case 'orders':
    case 'revenue':
    case 'cpa':
    case 'roas':
      return salesActual(metric, input, cost);
    case 'posts_live':
      return { value: input.content.filter((one) => one.state === 'live').length, reason: null, note: null };
    case 'assets':
      return {
        value: input.content.filter((one) => one.state === 'live' || one.state === 'approved').length,
        reason: null,
        note: null,
      };
  }
}

const none = (reason: string): Actual => ({ value: null, reason, note: null });

function contentActual(
  metric: 'reach' | 'impressions' | 'views' | 'engagements' | 'engagement_rate',
  input: ReportInput,
): Actual {
  const sums = sumContent(input.content);
  const { value, reason, note } = metric === 'engagement_rate' ? sums.engagementRate : sums[metric];
  return { value, reason, note };
}

function salesActual(
  metric: Extract<GoalMetric, 'orders' | 'revenue' | 'cpa' | 'roas'>,
  input: ReportInput,
  cost: CostSums,
): Actual {
  const reason = whyNoOrders(input);
  if (reason !== null) return none(reason);
  const { currency } = input.campaign;
  const own = input.orders.filter((row) => row.currency === currency);
  const orders = sumOf(input.orders, (row) => row.orders);
  const others = orders - sumOf(own, (row) => row.orders);
  const revenue = sumBig(own, (row) => row.netMinor);
  const apart = others === 0 ? null : `${others} orders in other currencies are not in it`;
  if (metric === 'orders') return { value: orders, reason: null, note: null };
  if (metric === 'revenue')
    return { value: toMoneyJson({ amountMinor: revenue, currency }), reason: null, note: apart };
  if (cost.totalMinor === null) return none('no cost is entered');
  const note = cost.report.total.note;
  if (metric === 'roas') {
    const value = ratio(revenue, cost.totalMinor);
    return value === null ? none('the cost is zero') : { value, reason: null, note: note ?? apart };
  }
  if (orders === 0) return none('no orders yet');
  return {
    value: toMoneyJson({ amountMinor: divideRounded(cost.totalMinor, BigInt(orders)), currency }),
    reason: null,
    note,
  };
}
