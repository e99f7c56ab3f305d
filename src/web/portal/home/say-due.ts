import { words } from './words.ts';

/** "by Fri 15 May, 08:00", or that it was due; null without a date. Times stand in the brand's time zone. */
export function sayDue(dueAt: string | null, timeZone: string, nowMs: number = Date.now()): string | null {
  if (dueAt === null) return null;
  const when = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(dueAt));
  return Date.parse(dueAt) < nowMs ? words.due.over(when) : words.due.by(when);
}
