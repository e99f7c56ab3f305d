import { toMoneyJson } from '#kernel/money.ts';
import { type Goal, type GoalMetric, type GoalValue, goalMetrics } from './api.ts';
import type { GoalRow } from './queries/campaigns.ts';
import { expectedBy } from './rules/expected-by.ts';

// Shares and ratios are paced in millionths, so that the rule stays in whole numbers.
const scale = 1_000_000n;

/** A goal's row as it is answered, with what a linear pace expects by the end of today. */
export function toGoal(row: GoalRow, frame: { currency: string; today: string }): Goal {
  const metric = row.metric as GoalMetric;
  const facts = goalMetrics[metric];
  const value = (stored: string) => toGoalValue(stored, metric, frame.currency);
  return {
    id: row.id,
    campaignId: row.campaign_id,
    family: facts.family,
    metric,
    label: facts.label,
    target: value(row.target),
    baseline: row.baseline === null ? null : value(row.baseline),
    startsOn: row.starts_on,
    dueOn: row.due_on,
    source: row.source ?? facts.source,
    formula: facts.formula,
    isMain: row.is_main,
    expectedToday: expectedToday(row, frame),
  };
}

function expectedToday(row: GoalRow, frame: { currency: string; today: string }): GoalValue | null {
  const metric = row.metric as GoalMetric;
  const facts = goalMetrics[metric];
  if (frame.today < row.starts_on) return null;
  if (facts.growth === 'level') return toGoalValue(row.target, metric, frame.currency);
  const isWhole = facts.kind === 'money' || facts.kind === 'count';
  const target = isWhole ? BigInt(row.target) : BigInt(Math.round(Number(row.target) * Number(scale)));
  const expected = expectedBy(frame.today, { target, startsOn: row.starts_on, dueOn: row.due_on });
  if (expected === null) return null;
  if (facts.kind === 'money') return toMoneyJson({ amountMinor: expected, currency: frame.currency });
  return isWhole ? Number(expected) : Number(expected) / Number(scale);
}

function toGoalValue(stored: string, metric: GoalMetric, currency: string): GoalValue {
  if (goalMetrics[metric].kind === 'money') return toMoneyJson({ amountMinor: BigInt(stored), currency });
  return Number(stored);
}
