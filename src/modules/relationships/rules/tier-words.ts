import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import type { TierFact, TierGives, TierMetric, TierNeed } from '../api/ambassadors.ts';

export const metricLabels: Record<TierMetric, string> = {
  orders: 'Orders',
  revenue: 'Revenue',
  posts: 'Posts live',
  on_time: 'Posts on time',
  months: 'Months on board',
};

const nouns: Record<'orders' | 'posts' | 'months', [one: string, many: string]> = {
  orders: ['order', 'orders'],
  posts: ['post', 'posts'],
  months: ['month', 'months'],
};

export function sayAmount(money: MoneyJson): string {
  return `${formatAmount(fromMoneyJson(money))} ${money.currency}`;
}

function sayCount(metric: 'orders' | 'posts' | 'months', count: number): string {
  return `${count} ${nouns[metric][count === 1 ? 0 : 1]}`;
}

/** What a tier asks for: "5 orders", "90 % of posts on time". */
export function sayNeed(need: TierNeed): string {
  switch (need.metric) {
    case 'revenue':
      return sayAmount(need.atLeast);
    case 'on_time':
      return `${need.atLeast} % on time`;
    case 'orders':
    case 'posts':
    case 'months':
      return sayCount(need.metric, need.atLeast);
  }
}

/** What was measured, in the same words; null when nothing was. */
export function sayFact(fact: Pick<TierFact, 'metric' | 'value' | 'amount' | 'n'>): string | null {
  switch (fact.metric) {
    case 'revenue':
      return fact.amount === null ? null : `${sayAmount(fact.amount)} revenue`;
    case 'on_time':
      return fact.value === null ? null : `${fact.value} % of ${sayCount('posts', fact.n)} on time`;
    case 'orders':
    case 'posts':
    case 'months':
      return fact.value === null ? null : sayCount(fact.metric, fact.value);
  }
}

/** The bare figure a tier asks for, beside what was measured: "3", "80 %". */
export function sayBare(need: TierNeed): string {
  if (need.metric === 'revenue') return sayAmount(need.atLeast);
  return need.metric === 'on_time' ? `${need.atLeast} %` : String(need.atLeast);
}

/** What is still needed, in words. */
export function sayMissing(need: TierNeed, fact: TierFact): string {
  switch (need.metric) {
    case 'revenue': {
      const have = fact.amount === null ? 0n : fromMoneyJson(fact.amount).amountMinor;
      const left = BigInt(need.atLeast.amountMinor) - have;
      return `${sayAmount({ amountMinor: left.toString(), currency: need.atLeast.currency })} more`;
    }
    case 'on_time':
      return `${need.atLeast} % of posts live by their day, now ${fact.value} %`;
    case 'orders':
    case 'posts':
    case 'months': {
      const left = need.atLeast - (fact.value ?? 0);
      return `${left} more ${nouns[need.metric][left === 1 ? 0 : 1]}`;
    }
  }
}

/** What a tier gives, as a list; nothing when it gives nothing. */
export function sayGives(gives: TierGives): string[] {
  return [
    ...(gives.codePercent === null ? [] : [`${gives.codePercent} % off for your followers by your code`]),
    ...(gives.monthlyFee === null ? [] : [`${sayAmount(gives.monthlyFee)} a month`]),
    ...(gives.gift === '' ? [] : [gives.gift]),
  ];
}
