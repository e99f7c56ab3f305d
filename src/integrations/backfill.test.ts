import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { connectShop } from '#modules/shops/api.ts';
import {
  cancelBackfill,
  createOrderSource,
  listBackfills,
  listDeliveries,
  listOrders,
  type OrderBackfill,
  startBackfill,
} from '#modules/tracking/api.ts';
import { createIntake, readOnBackfills } from '#modules/tracking/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { FakeCodeShops } from '#tests/support/fake-code-shops.ts';
import {
  openReplayServer,
  type ReplayAnswer,
  type ReplayRequest,
  type ReplayServer,
} from '#tests/support/replay-server.ts';
import { createOrderShops } from './order-shops.ts';

const set = (amount: string) => ({ shopMoney: { amount, currencyCode: 'EUR' } });
/** An order as Shopify's GraphQL answers it. */
const node = (id: number, over: Record<string, unknown> = {}) => ({
  legacyResourceId: String(id),
  name: `#${id}`,
  test: false,
  email: 'jo@example.com',
  createdAt: '2026-05-14T08:00:00Z',
  processedAt: '2026-05-14T08:00:00Z',
  updatedAt: '2026-05-14T08:00:00Z',
  cancelledAt: null,
  currencyCode: 'EUR',
  displayFinancialStatus: 'PAID',
  totalPriceSet: set('50.00'),
  currentTotalPriceSet: set('50.00'),
  discountCodes: ['NELL10'],
  customAttributes: [],
  customerJourneySummary: null,
  lineItems: { nodes: [] },
  refunds: [],
  ...over,
});

let test: TestCore;
let server: ReplayServer;
let client: Client;
let codes = new FakeCodeShops();
/** What the shop has, page by page, and what it says instead of the next answers. */
let pages: Record<string, unknown>[][] = [];
let troubles: ReplayAnswer[] = [];
let asked: string[] = [];

function answer(request: ReplayRequest): ReplayAnswer {
  if (request.path.endsWith('/graphql.json')) {
    const { query, variables } = JSON.parse(request.body) as { query: string; variables: { after?: string | null } };
    if (!query.includes('orders(first')) return codes.answer(request);
    const at = Number(variables.after ?? '0');
    asked.push(`page ${at + 1}`);
    const trouble = at > 0 ? troubles.shift() : undefined;
    if (trouble !== undefined) return trouble;
    const isMore = at + 1 < pages.length;
    return {
      body: {
        data: { orders: { nodes: pages[at] ?? [], pageInfo: { hasNextPage: isMore, endCursor: String(at + 1) } } },
      },
    };
  }
  if (request.path.endsWith('/wc/v3/orders')) {
    const page = Number(request.query.get('page'));
    asked.push(`page ${page}`);
    return { headers: { 'x-wp-totalpages': String(pages.length) }, body: pages[page - 1] ?? [] };
  }
  const refunded = /\/wc\/v3\/orders\/(\d+)\/refunds$/.exec(request.path)?.[1];
  if (refunded !== undefined) return { body: [{ id: 9, amount: '10.00', date_created_gmt: '2026-05-15T08:00:00' }] };
  const stage = /^\/v1\/(checkout\/sessions|payment_intents|invoices|invoice_payments|charges|disputes)$/.exec(
    request.path,
  )?.[1];
  if (stage === undefined) return codes.answer(request);
  const all = (pages[0] ?? []).filter((one) => one.stage === stage);
  const after = request.query.get('starting_after');
  const from = after === null ? 0 : all.findIndex((one) => one.id === after) + 1;
  asked.push(`${stage} ${from}`);
  return { body: { data: all.slice(from, from + 1), has_more: from + 1 < all.length } };
}

beforeAll(async () => {
  server = await openReplayServer();
  server.answer(answer);
  test = await openTestCore({ fetch: server.fetch });
});
afterAll(async () => {
  await test?.close();
  await server?.close();
});

