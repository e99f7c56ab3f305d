import { currencyExponent, type MoneyJson, parseAmount, toMoneyJson } from '#kernel/money.ts';
import { daysBetween } from '#kernel/time.ts';
import {
  type CampaignModel,
  type CampaignState,
  campaignModelTraits,
  type DeliverableState,
  type GoalMetric,
  type GoalValue,
  goalMetrics,
} from '#modules/campaigns/api.ts';
import { formatMoney, toPlotNumber } from '#web/ui/format-money.ts';
import { formatCompact, formatCount, formatDecimal, formatPlural, formatShare } from '#web/ui/format-number.ts';
import type { Tone } from '#web/ui/tag.tsx';

export const modelName = (model: CampaignModel): string => campaignModelTraits[model].label;

/** How pieces of a model are said to be done: posted ones are live, those for the brand to show are approved. */
export const doneWord = (model: CampaignModel): string =>
  campaignModelTraits[model].pieceEnds === 'approved' ? 'approved' : 'live';

export const stateNames: Record<CampaignState, string> = {
  draft: 'Draft',
  live: 'Live',
  ended: 'Ended',
  archived: 'Archived',
};
export const stateTones: Record<CampaignState, Tone> = {
  draft: 'plain',
  live: 'good',
  ended: 'accent',
  archived: 'plain',
};

export const deliverableNames: Record<DeliverableState, string> = {
  planned: 'Planned',
  drafted: 'Drafted',
  approved: 'Approved',
  live: 'Live',
  cancelled: 'Cancelled',
};

/** "500 orders", "€ 12,000", "3.4 %", "1.8 times". */
export function sayGoalValue(value: GoalValue, metric: GoalMetric): string {
  const { unit } = goalMetrics[metric];
  const bare = sayBareValue(value, metric);
  return unit === '' ? bare : `${bare} ${unit}`;
}

/** The same without the unit, shortened for rows. */
export function sayBareValue(value: GoalValue, metric: GoalMetric): string {
  if (typeof value === 'object') return formatMoney(value, { short: true });
  switch (goalMetrics[metric].kind) {
    case 'share':
      return formatShare(value);
    case 'ratio':
      return formatDecimal(value, 2);
    default:
      return value >= 10_000 ? formatCompact(value) : formatCount(value);
  }
}

/** For the length of a bar only. */
export function plotValue(value: GoalValue): number {
  return typeof value === 'object' ? toPlotNumber(value) : value;
}

/** "Day 24 of 41", "starts in 3 days", "ended 2 days ago". */
export function sayWhen(startsOn: string, endsOn: string, today: string): string {
  if (today < startsOn) return `Starts in ${formatPlural(daysBetween(today, startsOn), 'day')}`;
  if (today > endsOn) return `Ended ${formatPlural(daysBetween(endsOn, today), 'day')} ago`;
  return `Day ${daysBetween(startsOn, today) + 1} of ${daysBetween(startsOn, endsOn) + 1}`;
}

/** "31 May" or, in another year than today's, "31 May 2027". */
export function sayDay(day: string, today?: string): string {
  const isThisYear = today !== undefined && today.slice(0, 4) === day.slice(0, 4);
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
}

/** For narrow columns: the year only when it is not this one. */
export function sayShortDay(day: string): string {
  return sayDay(day, new Date().toISOString());
}

/** What a person typed as an amount; null for an empty field. Throws money.bad_amount or money.too_precise. */
export function readAmount(text: string, currency: string): MoneyJson | null {
  const plain = text.trim().replace(/[\s,](?=\d{3}\b)/g, '');
  return plain === '' ? null : toMoneyJson(parseAmount(plain, currency));
}

/** The amount as it stands in a field. */
export function writeAmount(money: MoneyJson | null): string {
  if (money === null) return '';
  const digits = currencyExponent(money.currency);
  const text = money.amountMinor.padStart(digits + 1, '0');
  const whole = digits === 0 ? text : text.slice(0, -digits);
  const rest = digits === 0 ? '' : text.slice(-digits);
  return /^0*$/.test(rest) ? whole : `${whole}.${rest}`;
}
