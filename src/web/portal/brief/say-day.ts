const format = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' });

/** A calendar day as people say it: "Fri 22 May". */
export function sayDay(day: string): string {
  return format.format(new Date(`${day}T00:00:00Z`));
}
