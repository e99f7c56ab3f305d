import type { MoneyJson } from '#kernel/money.ts';
import { goalMetrics } from '#modules/campaigns/api.ts';
import type { Bound, Figure, GoalReport, Interval, MoneyFigure } from '#modules/reports/api.ts';
import type { FigureMeaning } from '#web/ui/figure-meaning.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatDecimal, formatShare } from '#web/ui/format-number.ts';

const boundSigns: Record<Bound, string> = { exact: '', at_least: '≥ ', at_most: '≤ ' };
const boundWords: Record<Bound, string> = { exact: '', at_least: 'At least this. ', at_most: 'At most this. ' };

/** "≥ 1,240", "€ 12.50", null where there is no figure. */
export function sayFigure(of: Figure | MoneyFigure): string | null {
  if (of.value === null) return null;
  const sign = boundSigns[of.bound];
  if (of.kind === 'money') return sign + formatMoney(of.value, { short: true });
  if (of.kind === 'share') return sign + formatShare(of.value);
  return sign + (of.kind === 'ratio' ? formatDecimal(of.value, 2) : formatCount(of.value));
}

/** What stands behind a figure, for its popover. */
export function meaningOf(of: Figure | MoneyFigure): FigureMeaning {
  const interval = of.kind === 'money' ? null : of.interval;
  const why = of.value === null ? of.reason : of.note;
  const extra = why === null ? '' : `. ${boundWords[of.bound]}${why.charAt(0).toUpperCase()}${why.slice(1)}`;
  return {
    formula: `${of.formula}${extra}`,
    source: of.source,
    ...(of.n !== null && { n: of.n }),
    ...(of.asOf !== null && { asOf: of.asOf }),
    ...(interval !== null && { interval: `${sayInterval(interval)}; ${interval.method}` }),
  };
}

export function sayInterval(interval: Interval): string {
  return `${Math.round(interval.level * 100)} % interval ${formatDecimal(interval.low, 2)} to ${formatDecimal(interval.high, 2)}`;
}

/** A goal's value with its unit of money, share or ratio. */
export function sayGoalValue(goal: Pick<GoalReport, 'metric'>, value: number | MoneyJson): string {
  if (typeof value !== 'number') return formatMoney(value, { short: true });
  const { kind } = goalMetrics[goal.metric];
  if (kind === 'share') return formatShare(value);
  return kind === 'ratio' ? formatDecimal(value, 2) : formatCount(value);
}

/** The amount without its symbol, for columns whose head says the currency. */
export function sayAmount(money: MoneyJson): string {
  if (money.amountMinor === '0') return '0';
  const text = formatMoney(money, { short: true });
  return text.slice(text.indexOf('\u00a0') + 1);
}

export function plotNumber(value: number | MoneyJson): number {
  return typeof value === 'number' ? value : Number(value.amountMinor);
}

/** "€", as amounts of the currency are written. */
export function symbolOf(currency: string): string {
  return formatMoney({ amountMinor: '0', currency }).split('\u00a0')[0] ?? currency;
}
