import { triggers } from '#modules/automations/index.ts';
import { type ListedEvent, orderEvents } from './rules/catalogue.ts';

/** All that can be sent: orders, and what automations may start by. */
export const listedEvents: readonly ListedEvent[] = [
  ...orderEvents,
  ...triggers.map(({ event, title, group }) => ({ event, title, group })),
];
