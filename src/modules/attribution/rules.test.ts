import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PolicyInput, policySchema } from './api.ts';
import type { Policies } from './rules/credit-case.ts';
import { creditDeltas, type OwnedShare } from './rules/credit-deltas.ts';
import { decideOrders, type OrderCase } from './rules/decide-orders.ts';
import { matchAnswer } from './rules/match-answer.ts';
import { adjustForPast, armOf, measureEffect } from './rules/measure-lift.ts';
import { normalQuantile, studentQuantile } from './rules/normal.ts';
import { assignArms, detectableEffect, unitsFor } from './rules/plan-experiment.ts';
import { differenceOf } from './rules/post-window.ts';
import { splitAmount } from './rules/split-amount.ts';
import { splitLines } from './rules/split-lines.ts';

const at = (day: number, hour = 12) => new Date(Date.UTC(2026, 4, day, hour));
const owner = (n: number, campaign = 1) => ({
  personId: `per_${n}`,
  campaignId: `cmp_${campaign}`,
  enrolmentId: `enr_${n}`,
});
const click = (n: number, when: Date, campaign = 1) => ({
  clickId: `click-${n}`,
  linkId: `lnk_${n}`,
  slug: `creator-${n}`,
  clickedAt: when,
  dropReason: null,
  ...owner(n, campaign),
});
const code = (n: number, text: string, campaign = 1) => ({
  codeId: `cod_${n}`,
  codeKey: text,
  code: text,
  startsAt: null,
  endsAt: null,
  ...owner(n, campaign),
});
const policies = (workspace: PolicyInput, campaigns: Record<string, PolicyInput> = {}): Policies => ({
  workspace: { version: 1, campaignId: null, policy: policySchema.parse(workspace) },
  campaigns: new Map(
    Object.entries(campaigns).map(([id, policy], index) => [
      id,
      { version: 2 + index, campaignId: id, policy: policySchema.parse(policy) },
    ]),
  ),
});

function order(id: string, over: Partial<OrderCase>): OrderCase {
  const knownCodes = over.knownCodes ?? [];
  return {
    id,
    orderLabel: id,
    sourceId: 'src_1',
    customer: null,
    isNewCustomer: null,
    orderedAt: at(20),
    isCancelled: false,
    codes: knownCodes.map((one) => one.code),
    codeKeys: knownCodes.map((one) => one.codeKey),
    clickIds: (over.knownClicks ?? []).map((one) => one.clickId),
    knownCodes: [],
    knownClicks: [],
    said: null,
    ...over,
  };
}

const both = { knownCodes: [code(1, 'NELL10')], knownClicks: [click(2, at(18)), click(3, at(19))] };

describe('orders around a post', () => {
  it('differ only when the days are over and there are enough of them', () => {
    expect(differenceOf({ after: 90, before: 10, isOver: false })).toEqual({
      difference: null,
      why: 'The days after it still run.',
    });
    expect(differenceOf({ after: 12, before: 7, isOver: true }).why).toBe('Not enough data: 19 orders, 20 are needed.');
    const { difference } = differenceOf({ after: 75, before: 25, isOver: true });
    expect(difference?.orders).toBe(50);
    expect(difference?.low).toBeCloseTo(50 - 19.6, 3);
    expect(difference?.high).toBeCloseTo(50 + 19.6, 3);
  });
});

describe('the lines of an order', () => {
  it('are split so that every line and every share sum exactly, discounts and refunded lines among them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -500n, max: 100_000n }), { maxLength: 30 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
        (lines, weights) => {
          const parts = splitLines(lines, weights);
          const whole = splitAmount(
            lines.reduce((sum, line) => sum + line, 0n),
            weights,
          );
          expect(parts.map((row) => row.reduce((sum, part) => sum + part, 0n))).toEqual(lines);
          if (lines.length > 0)
            expect(weights.map((_, at) => parts.reduce((sum, row) => sum + (row[at] ?? 0n), 0n))).toEqual(whole);
        },
      ),
    );
    // A thousand lines of one cent do not all go to the first.
    const cents = splitLines(
      Array.from({ length: 1000 }, () => 1n),
      [1, 1, 1],
    );
    expect([0, 1, 2].map((at) => cents.filter((row) => row[at] === 1n).length)).toEqual([334, 333, 333]);
  });
});

