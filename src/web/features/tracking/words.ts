import { AppError } from '#kernel/errors.ts';
import { formatAmount, fromMoneyJson, type MoneyJson, parseAmount, toMoneyJson } from '#kernel/money.ts';
import type { DiscountCode, Link } from '#modules/tracking/api.ts';
import { formatMoney } from '#web/ui/format-money.ts';

/** What is stale after links, codes or orders changed. */
export const trackingNouns = ['links', 'codes', 'orders', 'order-sources', 'tracking', 'clicks', 'reports', 'today'];

export function worthOf(code: DiscountCode): string {
  switch (code.kind) {
    case 'percent':
      return code.percent === null ? 'not known' : `${code.percent} %`;
    case 'fixed':
      return code.amount === null ? 'not known' : formatMoney(code.amount);
    case 'free_shipping':
      return 'Free shipping';
  }
}

export const dropWords: Record<string, string> = {
  head: 'Checked, not opened',
  preview: 'Preview or prefetch',
  bot: 'Bot or scanner',
  internal: 'Your own team',
  paused: 'Link was paused',
  expired: 'Link had ended',
  duplicate: 'Same visitor, same hour',
};

export function stateOfLink(link: Link): { word: string; tone: 'good' | 'warn' | 'plain' } {
  if (link.isExpired) return { word: 'ended', tone: 'plain' };
  switch (link.state) {
    case 'live':
      return { word: 'live', tone: 'good' };
    case 'paused':
      return { word: 'paused', tone: 'warn' };
    case 'archived':
      return { word: 'archived', tone: 'plain' };
  }
}

/** Amount typed by a person, or what is wrong with it. */
export function readAmount(text: string, currency: string): { money: MoneyJson } | { problem: string } {
  try {
    return { money: toMoneyJson(parseAmount(text.trim(), currency)) };
  } catch (error) {
    return { problem: error instanceof AppError ? error.message : 'This is not an amount.' };
  }
}

export function writeAmount(money: MoneyJson): string {
  return formatAmount(fromMoneyJson(money));
}

/** Value of a date-time input as an instant, in the browser's time zone. */
export function readInstant(text: string): string | null {
  return text === '' ? null : new Date(text).toISOString();
}
