import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { createCodeShops } from '#integrations/code-shops.ts';
import * as shopsApi from '#modules/shops/api.ts';
import { aCampaign } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { FakeCodeShops } from '#tests/support/fake-code-shops.ts';
import { openReplayServer, type ReplayServer } from '#tests/support/replay-server.ts';
import * as api from './api.ts';
import { readShopCodes } from './code-shops/sync-codes.ts';
import { makeDueCodes } from './index.ts';

const start = new Date('2026-05-04T09:00:00Z');
const signal = new AbortController().signal;

describe('codes in shops', () => {
  let test: TestCore;
  let server: ReplayServer;
  let shops = new FakeCodeShops();
  let now = start;
  let workspaceId = '';
  let client: Client;
  const adapters = () =>
    createCodeShops(server.fetch, { fetch: server.fetch, wait: async () => undefined, random: () => 0 });
  /** The program's own job may have taken some of it a moment before: what is in its hands is waited for. */
  const make = async () => {
    const tried = await makeDueCodes(test.core.infra, adapters(), { signal, workspaceId });
    const inHand = () =>
      test.database.db.inWorkspace(workspaceId, async (tx) => {
        const { rows } = await sql`
          select 1 from code_in_shop i join code_shop s on s.workspace_id = i.workspace_id and s.shop_id = i.shop_id and s.is_on
          where i.workspace_id = ${workspaceId} and i.made < i.wanted and not i.is_failed and i.message is null`.execute(
          tx,
        );
        return rows.length;
      });
    await expect.poll(inHand, { timeout: 20_000, interval: 50 }).toBe(0);
    return tried;
  };
  const later = (ms = 7 * 3_600_000) => {
    now = new Date(now.getTime() + ms);
    shops.now = now;
  };

  beforeAll(async () => {
    server = await openReplayServer();
    server.answer((request) => shops.answer(request));
    test = await openTestCore({ clock: { now: () => now }, fetch: server.fetch, isWorker: false });
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await server?.close();
  });

  let round = 0;
  beforeEach(async () => {
    round += 1;
    now = start;
    shops = new FakeCodeShops();
    shops.now = now;
    workspaceId = await test.database.createWorkspace(`codes-${round}`);
    client = test.client(`codes-${round}`);
  });
  const shopify = () =>
    client.call(shopsApi.connectShop, { kind: 'shopify', values: { shop: 'oat-whistle', accessToken: 'shpat_test' } });
  const woo = () =>
    client.call(shopsApi.connectShop, {
      kind: 'woocommerce',
      values: { url: 'https://shop.example', consumerKey: 'ck_1', consumerSecret: 'cs_1' },
    });
  const stripe = () => client.call(shopsApi.connectShop, { kind: 'stripe', values: { secretKey: 'rk_test' } });
  const ten = { kind: 'percent' as const, percent: 10 };
  const statesOf = async (codeId: string) =>
    Object.fromEntries((await client.call(api.getCode, { codeId })).shops.map((one) => [one.kind, one.state]));
  const messagesOf = async (codeId: string) =>
    (await client.call(api.getCode, { codeId })).shops.map((one) => one.message ?? '');

  it('makes a code in every connected shop at once, with its terms, and says so per shop', async () => {
    await shopify();
    await woo();
    await stripe();
    const code = await client.call(api.createCode, {
      code: 'NELL10',
      ...ten,
      endsAt: '2026-06-01T00:00:00Z',
      usageLimit: 50,
      minimum: { amountMinor: '2000', currency: 'EUR' },
    });
    expect(await statesOf(code.id)).toEqual({ shopify: 'waiting', woocommerce: 'waiting', stripe: 'waiting' });
    await make();
    expect(await statesOf(code.id)).toEqual({ shopify: 'made', woocommerce: 'made', stripe: 'made' });
    expect(shops.shopify.discounts[0]?.input).toMatchObject({
      code: 'NELL10',
      usageLimit: 50,
      endsAt: '2026-06-01T00:00:00.000Z',
      customerGets: { value: { percentage: 0.1 }, items: { all: true } },
      minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: '20.00' } },
    });
    expect(shops.woo.coupons[0]).toMatchObject({
      code: 'nell10',
      discount_type: 'percent',
      amount: '10',
      usage_limit: 50,
      minimum_amount: '20.00',
      date_expires_gmt: '2026-06-01T00:00:00',
    });
    expect(shops.stripe.promotions[0]).toMatchObject({
      code: 'NELL10',
      max_redemptions: 50,
      expires_at: Date.parse('2026-06-01T00:00:00Z') / 1000,
    });
    expect((await client.call(api.listCodeShops, {})).shops.map((shop) => shop.codes)).toEqual(
      Array.from({ length: 3 }, () => ({ made: 1, waiting: 0, failed: 0 })),
    );
  });

  it.each(['shopify', 'woo', 'stripe'] as const)(
    'never makes a code twice in %s when the answer gets lost, and finds it at the next try',
    async (kind) => {
      await { shopify, woo, stripe }[kind]();
      const code = await client.call(api.createCode, { code: 'LOST10', ...ten });
      shops.loseNextChange = true;
      await make();
      // Stripe gives a repeat under the same key the first answer, so it is repeated at once.
      const first = kind === 'stripe' ? 'made' : 'waiting';
      expect((await client.call(api.getCode, { codeId: code.id })).shops[0]?.state).toBe(first);
      for (let tries = 0; tries < 3; tries += 1) {
        later();
        // Two processes at once: one of them gets it.
        await Promise.all([make(), make()]);
      }
      expect((await client.call(api.getCode, { codeId: code.id })).shops[0]?.state).toBe('made');
      expect(shops.codesOf(kind)).toEqual(['LOST10']);
    },
  );

  it("tells a shop's own refusal in its words, waits for a person, and tries again when asked", async () => {
    await shopify();
    shops.shopify.refuse = { field: ['basicCodeDiscount', 'code'], code: 'TAKEN', message: 'Code must be unique.' };
    const code = await client.call(api.createCode, { code: 'NO10', ...ten });
    await make();
    expect(await statesOf(code.id)).toEqual({ shopify: 'failed' });
    expect(await messagesOf(code.id)).toEqual(['code: Code must be unique.']);
    later();
    expect(await make()).toBe(0);
    shops.shopify.refuse = null;
    expect(await client.call(api.putCodesInShops, { codeIds: [code.id] })).toEqual({ waiting: 1 });
    await make();
    expect(await statesOf(code.id)).toEqual({ shopify: 'made' });
  });

  it('waits when a shop asks to go slower, and takes a key that was taken back as a matter for a person', async () => {
    await shopify();
    shops.shopify.throttles = 20;
    const code = await client.call(api.createCode, { code: 'SLOW10', ...ten });
    await make();
    expect(await statesOf(code.id)).toEqual({ shopify: 'waiting' });
    expect(await messagesOf(code.id)).toEqual(['Shopify asks to go slower.']);
    shops.shopify.throttles = 0;
    shops.shopify.token = 'another';
    later();
    await make();
    expect(await statesOf(code.id)).toEqual({ shopify: 'failed' });
    expect((await client.call(api.listCodeShops, {})).shops[0]).toMatchObject({ state: 'failing' });
    shops.shopify.token = 'shpat_test';
    await shopify();
    await make();
    expect(await statesOf(code.id)).toEqual({ shopify: 'made' });
  });

  it('leaves a code of somebody else alone, whatever it is called', async () => {
    await woo();
    shops.woo.add({ code: 'theirs', amount: '50', discount_type: 'percent' });
    const code = await client.call(api.createCode, { code: 'THEIRS', ...ten });
    await make();
    expect(await statesOf(code.id)).toEqual({ woocommerce: 'failed' });
    expect((await messagesOf(code.id))[0]).toContain('not made by Rapport');
    expect(shops.woo.coupons).toHaveLength(1);
    expect(shops.woo.coupons[0]?.amount).toBe('50');
  });

  it('says what a kind of shop cannot do instead of making the code without it', async () => {
    await stripe();
    await woo();
    const once = await client.call(api.createCode, { code: 'ONCE10', ...ten, isOncePerCustomer: true });
    const first = await client.call(api.createCode, { code: 'FIRST10', ...ten, isFirstOrder: true });
    const dollars = await client.call(api.createCode, {
      code: 'FIVE',
      kind: 'fixed',
      amount: { amountMinor: '500', currency: 'USD' },
      otherAmounts: [{ amountMinor: '450', currency: 'EUR' }],
    });
    await make();
    expect(await statesOf(once.id)).toEqual({ stripe: 'failed', woocommerce: 'made' });
    expect(await statesOf(first.id)).toEqual({ stripe: 'made', woocommerce: 'failed' });
    expect(await statesOf(dollars.id)).toEqual({ stripe: 'made', woocommerce: 'made' });
    expect(shops.woo.coupons.find((one) => one.code === 'five')?.amount).toBe('4.50');
    expect(shops.stripe.coupons.find((one) => one.name === 'FIVE')).toMatchObject({ amount_off: 450, currency: 'eur' });
  });

  it('ends a code in the shop when it is paused here, and takes a later end there', async () => {
    await shopify();
    await woo();
    const code = await client.call(api.createCode, { code: 'END10', ...ten });
    await make();
    await client.call(api.updateCode, { codeId: code.id, endsAt: '2026-07-01T00:00:00Z' });
    await make();
    expect(shops.shopify.discounts[0]?.input.endsAt).toBe('2026-07-01T00:00:00.000Z');
    await client.call(api.updateCode, { codeId: code.id, state: 'paused' });
    await make();
    expect(shops.shopify.discounts[0]?.isActive).toBe(false);
    expect(Date.parse(`${shops.woo.coupons[0]?.date_expires_gmt}Z`)).toBeLessThan(now.getTime());
    await client.call(api.updateCode, { codeId: code.id, state: 'live' });
    await make();
    expect(shops.shopify.discounts[0]?.isActive).toBe(true);
    expect(shops.woo.coupons[0]?.date_expires_gmt).toBe('2026-07-01T00:00:00');
    expect(shops.codesOf('woo')).toEqual(['END10']);
  });

  it('takes in the codes a shop has, once, and lets a person say whose they are', async () => {
    const shop = await woo();
    for (const name of ['ada15', 'bo15', 'cy15'])
      shops.woo.add({ code: name, amount: '15', discount_type: 'percent', usage_count: 7 });
    shops.woo.add({ code: 'old', amount: '15', discount_type: 'percent', date_expires_gmt: '2020-01-01T00:00:00' });
    shops.woo.add({ code: 'odd', amount: '3', discount_type: 'sign_up_fee_percent', free_shipping: null });
    const sync = () => readShopCodes(test.core.infra, adapters(), { workspaceId, shopId: shop.id, signal });
    await sync();
    await sync();
    const { rows } = await client.call(api.listCodes, {});
    expect(rows.map((row) => row.code).sort()).toEqual(['ada15', 'bo15', 'cy15', 'odd']);
    expect(rows[0]?.shops[0]).toMatchObject({ state: 'made', isImported: true });
    expect(rows.find((row) => row.code === 'ada15')?.shops[0]).toMatchObject({ uses: 7 });
    const { enrolments } = await aCampaign(test.database, workspaceId, ['ada']);
    const ada = rows.find((row) => row.code === 'ada15');
    const owned = await client.call(api.updateCode, { codeId: ada?.id ?? '', enrolmentId: enrolments[0]?.id ?? '' });
    expect(owned.creator?.handle).toBe('ada');
    expect(await make()).toBe(0);
  });

  it('gives a creator a new code: the old one ends on its day in the shop, and both credit the creator', async () => {
    await shopify();
    const { enrolments } = await aCampaign(test.database, workspaceId, ['nell']);
    const old = await client.call(api.createCode, {
      code: 'NELL10',
      enrolmentId: enrolments[0]?.id ?? '',
      ...ten,
      usageLimit: 100,
    });
    await make();
    later(60_000);
    const answer = await client.call(api.rotateCode, {
      codeId: old.id,
      oldEndsAt: '2026-05-11T00:00:00Z',
      reason: 'on a coupon site',
    });
    expect(answer.code).toMatchObject({ usageLimit: 100, percent: 10, replaces: { code: 'NELL10' } });
    expect(answer.code.creator?.personId).toBe(old.creator?.personId);
    expect(answer.old).toMatchObject({ endsAt: '2026-05-11T00:00:00.000Z', replacedBy: { code: answer.code.code } });
    expect(answer.told).toBe('no_address');
    await make();
    expect(shops.codesOf('shopify').sort()).toEqual(['NELL10', answer.code.code].sort());
    expect(shops.shopify.discounts.find((one) => one.input.code === 'NELL10')?.input.endsAt).toBe(
      '2026-05-11T00:00:00.000Z',
    );
    const credited: string[] = [];
    for (const [at, code] of [
      ['2026-05-10T10:00:00Z', 'NELL10'],
      ['2026-05-10T10:00:00Z', answer.code.code],
    ] as const) {
      now = new Date('2026-05-12T00:00:00Z');
      const { order } = await client.call(api.createOrder, {
        id: `o-${code}`,
        orderedAt: at,
        amount: { amountMinor: '1000', currency: 'EUR' },
        codes: [code],
      });
      credited.push(order.id);
    }
    await expect
      .poll(
        async () =>
          Promise.all(
            credited.map(async (orderId) => (await client.call(api.getOrder, { orderId })).credit?.creator?.handle),
          ),
        { timeout: 20_000, interval: 100 },
      )
      .toEqual(['nell', 'nell']);
    const { history } = await client.call(api.getCode, { codeId: old.id });
    expect(history.map((step) => step.what)).toEqual(
      expect.arrayContaining(['Made', 'Made in Oat Whistle', `Taken over by ${answer.code.code}: on a coupon site`]),
    );
    await expect(
      client.call(api.rotateCode, { codeId: old.id, oldEndsAt: '2026-05-20T00:00:00Z', reason: 'again' }),
    ).rejects.toMatchObject({ code: 'tracking.bad_terms' });
  });

  it("shows a roster's codes before they are made, and makes the ones that were shown", async () => {
    const { campaignId, enrolments } = await aCampaign(test.database, workspaceId, ['nell', 'nell2', 'ada']);
    await client.call(api.createCode, { code: 'NELL10', ...ten });
    const preview = await client.call(api.previewRosterCodes, {
      campaignId,
      pattern: '{HANDLE}{PERCENT}',
      percent: 10,
    });
    expect(preview.codes).toHaveLength(3);
    expect(new Set(preview.codes.map((one) => one.code)).size).toBe(3);
    expect(preview.codes.find((one) => one.enrolmentId === enrolments[0]?.id)?.isVaried).toBe(true);
    expect((await client.call(api.listCodes, {})).rows).toHaveLength(1);
    const made = await client.call(api.createRosterCodes, {
      campaignId,
      ...ten,
      chosen: preview.codes.map(({ enrolmentId, code }) => ({ enrolmentId, code })),
    });
    expect(made.codes.map((one) => one.code).sort()).toEqual(preview.codes.map((one) => one.code).sort());
    expect((await client.call(api.previewRosterCodes, { campaignId, percent: 10 })).existing).toBe(3);
  });

  it('gives links that put the code into the cart, and tables as shops read them', async () => {
    await shopify();
    await woo();
    const code = await client.call(api.createCode, { code: 'NELL10', ...ten });
    const links = (await client.call(api.getCode, { codeId: code.id })).applyLinks.map((link) => link.url).sort();
    expect(links).toEqual(['https://oat.example/discount/NELL10', 'https://shop.example/?coupon=NELL10']);
    const table = async (format: string) => {
      const answer = await test.fetch(
        new Request(`http://localhost:4600/api/v1/codes/export?format=${format}`, {
          headers: { authorization: `Bearer ${test.core.infra.localToken}`, 'rapport-workspace': `codes-${round}` },
        }),
      );
      return (await answer.text()).split('\n').slice(0, 2);
    };
    expect(await table('woocommerce')).toEqual([
      'post_title,post_excerpt,post_status,discount_type,coupon_amount,free_shipping,expiry_date,minimum_amount,usage_limit,usage_limit_per_user',
      'NELL10,Rapport: no creator,publish,percent,10,no,,,,',
    ]);
    expect((await table('stripe'))[1]).toBe('NELL10,10,,,,,false,,');
    expect((await table('shopify'))[1]).toBe('NELL10,percentage,10,,,,,FALSE,');
  });

  it('is off in a shop that was let go, and the shop is asked no more', async () => {
    const shop = await shopify();
    const code = await client.call(api.createCode, { code: 'OFF10', ...ten });
    await client.call(shopsApi.disconnectShop, { shopId: shop.id });
    expect(await make()).toBe(0);
    expect(await statesOf(code.id)).toEqual({ shopify: 'off' });
  });
});
