import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundOfQuotient } from './bounds.ts';
import { buildReport } from './build-report.ts';
import { divideRounded, ratio } from './ratio.ts';
import type { OrderInput, OrderStratum, ReportInput } from './report-input.ts';
import { drawsMax, resampleRevenue, resamples } from './resample-return.ts';
import { sayMoney } from './say.ts';

const ids = ['enr_1', 'enr_2', 'enr_3', null, 'enr_gone'] as const;
const days = ['2026-04-30', '2026-05-01', '2026-05-15', '2026-06-02'] as const;
const count = fc.integer({ min: 0, max: 1000 });
const minor = fc.bigInt({ min: 0n, max: 10n ** 15n });

const order = fc
  .record({
    enrolmentId: fc.constantFrom(...ids),
    day: fc.constantFrom(...days),
    currency: fc.constantFrom('EUR', 'USD'),
    byCode: count,
    byLink: count,
    net: minor,
    refunded: minor,
    cancelled: minor,
  })
  .map(
    ({ byCode, byLink, net, refunded, cancelled, ...row }): OrderInput => ({
      ...row,
      orders: byCode + byLink,
      byCode,
      byLink,
      cancelled: cancelled > 0n ? 1 : 0,
      refundedInFull: 0,
      newCustomers: 0,
      knownCustomers: 0,
      grossMinor: net + refunded + cancelled,
      cancelledMinor: cancelled,
      refundedMinor: refunded,
      netMinor: net,
    }),
  );
const input: fc.Arbitrary<ReportInput> = fc
  .record({
    enrolments: fc.tuple(
      ...(['enr_1', 'enr_2', 'enr_3'] as const).map((id) =>
        fc.record({
          id: fc.constant(id),
          personId: fc.constant(`per_${id}`),
          name: fc.constant(id),
          handle: fc.constant(null),
          platform: fc.constant(null),
          stageLabel: fc.constant('Stage'),
          phase: fc.constantFrom('considering', 'agreed', 'done'),
          isRemoved: fc.boolean(),
          feeMinor: fc.option(minor),
          feeStanding: fc.constantFrom('proposed', 'committed', 'due', 'paid', null),
          goodsMinor: fc.option(minor),
          goodsStanding: fc.constantFrom('proposed', 'paid', null),
          postageMinor: fc.option(minor),
          postageAssumedMinor: fc.constant(0n),
        }),
      ),
    ),
    costs: fc.array(
      fc.record({
        enrolmentId: fc.constantFrom(...ids),
        state: fc.constantFrom('committed', 'due', 'paid'),
        amountMinor: minor,
      }),
      { maxLength: 5 },
    ),
    clicks: fc.array(
      fc.record({
        enrolmentId: fc.constantFrom(...ids),
        day: fc.constantFrom(...days),
        clicks: count,
        visitors: count,
        dropped: count,
      }),
      { maxLength: 8 },
    ),
    orders: fc.array(order, { maxLength: 8 }),
  })
  .map((parts) => ({
    campaign: {
      id: 'cmp_p',
      name: 'P',
      model: 'sponsored',
      state: 'live',
      startsOn: '2026-05-01',
      endsOn: '2026-05-31',
      currency: 'EUR',
      budgetMinor: null,
    },
    today: '2026-06-05',
    timeZone: 'UTC',
    computedAt: '2026-06-05T00:00:00.000Z',
    windowDays: 30,
    hasOrderSource: true,
    goals: [],
    content: [],
    links: [{ enrolmentId: null, madeOn: '2026-04-01' }],
    codes: [],
    strata: [],
    rated: { currency: 'EUR', rows: [] },
    held: [],
    ...parts,
  }));

test('whatever happened, the rows of the creators and the row of nobody sum to the totals, to the last cent', () => {
  fc.assert(
    fc.property(input, (given) => {
      const report = buildReport(given);
      const rows = [...report.creators, ...(report.unassigned === null ? [] : [report.unassigned])];
      const money = (pick: (row: (typeof rows)[number]) => { amountMinor: string } | null) =>
        rows.reduce((sum, row) => sum + BigInt(pick(row)?.amountMinor ?? '0'), 0n);
      const number = (pick: (row: (typeof rows)[number]) => number | null) =>
        rows.reduce((sum, row) => sum + (pick(row) ?? 0), 0);
      expect(money((row) => row.cost.value)).toBe(BigInt(report.cost.total.value?.amountMinor ?? '0'));
      expect(money((row) => row.revenue.value)).toBe(BigInt(report.sales.revenue.value?.amountMinor ?? '0'));
      expect(number((row) => row.orders.value)).toBe(report.sales.orders.value ?? 0);
      expect(number((row) => row.clicks.value)).toBe(report.traffic.clicks.value ?? 0);
      expect(number((row) => row.byCode)).toBe(report.sales.ordersByCode);
      const { gross, cancelled, refunded, revenue } = report.sales;
      expect(BigInt(gross?.amountMinor ?? '0')).toBe(
        BigInt(cancelled?.amountMinor ?? '0') +
          BigInt(refunded?.amountMinor ?? '0') +
          BigInt(revenue.value?.amountMinor ?? '0'),
      );
      expect(report.days.reduce((sum, day) => sum + (day.clicks ?? 0), 0)).toBe(report.traffic.clicks.value);
    }),
    { numRuns: 150 },
  );
});

