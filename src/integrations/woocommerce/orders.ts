import { createHmac } from 'node:crypto';
import type { OrderShopAdapter } from '#modules/tracking/index.ts';
import type { Reach } from '../call-api.ts';
import { fitsHmac } from '../fits-hmac.ts';
import { createAsk } from './ask.ts';
import { pullOrders } from './pull-orders.ts';
import { keptFields, readWooDelivery } from './read-delivery.ts';

/** Orders of a WooCommerce shop by its webhooks: a base64 HMAC-SHA256 of the body with the secret of the webhook. Headers stand outside the signature. */
export function createWooOrders(reach: Reach): OrderShopAdapter {
  const ask = createAsk(reach);
  return {
    kind: 'woocommerce',
    verify: ({ body, headers, secrets }) => {
      const given = headers.get('x-wc-webhook-signature');
      if (given === null) return { ok: false, message: 'No signature: X-WC-Webhook-Signature is missing.' };
      return fitsHmac(body, secrets, given)
        ? { ok: true }
        : { ok: false, message: 'X-WC-Webhook-Signature does not fit the body and the secret of this source.' };
    },
    nameOf: (headers) => ({
      id: headers.get('x-wc-webhook-delivery-id'),
      topic: headers.get('x-wc-webhook-topic'),
    }),
    // Sent unsigned when a webhook is saved; WooCommerce switches the webhook off unless it is answered.
    isPing: (headers, body) =>
      headers.get('x-wc-webhook-signature') === null &&
      body.length < 60 &&
      /^webhook_id=\d{1,15}$/.test(body.toString('latin1')),
    read: ({ topic, body }, now) => readWooDelivery(topic, body, now),
    kept: keptFields,
    sample: ({ secret, now, id }) => {
      const body = JSON.stringify(sampleOrder(now));
      return {
        body,
        headers: {
          'content-type': 'application/json',
          'x-wc-webhook-topic': 'order.updated',
          'x-wc-webhook-delivery-id': id,
          'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
        },
      };
    },
    pull: (access, of) => pullOrders(ask, access, of),
  };
}

function sampleOrder(now: Date) {
  const at = now.toISOString().slice(0, 19);
  return {
    id: 727,
    number: 'TEST',
    status: 'processing',
    currency: 'USD',
    date_created_gmt: at,
    date_modified_gmt: at,
    total: '58.00',
    billing: { email: 'jon@example.com' },
    coupon_lines: [{ id: 1, code: 'try10' }],
    line_items: [{ id: 315, name: 'A thing to try', product_id: 93, quantity: 2, total: '58.00', sku: 'TRY-1' }],
    meta_data: [],
    refunds: [],
  };
}
