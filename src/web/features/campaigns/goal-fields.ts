import {
  type GoalInput,
  type GoalMetric,
  type GoalValue,
  goalMetricNames,
  goalMetrics,
} from '#modules/campaigns/api.ts';
import { readAmount, writeAmount } from './words.ts';

/** A goal as it is typed. */
export interface GoalDraft {
  /** For React: rows are added and taken away. */
  key: string;
  metric: GoalMetric | '';
  target: string;
  dueOn: string;
  /** What the same span brought before, where the goal was said as a change. */
  baseline: GoalValue | null;
}

const familyNames = {
  awareness: 'Awareness',
  engagement: 'Engagement',
  traffic: 'Traffic',
  sales: 'Sales',
  content: 'Content',
};

/** Metrics for a select, by what they are for. */
export const metricOptions = Object.entries(familyNames).map(([family, group]) => ({
  group,
  items: goalMetricNames
    .filter((metric) => goalMetrics[metric].family === family)
    .map((metric) => ({ value: metric, label: goalMetrics[metric].label })),
}));

/** What the target field asks for: "Target, €", "Target, %", "At most, €", "Target, orders". */
export function targetLabel(metric: GoalMetric | '', currency: string): string {
  if (metric === '') return 'Target';
  const { kind, unit, direction } = goalMetrics[metric];
  const what = kind === 'money' ? currency : kind === 'share' ? '%' : unit;
  return `${direction === 'at_most' ? 'At most' : 'Target'}, ${what}`;
}

/** The typed target as the API takes it; undefined when nothing is typed. Throws for an amount that cannot be read. */
export function readTarget(text: string, metric: GoalMetric, currency: string): GoalValue | undefined {
  if (text.trim() === '') return undefined;
  const { kind } = goalMetrics[metric];
  if (kind === 'money') return readAmount(text, currency) ?? undefined;
  const plain = text
    .trim()
    .replace(/[\s,](?=\d{3}\b)/g, '')
    .replace('%', '')
    .replace(',', '.');
  const value = Number(plain);
  if (!Number.isFinite(value) || value < 0) throw new Error(`"${text}" is not a number.`);
  return kind === 'share' ? Math.round(value * 1e6) / 1e8 : value;
}

export function writeTarget(value: GoalValue, metric: GoalMetric): string {
  if (typeof value === 'object') return writeAmount(value);
  return goalMetrics[metric].kind === 'share' ? String(Math.round(value * 1e6) / 1e4) : String(value);
}

/** What is sent: fields left open stay out, so that the server says what is missing and proposes. */
export function toGoalInput(draft: GoalDraft, currency: string): GoalInput {
  const target = draft.metric === '' ? undefined : readTarget(draft.target, draft.metric, currency);
  return {
    baseline: draft.baseline,
    ...(draft.metric === '' ? {} : { metric: draft.metric }),
    ...(target === undefined ? {} : { target }),
    ...(draft.dueOn === '' ? {} : { dueOn: draft.dueOn }),
  };
}
