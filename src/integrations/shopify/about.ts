import type { ShopAbout } from '#modules/seeding/api.ts';

export const shopifyScopes = ['read_products', 'read_inventory', 'read_orders', 'write_draft_orders'];

export const shopifyAbout: ShopAbout = {
  gives: [
    'Products and variants with picture, stock, cost per item and weight, read once a day and when asked',
    'Orders for approved choices: a draft order at 100 % off with tags, completed',
    'Fulfilment and tracking numbers back, without webhooks',
  ],
  lacks: [
    'Which countries a product is sent to: enter it here',
    'Postage: enter it at the parcel or as a usual amount',
  ],
  steps: [
    'In the Shopify admin under Settings, Apps and sales channels, Develop apps, create an app with the scopes below (or in the Dev Dashboard, for your own store)',
    'Install it in the store',
    'Paste the Admin API access token here; an app of the Dev Dashboard has a client id and secret instead',
  ],
  scopes: shopifyScopes,
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
