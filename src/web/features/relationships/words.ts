import type { Again, RelationshipSum } from '#modules/relationships/api.ts';
import { formatDecimal, formatShare } from '#web/ui/format-number.ts';

export const againWords: Record<Again, string> = { yes: 'Yes', maybe: 'Maybe', no: 'No' };
export const againTones: Record<Again, 'good' | 'warn' | 'bad'> = { yes: 'good', maybe: 'warn', no: 'bad' };

type Measured = RelationshipSum['onTime'];

export function sayShare(of: Measured): string | null {
  return of.value === null ? null : formatShare(of.value, 0);
}

export function sayDays(of: Measured): string | null {
  if (of.value === null) return null;
  return of.value === 0 ? 'on the day' : `${formatDecimal(of.value)} d`;
}

export function sayHours(of: Measured): string | null {
  if (of.value === null) return null;
  return of.value < 48 ? `${formatDecimal(of.value)} h` : `${formatDecimal(of.value / 24)} d`;
}

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** A calendar day: "3 May 2026". */
export function sayDay(day: string): string {
  return days.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
}
