import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ShopOrderAsk } from '#modules/seeding/index.ts';
import { type ShopAccess, ShopFault } from '#modules/shops/index.ts';
import {
  openReplayServer,
  type ReplayAnswer,
  type ReplayRequest,
  type ReplayServer,
} from '#tests/support/replay-server.ts';
import { createWooConnector } from './connect.ts';
import { createWooCommerce } from './woocommerce.ts';

type Json = Record<string, unknown>;

let server: ReplayServer;
let orders: Json[] = [];
let products: Json[] = [];
let trouble: (request: ReplayRequest) => ReplayAnswer | 'lose' | null = () => null;
const shop = () => createWooCommerce({ fetch: server.fetch, wait: async () => undefined, random: () => 0 });
const connector = () => createWooConnector({ fetch: server.fetch, wait: async () => undefined, random: () => 0 });
const access: ShopAccess = {
  address: 'shop.example/store',
  credentials: { consumerKey: 'ck_1', consumerSecret: 'cs_1' },
  currency: 'EUR',
  now: new Date('2026-05-04T09:00:00Z'),
  signal: new AbortController().signal,
};
const ask: ShopOrderAsk = {
  key: 'rapport-shp_1',
  tags: ['rapport', 'creator gift'],
  note: 'For a campaign',
  lines: [{ variantId: '7', quantity: 2, name: 'Oat drink' }],
  address: {
    name: 'Nell van der Byrne',
    line1: 'Hauptstr. 5',
    line2: '',
    city: 'Berlin',
    region: '',
    postcode: '10115',
    country: 'DE',
    phone: '',
  },
  email: null,
};

/** As the documents of REST API v3 say, with fields more than are read. */
const simple = (over: Json = {}): Json => ({
  id: 7,
  name: 'Oat drink',
  type: 'simple',
  status: 'publish',
  sku: 'OAT',
  price: '12.345',
  manage_stock: true,
  stock_quantity: 3,
  stock_status: 'instock',
  backorders: 'no',
  weight: '1.2',
  categories: [{ id: 1, name: 'Drinks' }],
  images: [{ id: 1, src: 'https://shop.example/a.jpg' }],
  short_description: '<p>Holds its <b>foam</b></p>',
  cost_of_goods_sold: { values: [{ defined_value: 4.5 }], total_value: 4.5 },
  meta_data: [],
  plugin_field: { any: 'thing' },
  ...over,
});

beforeAll(async () => {
  server = await openReplayServer();
  server.answer(answer);
});
afterAll(() => server.close());
beforeEach(() => {
  orders = [];
  products = [simple()];
  trouble = () => null;
});

function answer(request: ReplayRequest): ReplayAnswer {
  const key = Buffer.from('ck_1:cs_1').toString('base64');
  if (request.headers.authorization !== `Basic ${key}`)
    return {
      status: 401,
      body: {
        code: 'woocommerce_rest_cannot_view',
        message: 'Sorry, you cannot list resources.',
        data: { status: 401 },
      },
    };
  const said = trouble(request);
  if (said !== null && said !== 'lose') return said;
  const own = reply(request);
  return said === 'lose' ? { status: 504, body: 'Gateway timeout' } : own;
}

