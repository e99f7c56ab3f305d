import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  histogram,
  meanInterval,
  median,
  medianInterval,
  medianRatioInterval,
  mulberry32,
  percentileOf,
  quantile,
  ramp,
  robustSpread,
  sortAscending,
  wilsonInterval,
} from './statistics.ts';

const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });

describe('small-number statistics', () => {
  it.each([
    [1, null],
    [2, { low: 1, high: 2, coverage: 0.5 }],
    [5, { low: 1, high: 5, coverage: 0.9375 }],
    [6, { low: 1, high: 6, coverage: 0.96875 }],
    [12, { low: 3, high: 10, coverage: 0.96142578125 }],
    [20, { low: 6, high: 15, coverage: 0.9586105346679688 }],
  ])('gives the textbook interval of the median for %i values', (n, expected) => {
    const interval = medianInterval(Array.from({ length: n }, (_, i) => n - i));

    if (expected === null) expect(interval).toBeNull();
    else expect(interval).toEqual({ ...expected, coverage: expect.closeTo(expected.coverage, 10) });
  });

  it('gives the same interval of a ratio of medians as drawing and sorting each resample', () => {
    const rates = (minLength: number) =>
      fc.array(fc.oneof(fc.constantFrom(0, 0.05), fc.double({ min: 0, max: 1, noNaN: true })), {
        minLength,
        maxLength: 60,
      });
    fc.assert(
      fc.property(rates(3), rates(5), fc.constantFrom(7, 1, 2 ** 31), (above, below, seed) => {
        const random = mulberry32(seed);
        const draw = (given: number[]) => median(given.map(() => given[Math.floor(random() * given.length)] ?? 0)) ?? 0;
        const ratios: number[] = [];
        for (let round = 0; round < 400; round += 1) {
          const under = draw(below);
          const over = draw(above);
          if (under > 0) ratios.push(over / under);
        }
        const sorted = sortAscending(ratios);
        const expected =
          sorted.length === 0 ? null : { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975), coverage: 0.95 };
        expect(medianRatioInterval(above, below, seed)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the median inside its interval, and the interval inside the values', () => {
    fc.assert(
      fc.property(values, (sample) => {
        const interval = medianInterval(sample);
        if (interval === null) return sample.length < 2;
        const middle = median(sample) ?? Number.NaN;
        return (
          interval.low <= middle &&
          middle <= interval.high &&
          interval.low >= Math.min(...sample) &&
          interval.high <= Math.max(...sample) &&
          interval.coverage <= 1
        );
      }),
    );
  });

  it('covers the true median as often as it says, over seeded samples of a skewed distribution', () => {
    let state = 12345;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 4294967296;
    };
    const rounds = 4000;
    let covered = 0;
    for (let round = 0; round < rounds; round += 1) {
      const sample = Array.from({ length: 12 }, () => -Math.log(1 - random()));
      const interval = medianInterval(sample);
      if (interval !== null && interval.low <= Math.LN2 && Math.LN2 <= interval.high) covered += 1;
    }
    expect(covered / rounds).toBeGreaterThan(0.95);
    expect(covered / rounds).toBeLessThan(0.972);
  });

  it('gives the same bootstrap interval for the same seed, and one that holds the mean', () => {
    const sample = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];

    const interval = meanInterval(sample, 7);
    expect(meanInterval(sample, 7)).toEqual(interval);
    expect(interval?.low).toBeLessThan(3.9);
    expect(interval?.high).toBeGreaterThan(3.9);
    expect(meanInterval([1, 2, 3, 4], 7)).toBeNull();
  });

  it("matches Wilson's published example: 81 of 263 is 25.5 % to 36.6 %", () => {
    const interval = wilsonInterval(81, 263);

    expect(interval?.low).toBeCloseTo(0.2553, 3);
    expect(interval?.high).toBeCloseTo(0.3662, 3);
    expect(wilsonInterval(0, 0)).toBeNull();
    expect(wilsonInterval(0, 10)?.low).toBe(0);
  });

  it('ranks by the share below, ties counted half', () => {
    expect(percentileOf([1, 2, 3, 4], 2.5)).toBe(50);
    expect(percentileOf([1, 2, 2, 3], 2)).toBe(50);
    expect(percentileOf([1, 2, 3, 4], 0)).toBe(0);
    expect(percentileOf([1, 2, 3, 4], 9)).toBe(100);
    expect(percentileOf([], 1)).toBeNull();
  });

  it('is not moved by one outlier in its spread', () => {
    expect(robustSpread([10, 10, 12, 12, 1e9])).toBeCloseTo(1.4826 * 2, 6);
    expect(quantile([], 0.5)).toBeNull();
  });

  it('draws straight lines between corners and stays level outside', () => {
    const corners = [
      [0, -2],
      [10, 0],
      [20, 5],
    ] as const;

    expect([-5, 0, 5, 10, 15, 20, 99].map((x) => ramp(x, corners))).toEqual([-2, -2, -1, 0, 2.5, 5, 5]);
  });

  it('counts every value in exactly one bin, and has a bin for the own value', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1e6, noNaN: true }), (sample, own) => {
        const bins = histogram(
          [...sample].sort((a, b) => a - b),
          own,
        );
        if (bins.length === 0) return true;
        const counted = bins.reduce((sum, bin) => sum + bin.count, 0);
        return counted === sample.length && (bins.at(-1)?.to ?? 0) >= own && bins.length <= 60;
      }),
    );
  });
});
