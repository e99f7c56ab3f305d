import type { ListedEvent } from './catalogue.ts';

/** Names that are sent: those asked for, or all when none is. */
export function wants(events: readonly string[], event: string): boolean {
  return events.length === 0 || events.includes(event);
}

/** The first name that is none of the catalogue's; null when all are. */
export function unknownEvent(events: readonly string[], catalogue: readonly ListedEvent[]): string | null {
  const known = new Set(catalogue.map((one) => one.event));
  return events.find((event) => !known.has(event)) ?? null;
}
