import type { CreatorFacts, Mailbox, OrderClick, OrderFacts } from '../src/modules/fraud/rules/facts.ts';
import type { Traffic, TrafficClick } from '../src/modules/fraud/rules/traffic.ts';
import { seededRandom } from './interval.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const days = 56;
export const untilMs = Date.UTC(2026, 5, 1);
const fromMs = untilMs - days * dayMs;
/** Fraud and the hard cases happen within the last four weeks. */
const recentFromMs = untilMs - 28 * dayMs;

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

export interface SimulatedCreator {
  kind: Kind;
  isFraud: boolean;
  traffic: Traffic;
  /** Orders that are fraud themselves. */
  fraudOrders: ReadonlySet<string>;
}

/** A program of creators over 56 days. Nothing in it is fitted to anybody's data; every number is a choice, stated in docs/methods/traffic-fraud.md. */
export function simulateProgram(seed: number, creators: number): SimulatedCreator[] {
  const sim = new Simulation(seed);
  const kinds = Array.from({ length: creators }, (_, at): Kind => {
    // A quarter cheats, a quarter is honest and looks odd.
    if (at % 4 === 0) return fraudKinds[(Math.floor(at / 4) + seed) % fraudKinds.length] ?? 'bots';
    if (at % 4 === 1) return honestKinds[1 + ((Math.floor(at / 4) + seed) % (honestKinds.length - 1))] ?? 'plain';
    return 'plain';
  });
  const made = kinds.map((kind, at) => sim.creator(`per_${at}`, kind));
  const sale = sim.chance(0.5) ? recentFromMs + Math.floor(sim.random() * 26) * dayMs : null;
  if (sale !== null) for (const one of made) sim.addFlashSale(one, sale);
  for (const one of made) if (one.kind === 'extension-hijack') sim.addHijacks(one, made);
  const programDays = new Map<string, number>();
  for (const one of made)
    for (const order of one.orders)
      if (order.codes.length > 0) {
        const day = new Date(order.atMs).toISOString().slice(0, 10);
        programDays.set(day, (programDays.get(day) ?? 0) + 1);
      }
  return made.map((one) => ({
    kind: one.kind,
    isFraud: (fraudKinds as readonly string[]).includes(one.kind),
    fraudOrders: one.fraudOrders,
    traffic: {
      personId: one.personId,
      clicks: one.clicks,
      isCut: false,
      orders: one.orders,
      codes: [one.code],
      programDays,
      tellsDatacentres: false,
    },
  }));
}

interface Draft {
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

interface ClickWish {
  referrerHost?: string | null;
  visitor?: string;
  network?: string;
  dropReason?: string | null;
  adParam?: string | null;
}

interface OrderWish {
  click?: TrafficClick | null;
  hasCode?: boolean;
  customer?: string;
  mailbox?: Mailbox;
  refundRate?: number;
  isFraud?: boolean;
}

class Simulation {
  readonly random: () => number;
  private next = 0;

  constructor(seed: number) {
    this.random = seededRandom(seed * 7919 + 13);
  }

  chance(p: number): boolean {
    return this.random() < p;
  }

  private id(prefix: string): string {
    this.next += 1;
    return `${prefix}_${this.next}`;
  }

