import { addDays } from './time.ts';

/** What a workspace counts as days off: weekdays (1 Monday to 7 Sunday) and single days, YYYY-MM-DD. */
export interface DaysOff {
  weekdays: readonly number[];
  holidays: ReadonlySet<string>;
}

export const saturdayAndSunday: readonly number[] = [6, 7];

/** No run of days off is longer; a calendar without a single working day ends the search here. */
const searchDaysMax = 3660;

/** 1 Monday to 7 Sunday of a calendar day. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** True when people work on this day. */
export function isBusinessDay(day: string, off: DaysOff): boolean {
  return !off.weekdays.includes(weekdayOf(day)) && !off.holidays.has(day);
}

/**
 * The `count`th working day after `day`, which itself never counts: one working day after a Friday is Monday, and so it is after the
 * Saturday. Null when ten years hold too few working days.
 */
export function addBusinessDays(day: string, count: number, off: DaysOff): string | null {
  let at = day;
  let left = count;
  for (let step = 0; left > 0; step += 1) {
    if (step >= searchDaysMax) return null;
    at = addDays(at, 1);
    if (isBusinessDay(at, off)) left -= 1;
  }
  return at;
}

/** Working days after `from` up to and with `to`; 0 when `to` is not later, or more than ten years are between. */
export function businessDaysBetween(from: string, to: string, off: DaysOff): number {
  let count = 0;
  let at = from;
  for (let step = 0; at < to && step < searchDaysMax; step += 1) {
    at = addDays(at, 1);
    if (isBusinessDay(at, off)) count += 1;
  }
  return count;
}
