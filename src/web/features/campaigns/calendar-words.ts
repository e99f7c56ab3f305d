import { addDays } from '#kernel/time.ts';

/** "2026-10" of a day. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** The month before or after; a month has no day, so that the 31st cannot fall out of it. */
export function stepMonth(month: string, by: -1 | 1): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Whole weeks, Monday first, that hold the month: 28 to 42 days. */
export function monthDays(month: string): string[] {
  const first = `${month}-01`;
  const last = addDays(`${stepMonth(month, 1)}-01`, -1);
  const from = addDays(first, -weekday(first));
  const until = addDays(last, 6 - weekday(last));
  const days: string[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}

/** 0 for Monday. */
function weekday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

const say = (day: string, options: Intl.DateTimeFormatOptions) =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { ...options, timeZone: 'UTC' });

/** "October 2026" */
export function sayMonth(month: string): string {
  return say(`${month}-01`, { month: 'long', year: 'numeric' });
}

/** "Saturday 31 October" */
export function sayLongDay(day: string): string {
  return say(day, { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', '');
}