describe('rules as data', () => {
  it('let a link beat a code, stand both in one path, or credit one kind alone', () => {
    const decide = (policy: PolicyInput) => decideOrders([order('a', both)], policies(policy)).get('a');
    expect(decide({})).toMatchObject({ rule: 'code', winner: { personId: 'per_1' } });
    expect(decide({ precedence: ['link', 'code'] })).toMatchObject({ rule: 'link', winner: { personId: 'per_3' } });
    expect(decide({ precedence: ['link'] })?.losers.map((touch) => touch.why)).toContain(
      'The rules of its campaign credit no codes.',
    );
    const shared = decide({ isTogether: true, model: 'linear' });
    expect(shared?.shares.map((share) => [share.touch.personId, share.weight.toFixed(3)])).toEqual([
      ['per_1', '0.333'],
      ['per_3', '0.333'],
      ['per_2', '0.333'],
    ]);
    expect(decide({ isTogether: true, model: 'first' })).toMatchObject({ winner: { personId: 'per_2' } });
    expect(decide({ isTogether: true })).toMatchObject({ rule: 'code', winner: { personId: 'per_1' } });
  });

  it('judge each touch by its own campaign, and let the workspace decide between campaigns', () => {
    const rules = policies({}, { cmp_2: { windows: { firstDays: 1 }, precedence: ['link', 'code'] } });
    const late = decideOrders([order('a', { knownClicks: [click(1, at(18), 2)] })], rules).get('a');
    expect(late).toMatchObject({ rule: 'none', version: 1 });
    const own = decideOrders(
      [order('a', { knownClicks: [click(1, at(20, 9), 2)], knownCodes: [code(2, 'B', 2)] })],
      rules,
    ).get('a');
    expect(own).toMatchObject({ rule: 'link', version: 2, policyCampaignId: 'cmp_2' });
    const across = decideOrders(
      [order('a', { knownClicks: [click(1, at(20, 9), 2)], knownCodes: [code(2, 'B', 1)] })],
      rules,
    ).get('a');
    expect(across).toMatchObject({ rule: 'code', version: 1, policyCampaignId: null });
  });

  it('bind a customer to the creator of their first order that was not cancelled, for as long as they say', () => {
    const orders = [
      order('cancelled', { customer: 'c', orderedAt: at(1), isCancelled: true, knownCodes: [code(9, 'X')] }),
      order('first', { customer: 'c', orderedAt: at(2), knownCodes: [code(1, 'A')] }),
      order('second', { customer: 'c', orderedAt: at(10), knownCodes: [code(2, 'B')] }),
      order('third', { customer: 'c', orderedAt: at(28), knownCodes: [code(3, 'C')] }),
      order('fourth', { customer: 'c', orderedAt: at(30) }),
      order('other', { customer: 'd', orderedAt: at(30), knownCodes: [code(4, 'D')] }),
    ];
    const winners = (policy: PolicyInput) =>
      [...decideOrders(orders, policies(policy))].map(([id, one]) => `${id} ${one.rule} ${one.winner?.personId ?? ''}`);
    const bound = { precedence: ['customer', 'code', 'link'] as PolicyInput['precedence'] };
    expect(winners(bound)).toEqual([
      'cancelled code per_9',
      'first code per_1',
      'second customer per_1',
      'third customer per_1',
      'fourth customer per_1',
      'other code per_4',
    ]);
    expect(winners({ ...bound, boundDays: 20 })).toEqual([
      'cancelled code per_9',
      'first code per_1',
      'second customer per_1',
      'third code per_3',
      'fourth customer per_3',
      'other code per_4',
    ]);
    expect(winners({})).toContain('fourth none ');
  });

  it('end in the same decisions in whatever order orders, clicks and codes are known', () => {
    const orders = [1, 2, 3, 4, 5].map((n) =>
      order(`o${n}`, {
        customer: n % 2 === 0 ? 'even' : 'odd',
        orderedAt: at(20, n < 4 ? 8 : 9),
        knownClicks: [click(n, at(19)), click(n + 10, at(19))],
        knownCodes: n === 3 ? [code(7, 'S')] : [],
      }),
    );
    const rules = policies({ precedence: ['customer', 'code', 'link'], model: 'position', boundDays: 30 });
    const expected = decideOrders(orders, rules);
    fc.assert(
      fc.property(fc.shuffledSubarray(orders, { minLength: orders.length }), fc.boolean(), (shuffled, isTurned) => {
        const turned = shuffled.map((one) =>
          isTurned ? { ...one, knownClicks: one.knownClicks.toReversed(), clickIds: one.clickIds.toReversed() } : one,
        );
        const found = decideOrders(turned, rules);
        for (const [id, decision] of expected) expect(found.get(id)).toEqual(decision);
      }),
    );
  });

  it('tell a repeat order by the shop or by what is known of the customer, and take its own window', () => {
    const rules = policies({ windows: { firstDays: 30, repeatDays: 2 } });
    const orders = [
      order('first', { customer: 'c', orderedAt: at(10), knownClicks: [click(1, at(5))] }),
      order('repeat', { customer: 'c', orderedAt: at(20), knownClicks: [click(2, at(15))] }),
      order('new', { isNewCustomer: true, orderedAt: at(20), knownClicks: [click(3, at(15))] }),
    ];
    expect([...decideOrders(orders, rules).values()].map((one) => [one.occasion, one.rule])).toEqual([
      ['first', 'link'],
      ['repeat', 'none'],
      ['first', 'link'],
    ]);
  });

  it('show what was seen or said apart from what is paid', () => {
    const rules = policies({ windows: { firstDays: 5, seenDays: 30 } });
    const seen = decideOrders([order('a', { knownClicks: [click(1, at(10))] })], rules).get('a');
    expect(seen).toMatchObject({ rule: 'none', shares: [], seen: { personId: 'per_1' } });
    const said = { answer: 'Nell on Instagram', at: at(20), personId: 'per_8', campaignId: null };
    expect(decideOrders([order('a', { said })], rules).get('a')).toMatchObject({
      rule: 'none',
      seen: { personId: 'per_8' },
    });
    expect(decideOrders([order('a', { said, ...both })], rules).get('a')).toMatchObject({ rule: 'code', seen: null });
  });
});

