import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#kernel/time.ts';
import { expectedBy } from './expected-by.ts';

const plan = fc.record({
  target: fc.bigInt({ min: 1n, max: 10n ** 15n }),
  startsOn: fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days)),
  length: fc.integer({ min: 0, max: 1100 }),
});

describe('the linear pace', () => {
  it('expects nothing before the first day, the whole target on the last, and never less than the day before', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: -5, max: 1110 }), ({ target, startsOn, length }, offset) => {
        const goal = { target, startsOn, dueOn: addDays(startsOn, length) };
        const today = expectedBy(addDays(startsOn, offset), goal);
        if (offset < 0) expect(today).toBeNull();
        else {
          expect(today).not.toBeNull();
          expect((today ?? 0n) >= 0n && (today ?? 0n) <= target).toBe(true);
          if (offset >= length) expect(today).toBe(target);
          const before = offset === 0 ? 0n : (expectedBy(addDays(startsOn, offset - 1), goal) ?? 0n);
          expect((today ?? 0n) >= before).toBe(true);
        }
      }),
    );
  });

  it('counts both ends: day 24 of 41 of 500 orders expects 292', () => {
    expect(expectedBy('2026-05-13', { target: 500n, startsOn: '2026-04-20', dueOn: '2026-05-30' })).toBe(292n);
  });
});
