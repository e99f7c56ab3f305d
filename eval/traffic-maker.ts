import type { CreatorFacts, Mailbox, OrderClick, OrderFacts } from '../src/modules/fraud/rules/facts.ts';
import type { TrafficClick } from '../src/modules/fraud/rules/traffic.ts';
import { seededRandom } from './interval.ts';

export const dayMs = 86_400_000;
export const hourMs = 3_600_000;
export const days = 56;
export const untilMs = Date.UTC(2026, 5, 1);
export const fromMs = untilMs - days * dayMs;
/** Fraud and the hard cases happen within the last four weeks. */
export const recentFromMs = untilMs - 28 * dayMs;

export const fraudKinds = [
  'bots',
  'click-flood',
  'self-purchase',
  'code-leak',
  'extension-hijack',
  'refund-abuse',
  'cookie-stuffing',
  'ad-bidding',
] as const;
export const honestKinds = ['plain', 'viral-day', 'newsletter', 'office', 'family', 'code-only', 'sharp-drop'] as const;
export type Kind = (typeof fraudKinds)[number] | (typeof honestKinds)[number];

export interface Draft {
  personId: string;
  kind: Kind;
  code: { codeId: string; code: string; personId: string };
  creator: CreatorFacts;
  clicksADay: number;
  conversion: number;
  codeShare: number;
  valueMedian: number;
  refundRate: number;
  clicks: TrafficClick[];
  orders: OrderFacts[];
  fraudOrders: Set<string>;
}

export interface ClickWish {
  referrerHost?: string | null;
  visitor?: string;
  network?: string;
  dropReason?: string | null;
  adParam?: string | null;
}

export interface OrderWish {
  click?: TrafficClick | null;
  hasCode?: boolean;
  customer?: string;
  mailbox?: Mailbox;
  refundRate?: number;
  isFraud?: boolean;
}

/** Visits and orders of one creator, before anything odd happens. */
export class TrafficMaker {
  readonly random: () => number;
  private next = 0;

  constructor(seed: number) {
    this.random = seededRandom(seed * 7919 + 13);
  }

  chance(p: number): boolean {
    return this.random() < p;
  }

  protected id(prefix: string): string {
    this.next += 1;
    return `${prefix}_${this.next}`;
  }

