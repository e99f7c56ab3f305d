import type { ShopAbout, ShopUse } from '#modules/shops/api.ts';
import type { ShopConnector } from '#modules/shops/index.ts';
import type { Reach } from '../call-api.ts';
import { createAsk } from './ask.ts';
import { shopSchema } from './payloads.ts';
import { shopQuery } from './queries.ts';
import { shopifyHost } from './shop-host.ts';

const scopesOf: Record<ShopUse, string[]> = {
  products: ['read_products', 'read_inventory', 'read_orders', 'write_draft_orders'],
  codes: ['write_discounts', 'read_products'],
  orders: ['read_orders'],
};

const about: ShopAbout = {
  uses: [
    {
      use: 'products',
      gives: [
        'Products and variants with picture, stock, cost per item and weight, read once a day and when asked',
        'Orders for approved choices: a draft order at 100 % off with tags, completed',
        'Fulfilment and tracking numbers back, without webhooks',
      ],
      lacks: [
        'Which countries a product is sent to: enter it here',
        'Postage: enter it at the parcel or as a usual amount',
      ],
      scopes: scopesOf.products,
    },
    {
      use: 'codes',
      gives: ['Codes made, changed and ended in the shop, and read from it with their uses'],
      lacks: ['Codes for a first order: Shopify knows them only by a customer segment, which you make there'],
      scopes: scopesOf.codes,
    },
    {
      use: 'orders',
      gives: ['Orders from before a webhook was set up, read page by page'],
      lacks: ['Orders older than 60 days, unless the app has read_all_orders as well'],
      scopes: scopesOf.orders,
    },
  ],
  steps: [
    'In the Shopify admin under Settings, Apps and sales channels, Develop apps, create an app with the scopes of what you want to use (or in the Dev Dashboard, for your own store)',
    'Install it in the store',
    'Paste the Admin API access token here; an app of the Dev Dashboard has a client id and secret instead',
  ],
  documents: [
    'https://shopify.dev/docs/api/admin-graphql/2026-07',
    'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant',
  ],
  fields: [
    { key: 'shop', label: 'Shop', help: 'Such as your-store.myshopify.com', isSecret: false, isOptional: false },
    { key: 'accessToken', label: 'Access token', help: 'Begins with shpat_', isSecret: true, isOptional: true },
    { key: 'clientId', label: 'Client id', help: 'Instead of a token', isSecret: true, isOptional: true },
    { key: 'clientSecret', label: 'Client secret', help: 'Instead of a token', isSecret: true, isOptional: true },
  ],
};

/** A Shopify store by a key of the Admin API; the store says which scopes the key has. */
export function createShopifyConnector(reach: Reach): ShopConnector {
  const ask = createAsk(reach);
  return {
    kind: 'shopify',
    about,
    addressOf: (values) => shopifyHost(values.shop ?? ''),
    check: async (access) => {
      const { shop, currentAppInstallation } = await ask(access, shopQuery, { schema: shopSchema });
      const has = new Set(currentAppInstallation.accessScopes.map((scope) => scope.handle));
      // Leave to write is leave to read.
      const missing = (use: ShopUse) =>
        scopesOf[use].filter((scope) => !has.has(scope) && !has.has(scope.replace('read_', 'write_')));
      const lacks = about.uses.map(({ use }) => [use, missing(use)] as const).filter(([, names]) => names.length > 0);
      return {
        name: shop.name,
        currency: shop.currencyCode,
        address: access.address,
        storefront: shop.primaryDomain?.url ?? `https://${access.address}`,
        lacks: Object.fromEntries(lacks),
      };
    },
  };
}
