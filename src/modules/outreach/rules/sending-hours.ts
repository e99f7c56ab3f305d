import { type DaysOff, isBusinessDay } from '#kernel/business-days.ts';
import { addDays, dayIn } from '#kernel/time.ts';

/** When mails go out: weekdays (1 Monday to 7 Sunday) and minutes since midnight, in a time zone. */
export interface SendingHours {
  timeZone: string;
  weekdays: readonly number[];
  opensMinute: number;
  closesMinute: number;
}

const minuteMs = 60_000;
const searchDaysMax = 14;

/**
 * The instant of a minute of a calendar day in a time zone. A minute that the clock skips in spring becomes the same distance after the jump;
 * one that comes twice in autumn is the first of the two.
 */
export function instantOf(timeZone: string, day: string, minute: number): Date {
  const wall = Date.parse(`${day}T00:00:00Z`) + minute * minuteMs;
  const guesses = [wall - offsetMs(timeZone, wall - 86_400_000), wall - offsetMs(timeZone, wall + 86_400_000)];
  const fitting = guesses.filter((at) => at + offsetMs(timeZone, at) === wall);
  // In a gap neither fits: with the offset from before the change one lands just as far behind it.
  return new Date(fitting.length > 0 ? Math.min(...fitting) : (guesses[0] ?? wall));
}

/** How far the clocks of a zone are ahead of UTC at an instant. */
function offsetMs(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(at));
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? '0');
  const wall = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return wall - Math.floor(at / 1000) * 1000;
}

/** The instant itself when mails may go out then, else the next opening. Null when no day of two weeks is open. */
export function nextSendingMoment(at: Date, hours: SendingHours): Date | null {
  const off: DaysOff = {
    weekdays: [1, 2, 3, 4, 5, 6, 7].filter((day) => !hours.weekdays.includes(day)),
    holidays: new Set(),
  };
  let day = dayIn(hours.timeZone, at);
  for (let step = 0; step <= searchDaysMax; step += 1) {
    if (isBusinessDay(day, off)) {
      const opens = instantOf(hours.timeZone, day, hours.opensMinute);
      const closes = instantOf(hours.timeZone, day, hours.closesMinute);
      if (at < opens) return opens;
      if (at < closes) return at;
    }
    day = addDays(day, 1);
  }
  return null;
}

/** When a step is due that comes so many sending days after an instant: at the same time of day, within the hours. 0 days: as soon as one may. */
export function dueAfter(at: Date, days: number, hours: SendingHours): Date | null {
  if (days === 0) return nextSendingMoment(at, hours);
  let day = dayIn(hours.timeZone, at);
  let left = days;
  for (let step = 0; left > 0 && step < 366; step += 1) {
    day = addDays(day, 1);
    const opens = instantOf(hours.timeZone, day, hours.opensMinute);
    if (nextSendingMoment(opens, hours)?.getTime() === opens.getTime()) left -= 1;
  }
  const midnight = instantOf(hours.timeZone, dayIn(hours.timeZone, at), 0);
  const minute = Math.floor((at.getTime() - midnight.getTime()) / minuteMs);
  const within = Math.min(Math.max(minute, hours.opensMinute), hours.closesMinute - 1);
  return nextSendingMoment(instantOf(hours.timeZone, day, within), hours);
}
