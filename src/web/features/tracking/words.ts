import { AppError } from '#kernel/errors.ts';
import { formatAmount, fromMoneyJson, type MoneyJson, parseAmount, toMoneyJson } from '#kernel/money.ts';
import { type DiscountCode, type Link, orderFieldNames, orderFieldSchema } from '#modules/tracking/api.ts';
import { formatMoney } from '#web/ui/format-money.ts';

/** A field of an order file as people call it; one that is read from several columns keeps its own name. */
export function nameOfField(field: string): string {
  const known = orderFieldSchema.safeParse(field);
  return known.success ? orderFieldNames[known.data] : field;
}

/** What is stale after links, codes or orders changed. */
export const trackingNouns = [
  'links',
  'codes',
  'orders',
  'order-sources',
  'order-imports',
  'tracking',
  'clicks',
  'reports',
  'today',
  'link-domains',
  'utm-templates',
  'code-shops',
  'tills',
  'snippet-keys',
];

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
  scanner: 'Mail or safety scanner',
  haste: 'Several links at once',
  bot: 'Bot',
  locked: 'Without the password',
  spam: 'Referrer spam',
  datacentre: 'From a data centre',
  velocity: 'Too fast from one address',
  internal: 'Your own team',
  paused: 'Link was paused',
  expired: 'Link had ended',
  duplicate: 'Same visitor, same hour',
};

/** What each reason means, for whoever asks why a hit does not count. */
export const dropMeanings: Record<string, string> = {
  head: 'A program asked whether the link is there (HEAD) and did not open it.',
  preview: 'A browser or an app fetched the page ahead of time, or drew the card below a message.',
  scanner: 'A scanner of mails or addresses looked into the link.',
  haste: 'One visitor opened three or more links within two seconds, as scanners of mail do.',
  bot: 'The user agent is a crawler or a program, or there is none.',
  internal: 'Somebody signed in to this installation opened it.',
  paused: 'The link was switched off.',
  expired: 'The link had ended.',
  locked: 'The link asks for a password that was not given.',
  spam: 'The referring site is one that nobody clicks from.',
  datacentre: 'The address is let out by a data centre. The click keeps its id, so an order still finds its creator.',
  velocity: 'One address opened the link oftener in a minute than the settings allow. The click keeps its id.',
  duplicate: 'The visitor was counted on this link within the same clock hour.',
};

export const healthWords = {
  ok: { word: 'answers', tone: 'good' },
  broken: { word: 'broken', tone: 'bad' },
  unknown: { word: 'not known', tone: 'plain' },
} as const;

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
