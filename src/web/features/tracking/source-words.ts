import type { connectedKinds, SourceKind } from '#modules/tracking/api.ts';

export type ConnectedKind = (typeof connectedKinds)[number];

export const sourceKindWords: Record<SourceKind, string> = {
  shopify: 'Shopify',
  woocommerce: 'WooCommerce',
  stripe: 'Stripe',
  webhook: 'Signed webhook',
  postback: 'Postback',
  snippet: 'Snippet',
  till: 'Till',
  api: 'API',
  csv: 'File',
  manual: 'By hand',
};

/** What to do at the sender, in one or two sentences. */
export const sourceSteps: Record<ConnectedKind, string> = {
  shopify:
    'In your app, or under Settings, Notifications, Webhooks, send orders/create, orders/paid, orders/updated, orders/cancelled, refunds/create and disputes to the address shown next.',
  woocommerce:
    'Under WooCommerce, Settings, Advanced, Webhooks, make three webhooks (order created, updated, deleted) with the address and secret shown next.',
  stripe:
    'Under Developers, Webhooks, add the address with checkout.session.completed, invoice.paid, invoice_payment.paid, payment_intent.succeeded, charge.refunded and charge.dispute events. Make the source first with any secret, then replace it.',
  webhook: 'Any program that signs by the Standard Webhooks convention, or with a plain HMAC.',
  postback: 'An affiliate network calls the address with order_id, amount, currency, click_id and token.',
  api: 'Your own program, with an API key.',
  csv: 'Files you import.',
  manual: 'Orders typed in.',
};