describe('the journal', () => {
  const share = fc.record({
    conversionId: fc.constantFrom('a', 'b'),
    personId: fc.constantFrom('p', 'q'),
    campaignId: fc.constant('c'),
    enrolmentId: fc.constant(null),
    currency: fc.constantFrom('EUR', 'JPY'),
    creditedMinor: fc.bigInt({ min: 0n, max: 1000n }),
    isCounted: fc.boolean(),
    rule: fc.constantFrom('code', 'link', 'none'),
  });
  const sums = (shares: readonly OwnedShare[]) => {
    const by = new Map<string, bigint>();
    for (const one of shares.filter(({ rule }) => rule !== 'none')) {
      const key = `${one.conversionId} ${one.personId} ${one.currency}`;
      by.set(key, (by.get(key) ?? 0n) + one.creditedMinor);
    }
    return by;
  };
  it('holds differences only: added to what stood they give what was decided, and equal decisions add nothing', () => {
    fc.assert(
      fc.property(fc.array(share), fc.array(share), (before, after) => {
        const total = sums(before);
        for (const delta of creditDeltas(before, after, () => 1)) {
          const key = `${delta.conversionId} ${delta.personId} ${delta.currency}`;
          total.set(key, (total.get(key) ?? 0n) + BigInt(delta.deltaMinor));
        }
        for (const [key, minor] of sums(after)) expect(total.get(key) ?? 0n).toBe(minor);
        for (const [key, minor] of total) expect(minor).toBe(sums(after).get(key) ?? 0n);
        expect(creditDeltas(after, after, () => 1)).toEqual([]);
      }),
    );
  });
});

