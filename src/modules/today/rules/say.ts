const words = [
  'Nothing',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
];

/** Counts to twelve in words, then in digits: as one would say it. */
export function sayNumber(count: number): string {
  return words[count] ?? count.toLocaleString('en');
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** "Nell", "Nell and Ravi", "Nell, Ravi and 2 more" */
export function sayNames(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const [first = '', second] = unique;
  if (second === undefined) return first;
  return unique.length === 2 ? `${first} and ${second}` : `${first}, ${second} and ${unique.length - 2} more`;
}

/** "Thursday 14 May" */
export function sayLongDay(day: string): string {
  return new Date(`${day}T00:00:00Z`)
    .toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
    .replace(',', '');
}

/** "Thu 14" */
export function sayShortDay(day: string): string {
  return new Date(`${day}T00:00:00Z`)
    .toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', timeZone: 'UTC' })
    .replace(',', '');
}