test('every figure has either a value or a reason, never both and never neither', () => {
  fc.assert(
    fc.property(input, (given) => {
      const { returns, sales, cost, traffic, content } = buildReport(given);
      const figures = [
        ...Object.values(returns),
        sales.orders,
        sales.revenue,
        sales.averageOrder,
        cost.total,
        ...Object.values(traffic),
        ...Object.values(content),
      ];
      for (const figure of figures) expect((figure.value === null) !== (figure.reason === null)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('a quotient is rounded half away from zero, exactly, and nothing is divided by zero', () => {
  fc.assert(
    fc.property(
      fc.bigInt(),
      fc.bigInt().filter((under) => under !== 0n),
      (top, under) => {
        const doubled = 2n * (divideRounded(top, under) * under - top);
        expect(doubled < 0n ? -doubled : doubled).toBeLessThanOrEqual(under < 0n ? -under : under);
        expect(divideRounded(-top, under)).toBe(-divideRounded(top, under));
      },
    ),
  );
  expect([divideRounded(5n, 2n), divideRounded(-5n, 2n), divideRounded(1n, 3n)]).toEqual([3n, -3n, 0n]);
  expect([ratio(1n, 0n), ratio(0n, 5n), ratio(2n, 3n)]).toEqual([null, 0, 0.666667]);
});

test('bounds of a quotient: what is missing below turns round, and what pulls apart says nothing', () => {
  expect(boundOfQuotient('exact', 'exact')).toBe('exact');
  expect(boundOfQuotient('exact', 'at_least')).toBe('at_most');
  expect(boundOfQuotient('at_least', 'exact')).toBe('at_least');
  expect(boundOfQuotient('at_least', 'at_most')).toBe('at_least');
  expect(boundOfQuotient('at_least', 'at_least')).toBeNull();
});

const stratum = (enrolmentId: string | null, amounts: readonly number[]): OrderStratum => ({
  enrolmentId,
  count: amounts.length,
  sum: amounts.reduce((sum, amount) => sum + amount, 0),
  squares: amounts.reduce((sum, amount) => sum + amount * amount, 0),
  amounts,
});

test('the interval holds the measured revenue, is the same for the same orders, and is as wide as theory says', () => {
  const amounts = Array.from({ length: 400 }, (_, at) => 1000 + (at % 7) * 300);
  const first = resampleRevenue([stratum('a', amounts)], 7);
  expect(resampleRevenue([stratum('a', amounts)], 7)).toEqual(first);
  const { sum, squares } = stratum('a', amounts);
  const z80 = 1.2816;
  expect(first.total?.low).toBeGreaterThan(sum - 1.15 * z80 * Math.sqrt(squares));
  expect(first.total?.low).toBeLessThan(sum - 0.85 * z80 * Math.sqrt(squares));
  expect(first.total?.high).toBeGreaterThan(sum + 0.85 * z80 * Math.sqrt(squares));
});

test('the normal limit of very many orders agrees with drawing them', () => {
  const amounts = Array.from({ length: 1500 }, (_, at) => 500 + (at % 11) * 100);
  const drawn = resampleRevenue([stratum('a', amounts)], 3).total;
  const limit = resampleRevenue([{ ...stratum('a', amounts), amounts: null }], 3).total;
  const width = (interval: { low: number; high: number } | null) =>
    interval === null ? 0 : interval.high - interval.low;
  expect(width(limit) / width(drawn)).toBeGreaterThan(0.9);
  expect(width(limit) / width(drawn)).toBeLessThan(1.1);
  expect(1500 * resamples).toBeLessThan(drawsMax);
});

test('under twenty orders there is no interval, for a creator and for all of them', () => {
  const few = resampleRevenue([stratum('a', [100, 200]), stratum('b', [300])], 1);
  expect(few).toEqual({ total: null, perEnrolment: new Map() });
  const enough = resampleRevenue([stratum('a', Array(20).fill(100)), stratum('b', [300])], 1);
  expect(enough.total).not.toBeNull();
  expect([...enough.perEnrolment.keys()]).toEqual(['a']);
});

test('amounts are said exactly when small and in whole units when large, in every kind of currency', () => {
  const say = (amountMinor: string, currency: string) => sayMoney({ amountMinor, currency });
  expect(say('1250', 'EUR')).toBe('€\u00a012.50');
  expect(say('968550', 'EUR')).toBe('€\u00a09,686');
  expect(say('-968550', 'EUR')).toBe('€\u00a0−9,686');
  expect(say('4210', 'JPY')).toBe('¥\u00a04,210');
  expect(say('0', 'EUR')).toBe('€\u00a00');
});
