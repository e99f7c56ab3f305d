import { addDays, addMonths } from '#kernel/time.ts';

/** The day of judging in the month of a day; the month's last one where it is shorter. */
function judgingDayIn(day: string, judgeDay: number): string {
  const first = `${day.slice(0, 7)}-01`;
  const last = addDays(addMonths(first, 1), -1);
  const wanted = addDays(first, judgeDay - 1);
  if (wanted > last) return last;
  return wanted;
}

/** The first day of judging after a day. */
export function nextJudgingDay(after: string, judgeDay: number): string {
  const own = judgingDayIn(after, judgeDay);
  return own > after ? own : judgingDayIn(addMonths(`${after.slice(0, 7)}-01`, 1), judgeDay);
}

/**
 * The days a judgement looks at: from the day of judging that many months before until the day before it. So the windows of one month lie side by side: no day
 * counts twice, none is left out, however long the months are.
 */
export function windowOf(
  judgedOn: string,
  of: { windowMonths: number; judgeDay: number },
): { from: string; until: string } {
  const month = addMonths(`${judgedOn.slice(0, 7)}-01`, -of.windowMonths);
  return { from: judgingDayIn(month, of.judgeDay), until: addDays(judgedOn, -1) };
}

/** Whole months between two days: a month is whole on the day of the same number, or on the last one where the month is shorter. */
export function wholeMonths(from: string, to: string): number {
  const [year = 0, month = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0] = to.split('-').map(Number);
  const months = (toYear - year) * 12 + toMonth - month;
  return Math.max(0, addMonths(from, months) <= to ? months : months - 1);
}
