import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { landSum } from './land-goal.ts';

describe('where a goal lands', () => {
  it('says nothing from less than seven days', () => {
    expect(landSum({ now: 12, daily: [2, 2, 2, 2, 2, 2], daysLeft: 5 })).toBeNull();
  });

  it('goes on at the rate of the last days and is sure of a rate that never changed', () => {
    expect(landSum({ now: 20, daily: Array.from({ length: 10 }, () => 2), daysLeft: 5 })).toEqual({
      value: 30,
      low: 30,
      high: 30,
      days: 10,
    });
  });

  it('never lands below what is there, and is what is there on the last day', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { minLength: 7, maxLength: 60 }), fc.nat(90), (daily, daysLeft) => {
        const now = daily.reduce((sum, day) => sum + day, 0);
        const landing = landSum({ now, daily, daysLeft });
        if (landing === null) throw new Error('seven days are enough');
        expect(landing.low).toBeGreaterThanOrEqual(now);
        expect(landing.value).toBeGreaterThanOrEqual(landing.low);
        expect(landing.high).toBeGreaterThanOrEqual(landing.value);
        if (daysLeft === 0) expect(landing).toMatchObject({ value: now, low: now, high: now });
      }),
    );
  });

  it('covers what comes in about four of five series of steady chance', () => {
    let state = 12345;
    const random = () => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state / 2147483648;
    };
    const day = () =>
      Array.from({ length: 20 }, () => (random() < 0.3 ? 1 : 0)).reduce((sum: number, one) => sum + one, 0);
    let covered = 0;
    const runs = 600;
    for (let run = 0; run < runs; run += 1) {
      const daily = Array.from({ length: 21 }, day);
      const now = daily.reduce((sum, one) => sum + one, 0);
      const end = now + Array.from({ length: 14 }, day).reduce((sum, one) => sum + one, 0);
      const landing = landSum({ now, daily, daysLeft: 14 });
      if (landing !== null && end >= landing.low && end <= landing.high) covered += 1;
    }
    expect(covered / runs).toBeGreaterThan(0.74);
    expect(covered / runs).toBeLessThan(0.88);
  });
});