  protected normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random());
  }

  protected lognormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  protected between(low: number, high: number): number {
    return low + this.random() * (high - low);
  }

  protected poisson(mean: number): number {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    let count = 0;
    for (let left = Math.exp(-mean), product = this.random(); product > left; product *= this.random()) count += 1;
    return count;
  }

  /** An instant of a day by a rhythm with a trough at night and a top in the evening. */
  protected momentOf(dayStart: number): number {
    for (;;) {
      const hour = this.random() * 24;
      const weight = 0.55 + 0.45 * Math.sin(((hour - 13) / 24) * 2 * Math.PI) - (hour > 2 && hour < 6 ? 0.12 : 0);
      if (this.random() < weight) return dayStart + hour * hourMs;
    }
  }

  protected mailboxOf(name: string): Mailbox {
    const kind = this.chance(0.01)
      ? 'disposable'
      : this.chance(0.05)
        ? 'masked'
        : this.chance(0.85)
          ? 'generic'
          : 'own';
    return { mailbox: `m:${name}`, host: kind === 'own' ? `h:${name}` : null, kind };
  }

  protected addVisits(one: Draft): void {
    const visits = Array.from({ length: days }, (_, at) => at)
      .filter(() => this.chance(0.25))
      .map((at) => {
        const day = new Date(fromMs + at * dayMs).toISOString().slice(0, 10);
        return { day, visitor: `own:${one.personId}`, network: `home:${one.personId}` };
      });
    one.creator = { ...one.creator, visits };
  }

  protected addPlain(one: Draft): void {
    let heat = 1;
    for (let day = 0; day < days; day += 1) {
      heat = this.chance(0.18) ? this.between(1.5, 5) : Math.max(0.4, heat * 0.6);
      this.addDay(one, fromMs + day * dayMs, { clicks: one.clicksADay * heat, conversion: one.conversion });
    }
  }

  protected addDay(one: Draft, dayStart: number, of: { clicks: number; conversion: number; click?: ClickWish }): void {
    const count = this.poisson(of.clicks);
    const lone = this.poisson(((of.clicks * of.conversion) / Math.max(0.05, 1 - one.codeShare)) * one.codeShare);
    for (let at = 0; at < count; at += 1) {
      const click = this.addClick(one, this.momentOf(dayStart), of.click ?? {});
      if (click.dropReason === null && this.chance(of.conversion))
        this.addOrder(one, this.buyAfter(click.atMs), { click, hasCode: this.chance(0.3) });
    }
    for (let at = 0; at < this.poisson(of.clicks * 0.08); at += 1)
      this.addClick(one, dayStart + this.random() * dayMs, { dropReason: 'bot' });
    for (let at = 0; at < lone; at += 1) this.addOrder(one, this.momentOf(dayStart), { click: null, hasCode: true });
  }

  /** Two thirds buy within the hour, a quarter that day, the rest within two weeks; hardly anybody within ten seconds. */
  protected buyAfter(atMs: number): number {
    const kind = this.random();
    if (kind < 0.004) return atMs + this.between(2, 10) * 1000;
    if (kind < 0.66) return atMs + 45_000 - 900_000 * Math.log(1 - this.random());
    if (kind < 0.9) return atMs + this.between(1, 23) * hourMs;
    return atMs + this.between(1, 14) * dayMs;
  }

  protected addClick(one: Draft, atMs: number, wish: ClickWish): TrafficClick {
    const from = this.random();
    const referrerHost =
      from < 0.5 ? null : from < 0.9 ? 'l.instagram.com' : from < 0.994 ? 'google.com' : 'couponfollow.com';
    const visitor =
      wish.visitor ?? (this.chance(0.1) ? `v:${Math.floor(this.random() * 60)}:${one.personId}` : this.id('v'));
    const click: TrafficClick = {
      clickId: this.id('clk'),
      slug: one.personId,
      atMs: Math.min(Math.round(atMs), untilMs - 1),
      dropReason: wish.dropReason ?? null,
      visitor,
      network: wish.network ?? `n:${Math.floor(this.random() * 40_000)}`,
      referrerHost: wish.referrerHost === undefined ? referrerHost : wish.referrerHost,
      adParam: wish.adParam ?? (this.chance(0.004) ? 'gclid' : null),
    };
    one.clicks.push(click);
    return click;
  }

  protected addOrder(one: Draft, atMs: number, wish: OrderWish): OrderFacts | null {
    // What is bought after the last day is not known on it.
    if (atMs >= untilMs) return null;
    const customer =
      wish.customer ?? (this.chance(0.08) ? `c:${Math.floor(this.random() * 25)}:${one.personId}` : this.id('c'));
    const amount = Math.max(300, Math.round(this.lognormal(one.valueMedian, 0.5)));
    const isRefunded = this.chance(wish.refundRate ?? one.refundRate);
    const hasCode = wish.hasCode ?? false;
    const order: OrderFacts = {
      orderId: this.id('cnv'),
      label: `${this.next}`,
      atMs: Math.round(atMs),
      amountMinor: BigInt(amount),
      currency: 'EUR',
      isCancelled: false,
      refundedMinor: isRefunded ? BigInt(this.chance(0.7) ? amount : Math.round(amount * 0.3)) : 0n,
      refunds: Number(isRefunded),
      chargebacks: Number(this.chance(0.002)),
      tellsChargebacks: true,
      personId: one.personId,
      rule: hasCode ? 'code' : 'link',
      customer,
      mailbox: wish.mailbox ?? (this.chance(0.95) ? this.mailboxOf(customer) : null),
      isNewCustomer: !customer.startsWith('c:'),
      clicks: wish.click == null ? [] : [asOrderClick(wish.click, one.personId)],
      codes: hasCode ? [one.code] : [],
      creator: one.creator,
    };
    one.orders.push(order);
    if (wish.isFraud === true) one.fraudOrders.add(order.orderId);
    return order;
  }
}

export function asOrderClick(click: TrafficClick, personId: string): OrderClick {
  return { ...click, linkId: `lnk_${personId}`, personId, destination: 'https://shop.example/products' };
}
