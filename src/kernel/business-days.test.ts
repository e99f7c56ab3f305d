import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addBusinessDays,
  businessDaysBetween,
  type DaysOff,
  isBusinessDay,
  saturdayAndSunday,
} from './business-days.ts';
import { addDays } from './time.ts';

const off = (...holidays: string[]): DaysOff => ({ weekdays: saturdayAndSunday, holidays: new Set(holidays) });

test('a working day after Friday, Saturday and Sunday is Monday', () => {
  for (const day of ['2026-05-15', '2026-05-16', '2026-05-17'])
    expect(addBusinessDays(day, 1, off())).toBe('2026-05-18');
});

test('holidays, the end of a month and of a year are stepped over', () => {
  expect(addBusinessDays('2026-12-30', 2, off('2027-01-01'))).toBe('2027-01-04');
  expect(addBusinessDays('2026-01-30', 1, off())).toBe('2026-02-02');
  expect(addBusinessDays('2028-02-28', 1, off())).toBe('2028-02-29');
});

test('a workspace that rests on Friday and Saturday works on Sunday', () => {
  const gulf = { weekdays: [5, 6], holidays: new Set<string>() };
  expect(addBusinessDays('2026-05-14', 1, gulf)).toBe('2026-05-17');
});

test('a calendar without a working day has no answer and ends', () => {
  expect(addBusinessDays('2026-05-14', 1, { weekdays: [1, 2, 3, 4, 5, 6, 7], holidays: new Set() })).toBeNull();
});

test('the day found is a working day, as many working days on as asked for', () => {
  const day = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2024-01-01', days));
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 20 }), fc.array(day, { maxLength: 30 }), (from, count, holidays) => {
      const days = off(...holidays);
      const found = addBusinessDays(from, count, days) ?? '';
      expect(isBusinessDay(found, days)).toBe(true);
      expect(businessDaysBetween(from, found, days)).toBe(count);
      expect(businessDaysBetween(from, addDays(found, -1), days)).toBe(count - 1);
    }),
  );
});
