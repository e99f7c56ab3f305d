import {
  asOrderClick,
  type Draft,
  dayMs,
  hourMs,
  type Kind,
  recentFromMs,
  TrafficMaker,
  untilMs,
} from './traffic-maker.ts';

/** Creators whose traffic is fraud of one kind, or honest and odd. */
export class Simulation extends TrafficMaker {
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
