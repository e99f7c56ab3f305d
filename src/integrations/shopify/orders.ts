import { createHmac } from 'node:crypto';
import type { OrderShopAdapter } from '#modules/tracking/index.ts';
import type { Reach } from '../call-api.ts';
import { fitsHmac } from '../fits-hmac.ts';
import { createAsk } from './ask.ts';
import { pullOrders } from './pull-orders.ts';
import { keptFields, readShopifyDelivery } from './read-delivery.ts';
import { shopifyHost } from './shop-host.ts';

/** Orders of a Shopify shop by its webhooks: a base64 HMAC-SHA256 of the body with the app's client secret. Headers stand outside the signature. */
export function createShopifyOrders(reach: Reach): OrderShopAdapter {
  const ask = createAsk(reach);
  return {
    kind: 'shopify',
    verify: ({ body, headers, secrets, settings }) => {
      const given = headers.get('x-shopify-hmac-sha256');
      if (given === null) return { ok: false, message: 'No signature: X-Shopify-Hmac-Sha256 is missing.' };
      if (!fitsHmac(body, secrets, given))
        return {
          ok: false,
          message: 'X-Shopify-Hmac-Sha256 does not fit the body and the secret of this source.',
        };
      const shop = headers.get('x-shopify-shop-domain');
      const wanted = typeof settings.shop === 'string' ? shopifyHost(settings.shop) : null;
      return wanted === null || (shop !== null && shopifyHost(shop) === wanted)
        ? { ok: true }
        : {
            ok: false,
            message: `The delivery is of ${shop?.slice(0, 100) ?? 'no shop'}, this source is of ${wanted}.`,
          };
    },
    nameOf: (headers) => ({ id: headers.get('x-shopify-webhook-id'), topic: headers.get('x-shopify-topic') }),
    isPing: () => false,
    read: ({ topic, body }, now) => readShopifyDelivery(topic, body, now),
    kept: keptFields,
    sample: ({ secret, now, id }) => {
      const body = JSON.stringify(sampleOrder(now));
      return {
        body,
        headers: {
          'content-type': 'application/json',
          'x-shopify-topic': 'orders/paid',
          'x-shopify-webhook-id': id,
          'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
        },
      };
    },
    pull: (access, of) => pullOrders(ask, access, of),
  };
}

function sampleOrder(now: Date) {
  return {
    id: 820982911946,
    name: '#TEST',
    email: 'jon@example.com',
    created_at: now.toISOString(),
    processed_at: now.toISOString(),
    updated_at: now.toISOString(),
    currency: 'USD',
    total_price: '58.00',
    current_total_price: '58.00',
    financial_status: 'paid',
    discount_codes: [{ code: 'TRY10', amount: '6.00', type: 'percentage' }],
    line_items: [
      {
        id: 866550311766,
        sku: 'TRY-1',
        product_id: 788032119674,
        title: 'A thing to try',
        quantity: 2,
        price: '32.00',
        discount_allocations: [{ amount: '6.00' }],
      },
    ],
    refunds: [],
  };
}