function reply({ path, query, method, body }: ReplayRequest): ReplayAnswer {
  const at = path.replace('/store/wp-json', '');
  if (at === '/') return { body: { name: 'Oat Whistle', namespaces: ['wc/v3'] } };
  if (at.endsWith('woocommerce_currency')) return { body: { id: 'woocommerce_currency', value: 'EUR' } };
  if (at.endsWith('woocommerce_weight_unit')) return { body: { id: 'woocommerce_weight_unit', value: 'kg' } };
  if (at === '/wc/v3/products') {
    const page = Number(query.get('page'));
    return { body: products.slice(page - 1, page), headers: { 'x-wp-totalpages': String(products.length) } };
  }
  if (at.endsWith('/variations'))
    return {
      body: [
        {
          id: 81,
          sku: 'MUG-S',
          price: '9',
          status: 'publish',
          manage_stock: 'parent',
          attributes: [{ name: 'Colour', option: 'Sand' }],
          weight: '',
        },
        {
          id: 82,
          sku: '',
          price: '',
          status: 'publish',
          manage_stock: false,
          stock_status: 'outofstock',
          attributes: [{ name: 'Colour', option: 'Moss' }],
        },
      ],
    };
  const product = /^\/wc\/v3\/products\/(\d+)$/.exec(at)?.[1];
  if (product !== undefined) {
    const found = products.find((one) => one.id === Number(product));
    return found === undefined
      ? {
          status: 404,
          body: { code: 'woocommerce_rest_product_invalid_id', message: 'Invalid ID.', data: { status: 404 } },
        }
      : { body: found };
  }
  if (at === '/wc/v3/orders' && method === 'POST') {
    const given = JSON.parse(body) as Json;
    const order = { id: 100 + orders.length, number: String(100 + orders.length), date_completed_gmt: null, ...given };
    orders.push(order);
    return { status: 201, body: order };
  }
  if (at === '/wc/v3/orders') {
    const include = query.get('include')?.split(',').map(Number);
    return { body: orders.filter((order) => include === undefined || include.includes(Number(order.id))).toReversed() };
  }
  const id = Number(/^\/wc\/v3\/orders\/(\d+)$/.exec(at)?.[1]);
  const order = orders.find((one) => one.id === id);
  if (order === undefined)
    return {
      status: 404,
      body: { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.', data: { status: 404 } },
    };
  if (method === 'POST') Object.assign(order, JSON.parse(body));
  return { body: order };
}

const faultOf = (run: Promise<unknown>) =>
  run.then(
    () => null,
    (error: unknown) => (error instanceof ShopFault ? error.kind : error),
  );

it('takes the address of a shop as people paste it, and no other', () => {
  const of = (url: string) => connector().addressOf({ url });
  expect(of('https://Shop.example/store/wp-admin/index.php')).toBe('shop.example/store');
  expect(of('shop.example')).toBe('shop.example');
  for (const wrong of ['', 'localhost', 'https://a:b@shop.example', 'javascript:alert(1)'])
    expect(of(wrong), wrong).toBeNull();
});

it('says whose shop it is, and that a key does not work', async () => {
  expect(await connector().check(access)).toMatchObject({
    name: 'Oat Whistle',
    currency: 'EUR',
    address: 'shop.example/store',
  });
  expect(await faultOf(connector().check({ ...access, credentials: { consumerKey: 'x', consumerSecret: 'y' } }))).toBe(
    'disconnected',
  );
  trouble = () => ({ status: 404, body: '<html>Not found</html>' });
  expect(await faultOf(connector().check(access))).toBe('disconnected');
  trouble = () => ({ status: 200, body: '<html>A page of a firewall</html>' });
  expect(await faultOf(connector().check(access))).toBe('unavailable');
});

it('reads products and variations page by page, with what it does not know as unknown', async () => {
  products = [
    simple(),
    simple({ id: 8, name: 'Mug', type: 'variable', stock_quantity: 5, cost_of_goods_sold: null }),
    simple({ id: 9, type: 'grouped' }),
    simple({ id: 10, status: 'draft', backorders: 'notify' }),
  ];
  const variants = [];
  let cursor: unknown = null;
  do {
    const page = await shop().readVariants(access, cursor);
    variants.push(...page.variants);
    cursor = page.cursor;
  } while (cursor !== null);
  expect(variants).toMatchObject([
    {
      variantId: '7',
      productName: 'Oat drink',
      category: 'Drinks',
      description: 'Holds its foam',
      priceMinor: 1235n,
      costMinor: 450n,
      stock: 3,
      weightGrams: 1200,
      isOnSale: true,
    },
    { variantId: '8:81', options: { Colour: 'Sand' }, stock: 5, costMinor: null, priceMinor: 900n, weightGrams: 1200 },
    { variantId: '8:82', sku: null, stock: 0, priceMinor: null },
    { variantId: '10', isOnSale: false, stock: null },
  ]);
});

it('makes an order that waits for payment with every line free, then places it, once', async () => {
  const { draftId } = await shop().prepareOrder(access, ask);
  expect(orders[0]).toMatchObject({
    status: 'pending',
    shipping: { first_name: 'Nell van der', last_name: 'Byrne', postcode: '10115', country: 'DE' },
    line_items: [{ product_id: 7, quantity: 2, subtotal: '24.70', total: '0' }],
    meta_data: [{ key: '_rapport_key', value: 'rapport-shp_1' }, { key: '_rapport_tags' }],
  });
  const order = await shop().completeOrder(access, draftId);
  expect(order).toMatchObject({ id: '100', name: '#100' });
  expect(orders[0]?.status).toBe('processing');
  const asked = server.requests.filter((request) => request.method === 'POST').length;
  expect(await shop().completeOrder(access, draftId)).toEqual(order);
  expect(server.requests.filter((request) => request.method === 'POST').length).toBe(asked);
});

it('finds by its key what was made before an answer got lost', async () => {
  trouble = (request) => (request.method === 'POST' ? 'lose' : null);
  expect(await faultOf(shop().prepareOrder(access, ask))).toBe('unavailable');
  trouble = () => null;
  const since = access.now;
  expect(await shop().findOrder(access, { key: ask.key, since })).toEqual({ draftId: '100', order: null });
  expect(await shop().findOrder(access, { key: 'rapport-shp_2', since })).toBeNull();
  await shop().completeOrder(access, '100');
  expect(await shop().findOrder(access, { key: ask.key, since })).toMatchObject({ order: { id: '100' } });
  expect(orders).toHaveLength(1);
});

it('tells sold out, deleted, refused addresses and keys that may not write apart', async () => {
  products = [simple({ stock_quantity: 1 })];
  expect(await faultOf(shop().prepareOrder(access, ask))).toBe('no_stock');
  products = [];
  expect(await faultOf(shop().prepareOrder(access, ask))).toBe('product_gone');
  products = [simple({ status: 'private' })];
  expect(await faultOf(shop().prepareOrder(access, ask))).toBe('product_gone');
  products = [simple()];
  const refuse = (status: number, body: Json) => {
    trouble = (request) => (request.method === 'POST' ? { status, body } : null);
    return faultOf(shop().prepareOrder(access, ask));
  };
  const invalid = {
    code: 'rest_invalid_param',
    message: 'Invalid parameter(s): billing',
    data: { status: 400, params: { billing: 'billing[email] is not valid.' } },
  };
  expect(await refuse(400, invalid)).toBe('address_refused');
  expect(await refuse(401, { code: 'woocommerce_rest_cannot_create', message: 'Sorry', data: { status: 401 } })).toBe(
    'disconnected',
  );
  expect(await refuse(429, {})).toBe('rate_limited');
  expect(await refuse(400, { code: 'something_new', message: 'No' })).toBe('refused');
  expect(orders).toEqual([]);
});

it('reads where orders are: completed is shipped, with the tracking number of the extensions; deleted ones are absent', async () => {
  await shop().prepareOrder(access, ask);
  await shop().prepareOrder(access, { ...ask, key: 'rapport-shp_2' });
  Object.assign(orders[0] ?? {}, {
    status: 'completed',
    date_completed_gmt: '2026-05-05T10:00:00',
    meta_data: [
      {
        key: '_wc_shipment_tracking_items',
        value: [{ tracking_provider: 'dhl', tracking_number: 'JD01', custom_tracking_link: 'javascript:alert(1)' }],
      },
    ],
  });
  Object.assign(orders[1] ?? {}, { status: 'cancelled' });
  expect(await shop().readOrders(access, ['100', '101', '999'])).toMatchObject([
    { id: '101', events: [{ kind: 'cancelled', at: null }], tracking: null },
    {
      id: '100',
      events: [{ kind: 'shipped', at: new Date('2026-05-05T10:00:00Z') }],
      tracking: { carrier: 'dhl', number: 'JD01', url: null },
    },
  ]);
});
