/** "Fri 15 May" of a calendar day; the year only when it is another one. */
export function sayDay(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  const isThisYear = date.getUTCFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(date);
}
