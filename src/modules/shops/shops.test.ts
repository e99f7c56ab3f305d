import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { listShopProducts } from '#modules/seeding/api.ts';
import { createCode, getCode, listCodeShops } from '#modules/tracking/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { FakeCodeShops } from '#tests/support/fake-code-shops.ts';
import { openReplayServer, type ReplayServer } from '#tests/support/replay-server.ts';
import * as api from './api.ts';

const allScopes = ['read_products', 'read_inventory', 'read_orders', 'write_draft_orders', 'write_discounts'];
let test: TestCore;
let server: ReplayServer;
let admin: pg.Client;
let client: Client;
let workspaceId = '';
let store = new FakeCodeShops();
let round = 0;

beforeAll(async () => {
  server = await openReplayServer();
  server.answer((request) => store.answer(request));
  test = await openTestCore({ fetch: server.fetch, isWorker: false });
  admin = new pg.Client({ connectionString: test.database.adminUrl });
  await admin.connect();
}, 60_000);
afterAll(async () => {
  await admin?.end();
  await test?.close();
  await server?.close();
});
beforeEach(async () => {
  round += 1;
  store = new FakeCodeShops();
  store.shopify.scopes = [...allScopes];
  workspaceId = await test.database.createWorkspace(`one-shop-${round}`);
  client = test.client(`one-shop-${round}`);
});

const values = { shop: 'oat-whistle', accessToken: 'shpat_test' };
const connect = (uses?: api.ShopUse[]) =>
  client.call(api.connectShop, { kind: 'shopify', values, ...(uses === undefined ? {} : { uses }) });
const shops = async () => (await client.call(api.listShops, {})).shops;

it('a key entered once serves products, codes and past orders, and is kept in no open form', async () => {
  const shop = await connect();
  expect(shop).toMatchObject({
    address: 'oat-whistle.myshopify.com',
    name: 'Oat Whistle',
    currency: 'EUR',
    storefront: 'https://oat.example',
    state: 'working',
    hasTwoKeys: false,
    uses: [
      { use: 'products', isOn: true, lacks: [] },
      { use: 'codes', isOn: true, lacks: [] },
      { use: 'orders', isOn: true, lacks: [] },
    ],
  });
  expect(await client.call(listShopProducts, {})).toMatchObject([{ shopId: shop.id, products: 0 }]);
  expect((await client.call(listCodeShops, {})).shops).toMatchObject([{ id: shop.id, state: 'working' }]);
  const { rows } = await admin.query(
    'select to_jsonb(shop)::text as row, credentials from shop where workspace_id = $1',
    [workspaceId],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0].row + rows[0].credentials.toString('latin1')).not.toContain('shpat_test');
});

it('a key is tried before it is kept: a wrong one, a wrong address, one that may do nothing are refused by field', async () => {
  store.shopify.token = 'another';
  await expect(connect()).rejects.toMatchObject({
    code: 'shops.bad_key',
    details: [{ field: 'values.accessToken' }],
  });
  store.shopify.token = 'shpat_test';
  store.shopify.scopes = ['read_products'];
  await expect(connect()).rejects.toMatchObject({
    code: 'shops.bad_key',
    details: [{ field: 'values.accessToken', message: expect.stringMatching(/write_draft_orders.*write_discounts.*/) }],
  });
  const wrong = (kind: api.ShopKind, entered: Record<string, string>) =>
    client.call(api.connectShop, { kind, values: entered });
  await expect(wrong('shopify', { shop: 'https://evil.example/x', accessToken: 'a' })).rejects.toMatchObject({
    code: 'shops.bad_value',
    details: [{ field: 'values.shop' }],
  });
  await expect(wrong('woocommerce', { url: 'not a host' })).rejects.toMatchObject({ code: 'shops.bad_value' });
  await expect(wrong('shopify', { ...values, extra: 'x' })).rejects.toMatchObject({
    details: [{ field: 'values.extra' }],
  });
  await expect(
    client.call(api.connectShop, { kind: 'stripe', values: { secretKey: 'rk_test' }, uses: ['products'] }),
  ).rejects.toMatchObject({ code: 'shops.bad_value', details: [{ field: 'uses' }] });
  expect(await shops()).toEqual([]);
});

