import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { createGiftShops } from '#integrations/gift-shops.ts';
import * as shopsApi from '#modules/shops/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { FakeShopify } from '#tests/support/fake-shopify.ts';
import { openReplayServer, type ReplayServer } from '#tests/support/replay-server.ts';
import * as api from '../api.ts';
import { placeDueOrders } from '../index.ts';
import { syncShop } from './sync-shop.ts';

const start = new Date('2026-05-04T09:00:00Z');
const home: api.PostalAddress = {
  name: 'Nell Byrne',
  line1: 'Hauptstr. 5',
  line2: '',
  city: 'Berlin',
  region: '',
  postcode: '10115',
  country: 'DE',
  phone: '',
};
const signal = new AbortController().signal;

describe('a connected shop', () => {
  let test: TestCore;
  let server: ReplayServer;
  let admin: pg.Client;
  let store = new FakeShopify();
  let now = start;
  let workspaceId = '';
  let client: Client;
  let shopId = '';
  const adapters = () =>
    createGiftShops(server.fetch, { fetch: server.fetch, wait: async () => undefined, random: () => 0 });

  beforeAll(async () => {
    server = await openReplayServer();
    server.answer((request) => store.answer(request));
    test = await openTestCore({ clock: { now: () => now }, fetch: server.fetch, isWorker: false });
    admin = new pg.Client({ connectionString: test.database.adminUrl });
    await admin.connect();
  }, 60_000);
  afterAll(async () => {
    await admin?.end();
    await test?.close();
    await server?.close();
  });

  let round = 0;
  // A workspace and a store of its own for each test.
  beforeEach(async () => {
    round += 1;
    now = start;
    store = new FakeShopify();
    workspaceId = await test.database.createWorkspace(`shop-${round}`);
    client = test.client(`shop-${round}`);
  });
  const connect = async () => {
    const shop = await client.call(shopsApi.connectShop, {
      kind: 'shopify',
      values: { shop: 'oat-whistle', accessToken: store.token },
    });
    shopId = shop.id;
    await sync();
    return shop;
  };
  const sync = () => syncShop(test.core.infra, adapters(), { workspaceId, shopId, signal });
  /** Places what is due, and waits for what the job in the background took first. */
  const place = async () => {
    await placeDueOrders(test.core.infra, adapters(), signal);
    await expect
      .poll(
        async () =>
          (await admin.query('select 1 from shipment where workspace_id = $1 and lease_until > $2', [workspaceId, now]))
            .rows,
      )
      .toEqual([]);
  };
  const productsOf = async () => (await client.call(api.listProducts, { state: 'all', limit: 500 })).rows;

  /** An approved choice of the first product, with an address, for each of these creators. */
  const approved = async (handles: string[], given: { postcode?: string } = {}) => {
    const [product] = await productsOf();
    const variantId = product?.variants[0]?.id ?? '';
    const roster = await aCampaign(
      test.database,
      workspaceId,
      handles.map((handle) => `${handle}${round}`),
    );
    await client.call(api.saveSeedingPlan, {
      campaignId: roster.campaignId,
      choices: [{ productId: product?.id ?? '' }],
    });
    const pickIds: string[] = [];
    for (const { id: enrolmentId, personId } of roster.enrolments) {
      const pick = await client.call(api.choosePick, { enrolmentId, lines: [{ variantId, quantity: 1 }] });
      const address = { ...home, ...given };
      await client.call(api.saveAddress, { personId, address, isConfirmed: true });
      pickIds.push(pick.id);
    }
    return {
      roster,
      pickIds,
      variantId,
      send: () => client.call(api.sendPicks, { campaignId: roster.campaignId, pickIds }),
    };
  };
  const parcels = async (roster: TestRoster) =>
    (await client.call(api.listSeeding, { campaignId: roster.campaignId })).rows
      .flatMap((row) => row.shipment ?? [])
      .sort((a, b) => Number(a.problem === null) - Number(b.problem === null));
  const parcel = async (roster: TestRoster) => {
    const [one] = await parcels(roster);
    if (one === undefined) throw new Error('No parcel');
    return one;
  };
  /** Later than any wait before a next try. */
  const later = () => {
    now = new Date(now.getTime() + 7 * 3_600_000);
  };

  it('brings its products in, page by page, changes nothing the second time, and says gone of what was deleted', async () => {
    store.add('Oat drink');
    store.add('Mug', { options: [{ name: 'Colour', value: 'Sand' }] });
    store.add('Mug', { options: [{ name: 'Colour', value: 'Blue' }], cost: null, stock: 0 });
    store.add('Old one', { product: { id: 'gid://shopify/Product/9', title: 'Old one', status: 'ARCHIVED' } });
    await connect();
    const first = await productsOf();
    expect(first.map((product) => [product.name, product.state, product.variants.length])).toEqual([
      ['Mug', 'active', 2],
      ['Oat drink', 'active', 1],
      ['Old one', 'gone', 1],
    ]);
    expect(first[0]?.variants[0]).toMatchObject({
      title: 'Sand',
      cost: { amountMinor: '650', currency: 'EUR' },
      stock: 10,
      weightGrams: 250,
    });
    expect(first[0]?.variants[1]).toMatchObject({ cost: null, stock: 0 });
    // A cost entered here stays while the shop knows none.
    const blue = first[0]?.variants[1]?.id ?? '';
    await client.call(api.updateProduct, {
      productId: first[0]?.id ?? '',
      costs: [{ variantId: blue, cost: { amountMinor: '700', currency: 'EUR' } }],
    });
    await expect(client.call(api.updateProduct, { productId: first[0]?.id ?? '', name: 'Cup' })).rejects.toMatchObject({
      code: 'seeding.of_the_shop',
    });
    await sync();
    const ids = (products: api.Product[]) =>
      products.map((product) => [product.id, product.variants.map((variant) => variant.id)]);
    expect(ids(await productsOf())).toEqual(ids(first));
    expect((await productsOf())[0]?.variants[1]?.cost?.amountMinor).toBe('700');
    store.variants = store.variants.filter((variant) => variant.product.title !== 'Oat drink');
    await sync();
    expect((await productsOf()).find((product) => product.name === 'Oat drink')?.state).toBe('gone');
    expect((await client.call(api.listShopProducts, {}))[0]?.sync).toMatchObject({
      gone: 1,
      variants: 3,
      isRunning: false,
    });
    // A reading that breaks off says nothing gone.
    store.trouble = (query) => (query.includes('after') ? { status: 401, body: {} } : null);
    await sync();
    expect((await productsOf()).filter((product) => product.state === 'active')).toHaveLength(1);
    expect((await client.call(shopsApi.listShops, {})).shops[0]).toMatchObject({ state: 'failing' });
  });

  it('makes an order at 100 % off with tags, and takes fulfilment and tracking number back', async () => {
    store.add('Oat drink');
    await connect();
    const { roster, send } = await approved(['nell']);
    await send();
    await place();
    expect(store.drafts[0]?.input).toMatchObject({
      appliedDiscount: { value: 100, valueType: 'PERCENTAGE' },
      shippingAddress: { firstName: 'Nell', lastName: 'Byrne', zip: '10115', countryCode: 'DE' },
      lineItems: [{ quantity: 1 }],
    });
    expect(store.drafts[0]?.tags).toEqual([expect.stringMatching(/^rapport-shp_/), 'rapport', 'creator gift']);
    expect(await parcel(roster)).toMatchObject({ state: 'ordered', order: { name: '#1001' }, problem: null });
    expect((await productsOf())[0]?.variants[0]).toMatchObject({ stock: 9, held: 0 });
    const order = store.orders[0]?.id ?? '';
    const fulfilment = {
      status: 'SUCCESS',
      createdAt: '2026-05-05T10:00:00Z',
      deliveredAt: null,
      trackingInfo: [{ company: 'DHL', number: 'JD01', url: 'https://dhl.example/JD01' }],
    };
    store.fulfilments.set(order, [{ ...fulfilment, displayStatus: 'IN_TRANSIT' }]);
    const refresh = () => client.call(api.refreshShipments, { campaignId: roster.campaignId });
    later();
    expect(await refresh()).toMatchObject({ asked: 1, changed: 1, failures: [] });
    expect(await parcel(roster)).toMatchObject({
      state: 'shipped',
      shippedAt: '2026-05-05T10:00:00.000Z',
      tracking: { carrier: 'DHL', number: 'JD01' },
    });
    later();
    expect(await refresh()).toMatchObject({ changed: 0 });
    store.fulfilments.set(order, [{ ...fulfilment, displayStatus: 'NOT_DELIVERED' }]);
    later();
    await refresh();
    expect((await parcel(roster)).problem).toMatchObject({ code: 'not_delivered' });
    store.fulfilments.set(order, [{ ...fulfilment, displayStatus: 'DELIVERED', deliveredAt: '2026-05-07T10:00:00Z' }]);
    later();
    await refresh();
    expect(await parcel(roster)).toMatchObject({
      state: 'delivered',
      deliveredAt: '2026-05-07T10:00:00.000Z',
      problem: null,
    });
  });

  it.each(['draftOrderCreate', 'draftOrderComplete'])(
    'never makes two orders when the answer to %s is lost',
    async (step) => {
      store.add('Oat drink');
      await connect();
      const { roster, send, pickIds } = await approved(['ada', 'bo']);
      let lost = 0;
      store.trouble = (query) => {
        if (!query.includes(step) || lost >= 2) return null;
        lost += 1;
        return 'lose';
      };
      await send();
      await place();
      expect((await parcels(roster))[0]).toMatchObject({ state: 'waiting', problem: { code: 'shop_unavailable' } });
      for (let tries = 0; tries < 4; tries += 1) {
        later();
        // Two processes at once: one of them gets it.
        await Promise.all([place(), place()]);
      }
      expect((await parcels(roster)).map((one) => one.state)).toEqual(['ordered', 'ordered']);
      expect(store.orders).toHaveLength(2);
      expect(store.variants[0]?.stock).toBe(8);
      expect(await client.call(api.sendPicks, { campaignId: roster.campaignId, pickIds })).toMatchObject({
        done: 0,
        unchanged: 2,
      });
      await place();
      expect(store.orders).toHaveLength(2);
    },
  );

  it('says why an order failed and what to do: sold out, deleted, refused address, and tries again when asked', async () => {
    store.add('Oat drink');
    const other = store.add('Mug', { stock: 5 });
    await connect();
    const [mug] = await productsOf();
    const { roster, send, pickIds } = await approved(['cy'], { postcode: '99999' });
    await send();
    await place();
    const refused = await parcel(roster);
    expect(refused).toMatchObject({
      state: 'failed',
      problem: { code: 'address_refused', whatToDo: expect.stringContaining('correct the address') },
    });
    const [variant] = store.variants.filter((one) => one.id === other);
    if (variant !== undefined) variant.stock = 0;
    // A better address is tried by itself.
    await client.call(api.saveAddress, {
      personId: roster.enrolments[0]?.personId ?? '',
      address: home,
      isConfirmed: true,
    });
    await place();
    expect((await parcel(roster)).problem?.code).toBe('no_stock');
    store.variants = store.variants.filter((one) => one.id !== other);
    const retry = () => client.call(api.retryShipments, { shipmentIds: [refused.id] });
    await retry();
    await place();
    expect((await parcel(roster)).problem?.code).toBe('product_deleted');
    expect(store.drafts.filter((draft) => draft.order !== null)).toEqual([]);
    // Another product is chosen for the creator.
    const oat = (await productsOf()).find((product) => product.name === 'Oat drink');
    await client.call(api.editPick, {
      pickId: pickIds[0] ?? '',
      lines: [{ variantId: oat?.variants[0]?.id ?? '', quantity: 1 }],
    });
    expect(await retry()).toMatchObject({ done: 1 });
    await place();
    expect(await parcel(roster)).toMatchObject({ state: 'ordered', problem: null });
    expect(mug?.name).toBe('Mug');
  });

  it('says that a product added by hand is in no shop, and lets it be packed instead', async () => {
    store.add('Oat drink');
    await connect();
    const own = await client.call(api.createProduct, { name: 'Sticker', variants: [{ stock: 5 }] });
    const { roster, pickIds, variantId, send } = await approved(['di']);
    const lines = [
      { variantId, quantity: 1 },
      { variantId: own.variants[0]?.id ?? '', quantity: 1 },
    ];
    await client.call(api.editPick, { pickId: pickIds[0] ?? '', lines });
    await send();
    const failed = await parcel(roster);
    expect(failed).toMatchObject({
      state: 'failed',
      problem: { code: 'product_by_hand', message: expect.stringContaining('Sticker') },
    });
    expect(await client.call(api.retryShipments, { shipmentIds: [failed.id] })).toMatchObject({
      done: 0,
      refused: [{ message: expect.stringContaining('by hand') }],
    });
    expect(await client.call(api.retryShipments, { shipmentIds: [failed.id], way: 'by_hand' })).toMatchObject({
      done: 1,
    });
    expect(await parcel(roster)).toMatchObject({ state: 'ordered', way: 'by_hand' });
    expect(store.drafts).toEqual([]);
  });

  it('tells that the shop is disconnected, stops asking it, and orders what waited once it is back', async () => {
    store.add('Oat drink');
    await connect();
    const { roster, send } = await approved(['ed', 'fi']);
    await send();
    const token = store.token;
    store.token = 'shpat_changed';
    const asked = server.requests.length;
    await place();
    // One parcel finds out for all.
    expect(server.requests.length - asked).toBeLessThanOrEqual(2);
    expect((await parcels(roster)).map((one) => one.problem?.code)).toEqual(['shop_disconnected', 'shop_disconnected']);
    expect((await client.call(shopsApi.listShops, {})).shops[0]).toMatchObject({
      state: 'failing',
      message: expect.stringContaining('does not take the key'),
    });
    store.token = token;
    await client.call(shopsApi.connectShop, { kind: 'shopify', values: { shop: 'oat-whistle', accessToken: token } });
    later();
    await place();
    await place();
    expect((await parcels(roster)).map((one) => one.state)).toEqual(['ordered', 'ordered']);
    await client.call(shopsApi.disconnectShop, { shopId });
    expect((await client.call(shopsApi.listShops, {})).shops[0]).toMatchObject({ state: 'off' });
  });

  it('waits as long as the shop’s bucket says, and comes back later when that is too long', async () => {
    store.add('Oat drink');
    let throttled = 1;
    const answer = (currentlyAvailable: number) => ({
      body: {
        errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
        extensions: {
          cost: {
            requestedQueryCost: 500,
            throttleStatus: { maximumAvailable: 1000, currentlyAvailable, restoreRate: 50 },
          },
        },
      },
    });
    store.trouble = () => {
      if (throttled <= 0) return null;
      throttled -= 1;
      return answer(400);
    };
    await connect();
    expect(await productsOf()).toHaveLength(1);
    const { roster, send } = await approved(['gil']);
    store.trouble = () => answer(0);
    await send();
    await place();
    expect(await parcel(roster)).toMatchObject({ state: 'waiting', problem: { code: 'shop_unavailable' } });
    store.trouble = () => null;
    later();
    await place();
    expect((await parcel(roster)).state).toBe('ordered');
  });
});
