import { dayMs } from '#kernel/time.ts';
import type { FraudPolicy } from '../api/settings.ts';
import type { Evidence, RuleName } from '../api/shared.ts';
import { isCouponSite } from './coupon-sites.ts';
import { creditedClick, dayOfMs, type OrderFacts, orderEvidence } from './facts.ts';
import { type CodeVerdict, codeEvidence } from './judge-codes.ts';
import { judgeCodesOf } from './judge-codes-of.ts';
import { findHijack } from './order/checkout-hijack.ts';
import { customerEmailMatch } from './order/customer-email-match.ts';
import { ownDevice } from './order/own-device.ts';
import { median } from './tails.ts';
import type { Traffic, TrafficClick } from './traffic.ts';
import type { TrafficFigures } from './traffic-figures.ts';

export interface SummedTraffic {
  figures: TrafficFigures;
  /** What can be opened beside a finding, by rule: a few of the orders and codes it rests on. */
  examples: Partial<Record<RuleName, Evidence[]>>;
}

const examplesMax = 8;
const entropyClicksMin = 200;
const recentMs = 7 * dayMs;
/** Drop reasons that may befall a person. */
const human = new Set(['duplicate', 'velocity', 'spam', 'datacentre']);

/** Sums a creator's traffic up to `untilMs`. Depends on what is given alone, in whatever order it comes. */
export function sumTraffic(traffic: Traffic, of: { untilMs: number; policy: FraudPolicy }): SummedTraffic {
  const fromMs = of.untilMs - of.policy.windowDays * dayMs;
  const clicks = traffic.clicks.filter((click) => click.atMs >= fromMs && click.atMs < of.untilMs);
  const orders = traffic.orders.filter((order) => order.atMs >= fromMs && order.atMs < of.untilMs);
  const own = orders.filter((order) => order.personId === traffic.personId);
  const code = judgeCodesOf(traffic, of);
  return {
    figures: {
      ...clickFigures(clicks, own, traffic, of.policy),
      ...orderFigures(own, of.policy),
      ...deedFigures(orders, own, { clicks, personId: traffic.personId, policy: of.policy }),
      codeSum: code?.sum ?? null,
      codeUses: code?.uses ?? 0,
      codeLoneUses: code?.loneUses ?? 0,
      codeLoneExpected: code?.loneExpected ?? null,
      clickRise: clickRise(traffic, of.untilMs),
    },
    examples: examplesOf(orders, own, { personId: traffic.personId, policy: of.policy, code }),
  };
}

function clickFigures(
  clicks: readonly TrafficClick[],
  own: readonly OrderFacts[],
  traffic: Traffic,
  policy: FraudPolicy,
) {
  const counted = clicks.filter((click) => click.dropReason === null);
  const people = clicks.filter((click) => click.dropReason === null || human.has(click.dropReason));
  const reasons = (...names: string[]) => clicks.filter((click) => names.includes(click.dropReason ?? '')).length;
  const networks = people.filter((click) => click.network !== null);
  const topNetwork = mostFrequent(networks.map((click) => `${dayOfMs(click.atMs)} ${click.network}`));
  const coupon = counted.filter(
    (click) => click.referrerHost !== null && isCouponSite(click.referrerHost, policy.couponHosts),
  );
  const ads = counted.filter((click) => click.adParam !== null && policy.watchedAdParams.includes(click.adParam));
  const share = (count: number) => (counted.length === 0 ? null : count / counted.length);
  return {
    hits: clicks.length,
    clicks: counted.length,
    visitors: new Set(counted.map((click) => click.visitor)).size,
    botHits: reasons('bot', 'scanner', 'head'),
    datacentreHits: traffic.tellsDatacentres ? reasons('datacentre') : null,
    velocityHits: reasons('velocity'),
    topVisitorShare:
      people.length === 0
        ? null
        : mostFrequent(people.map((click) => `${dayOfMs(click.atMs)} ${click.visitor}`)).count / people.length,
    topNetworkShare:
      people.length === 0 || networks.length < people.length * 0.8 ? null : topNetwork.count / people.length,
    topNetworkOrders: own.filter((order) => {
      const click = creditedClick(order);
      return click !== null && click.network !== null && `${dayOfMs(click.atMs)} ${click.network}` === topNetwork.key;
    }).length,
    noReferrerShare: share(counted.filter((click) => click.referrerHost === null).length),
    couponClicks: coupon.length,
    couponShare: share(coupon.length),
    adClicks: counted.length === 0 ? null : ads.length,
    adShare: share(ads.length),
    hourEntropy: counted.length < entropyClicksMin ? null : entropyOfHours(counted),
  };
}

