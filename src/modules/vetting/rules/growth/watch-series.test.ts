import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRankedHistory } from './ranked-history.ts';
import { findUnusualDays } from './unusual-days.ts';
import { watchSeries } from './watch-series.ts';

const learningRows = 80;
const wave = (row: number) => 100 + 20 * Math.sin(row / 5) + ((row * 7919) % 13);
const run = (values: readonly number[]) => {
  const watch = watchSeries({ learningRows });
  return values.map((value) => watch.push(value));
};

describe('watching a series', () => {
  it('raises an alarm at a burst and rests after it', () => {
    const values = Array.from({ length: 400 }, (_, row) => wave(row) + (row >= 300 && row < 306 ? 400 : 0));
    const alarms = run(values).flatMap((one, row) => (one.isAlarm ? [row] : []));

    expect(alarms.some((row) => row >= 300 && row < 306)).toBe(true);
    expect(alarms.every((row, at) => at === 0 || row - (alarms[at - 1] ?? 0) >= 32)).toBe(true);
    expect(alarms.length).toBeLessThanOrEqual(4);
  });

  it('says nothing while it learns', () => {
    const wild = Array.from({ length: learningRows }, (_, row) => (row % 9 === 0 ? 1e6 : 1));
    expect(run(wild).every((one) => !one.isAlarm && one.surprise === 0)).toBe(true);
  });

  it('never looks ahead: what it said of a row does not change with the rows after it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 100, maxLength: 160 }),
        fc.integer({ min: 81, max: 100 }),
        (values, cut) => {
          expect(run(values).slice(0, cut)).toEqual(run(values.slice(0, cut)));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('says the same of the same series in another unit', () => {
    // Powers of two keep every digit, so equality is exact.
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 100, maxLength: 160 }),
        fc.constantFrom(0.125, 2, 1024),
        (values, times) => {
          const surprises = (all: readonly number[]) => run(all).map((one) => one.surprise);
          expect(surprises(values.map((value) => value * times))).toEqual(surprises(values));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('takes what cannot be a count for the count before', () => {
    const values = Array.from({ length: 200 }, (_, row) => wave(row));
    const broken = values.map((value, row) => (row === 150 ? Number.NaN : row === 160 ? -4 : value));
    const held = values.map((value, row) => (row === 150 || row === 160 ? (values[row - 1] ?? 0) : value));
    expect(run(broken)).toEqual(run(held));
  });
});

describe('rarity', () => {
  it('is that of counting all earlier values, the oldest forgotten', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (values, most) => {
          const history = createRankedHistory(most);
          values.forEach((value, at) => {
            const kept = values.slice(Math.max(0, at - most), at);
            const notLower = kept.filter((one) => one >= value).length;
            const expected = kept.length === 0 ? 0 : Math.log10((kept.length + 1) / (notLower + 1));
            expect(history.surpriseOf(value)).toBeCloseTo(expected, 12);
            history.add(value);
          });
        },
      ),
    );
  });
});

describe('unusual days', () => {
  const dayOf = (at: number) => new Date(Date.UTC(2025, 0, 1) + at * 86_400_000).toISOString().slice(0, 10);
  const daily = (n: number, leap: number) =>
    Array.from({ length: n }, (_, at) => ({
      day: dayOf(at),
      value: 10_000 + 20 * at + 5 * Math.round(Math.sin(at)) + (at >= leap ? 900 : 0),
    }));

  it('names the day a daily series leapt', () => {
    const found = findUnusualDays(daily(400, 300));
    expect(found.map((one) => one.at)).toContain(dayOf(300));
  });

  it('stays silent on weekly counts and short series', () => {
    expect(findUnusualDays(daily(100, 50))).toEqual([]);
    expect(findUnusualDays(daily(2000, 900).filter((_, at) => at % 7 === 0))).toEqual([]);
  });
});
