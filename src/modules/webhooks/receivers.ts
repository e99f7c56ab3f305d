import { Webhook } from 'standardwebhooks';
import { formatAmount, fromMoneyJson } from '#kernel/money.ts';
import { orderDetailSchema } from '#modules/tracking/api.ts';
import { orderOf } from './order-data.ts';
import type { Happening, Receiver } from './receiver.ts';
import { orderCredited, testEvent } from './rules/catalogue.ts';
import { faultOfPostback, fillPostback } from './rules/postback.ts';

/** The text of a message: type, timestamp and data, as Standard Webhooks 1.0 recommends. */
export function bodyOf({ event, at, data }: Pick<Happening, 'event' | 'at' | 'data'>): string {
  return JSON.stringify({ type: event, timestamp: at.toISOString(), data });
}

/**
 * Signed webhooks by Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp` of this try, and a signature for each valid secret over
 * id, timestamp and body.
 */
export const signedReceiver: Receiver = {
  kind: 'webhook',
  secret: 'ours',
  events: null,
  faultOf: (target) => (isAddress(target) ? null : 'It must be an address that begins with https:// or http://.'),
  messagesOf: (happening) => [
    {
      key: happening.subject === '' ? happening.eventId : `${happening.eventId}:${happening.subject}`,
      event: happening.event,
      body: bodyOf(happening),
    },
  ],
  request: ({ messageId, body, target, secrets, now }) => ({
    url: target,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(messageId, now, body)).join(' '),
    },
    body,
  }),
};

/** An address of somebody else's, called once for each order and creator that is credited for it, with what it asks for in its placeholders. */
export const postbackReceiver: Receiver = {
  kind: 'postback',
  secret: null,
  events: [orderCredited],
  faultOf: faultOfPostback,
  messagesOf: (happening) => {
    const order = orderDetailSchema.safeParse(happening.data).data;
    const creator = order?.credit?.creator;
    if (order === undefined || creator == null || order.state === 'cancelled') return [];
    return [{ key: `credited:${order.id}:${creator.personId}`, event: happening.event, body: bodyOf(happening) }];
  },
  request: ({ event, target, body }) => {
    const order = event === testEvent ? null : orderOf(body);
    const url = fillPostback(target, {
      order_id: order?.externalId ?? 'test',
      amount: order === null ? '0' : formatAmount(fromMoneyJson(order.net)),
      currency: order?.net.currency ?? '',
      code: order?.codes[0] ?? null,
      click_id: order?.clickIds[0] ?? null,
      creator: order?.credit?.creator?.name ?? null,
      campaign: order?.credit?.campaign?.name ?? null,
      ordered_at: order?.orderedAt ?? null,
    });
    return { url, method: 'GET', headers: {} };
  },
};

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '';
}