  private normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random());
  }

  private lognormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  private between(low: number, high: number): number {
    return low + this.random() * (high - low);
  }

  private poisson(mean: number): number {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    let count = 0;
    for (let left = Math.exp(-mean), product = this.random(); product > left; product *= this.random()) count += 1;
    return count;
  }

  /** An instant of a day by a rhythm with a trough at night and a top in the evening. */
  private momentOf(dayStart: number): number {
    for (;;) {
      const hour = this.random() * 24;
      const weight = 0.55 + 0.45 * Math.sin(((hour - 13) / 24) * 2 * Math.PI) - (hour > 2 && hour < 6 ? 0.12 : 0);
      if (this.random() < weight) return dayStart + hour * hourMs;
    }
  }

  private mailboxOf(name: string): Mailbox {
    const kind = this.chance(0.01)
      ? 'disposable'
      : this.chance(0.05)
        ? 'masked'
        : this.chance(0.85)
          ? 'generic'
          : 'own';
    return { mailbox: `m:${name}`, host: kind === 'own' ? `h:${name}` : null, kind };
  }

  creator(personId: string, kind: Kind): Draft {
    const one: Draft = {
      personId,
      kind,
      code: { codeId: `cod_${personId}`, code: `CODE${personId}`, personId },
      creator: {
        personId,
        mailboxes: this.chance(0.8)
          ? [{ mailbox: `m:${personId}`, host: this.chance(0.3) ? `h:${personId}` : null, kind: 'generic' }]
          : [],
        visits: [],
      },
      clicksADay: Math.min(250, this.lognormal(22, 0.9)),
      conversion: Math.min(0.12, this.lognormal(0.025, 0.4)),
      codeShare: this.between(0.2, 0.6),
      valueMedian: this.lognormal(5200, 0.25),
      refundRate: this.between(0.02, 0.1),
      clicks: [],
      orders: [],
      fraudOrders: new Set(),
    };
    if (kind === 'code-only') one.codeShare = 0.95;
    this.addVisits(one);
    this.addPlain(one);
    this.addOddity(one);
    return one;
  }

  private addVisits(one: Draft): void {
    const visits = Array.from({ length: days }, (_, at) => at)
      .filter(() => this.chance(0.25))
      .map((at) => {
        const day = new Date(fromMs + at * dayMs).toISOString().slice(0, 10);
        return { day, visitor: `own:${one.personId}`, network: `home:${one.personId}` };
      });
    one.creator = { ...one.creator, visits };
  }

  private addPlain(one: Draft): void {
    let heat = 1;
    for (let day = 0; day < days; day += 1) {
      heat = this.chance(0.18) ? this.between(1.5, 5) : Math.max(0.4, heat * 0.6);
      this.addDay(one, fromMs + day * dayMs, { clicks: one.clicksADay * heat, conversion: one.conversion });
    }
  }

  private addDay(one: Draft, dayStart: number, of: { clicks: number; conversion: number; click?: ClickWish }): void {
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
  private buyAfter(atMs: number): number {
    const kind = this.random();
    if (kind < 0.004) return atMs + this.between(2, 10) * 1000;
    if (kind < 0.66) return atMs + 45_000 - 900_000 * Math.log(1 - this.random());
    if (kind < 0.9) return atMs + this.between(1, 23) * hourMs;
    return atMs + this.between(1, 14) * dayMs;
  }

  private addClick(one: Draft, atMs: number, wish: ClickWish): TrafficClick {
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

  private addOrder(one: Draft, atMs: number, wish: OrderWish): OrderFacts | null {
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

  private recentDay(): number {
    return recentFromMs + Math.floor(this.random() * 28) * dayMs;
  }

  private addOddity(one: Draft): void {
    switch (one.kind) {
      case 'plain':
      case 'code-only':
      case 'extension-hijack':
        return;
      case 'viral-day':
        this.addViral(one);
        return;
      case 'newsletter':
        this.addNewsletter(one);
        return;
      case 'office':
        this.addOffice(one);
        return;
      case 'family':
        this.addFamily(one);
        return;
      case 'sharp-drop':
        this.addDrop(one);
        return;
      case 'bots':
        this.addBots(one);
        return;
      case 'click-flood':
        this.addFlood(one);
        return;
      case 'self-purchase':
        this.addOwnOrders(one);
        return;
      case 'code-leak':
        this.addLeak(one);
        return;
      case 'refund-abuse':
        this.addRefunds(one);
        return;
      case 'cookie-stuffing':
        this.addStuffing(one);
        return;
      case 'ad-bidding':
        this.addAds(one);
        return;
    }
  }

  // Honest and odd.

  private addViral(one: Draft): void {
    const clicks = one.clicksADay * this.between(10, 30);
    const start = this.recentDay();
    const conversion = one.conversion * this.between(0.4, 1);
    this.addDay(one, start, { clicks, conversion });
    this.addDay(one, start + dayMs, { clicks: clicks * 0.3, conversion });
  }

  private addNewsletter(one: Draft): void {
    const start = this.recentDay() + 8 * hourMs;
    for (let at = 0; at < one.clicksADay * 6; at += 1) {
      const click = this.addClick(one, start - 2 * hourMs * Math.log(1 - this.random()), { referrerHost: null });
      if (this.chance(one.conversion * 3))
        this.addOrder(one, this.buyAfter(click.atMs), { click, hasCode: this.chance(0.3) });
    }
  }

  private addOffice(one: Draft): void {
    for (let day = 0; day < 28; day += 1) {
      const dayStart = recentFromMs + day * dayMs;
      for (let at = 0; at < this.poisson(one.clicksADay * 0.5); at += 1) {
        // One address; a third of the computers are of one kind, so that they look like one visitor.
        const visitor = this.chance(0.3)
          ? `office:${one.personId}`
          : `office:${one.personId}:${Math.floor(this.random() * 30)}`;
        const click = this.addClick(one, dayStart + this.between(8, 18) * hourMs, {
          visitor,
          network: `office:${one.personId}`,
        });
        if (this.chance(one.conversion)) this.addOrder(one, this.buyAfter(click.atMs), { click });
      }
    }
  }

  private addFamily(one: Draft): void {
    for (let at = 0; at < 3; at += 1) {
      const day = this.recentDay();
      const click = this.addClick(one, this.momentOf(day), {
        network: `home:${one.personId}`,
        visitor: `family:${at}:${one.personId}`,
      });
      this.addOrder(one, this.buyAfter(click.atMs), { click });
    }
  }

  /** A limited edition: everybody comes at noon and buys at once. */
  private addDrop(one: Draft): void {
    const noon = this.recentDay() + 12 * hourMs;
    for (let at = 0; at < 40 + one.clicksADay; at += 1) {
      const click = this.addClick(one, noon + this.between(0, 20) * 60_000, {});
      if (this.chance(0.25))
        this.addOrder(one, click.atMs + this.between(25, 400) * 1000, { click, hasCode: this.chance(0.4) });
    }
  }

  /** A sale of the whole shop: every code is used more, everybody clicks more. */
  addFlashSale(one: Draft, start: number): void {
    this.addDay(one, start, { clicks: one.clicksADay * 4, conversion: one.conversion * 2 });
    this.addDay(one, start + dayMs, { clicks: one.clicksADay * 2, conversion: one.conversion * 1.5 });
  }

  // Fraud, from faint to plain.

  private addBots(one: Draft): void {
    const aDay = one.clicksADay * this.between(1, 8);
    for (let day = Math.floor(this.between(0, 14)); day < 28; day += 1)
      for (let at = 0; at < this.poisson(aDay); at += 1)
        this.addClick(one, recentFromMs + day * dayMs + this.random() * dayMs, { referrerHost: null });
  }

  private addFlood(one: Draft): void {
    const rounds = 1 + Math.floor(this.random() * 4);
    for (let round = 0; round < rounds; round += 1) {
      const start = this.recentDay() + this.random() * 20 * hourMs;
      const count = Math.round(one.clicksADay * this.between(3, 25));
      const isOneDevice = this.chance(0.6);
      for (let at = 0; at < count; at += 1)
        this.addClick(one, start + this.random() * 3 * hourMs, {
          referrerHost: null,
          network: `flood:${one.personId}`,
          ...(isOneDevice ? { visitor: `flood:${one.personId}` } : {}),
          dropReason: isOneDevice && at > 2 ? (this.chance(0.2) ? 'velocity' : 'duplicate') : null,
        });
    }
  }

  private addOwnOrders(one: Draft): void {
    const count = 2 + Math.floor(this.random() * 10);
    const way = this.random();
    for (let at = 0; at < count; at += 1) {
      const day = this.recentDay();
      const isHome = way < 0.66;
      const atMs = this.momentOf(day);
      const name = new Date(atMs).toISOString().slice(0, 10);
      if (isHome && this.chance(0.6) && !one.creator.visits.some((visit) => visit.day === name))
        one.creator = {
          ...one.creator,
          visits: [
            ...one.creator.visits,
            { day: name, visitor: `own:${one.personId}`, network: `home:${one.personId}` },
          ],
        };
      const click = this.addClick(
        one,
        atMs,
        isHome ? { visitor: `own:${one.personId}`, network: `home:${one.personId}` } : {},
      );
      const usesMailbox = way < 0.33 || this.chance(0.2);
      // A ring of friends: three names take turns, with mailboxes made for it.
      this.addOrder(one, atMs + this.between(40, 400) * 1000, {
        click,
        hasCode: this.chance(0.5),
        customer: usesMailbox ? `self:${one.personId}` : `ring:${at % 3}:${one.personId}`,
        mailbox: usesMailbox
          ? { mailbox: `m:${one.personId}`, host: null, kind: 'generic' }
          : {
              mailbox: `ring:${at % 3}:${one.personId}`,
              host: null,
              kind: this.chance(0.4) ? 'disposable' : 'generic',
            },
        isFraud: true,
      });
    }
    for (const order of one.orders) Object.assign(order, { creator: one.creator });
  }

  private addLeak(one: Draft): void {
    const since = untilMs - Math.floor(this.between(2, 9)) * dayMs;
    const usual = (one.clicksADay * one.conversion * one.codeShare) / (1 - one.codeShare);
    const aDay = Math.max(1.2, usual) * this.between(2, 12);
    const isNamed = this.chance(0.6);
    for (let day = since; day < untilMs; day += dayMs) {
      for (let at = 0; at < this.poisson(aDay); at += 1)
        this.addOrder(one, this.momentOf(day), { click: null, hasCode: true, isFraud: true });
      if (isNamed)
        for (let at = 0; at < this.poisson(aDay * 0.5); at += 1)
          this.addClick(one, this.momentOf(day), { referrerHost: this.chance(0.5) ? 'retailmenot.com' : 'mydealz.de' });
    }
  }

  private addRefunds(one: Draft): void {
    const count = 6 + Math.floor(this.random() * 20);
    const rate = this.between(0.4, 0.9);
    for (let at = 0; at < count; at += 1) {
      const click = this.addClick(one, this.momentOf(this.recentDay()), {});
      this.addOrder(one, this.buyAfter(click.atMs), { click, refundRate: rate, isFraud: true });
    }
  }

  /** Clicks put into browsers that never saw the creator: of those a few buy some day anyway. */
  private addStuffing(one: Draft): void {
    const aDay = one.clicksADay * this.between(2, 10);
    const rate = this.between(0.004, 0.012);
    for (let day = 0; day < 28; day += 1)
      for (let at = 0; at < this.poisson(aDay); at += 1) {
        const click = this.addClick(one, this.momentOf(recentFromMs + day * dayMs), {
          referrerHost: this.chance(0.6) ? null : 'forum.example',
        });
        if (this.chance(rate)) this.addOrder(one, click.atMs + this.random() * 28 * dayMs, { click, isFraud: true });
      }
  }

  private addAds(one: Draft): void {
    const aDay = one.clicksADay * this.between(0.1, 1.5);
    for (let day = 0; day < 28; day += 1)
      for (let at = 0; at < this.poisson(aDay); at += 1) {
        const click = this.addClick(one, this.momentOf(recentFromMs + day * dayMs), {
          referrerHost: 'google.com',
          adParam: 'gclid',
        });
        if (this.chance(one.conversion * 2)) this.addOrder(one, this.buyAfter(click.atMs), { click, isFraud: true });
      }
  }

  /** An extension puts its click before orders that others brought. */
  addHijacks(one: Draft, all: readonly Draft[]): void {
    const share = this.between(0.01, 0.08);
    for (const other of all) {
      if (other === one || other.kind === 'extension-hijack') continue;
      other.orders = other.orders.filter((order) => {
        if (order.atMs < recentFromMs || order.clicks.length === 0 || order.rule !== 'link' || !this.chance(share))
          return true;
        const click = this.addClick(one, order.atMs - this.between(4, 90) * 1000, {
          referrerHost: this.chance(0.8) ? 'shop.example' : null,
        });
        const taken = {
          ...order,
          personId: one.personId,
          creator: one.creator,
          clicks: [...order.clicks, asOrderClick(click, one.personId)],
        };
        one.orders.push(taken);
        one.fraudOrders.add(taken.orderId);
        return false;
      });
    }
  }
}

function asOrderClick(click: TrafficClick, personId: string): OrderClick {
  return { ...click, linkId: `lnk_${personId}`, personId, destination: 'https://shop.example/products' };
}
