import { z } from 'zod';
import type { ShopAbout } from '#modules/shops/api.ts';
import { type ShopConnector, ShopFault } from '#modules/shops/index.ts';
import type { Reach } from '../call-api.ts';
import { missingRight } from '../rights-of-key.ts';
import { createAsk } from './ask.ts';
import { indexSchema, settingSchema } from './payloads.ts';
import { wooAddress } from './shop-address.ts';

const anyPage = z.array(z.unknown());

const about: ShopAbout = {
  uses: [
    {
      use: 'products',
      gives: [
        'Products and variations with picture, stock, cost (where the shop keeps it) and weight, read once a day and when asked',
        'Orders for approved choices, every line at 100 % off',
        'Shipped when the order is completed, with the tracking number of the Shipment Tracking and Advanced Shipment Tracking extensions',
      ],
      lacks: [
        'Delivery: WooCommerce itself does not know it. The creator, you or a file say so',
        'Which countries a product is sent to: enter it here',
        'Postage: enter it at the parcel or as a usual amount',
      ],
      scopes: ['Read/Write'],
    },
    {
      use: 'codes',
      gives: ['Coupons made, changed and ended in the shop, and read from it with their uses'],
      lacks: [
        'A beginning: the coupon is made when the code begins',
        'Codes for a first order, and a smallest number of products',
        'Other currencies than the shop sells in',
      ],
      scopes: ['Read/Write'],
    },
    {
      use: 'orders',
      gives: ['Orders from before a webhook was set up, with their refunds, read page by page'],
      lacks: [],
      scopes: ['Read'],
    },
  ],
  steps: [
    'In WordPress under WooCommerce, Settings, Advanced, REST API, add a key with Read/Write (Read is enough for past orders alone)',
    'Paste both halves of it here',
    'Permalinks must not be "plain", and the shop must be on https',
  ],
  documents: [
    'https://woocommerce.github.io/woocommerce-rest-api-docs/',
    'https://developer.woocommerce.com/docs/apis/rest-api/v3/coupons/',
  ],
  fields: [
    {
      key: 'url',
      label: 'Address of the shop',
      help: 'Such as https://shop.example.com',
      isSecret: false,
      isOptional: false,
    },
    { key: 'consumerKey', label: 'Consumer key', help: 'Begins with ck_', isSecret: true, isOptional: false },
    { key: 'consumerSecret', label: 'Consumer secret', help: 'Begins with cs_', isSecret: true, isOptional: false },
  ],
};

/** A WooCommerce shop by a key of its REST API. What the key may read is tried; whether it may write shows at the first change. */
export function createWooConnector(reach: Reach): ShopConnector {
  const ask = createAsk(reach);
  return {
    kind: 'woocommerce',
    about,
    addressOf: (values) => wooAddress(values.url ?? ''),
    check: async (access) => {
      const currency = await ask(access, '/wc/v3/settings/general/woocommerce_currency', { schema: settingSchema });
      const index = await ask(access, '/', { query: { _fields: 'name' }, schema: indexSchema });
      if (currency?.value.value == null)
        throw new ShopFault('disconnected', 'The shop does not say in which currency it sells.');
      const mayRead = (what: string) =>
        missingRight(`${what}: read`, () =>
          ask(access, `/wc/v3/${what}`, { query: { per_page: '1' }, schema: anyPage }),
        );
      const products = await mayRead('products');
      const coupons = await mayRead('coupons');
      const orders = await mayRead('orders');
      const ofProducts = [products, orders].filter((right) => right !== null);
      return {
        name: index?.value.name ?? access.address,
        currency: currency.value.value,
        address: access.address,
        storefront: `https://${access.address}`,
        lacks: {
          ...(ofProducts.length === 0 ? {} : { products: ofProducts }),
          ...(coupons === null ? {} : { codes: [coupons] }),
          ...(orders === null ? {} : { orders: [orders] }),
        },
      };
    },
  };
}