let round = 0;
beforeEach(async () => {
  round += 1;
  codes = new FakeCodeShops();
  pages = [];
  troubles = [];
  asked = [];
  await test.database.createWorkspace(`past-${round}`);
  client = test.client(`past-${round}`);
});

type Kind = 'shopify' | 'woocommerce' | 'stripe';
const keys: Record<Kind, Record<string, string>> = {
  shopify: { shop: 'oat-whistle', accessToken: 'shpat_test' },
  woocommerce: { url: 'https://shop.example', consumerKey: 'ck_1', consumerSecret: 'cs_1' },
  stripe: { secretKey: 'rk_test' },
};

async function begin(kind: Kind) {
  const shop = await client.call(connectShop, { kind, values: keys[kind] });
  // The key was tried by asking for a little of everything.
  asked = [];
  const given = kind === 'woocommerce' ? {} : { secret: 'whsec_0123456789' };
  const { source } = await client.call(createOrderSource, { name: kind, kind, ...given });
  const backfill = () => client.call(startBackfill, { sourceId: source.id, shopId: shop.id, since: '2026-05-01' });
  return { sourceId: source.id, shopId: shop.id, backfill };
}

/** A run of the job; the program's own may be at it too, and both together count each page once. */
async function readOn(): Promise<void> {
  const reach = { fetch: server.fetch, wait: async () => undefined, random: () => 0 };
  const orderShops = createOrderShops(server.fetch, reach);
  const { infra } = test.core;
  const parts = { infra, orderShops, intake: createIntake(infra, orderShops) };
  await readOnBackfills(parts, new AbortController().signal);
}

async function until(sourceId: string, holds: (one: OrderBackfill) => boolean): Promise<OrderBackfill> {
  let last: OrderBackfill | undefined;
  await expect
    .poll(
      async () => {
        await readOn();
        [last] = await client.call(listBackfills, { sourceId });
        return last !== undefined && holds(last);
      },
      { timeout: 15_000, interval: 20 },
    )
    .toBe(true);
  if (last === undefined) throw new Error('There is no backfill');
  return last;
}

const ended = (one: OrderBackfill) => one.state !== 'running';

