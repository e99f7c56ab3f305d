import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#kernel/time.ts';
import { type Tier, type TierFact, tierSchema } from '../api.ts';
import { judgeTier } from './judge-tier.ts';
import { nextJudgingDay, wholeMonths, windowOf } from './judging-days.ts';
import { type Measured, measureAmbassador } from './measure-ambassador.ts';

const anyDay = fc
  .date({ min: new Date('2023-01-01'), max: new Date('2031-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const judgeDay = fc.integer({ min: 1, max: 31 });

describe('days of judging', () => {
  it('come once in every month, and the windows of one month lie side by side', () => {
    fc.assert(
      fc.property(anyDay, judgeDay, (start, day) => {
        let judgedOn = nextJudgingDay(start, day);
        for (let turn = 0; turn < 14; turn += 1) {
          const next = nextJudgingDay(judgedOn, day);
          expect(windowOf(next, { windowMonths: 1, judgeDay: day })).toEqual({
            from: judgedOn,
            until: addDays(next, -1),
          });
          expect(Number(next.slice(8))).toBeLessThanOrEqual(day);
          const monthsOn = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
          expect(monthsOn(next) - monthsOn(judgedOn)).toBe(1);
          judgedOn = next;
        }
      }),
    );
  });

  it('are the last one of a month without a 31st', () => {
    expect(nextJudgingDay('2026-08-31', 31)).toBe('2026-09-30');
    expect(nextJudgingDay('2026-09-30', 31)).toBe('2026-10-31');
    expect(nextJudgingDay('2027-01-31', 31)).toBe('2027-02-28');
    expect(windowOf('2026-09-30', { windowMonths: 1, judgeDay: 31 })).toEqual({
      from: '2026-08-31',
      until: '2026-09-29',
    });
    expect(windowOf('2026-11-01', { windowMonths: 3, judgeDay: 1 })).toEqual({
      from: '2026-08-01',
      until: '2026-10-31',
    });
  });

  it('count a month as whole on the day of its number, or on the last where it has none', () => {
    expect(wholeMonths('2026-08-31', '2026-09-29')).toBe(0);
    expect(wholeMonths('2026-08-31', '2026-09-30')).toBe(1);
    expect(wholeMonths('2026-08-31', '2026-08-01')).toBe(0);
  });
});

const eur = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
const tiers: Tier[] = [
  { id: 'a', name: 'Bronze', needs: [] },
  { id: 'b', name: 'Silver', needs: [{ metric: 'orders', atLeast: 3 }] },
  {
    id: 'c',
    name: 'Gold',
    needs: [
      { metric: 'revenue', atLeast: eur('20000') },
      { metric: 'on_time', atLeast: 90 },
    ],
  },
].map((tier) => tierSchema.parse({ ...tier, gives: {} }));
const base: Measured = {
  from: '2026-09-01',
  until: '2026-09-30',
  today: '2026-10-01',
  memberSince: '2026-08-01',
  currency: 'EUR',
  isTracked: true,
  orders: [],
  pieces: [],
};
const day = (on: string, orders: number, minor: bigint, currency = 'EUR') => ({
  day: on,
  currency,
  orders,
  creditedMinor: minor,
});
const judged = (currentId: string, of: Partial<Measured>, isWhole = true) =>
  judgeTier({ tiers, currentId, facts: measureAmbassador({ ...base, ...of }), isWhole });

describe('a tier', () => {
  it('is reached by the highest one whose every need is met, also over one that is not', () => {
    const pieces = [{ title: 'Reel', dueOn: '2026-09-10', liveOn: '2026-09-10' }];
    expect(judged('a', { orders: [day('2026-09-30', 2, 25000n)], pieces })).toMatchObject({ toId: 'c', outcome: 'up' });
    expect(judged('a', { orders: [day('2026-09-30', 3, 900n)], pieces })).toMatchObject({ toId: 'b', outcome: 'up' });
  });

  it('is lost one at a time, and only by what was measured over a whole window', () => {
    const pieces = [{ title: 'Reel', dueOn: '2026-09-10', liveOn: '2026-09-12' }];
    const down = judged('c', { pieces });
    expect(down).toMatchObject({ toId: 'b', outcome: 'down' });
    expect(down.summary).toBe(
      'Does not hold Gold: 0.00 EUR revenue (200.00 EUR needed), 0 % of 1 post on time (90 % needed)',
    );
    expect(judged('c', { pieces }, false)).toMatchObject({ toId: 'c', outcome: 'not_enough_data' });
    expect(judged('b', { isTracked: false })).toMatchObject({ toId: 'b', outcome: 'not_enough_data' });
    expect(judged('b', { isTracked: false }).summary).toContain('orders not measured: no link and no code');
  });

  it('says what is missing in words, and never takes an order of another currency or outside the days into it', () => {
    const orders = [
      day('2026-08-31', 9, 90000n),
      day('2026-09-01', 1, 5000n),
      day('2026-09-30', 1, 700n, 'GBP'),
      day('2026-10-01', 9, 90000n),
    ];
    const { tiers: standings } = judged('a', { orders });
    expect(standings[1]?.needs[0]).toMatchObject({ have: '2 orders', isMet: false, missing: '1 more order' });
    expect(standings[2]?.needs[0]).toMatchObject({ have: '50.00 EUR revenue', missing: '150.00 EUR more' });
    expect(standings[2]?.needs[1]).toMatchObject({ isMet: null, missing: null });
  });

  it('never moves anybody by figures that are not there', () => {
    const none: TierFact[] = measureAmbassador({ ...base, isTracked: false }).map((fact) => ({
      ...fact,
      value: null,
      amount: null,
    }));
    for (const currentId of ['a', 'b', 'c'])
      expect(judgeTier({ tiers, currentId, facts: none, isWhole: true })).toMatchObject({
        toId: currentId,
        outcome: 'not_enough_data',
      });
  });

  it('does not fall when one order more comes in', () => {
    const place = (id: string) => tiers.findIndex((tier) => tier.id === id);
    fc.assert(
      fc.property(
        fc.constantFrom('a', 'b', 'c'),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 4 }), fc.bigInt(0n, 30000n)), {
          maxLength: 6,
        }),
        (currentId, days) => {
          const orders = days.map(([on, count, minor]) => day(addDays('2026-08-31', on), count, minor));
          const before = judged(currentId, { orders });
          const after = judged(currentId, { orders: [...orders, day('2026-09-15', 1, 100n)] });
          expect(place(after.toId)).toBeGreaterThanOrEqual(place(before.toId));
        },
      ),
    );
  });
});