it('what the key may not do is said by name, and that use alone is shut until there is another key', async () => {
  store.shopify.scopes = ['read_products', 'read_inventory', 'read_orders', 'write_draft_orders'];
  const shop = await connect(['products', 'codes']);
  expect(shop.uses).toEqual([
    { use: 'products', isOn: true, lacks: [] },
    { use: 'codes', isOn: true, lacks: ['write_discounts'] },
    { use: 'orders', isOn: false, lacks: [] },
  ]);
  const code = await client.call(createCode, { code: 'NELL10', kind: 'percent', percent: 10 });
  await test.core.infra.jobs.enqueue('tracking.make-codes', {}, 'now');
  expect(await client.call(api.testShop, { shopId: shop.id })).toMatchObject({
    isWorking: false,
    message: expect.stringContaining('Discount codes: write_discounts'),
    shop: { state: 'working' },
  });
  store.shopify.scopes = [...allScopes];
  expect(await client.call(api.testShop, { shopId: shop.id })).toMatchObject({ isWorking: true });
  expect((await shops())[0]?.uses[1]).toEqual({ use: 'codes', isOn: true, lacks: [] });
  expect((await client.call(getCode, { codeId: code.id })).shops).toMatchObject([{ state: 'waiting' }]);
});

it('a use that is switched off is shut for its part of the program and no other, and comes back as it was', async () => {
  const shop = await connect();
  const code = await client.call(createCode, { code: 'NELL10', kind: 'percent', percent: 10 });
  const stateOf = async () => (await client.call(getCode, { codeId: code.id })).shops[0]?.state;
  await client.call(api.updateShop, { shopId: shop.id, uses: ['products'] });
  expect(await stateOf()).toBe('off');
  expect(await client.call(listShopProducts, {})).toHaveLength(1);
  await client.call(api.updateShop, { shopId: shop.id, uses: ['products', 'codes'], storefront: null });
  expect(await stateOf()).toBe('waiting');
  expect((await shops())[0]).toMatchObject({ storefront: null });
});

it('says what stops before a shop is let go, then forgets the key, keeps the rest, and takes it back under the same id', async () => {
  const shop = await connect();
  const code = await client.call(createCode, { code: 'NELL10', kind: 'percent', percent: 10 });
  const stops = await client.call(api.whatShopStops, { shopId: shop.id });
  expect(stops.map((one) => `${one.use}: ${one.text}`)).toEqual([
    'codes: 1 code waits to be made there: that comes to nothing until it is connected again.',
    'codes: New codes are no longer made there.',
    expect.stringContaining('orders: Past orders can no longer be read.'),
  ]);
  await client.call(api.disconnectShop, { shopId: shop.id });
  await client.call(api.disconnectShop, { shopId: shop.id });
  expect(await shops()).toMatchObject([{ id: shop.id, state: 'off' }]);
  expect((await client.call(getCode, { codeId: code.id })).shops).toMatchObject([{ state: 'off' }]);
  const { rows } = await admin.query('select credentials, codes_credentials from shop where id = $1', [shop.id]);
  expect(rows).toEqual([{ credentials: null, codes_credentials: null }]);
  expect(await client.call(api.testShop, { shopId: shop.id })).toMatchObject({
    isWorking: false,
    message: 'Oat Whistle is not connected.',
  });
  expect((await connect()).id).toBe(shop.id);
  expect((await client.call(getCode, { codeId: code.id })).shops).toMatchObject([{ state: 'waiting' }]);
  const { rows: deeds } = await admin.query(
    `select action from audit_entry where workspace_id = $1 and subject_id = $2 order by id`,
    [workspaceId, shop.id],
  );
  expect(deeds.map((deed) => deed.action)).toEqual(['shop.connected', 'shop.disconnected', 'shop.key-replaced']);
});

it('a shop of another workspace is as one that is not there', async () => {
  const shop = await connect();
  await test.database.createWorkspace(`one-shop-${round}-other`);
  const other = test.client(`one-shop-${round}-other`);
  for (const one of [api.testShop, api.whatShopStops, api.disconnectShop, api.updateShop])
    await expect(other.call(one, { shopId: shop.id })).rejects.toMatchObject({ code: 'not_found' });
});
