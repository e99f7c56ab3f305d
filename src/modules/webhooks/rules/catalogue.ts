/** Sent by a test, never by itself. */
export const testEvent = 'webhook.test';
/** One message an order, with the order as it stood when it was written. */
export const orderChanged = 'order.changed';
export const orderCredited = 'order.credited';

export interface ListedEvent {
  event: string;
  title: string;
  group: string;
}

export const orderEvents: readonly ListedEvent[] = [
  { event: orderChanged, title: 'An order comes, changes, is refunded or cancelled', group: 'Orders' },
  { event: orderCredited, title: 'Who is credited for an order is decided or changes', group: 'Orders' },
];