function orderFigures(own: readonly OrderFacts[], policy: FraudPolicy) {
  const known = own.filter((order) => order.customer !== null);
  const refunded = known.filter((order) => order.isCancelled || order.refundedMinor * 2n >= order.amountMinor);
  const delays = own.flatMap((order) => {
    const click = creditedClick(order);
    return click === null ? [] : [(order.atMs - click.atMs) / 1000];
  });
  const currency = mostFrequent(own.map((order) => order.currency)).key;
  const news = own.filter((order) => order.isNewCustomer !== null);
  return {
    orders: own.length,
    linkOrders: own.filter((order) => order.rule === 'link').length,
    codeOrders: own.filter((order) => order.rule === 'code').length,
    customers: new Set(known.map((order) => order.customer)).size,
    knownOrders: known.length,
    newCustomers: news.length === 0 ? null : news.filter((order) => order.isNewCustomer).length,
    timedOrders: delays.length,
    fastOrders: delays.filter((seconds) => seconds >= 0 && seconds < policy.fastSeconds).length,
    lateOrders: delays.filter((seconds) => seconds > 86_400).length,
    refundedCustomers: new Set(refunded.map((order) => order.customer)).size,
    chargebacks: own.some((order) => order.tellsChargebacks || order.chargebacks > 0)
      ? own.filter((order) => order.chargebacks > 0).length
      : null,
    orderValueMinor: median(
      own.filter((order) => order.currency === currency).map((order) => Number(order.amountMinor)),
    ),
    disposableOrders: own.some((order) => order.mailbox !== null)
      ? own.filter((order) => order.mailbox?.kind === 'disposable').length
      : null,
  };
}

interface Deeds {
  clicks: readonly TrafficClick[];
  personId: string;
  policy: FraudPolicy;
}

function deedFigures(orders: readonly OrderFacts[], own: readonly OrderFacts[], { clicks, personId, policy }: Deeds) {
  const newByHour = Map.groupBy(
    own.filter((order) => order.isNewCustomer !== false),
    (order) => Math.floor(order.atMs / 3_600_000),
  );
  const [busiest = -1, inBusiest = []] =
    [...newByHour].sort((a, b) => b[1].length - a[1].length || a[0] - b[0])[0] ?? [];
  const byDevice = Map.groupBy(
    own.flatMap((order) => {
      const click = creditedClick(order);
      return click?.visitor == null || order.customer === null
        ? []
        : [{ device: `${dayOfMs(click.atMs)} ${click.visitor}`, customer: order.customer }];
    }),
    (one) => one.device,
  );
  const canTellOwn = own.some((order) => order.mailbox !== null && (order.creator?.mailboxes.length ?? 0) > 0);
  const ownCount = own.filter((order) => isOwn(order, policy)).length;
  return {
    ownOrders: canTellOwn || ownCount > 0 ? ownCount : null,
    deviceCustomers: Math.max(
      0,
      ...[...byDevice.values()].map((some) => new Set(some.map((one) => one.customer)).size),
    ),
    hijackOrders: orders.filter((order) => hijackedBy(order, personId, policy)).length,
    adOrders: own.filter((order) => {
      const click = creditedClick(order);
      return click !== null && click.adParam !== null && policy.watchedAdParams.includes(click.adParam);
    }).length,
    busiestHourOrders: inBusiest.length,
    busiestHourClicks: clicks.filter(
      (click) => click.dropReason === null && Math.floor(click.atMs / 3_600_000) === busiest,
    ).length,
  };
}

