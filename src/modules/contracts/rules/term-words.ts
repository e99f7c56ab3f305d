import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import { platformNames } from '#kernel/platform.ts';
import type { ContractDeliverable, FeePart, Payout, RightsChannel, Terms, UsageRight } from '../api/terms.ts';

export const channelWords: Record<RightsChannel, string> = {
  creator_account: "the creator's own accounts",
  brand_social: "the brand's social media accounts",
  brand_website: "the brand's website and shop",
  email: 'e-mail and newsletters',
  marketplaces: 'marketplaces and retailers’ product pages',
  print: 'print',
  out_of_home: 'outdoor and in-store',
  broadcast: 'television and streaming',
};

const payoutWords: Record<Payout['per'], string> = {
  order: 'order',
  new_customer: 'order of a new customer',
  click: 'click',
  thousand_views: '1,000 views',
  post: 'post',
};

const months = 'January February March April May June July August September October November December'.split(' ');

/** A calendar day as people write it in a contract: 3 August 2026. No order of digits to be mistaken. */
export function sayDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date} ${months[(month ?? 1) - 1]} ${year}`;
}

/** An amount with its currency, exact: 1,200.00 USD. */
export function sayMoney(money: MoneyJson): string {
  const [whole = '0', decimals] = formatAmount(fromMoneyJson(money)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${decimals === undefined ? grouped : `${grouped}.${decimals}`} ${money.currency}`;
}

export function sayDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

export function sayDeliverable(item: ContractDeliverable): string {
  const what = `${item.count} × ${platformNames[item.platform]} ${item.format}${item.title === '' ? '' : `: ${item.title}`}`;
  const parts = [
    item.draftDueOn === null ? null : `draft by ${sayDay(item.draftDueOn)}`,
    item.dueOn === null ? 'live on a day to be agreed' : `live by ${sayDay(item.dueOn)}`,
    item.staysDays === null ? null : `stays up for at least ${sayDays(item.staysDays)}`,
  ].filter((part) => part !== null);
  return `${what}, ${parts.join(', ')}`;
}

const triggerWords: Record<Exclude<FeePart['trigger'], 'date'>, string> = {
  signed: 'when both parties have signed',
  draft_approved: 'when all drafts are approved',
  live: 'when everything owed is live',
};

export function sayFeePart(part: FeePart, paymentDays: number): string {
  const when =
    part.trigger === 'date'
      ? `due on ${part.on === null ? 'a day to be named' : sayDay(part.on)}`
      : `earned ${triggerWords[part.trigger]}, payable within ${sayDays(paymentDays)}`;
  return `${part.label}: ${sayMoney(part.amount)}, ${when}`;
}

export function sayPayout(payout: Payout): string {
  const what = payout.amount === null ? `${payout.sharePercent} % of the net value` : sayMoney(payout.amount);
  const caps = [
    payout.capCount === null ? null : `up to ${payout.capCount.toLocaleString('en-US')} of them`,
    payout.capAmount === null ? null : `up to ${sayMoney(payout.capAmount)}`,
  ].filter((cap) => cap !== null);
  return `${payout.label}: ${what} for each ${payoutWords[payout.per]}${caps.length === 0 ? '' : `, ${caps.join(' and ')}`}${payout.condition === '' ? '' : ` (${payout.condition})`}`;
}

export function sayPayment({ payment }: Pick<Terms, 'payment'>): string {
  const after = {
    signed: 'both parties have signed',
    draft_approved: 'all drafts are approved',
    live: 'everything owed is live',
    invoice: "the creator's invoice has arrived",
  }[payment.trigger];
  return payment.days === 0 ? `at once when ${after}` : `within ${sayDays(payment.days)} after ${after}`;
}

export function sayRight(right: UsageRight): string {
  const channels = right.channels.map((channel) => channelWords[channel]).join(', ');
  const start = {
    signed: 'from the day both parties have signed',
    live: 'from the day each post goes live',
    date: right.from === null ? 'from a day to be named' : `from ${sayDay(right.from)}`,
  }[right.startsAt];
  const term = right.days === null ? `${start}, without end` : `for ${sayDays(right.days)} ${start}`;
  const use = right.paid ? 'organic use and paid advertising' : 'organic use only, no paid advertising';
  const only =
    right.pieces.length === 0 ? '' : `for ${right.pieces.map((piece) => `“${piece.title}”`).join(', ')} only: `;
  return `${only}${channels}; ${use}; ${right.territory}; ${term}; ${right.exclusive ? 'exclusive' : 'not exclusive'}; ${right.mayEdit ? 'may be cut, cropped and subtitled' : 'unchanged'}`;
}

export function sayExclusivity(exclusivity: NonNullable<Terms['exclusivity']>): string {
  const names =
    exclusivity.competitors.length === 0 ? '' : `, in particular not for ${exclusivity.competitors.join(', ')}`;
  const before =
    exclusivity.daysBefore === 0 ? 'from signing' : `from ${sayDays(exclusivity.daysBefore)} before the first post`;
  return `No advertising for others in “${exclusivity.category}”${names}, ${before} until ${sayDays(exclusivity.days)} after the last post went live`;
}

export function sayProduct(product: NonNullable<Terms['product']>): string {
  const value = product.value === null ? '' : `, worth ${sayMoney(product.value)}`;
  return `${product.description}${value}; ${product.mayKeep ? 'the creator keeps it' : 'to be sent back at the brand’s cost'}`;
}
