import { createHmac } from 'node:crypto';
import type { OrderShopAdapter } from './order-shops/port.ts';
import type { IntakeSource } from './queries/order-sources.ts';
import { type PostbackField, postbackFields, postbackSettingsSchema, postbackValues } from './rules/read-postback.ts';
import { verifyPostback } from './verify-postback.ts';
import { type SignatureVerdict, verifySignature } from './verify-signature.ts';

interface Sample {
  topic: string | null;
  body: Buffer;
  /** What the check of its signature says. */
  verdict: SignatureVerdict;
}

/** A delivery as the sender of a source would make and sign it. */
export function sampleDelivery(
  adapters: readonly OrderShopAdapter[],
  source: IntakeSource,
  of: { secret: string; now: Date; id: string },
): Sample {
  const { secret, now } = of;
  const adapter = adapters.find((one) => one.kind === source.kind);
  if (adapter !== undefined) {
    const { body: text, headers: written } = adapter.sample(of);
    const body = Buffer.from(text);
    const headers = new Headers(written);
    // The made-up shop is the one of the source.
    if (typeof source.settings.shop === 'string') headers.set('x-shopify-shop-domain', source.settings.shop);
    const verdict = adapter.verify({ body, headers, secrets: [secret], now, settings: source.settings });
    return { topic: adapter.nameOf(headers, JSON.parse(text)).topic, body, verdict };
  }
  if (source.kind === 'postback') return samplePostback(source, of);
  const body = Buffer.from(
    JSON.stringify({
      type: 'order.paid',
      data: {
        id: 'TEST',
        orderedAt: now.toISOString(),
        amount: { amountMinor: '5240', currency: 'EUR' },
        codes: ['TRY10'],
        items: [{ id: '1', name: 'A thing to try', quantity: 1, total: '52.40' }],
      },
    }),
  );
  const seconds = String(Math.floor(now.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${of.id}.${seconds}.`).update(body).digest('base64');
  const headers = new Headers({
    'webhook-id': of.id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${signature}`,
  });
  return { topic: 'order.paid', body, verdict: verifySignature({ body, headers, secrets: [secret], now }) };
}

function samplePostback(source: IntakeSource, of: { secret: string; now: Date }): Sample {
  const settings = postbackSettingsSchema.parse(source.settings);
  const nameOf = (field: PostbackField) => settings.fields[field] ?? postbackFields[field];
  const params = new URLSearchParams({
    [nameOf('id')]: 'TEST',
    [nameOf('total')]: '52.40',
    [nameOf('currency')]: settings.currency ?? 'EUR',
    [nameOf('orderedAt')]: of.now.toISOString(),
    [nameOf('code')]: 'TRY10',
  });
  const signature = createHmac('sha256', of.secret)
    .update(new URLSearchParams(postbackValues(params)).toString())
    .digest('hex');
  const body = Buffer.from(JSON.stringify(Object.fromEntries(postbackValues(params))));
  params.set('signature', signature);
  return { topic: null, body, verdict: verifyPostback({ params, headers: new Headers(), secrets: [of.secret] }) };
}