describe('past orders of a shop', () => {
  it('come in page by page, over a limit of calls and a broken page, once, with what was refused and why', async () => {
    pages = [
      [node(1), node(2)],
      [node(3), node(4, { totalPriceSet: set('a lot'), currentTotalPriceSet: set('a lot') })],
      [node(5, { cancelledAt: '2026-05-15T08:00:00Z', updatedAt: '2026-05-15T08:00:00Z' })],
    ];
    troubles = Array.from({ length: 40 }, () => ({ status: 429, headers: { 'retry-after': '3600' }, body: {} }));
    const { sourceId, backfill } = await begin('shopify');
    await backfill();
    await expect(backfill()).rejects.toMatchObject({ code: 'tracking.backfill_running' });
    const waits = await until(sourceId, (one) => one.message !== null);
    expect(waits).toMatchObject({ state: 'running', pages: 1, read: 2, created: 2 });
    expect(waits.message).toMatch(/^Waits: /);

    troubles = Array.from({ length: 40 }, () => ({ body: '<html>Maintenance</html>' }));
    await until(sourceId, (one) => one.message !== null && one.message !== waits.message);
    troubles = [];
    const done = await until(sourceId, ended);
    expect(done).toMatchObject({ state: 'done', pages: 3, read: 5, created: 4, updated: 0, unchanged: 0, refused: 1 });
    // The first page was not asked for again after a stop: the reading went on where it stood.
    expect(asked.filter((one) => one === 'page 1').length).toBeLessThanOrEqual(2);
    const { rows } = await client.call(listDeliveries, { sourceId, outcome: 'refused' });
    expect(rows.map((row) => row.message)).toEqual([expect.stringContaining('total')]);
    const orders = (await client.call(listOrders, { sourceId })).rows;
    expect(orders.map((order) => [order.externalId, order.state]).sort()).toEqual([
      ['1', 'paid'],
      ['2', 'paid'],
      ['3', 'paid'],
      ['5', 'cancelled'],
    ]);

    await backfill();
    expect(await until(sourceId, ended)).toMatchObject({
      state: 'done',
      created: 0,
      updated: 0,
      unchanged: 4,
      refused: 1,
    });
    pages[0] = [
      node(1, { updatedAt: '2026-05-20T08:00:00Z', currentTotalPriceSet: set('40.00'), totalPriceSet: set('40.00') }),
      node(2),
    ];
    await backfill();
    expect(await until(sourceId, ended)).toMatchObject({ created: 0, updated: 1, unchanged: 3 });
  });

  it('come from WooCommerce with their refunds, and from Stripe as what was paid and given back', async () => {
    pages = [1, 2].map((id) => [
      {
        id,
        number: String(id),
        status: 'processing',
        currency: 'EUR',
        date_created_gmt: '2026-05-14T08:00:00',
        date_modified_gmt: '2026-05-14T08:00:00',
        total: '50.00',
        refunds: id === 2 ? [{ id: 9, total: '-10.00' }] : [],
        line_items: [],
      },
    ]);
    const woo = await begin('woocommerce');
    await woo.backfill();
    expect(await until(woo.sourceId, ended)).toMatchObject({ state: 'done', pages: 2, created: 2, refused: 0 });
    const nets = (await client.call(listOrders, { sourceId: woo.sourceId })).rows.map((order) => order.net.amountMinor);
    expect(nets.sort()).toEqual(['4000', '5000']);

    const paid = {
      object: 'payment_intent',
      amount_received: 5000,
      currency: 'eur',
      created: 1_778_745_600,
      livemode: true,
    };
    pages = [
      [
        { stage: 'payment_intents', id: 'pi_1', status: 'succeeded', ...paid, metadata: { rapport_order: 'A1' } },
        { stage: 'payment_intents', id: 'pi_2', status: 'requires_payment_method', ...paid },
        {
          stage: 'charges',
          id: 'ch_1',
          object: 'charge',
          payment_intent: 'pi_1',
          amount: 5000,
          amount_refunded: 700,
          currency: 'eur',
          created: 1_778_745_700,
          livemode: true,
        },
      ],
    ];
    const stripe = await begin('stripe');
    await stripe.backfill();
    expect(await until(stripe.sourceId, ended)).toMatchObject({ state: 'done', pages: 7, created: 1, updated: 1 });
    expect((await client.call(listOrders, { sourceId: stripe.sourceId })).rows).toMatchObject([
      { externalId: 'pi_1', net: { amountMinor: '4300' } },
    ]);
  });

  it('stop when they are cancelled, keep what is in, and end with words when the key does not work any more', async () => {
    pages = [[node(1)], [node(2)]];
    troubles = Array.from({ length: 40 }, () => ({ status: 429, headers: { 'retry-after': '3600' }, body: {} }));
    const { sourceId, backfill } = await begin('shopify');
    const { id } = await backfill();
    await until(sourceId, (one) => one.message !== null);
    await client.call(cancelBackfill, { sourceId, backfillId: id });
    troubles = [];
    await readOn();
    expect(await client.call(listBackfills, { sourceId })).toMatchObject([{ state: 'cancelled', created: 1 }]);
    const again = await client.call(cancelBackfill, { sourceId, backfillId: id }).catch((error: unknown) => error);
    expect(again).toBeInstanceOf(AppError);

    troubles = [
      { status: 401, body: {} },
      { status: 401, body: {} },
    ];
    await backfill();
    const failed = await until(sourceId, ended);
    expect(failed.state).toBe('failed');
    expect(failed.message).toContain('does not take the key');
  });
});
