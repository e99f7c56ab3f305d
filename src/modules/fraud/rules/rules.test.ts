import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fraudPolicySchema, ruleNames } from '../api.ts';
import { allRules } from './all-rules.ts';
import { makeBaseline } from './baseline.ts';
import type { OrderFacts } from './facts.ts';
import { judgeCode } from './judge-codes.ts';
import { chanceOf, judgeCreator, judgeOrder } from './score-findings.ts';
import { sumTraffic } from './sum-traffic.ts';
import { binomialAtLeast, poissonAtLeast, poissonAtMost } from './tails.ts';
import type { Traffic, TrafficClick } from './traffic.ts';

const policy = fraudPolicySchema.parse({});
const untilMs = Date.UTC(2026, 5, 1);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const anOrder = (over: Partial<OrderFacts> = {}): OrderFacts => ({
  orderId: 'cnv_1',
  label: '1',
  atMs: untilMs - dayMs,
  amountMinor: 5000n,
  currency: 'EUR',
  isCancelled: false,
  refundedMinor: 0n,
  refunds: 0,
  chargebacks: 0,
  tellsChargebacks: true,
  personId: 'per_1',
  rule: 'link',
  customer: 'c1',
  mailbox: { mailbox: 'm:c1', host: null, kind: 'generic' },
  isNewCustomer: true,
  clicks: [],
  codes: [],
  creator: { personId: 'per_1', mailboxes: [{ mailbox: 'm:own', host: 'h:own', kind: 'own' }], visits: [] },
  ...over,
});

const traffic = (over: Partial<Traffic> = {}): Traffic => ({
  personId: 'per_1',
  clicks: [],
  isCut: false,
  orders: [],
  codes: [],
  programDays: new Map(),
  tellsDatacentres: false,
  ...over,
});

