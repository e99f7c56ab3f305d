import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import type { BriefPay, BriefRight } from './brief.ts';

export const channelWords: Record<BriefRight['channels'][number], string> = {
  creator_account: 'your account',
  brand_social: 'our social accounts',
  brand_website: 'our website',
  email: 'our e-mails',
  marketplaces: 'pages of shops that sell it',
  print: 'print',
  out_of_home: 'posters and screens',
  broadcast: 'television and radio',
};
const afterWords: Record<BriefPay['paidAfter'], string> = {
  signed: 'the contract is signed',
  approved: 'the content is approved',
  live: 'the content is live',
};

/** Compensation in lines: the fee, the goods, the share of orders, and when it is paid. Empty when nothing is given. */
export function sayPay(pay: BriefPay): string[] {
  const lines: string[] = [];
  if (pay.fee !== null) lines.push(`Fee ${sayMoney(pay.fee)}`);
  if (pay.goods !== null) lines.push(`Goods worth ${sayMoney(pay.goods)}`);
  if (pay.commissionShare !== null) lines.push(`${percent(pay.commissionShare)} % of each order you bring`);
  if (lines.length > 0 && pay.paidWithinDays !== null) lines.push(sayPaidAfter(pay));
  return lines;
}

/** When it is paid, in words; empty when that is not said. */
export function sayPaidAfter(pay: BriefPay): string {
  return pay.paidWithinDays === null ? '' : `Paid within ${pay.paidWithinDays} days after ${afterWords[pay.paidAfter]}`;
}

/** One right in a sentence: where it may be shown, paid or not, in which places and how long. */
export function sayRight(right: BriefRight): string {
  const places = right.channels.map((channel) => channelWords[channel]);
  const last = places.at(-1) ?? '';
  const where = places.length > 1 ? `${places.slice(0, -1).join(', ')} and ${last}` : last;
  const how = right.isPaid ? 'also as paid advertising' : 'no paid advertising';
  const term = right.days === null ? 'without end' : `for ${right.days} days from going live`;
  return `We may show it on ${where}, ${how}, ${right.territory}, ${term}`;
}

function sayMoney(money: MoneyJson): string {
  return `${formatAmount(fromMoneyJson(money))} ${money.currency}`;
}

// 0.125 is 12.5; four digits behind the point of a share are kept.
function percent(share: number): string {
  return String(Math.round(share * 10_000) / 100);
}