describe('hold-outs', () => {
  it('assign units by the seed alone, evenly and alike in their past, in whatever order they are named', () => {
    const units = Array.from({ length: 40 }, (_, n) => ({ key: `place ${n}`, before: n * n }));
    const arms = assignArms(units, [0.5, 0.5], 7);
    expect(assignArms(units.toReversed(), [0.5, 0.5], 7)).toEqual(arms);
    expect([...arms.values()].filter((arm) => arm === 0)).toHaveLength(20);
    expect(assignArms(units, [0.5, 0.5], 8)).not.toEqual(arms);
    const quarter = [...assignArms(units, [0.25, 0.75], 7).values()].filter((arm) => arm === 0);
    expect(quarter.length).toBe(10);
  });

  it('measure a difference with an interval that holds it, and narrow it by the past without moving it', () => {
    const past = Array.from({ length: 60 }, (_, n) => 100 + ((n * 37) % 50));
    const held = past.slice(0, 30).map((before, n) => ({ before, value: before + (n % 3) }));
    const treated = past.slice(30).map((before, n) => ({ before, value: before + 10 + (n % 3) }));
    const raw = measureEffect(armOf(treated.map((one) => one.value)), armOf(held.map((one) => one.value)));
    const adjusted = adjustForPast([held, treated]);
    const fine = measureEffect(armOf(adjusted?.values[1] ?? []), armOf(adjusted?.values[0] ?? []));
    expect((raw?.low ?? 0) <= 10 && 10 <= (raw?.high ?? 0)).toBe(true);
    expect(fine?.effect).toBeCloseTo(10, 0);
    expect((fine?.high ?? 0) - (fine?.low ?? 0)).toBeLessThan(((raw?.high ?? 0) - (raw?.low ?? 0)) / 5);
    expect(measureEffect(armOf([1, 2, 3]), armOf([1, 2, 3]))).toBeNull();
    expect(adjustForPast([[{ value: 1, before: null }], held])).toBeNull();
  });

  it('plan by the textbook: 80 % power for half a deviation needs 126 units, and the quantiles are the tables', () => {
    expect(unitsFor({ deviation: 1, effect: 0.5, power: 0.8 })).toBe(126);
    expect(detectableEffect({ deviation: 1, treated: 63, control: 63, power: 0.8 })).toBeCloseTo(0.499, 3);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 6);
    for (const [degrees, value] of [
      [5, 2.5706],
      [10, 2.2281],
      [30, 2.0423],
    ] as const)
      expect(studentQuantile(0.975, degrees)).toBeCloseTo(value, 2);
  });
});

describe('answers of customers', () => {
  const creators = [
    {
      personId: 'per_1',
      campaignId: 'cmp_1',
      name: 'Nell Thistlewick',
      handles: ['thistlewick.bakes'],
      codes: ['NELL10'],
    },
    { personId: 'per_2', campaignId: 'cmp_1', name: 'Tom', handles: ['tom'], codes: ['TOM15X'] },
  ];
  it('name a creator by handle, code or whole name, and nobody where it would be a guess', () => {
    const named = (answer: string) => matchAnswer(answer, creators)?.personId ?? null;
    expect(named('saw @Thistlewick.Bakes on insta')).toBe('per_1');
    expect(named('thistlewick bakes!')).toBe('per_1');
    expect(named('the code nell10')).toBe('per_1');
    expect(named('Nell  THISTLEWICK told me')).toBe('per_1');
    expect(named('@tom, of course')).toBe('per_2');
    expect(named('@tomato')).toBeNull();
    expect(named('my friend Tom')).toBeNull();
    expect(named('@tom and @thistlewick.bakes')).toBeNull();
    expect(named('Google')).toBeNull();
  });
});