function isOwn(order: OrderFacts, policy: FraudPolicy): boolean {
  const mailbox = customerEmailMatch.judge(order, policy);
  return (mailbox?.kind === 'hit' && mailbox.weight === undefined) || ownDevice.judge(order, policy)?.kind === 'hit';
}

function hijackedBy(order: OrderFacts, personId: string, policy: FraudPolicy): boolean {
  const found = findHijack(order, policy.hijackSeconds);
  return found !== null && found.by.personId === personId;
}

/** Counted clicks of the last week over their weekly mean in the weeks before; null where less than two weeks of them are known. */
function clickRise(traffic: Traffic, untilMs: number): number | null {
  if (traffic.isCut) return null;
  const counted = traffic.clicks.filter((click) => click.dropReason === null && click.atMs < untilMs);
  const before = counted.filter((click) => click.atMs < untilMs - recentMs);
  const firstMs = before.reduce((first, click) => Math.min(first, click.atMs), untilMs);
  const weeks = (untilMs - recentMs - firstMs) / recentMs;
  return weeks < 2 ? null : (counted.length - before.length + 1) / (before.length / weeks + 1);
}

function examplesOf(
  orders: readonly OrderFacts[],
  own: readonly OrderFacts[],
  { personId, policy, code }: { personId: string; policy: FraudPolicy; code: CodeVerdict | null },
): SummedTraffic['examples'] {
  const some = (found: readonly OrderFacts[], label: string) =>
    found
      .toSorted((a, b) => b.atMs - a.atMs || (a.orderId < b.orderId ? -1 : 1))
      .slice(0, examplesMax)
      .map((order) => orderEvidence(order, label));
  const isFast = (order: OrderFacts) => {
    const click = creditedClick(order);
    return click !== null && order.atMs >= click.atMs && order.atMs - click.atMs < policy.fastSeconds * 1000;
  };
  const isLate = (order: OrderFacts) => {
    const click = creditedClick(order);
    return click !== null && order.atMs - click.atMs > dayMs;
  };
  const codes = code === null ? [] : [codeEvidence(code)];
  return {
    'self-purchase': some(
      own.filter((order) => isOwn(order, policy)),
      "the creator's own",
    ),
    'refund-rate': some(
      own.filter((order) => order.isCancelled || order.refundedMinor * 2n >= order.amountMinor),
      'refunded',
    ),
    chargebacks: some(
      own.filter((order) => order.chargebacks > 0),
      'charged back',
    ),
    'click-to-order-fast': some(own.filter(isFast), 'within seconds of its click'),
    'click-to-order-flat': some(own.filter(isLate), 'more than a day after its click'),
    'hijack-share': some(
      orders.filter((order) => hijackedBy(order, personId, policy)),
      'taken at the checkout',
    ),
    'disposable-share': some(
      own.filter((order) => order.mailbox?.kind === 'disposable'),
      'throw-away mailbox',
    ),
    'code-spike': codes,
    'code-without-clicks': codes,
  };
}

function mostFrequent(keys: readonly string[]): { key: string | null; count: number } {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  let best: { key: string | null; count: number } = { key: null, count: 0 };
  for (const [key, count] of counts)
    if (count > best.count || (count === best.count && best.key !== null && key < best.key)) best = { key, count };
  return best;
}

function entropyOfHours(clicks: readonly TrafficClick[]): number {
  const hours = Array.from({ length: 24 }, () => 0);
  for (const click of clicks) {
    const hour = new Date(click.atMs).getUTCHours();
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  return (
    hours.reduce(
      (sum, count) => (count === 0 ? sum : sum - (count / clicks.length) * Math.log(count / clicks.length)),
      0,
    ) / Math.log(24)
  );
}