describe('rules of fraud', () => {
  it('all have a name of the list once, a version, points and words', () => {
    expect(allRules.map((rule) => rule.name).sort()).toEqual([...ruleNames].sort());
    for (const rule of allRules) {
      expect(rule.version).toBeGreaterThan(0);
      expect(rule.explains.length).toBeGreaterThan(20);
      expect(rule.needs.length).toBeGreaterThan(5);
    }
  });

  it('score an order by the sum of what they say, and say unknown where they cannot tell', () => {
    const own = judgeOrder(anOrder({ mailbox: { mailbox: 'm:own', host: null, kind: 'generic' } }), policy);
    expect(own.score).toBe(60);
    expect(own.score).toBe(own.findings.reduce((sum, one) => sum + one.points, 0));
    const sameHost = judgeOrder(anOrder({ mailbox: { mailbox: 'm:x', host: 'h:own', kind: 'own' } }), policy);
    expect(sameHost.score).toBe(30);
    const blind = judgeOrder(anOrder({ mailbox: null }), policy).findings.find(
      (one) => one.rule === 'customer-email-match',
    );
    expect(blind).toMatchObject({ state: 'unknown', points: 0 });
  });

  it('let a workspace switch a rule off or give it other points', () => {
    const order = anOrder({ mailbox: { mailbox: 'm:own', host: null, kind: 'generic' } });
    const off = fraudPolicySchema.parse({ rules: { 'customer-email-match': { mode: 'off' } } });
    expect(judgeOrder(order, off).findings.some((one) => one.rule === 'customer-email-match')).toBe(false);
    expect(judgeOrder(order, fraudPolicySchema.parse({ rules: { 'customer-email-match': { points: 7 } } })).score).toBe(
      7,
    );
  });

  it('sum traffic the same in whatever order it comes', () => {
    const clicks = Array.from(
      { length: 30 },
      (_, at): TrafficClick => ({
        clickId: `k${at}`,
        slug: 'nell',
        atMs: untilMs - (at + 1) * 5 * hourMs,
        dropReason: at % 7 === 0 ? 'bot' : null,
        visitor: `v${at % 9}`,
        network: `n${at % 4}`,
        referrerHost: at % 5 === 0 ? 'retailmenot.com' : null,
        adParam: at % 11 === 0 ? 'gclid' : null,
      }),
    );
    const orders = Array.from({ length: 8 }, (_, at) =>
      anOrder({ orderId: `o${at}`, label: `${at}`, atMs: untilMs - (at + 1) * 9 * hourMs, customer: `c${at % 3}` }),
    );
    const wanted = sumTraffic(traffic({ clicks, orders }), { untilMs, policy });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(clicks, { minLength: clicks.length }),
        fc.shuffledSubarray(orders, { minLength: orders.length }),
        (someClicks, someOrders) => {
          expect(sumTraffic(traffic({ clicks: someClicks, orders: someOrders }), { untilMs, policy })).toEqual(wanted);
        },
      ),
      { numRuns: 30 },
    );
    expect(wanted.figures).toMatchObject({ hits: 30, customers: 3, orders: 8, ownOrders: 0, datacentreHits: null });
  });

  it('say nothing for certain of traffic without others to compare with', () => {
    const summed = sumTraffic(
      traffic({ orders: Array.from({ length: 12 }, (_, at) => anOrder({ orderId: `o${at}` })) }),
      { untilMs, policy },
    );
    const judged = judgeCreator(
      {
        personId: 'per_1',
        traffic: { ...summed, figures: { ...summed.figures, clicks: 900, linkOrders: 0 } },
        account: null,
        baseline: makeBaseline([]),
      },
      policy,
    );
    expect(judged.findings.find((one) => one.rule === 'clicks-without-orders')).toMatchObject({ state: 'unknown' });
  });

  it('call a code leaked by its own history, not by a sale of the whole shop', () => {
    const day = (ago: number) => new Date(untilMs - ago * dayMs).toISOString().slice(0, 10);
    type Days = readonly [string, { uses: number; lone: number }];
    const quiet = Array.from({ length: 40 }, (_, at): Days => [day(at + 8), { uses: 1, lone: 1 }]);
    const spike = Array.from({ length: 7 }, (_, at): Days => [day(at + 1), { uses: 8, lone: 8 }]);
    const code = { codeId: 'cod_1', code: 'NELL10', days: new Map([...quiet, ...spike]) };
    const of = (others: number) => ({
      fromMs: untilMs - 56 * dayMs,
      untilMs,
      programDays: new Map([
        ...quiet.map(([name]) => [name, 21] as const),
        ...spike.map(([name]) => [name, 8 + others] as const),
      ]),
    });
    const limit = Math.log(policy.falseAlarmDays);
    expect(judgeCode(code, of(20))?.sum).toBeGreaterThan(limit);
    expect(judgeCode(code, of(170))?.sum).toBeLessThan(limit);
    expect(judgeCode({ ...code, days: new Map(spike) }, of(20))).toBeNull();
  });

  it('raise the alarm of a code that goes on as before at most as often as they say', () => {
    let alarms = 0;
    let state = 7;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 4294967296;
    };
    const draws = (mean: number) => {
      let count = 0;
      for (let left = Math.exp(-mean), product = random(); product > left; product *= random()) count += 1;
      return count;
    };
    const runs = 500;
    for (let run = 0; run < runs; run += 1) {
      const days = new Map(
        Array.from(
          { length: 56 },
          (_, at) => [new Date(untilMs - (at + 1) * dayMs).toISOString().slice(0, 10), draws(2)] as const,
        )
          .filter(([, uses]) => uses > 0)
          .map(([name, uses]) => [name, { uses, lone: 0 }] as const),
      );
      const verdict = judgeCode(
        { codeId: 'c', code: 'C', days },
        { fromMs: untilMs - 56 * dayMs, untilMs, programDays: new Map() },
      );
      if (verdict !== null && verdict.sum >= Math.log(policy.falseAlarmDays)) alarms += 1;
    }
    // Seven days each: one in 365 days would be 9.6 of 500 at most, on average.
    expect(alarms).toBeLessThan((runs * 7) / policy.falseAlarmDays + 8);
  });

  it('know the tails of Poisson and binomial', () => {
    expect(poissonAtLeast(1, 2)).toBeCloseTo(1 - Math.exp(-2), 12);
    expect(poissonAtMost(0, 3)).toBeCloseTo(Math.exp(-3), 12);
    expect(poissonAtLeast(40, 4)).toBeGreaterThan(0);
    expect(binomialAtLeast(2, 3, 0.5)).toBeCloseTo(0.5, 12);
    expect(binomialAtLeast(3, 3, 0.1)).toBeCloseTo(0.001, 12);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.1, max: 50, noNaN: true }), (k, lambda) => {
        expect(poissonAtLeast(k, lambda) + poissonAtMost(k - 1, lambda)).toBeCloseTo(1, 9);
      }),
    );
    expect(chanceOf(100)).toBeGreaterThan(0.99);
    expect(chanceOf(0)).toBeLessThan(0.1);
  });
});
