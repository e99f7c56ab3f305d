import { createHmac, timingSafeEqual } from 'node:crypto';
import type { OrderShopAdapter } from '#modules/tracking/index.ts';
import type { Reach } from '../call-api.ts';
import { pullOrders } from './pull-orders.ts';
import { keptFields, readStripeEvent } from './read-event.ts';

const toleranceMs = 300_000;

/** Payments of a Stripe account by its events: `Stripe-Signature: t=<seconds>,v1=<hex>`, HMAC-SHA256 of `<t>.<body>`, at most five minutes old. */
export function createStripeOrders(reach: Reach): OrderShopAdapter {
  return {
    kind: 'stripe',
    verify: ({ body, headers, secrets, now }) => {
      const header = headers.get('stripe-signature');
      if (header === null) return { ok: false, message: 'No signature: Stripe-Signature is missing.' };
      const parts = header.split(',').map((part) => part.trim());
      const time = /^t=(\d{1,12})$/.exec(parts.find((part) => part.startsWith('t=')) ?? '')?.[1];
      if (time === undefined) return { ok: false, message: 'Stripe-Signature holds no t=<seconds>.' };
      if (Math.abs(Number(time) * 1000 - now.getTime()) > toleranceMs)
        return {
          ok: false,
          message: 'The time in Stripe-Signature is more than five minutes from ours. Check the clock.',
        };
      const expected = secrets.map((secret) => createHmac('sha256', secret).update(`${time}.`).update(body).digest());
      const given = parts.flatMap((part) => (part.startsWith('v1=') ? [Buffer.from(part.slice(3), 'hex')] : []));
      const isRight = given.some((one) =>
        expected.some((right) => right.length === one.length && timingSafeEqual(right, one)),
      );
      return isRight
        ? { ok: true }
        : { ok: false, message: 'Stripe-Signature does not fit the body and the secret of this source.' };
    },
    nameOf: (_, body) => {
      const event = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
      return {
        id: typeof event.id === 'string' ? event.id : null,
        topic: typeof event.type === 'string' ? event.type : null,
      };
    },
    isPing: () => false,
    read: ({ body }, now) => readStripeEvent(body, now),
    kept: keptFields,
    sample: ({ secret, now, id }) => {
      const seconds = Math.floor(now.getTime() / 1000);
      const body = JSON.stringify(sampleEvent(id, seconds));
      const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
      return {
        body,
        headers: { 'content-type': 'application/json', 'stripe-signature': `t=${seconds},v1=${signature}` },
      };
    },
    pull: (access, of) => pullOrders(reach, access, of),
  };
}

function sampleEvent(id: string, seconds: number) {
  return {
    id,
    object: 'event',
    type: 'checkout.session.completed',
    created: seconds,
    livemode: true,
    data: {
      object: {
        id: 'cs_try',
        object: 'checkout.session',
        mode: 'payment',
        payment_status: 'paid',
        payment_intent: 'pi_try',
        amount_total: 5800,
        currency: 'usd',
        created: seconds,
        customer_details: { email: 'jon@example.com' },
        metadata: {},
      },
    },
  };
}
