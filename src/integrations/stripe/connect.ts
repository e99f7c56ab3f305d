import { z } from 'zod';
import type { ShopAbout } from '#modules/shops/api.ts';
import type { ShopConnector } from '#modules/shops/index.ts';
import { lenient, type Reach } from '../call-api.ts';
import { missingRight } from '../rights-of-key.ts';
import { createAsk } from './ask.ts';

const text = lenient(z.string());
const accountSchema = z.looseObject({
  id: z.string(),
  default_currency: text,
  business_profile: lenient(z.looseObject({ name: text })),
  settings: lenient(z.looseObject({ dashboard: lenient(z.looseObject({ display_name: text })) })),
});
const anyObject = z.looseObject({});

/** What is read of past orders, and the right of a restricted key it needs. */
const orderRights = [
  ['checkout/sessions', 'Checkout Sessions: read'],
  ['payment_intents', 'PaymentIntents: read'],
  ['invoices', 'Invoices: read'],
  ['charges', 'Charges: read'],
  ['disputes', 'Disputes: read'],
] as const;
const codeRights = [
  ['coupons', 'Coupons: write'],
  ['promotion_codes', 'Promotion Codes: write'],
] as const;

const about: ShopAbout = {
  uses: [
    {
      use: 'codes',
      gives: ['Promotion codes made, changed and ended in the account, and read from it with their uses'],
      lacks: [
        'A beginning: the promotion code is made when the code begins',
        'Free shipping, a smallest number of products, collections, once per customer',
        '"-" and "_" in a code',
      ],
      scopes: ['Account: read', ...codeRights.map(([, right]) => right), 'Products: read'],
    },
    {
      use: 'orders',
      gives: ['Payments from before a webhook was set up, with refunds and disputes, read page by page'],
      lacks: [],
      scopes: ['Account: read', ...orderRights.map(([, right]) => right)],
    },
  ],
  steps: [
    'In the Stripe dashboard under Developers, API keys, create a restricted key with the rights of what you want to use',
    'Paste it here',
  ],
  documents: ['https://docs.stripe.com/api/promotion_codes', 'https://docs.stripe.com/keys#limit-access'],
  fields: [
    { key: 'secretKey', label: 'Restricted key', help: 'Begins with rk_ or sk_', isSecret: true, isOptional: false },
  ],
};

/** A Stripe account by a restricted key. What the key may read is tried; whether it may write shows at the first change. */
export function createStripeConnector(reach: Reach): ShopConnector {
  const ask = createAsk(reach);
  return {
    kind: 'stripe',
    about,
    addressOf: () => '',
    check: async (access) => {
      const account = await ask(access, '/v1/account', { schema: accountSchema });
      const missing = async (rights: typeof codeRights | typeof orderRights) => {
        const names: string[] = [];
        for (const [path, right] of rights) {
          const name = await missingRight(right, () => ask(access, `/v1/${path}?limit=1`, { schema: anyObject }));
          if (name !== null) names.push(name);
        }
        return names;
      };
      const codes = await missing(codeRights);
      const orders = await missing(orderRights);
      return {
        name: account.settings?.dashboard?.display_name || account.business_profile?.name || account.id,
        currency: (account.default_currency ?? 'usd').toUpperCase(),
        address: account.id.toLowerCase(),
        storefront: null,
        lacks: { ...(codes.length === 0 ? {} : { codes }), ...(orders.length === 0 ? {} : { orders }) },
      };
    },
  };
}
