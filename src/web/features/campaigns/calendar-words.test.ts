import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthDays, monthOf, stepMonth } from './calendar-words.ts';

const months = fc
  .tuple(fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`);

describe('the month of a calendar', () => {
  it('holds every day of the month once, in whole weeks from Monday to Sunday', () => {
    fc.assert(
      fc.property(months, (month) => {
        const days = monthDays(month);
        const count = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
        expect(days.length % 7).toBe(0);
        expect(new Set(days).size).toBe(days.length);
        expect(days.filter((day) => monthOf(day) === month)).toHaveLength(count);
        expect(new Date(`${days[0]}T00:00:00Z`).getUTCDay()).toBe(1);
      }),
    );
  });

  it('comes back when one steps on and back', () => {
    fc.assert(
      fc.property(months, (month) => {
        expect(stepMonth(stepMonth(month, 1), -1)).toBe(month);
      }),
    );
    expect(stepMonth('2026-12', 1)).toBe('2027-01');
    expect(stepMonth('2026-01', -1)).toBe('2025-12');
  });
});
