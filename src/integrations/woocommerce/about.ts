import type { ShopAbout } from '#modules/seeding/api.ts';

export const wooAbout: ShopAbout = {
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
  steps: [
    'In WordPress under WooCommerce, Settings, Advanced, REST API, add a key with Read/Write',
    'Paste both halves of it here',
    'Permalinks must not be "plain", and the shop must be on https',
  ],
  scopes: ['Read/Write'],
  documents: ['https://woocommerce.github.io/woocommerce-rest-api-docs/'],
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
