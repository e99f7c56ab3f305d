import type { ShopOrderStand } from '#modules/seeding/index.ts';
import { instantOf } from '../call-api.ts';
import type { ShopifyOrder } from './payloads.ts';

const packed = new Set(['LABEL_PURCHASED', 'LABEL_PRINTED', 'CONFIRMED', 'SUBMITTED', 'LABEL_VOIDED']);
const arrived = new Set(['DELIVERED', 'PICKED_UP']);
const troubled = new Set(['NOT_DELIVERED', 'FAILURE', 'ATTEMPTED_DELIVERY', 'DELAYED']);
const words: Record<string, string> = {
  NOT_DELIVERED: 'The carrier could not deliver it.',
  FAILURE: 'The carrier reports a failure.',
  ATTEMPTED_DELIVERY: 'The carrier came and met nobody.',
  DELAYED: 'The carrier reports a delay.',
};

type Fulfilment = NonNullable<ShopifyOrder['fulfillments']>[number];

/** How an order stands by its fulfilments. It has arrived when all of it has. */
export function standOfOrder(order: ShopifyOrder, url: string): ShopOrderStand {
  const live = (order.fulfillments ?? []).filter((one) => one.status !== 'CANCELLED' && one.status !== 'ERROR');
  const events: ShopOrderStand['events'] = [];
  for (const one of live) {
    const status = one.displayStatus ?? 'FULFILLED';
    events.push({ kind: packed.has(status) ? 'packed' : 'shipped', at: dateOf(one.createdAt) });
  }
  const isAll =
    live.length > 0 && live.every((one) => arrived.has(one.displayStatus ?? '') || one.deliveredAt !== null);
  if (isAll && order.displayFulfillmentStatus !== 'PARTIALLY_FULFILLED')
    events.push({ kind: 'delivered', at: lastOf(live) });
  const cancelledAt = dateOf(order.cancelledAt);
  if (cancelledAt !== null) events.push({ kind: 'cancelled', at: cancelledAt });
  const [info] = live.flatMap((one) => one.trackingInfo ?? []);
  const trouble = live.find((one) => troubled.has(one.displayStatus ?? ''))?.displayStatus ?? null;
  return {
    id: order.id,
    name: order.name ?? order.id,
    url,
    events,
    tracking: info === undefined ? null : { carrier: info.company, number: info.number, url: safeUrl(info.url) },
    trouble: isAll || trouble === null ? null : (words[trouble] ?? null),
  };
}

function lastOf(live: readonly Fulfilment[]): Date | null {
  const times = live.flatMap((one) => dateOf(one.deliveredAt)?.getTime() ?? []);
  return times.length === 0 ? null : new Date(Math.max(...times));
}

function dateOf(text: string | null): Date | null {
  const instant = instantOf(text);
  return instant === null ? null : new Date(instant);
}

/** A link that a page may show: of the web, and nothing else. */
function safeUrl(text: string | null): string | null {
  return text !== null && /^https?:\/\/\S+$/i.test(text) ? text : null;
}
