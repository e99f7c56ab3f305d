import { addDays, dayIn } from '#kernel/time.ts';

const hourMs = 3_600_000;
const stepMs = 900_000;

/** The instant at which the next calendar day begins in a time zone (IANA name), to the quarter of an hour, over changes of the clock too. */
export function nextMidnight(timeZone: string, now: Date): Date {
  const tomorrow = addDays(dayIn(timeZone, now), 1);
  // Offsets are whole quarters of an hour; the day begins at most 26 h from now.
  const start = Math.floor(now.getTime() / stepMs) * stepMs;
  for (let at = start + stepMs; at <= start + 26 * hourMs; at += stepMs) {
    if (dayIn(timeZone, new Date(at)) === tomorrow) return new Date(at);
  }
  return new Date(now.getTime() + 24 * hourMs);
}
