import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FrontDoor, openFrontDoor } from '#app/serve.ts';
import type { Client } from '#client/client.ts';
import { listLeads } from '#modules/attribution/api.ts';
import { noBrowser, openChromium } from '#tests/support/browser.ts';
import { aCampaign } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { minifiedSnippet } from '../../../../scripts/build-snippet.ts';
import * as api from '../api.ts';
import { createClickIds } from '../index.ts';
import { clicksOfOrder, pageHostOf, readPageHost } from '../rules/browser-word.ts';
import { snippetText } from './snippet-text.ts';

let test: TestCore;
let client: Client;
let workspaceId = '';
let round = 0;

beforeAll(async () => {
  test = await openTestCore();
}, 60_000);
afterAll(() => test?.close());
beforeEach(async () => {
  round += 1;
  workspaceId = await test.database.createWorkspace(`snip-${round}`);
  client = test.client(`snip-${round}`);
});

const page = 'https://shop.example';
// A headless browser says so, and is counted as the program it is.
const person = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const tell = (body: unknown, how: { origin?: string | null; cookie?: string } = {}) =>
  test.fetch(
    new Request('http://localhost:4600/api/v1/snippet', {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: {
        'content-type': 'text/plain;charset=UTF-8',
        ...(how.origin === null ? {} : { origin: how.origin ?? page }),
        ...(how.cookie === undefined ? {} : { cookie: how.cookie }),
      },
    }),
  );
const errorOf = async (answer: Response) => ({
  status: answer.status,
  ...((await answer.json()) as { error: { code: string; details: { field: string }[] } }).error,
});
const orders = async () => (await client.call(api.listOrders, {})).rows;
const orderOf = async (orderId: string) => client.call(api.getOrder, { orderId });

describe('the script for shop pages', () => {
  it('is under 3 KB minified, and the text that is served is made from its source', async () => {
    expect(Buffer.byteLength(snippetText)).toBeLessThan(3000);
    expect(gzipSync(snippetText, { level: 9 }).length).toBeLessThan(1500);
    expect(snippetText).toBe(await minifiedSnippet());
  });

  it('tells an order that stays unverified until the shop itself speaks of it, whose word decides', async () => {
    const { source } = await client.call(api.createOrderSource, { name: 'Shop', kind: 'api' });
    const key = await client.call(api.createSnippetKey, { sourceId: source.id, hosts: ['shop.example'] });
    const clickId = createClickIds(test.core.infra.secret).make('lnk_x', Date.now());
    const first = await tell({
      k: key.key,
      t: 'order',
      c: clickId,
      b: { id: '1001', total: '52.40', currency: 'EUR' },
    });
    expect(await first.json()).toEqual({ data: { outcome: 'applied' } });
    const [order] = await orders();
    expect(order).toMatchObject({ externalId: '1001', isVerified: false, clickIds: [clickId] });
    expect((await client.call(api.listSnippetKeys, {})).keys[0]).toMatchObject({ orders: 1, unverified: 1 });
    // Somebody lies about it afterwards: the first word stands.
    const lie = await tell({ k: key.key, t: 'order', b: { id: '1001', total: '9999.00', currency: 'EUR' } });
    expect(await lie.json()).toEqual({ data: { outcome: 'unchanged' } });
    await client.call(api.createOrder, {
      sourceId: source.id,
      id: '1001',
      orderedAt: new Date().toISOString(),
      updatedAt: '2020-01-01T00:00:00Z',
      total: '48.00',
      currency: 'EUR',
    });
    expect(await orders()).toHaveLength(1);
    expect(await orderOf(order?.id ?? '')).toMatchObject({
      isVerified: true,
      amount: { amountMinor: '4800' },
      clickIds: [clickId],
    });
  });

  it('brings its click to an order the shop told before, however the two arrive, and only around its time', async () => {
    const { source } = await client.call(api.createOrderSource, { name: 'Shop', kind: 'api' });
    const key = await client.call(api.createSnippetKey, { sourceId: source.id, hosts: ['shop.example'] });
    const clickId = createClickIds(test.core.infra.secret).make('lnk_x', Date.now());
    const byShop = (id: string, orderedAt: string) =>
      client.call(api.createOrder, { sourceId: source.id, id, orderedAt, total: '10.00', currency: 'EUR' });
    const byPage = (id: string) => tell({ k: key.key, t: 'order', c: clickId, b: { id } });
    await byShop('a', new Date().toISOString());
    await byPage('a');
    await byPage('b');
    await byShop('b', new Date().toISOString());
    await byShop('old', '2026-01-01T00:00:00Z');
    await byPage('old');
    const clicks = Object.fromEntries((await orders()).map((order) => [order.externalId, order.clickIds]));
    expect(clicks).toEqual({ a: [clickId], b: [clickId], old: [] });
    expect((await orders()).every((order) => order.isVerified)).toBe(true);
  });

  it('takes the click from the cookie that scripts cannot see', async () => {
    const key = await client.call(api.createSnippetKey, { hosts: ['shop.example'] });
    const clickId = createClickIds(test.core.infra.secret).make('lnk_x', Date.now());
    const b = { id: 'c1', total: '1.00', currency: 'EUR' };
    await tell({ k: key.key, t: 'order', b }, { cookie: `a=b; rapport_click=${clickId}` });
    expect((await orders())[0]).toMatchObject({ clickIds: [clickId], sourceName: 'Script on pages' });
  });

  it('takes nothing from other hosts, with other keys, or that it cannot read, and says what is wrong', async () => {
    const key = await client.call(api.createSnippetKey, { hosts: ['https://Shop.example/path', 'other.example:8443'] });
    expect(key.hosts).toEqual(['shop.example', 'other.example:8443']);
    const word = { k: key.key, t: 'order', b: { id: '1', total: '1.00', currency: 'EUR' } };
    for (const origin of ['https://evil.example', 'https://shop.example.evil.example', 'null', null])
      expect(await errorOf(await tell(word, { origin }))).toMatchObject({
        status: 403,
        code: 'tracking.snippet_refused',
      });
    expect((await tell(word, { origin: 'https://www.shop.example' })).status).toBe(200);
    expect(await errorOf(await tell({ ...word, k: 'rpk_none' }))).toMatchObject({ status: 403 });
    const bodies: [unknown, string][] = [
      ['{', ''],
      ['[]', ''],
      [{ k: key.key, t: 'refund' }, 't'],
      [{ ...word, b: { total: '1.00', currency: 'EUR' } }, 'b.id'],
      [{ ...word, b: { id: '2', total: 52.4, currency: 'EUR' } }, 'b.total'],
      [{ ...word, b: { id: '2', total: '1.00', currency: 'XXQ' } }, 'b.currency'],
      [{ ...word, b: { id: 'a\u0000b', total: '1.00', currency: 'EUR' } }, ''],
      ['x'.repeat(70_000), ''],
    ];
    for (const [body, field] of bodies) {
      const error = await errorOf(await tell(body));
      expect([error.status, error.code]).toEqual([422, 'tracking.bad_snippet']);
      expect(error.details[0]?.field).toBe(field);
    }
    await client.call(api.revokeSnippetKey, { keyId: key.id });
    expect((await tell(word)).status).toBe(403);
    expect(await orders()).toHaveLength(1);
    await expect(client.call(api.createSnippetKey, { hosts: ['a b'] })).rejects.toMatchObject({
      code: 'tracking.bad_host',
    });
  });

  it('slows down an address that tells too much', async () => {
    const key = await client.call(api.createSnippetKey, { hosts: ['shop.example'] });
    const answers = await Promise.all(Array.from({ length: 130 }, () => tell({ k: key.key, t: 'view' })));
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(10);
  });

  it('tells a lead, once however often the page is loaded', async () => {
    const key = await client.call(api.createSnippetKey, { hosts: ['shop.example'] });
    const word = { k: key.key, t: 'lead', b: { id: 'u-1', event: 'sign-up' } };
    await tell(word);
    await tell(word);
    await expect
      .poll(async () => (await client.call(listLeads, {})).rows.map((lead) => lead.event), { timeout: 20_000 })
      .toEqual(['sign-up']);
  });

  it('reads hosts and takes clicks only around the time of the order', () => {
    expect(readPageHost('HTTPS://Shop.Example:443/x')).toEqual({ ok: true, host: 'shop.example' });
    expect(readPageHost('*.shop.example').ok).toBe(false);
    expect([pageHostOf('null'), pageHostOf(null), pageHostOf('https://a.b:81')]).toEqual(['sandbox', null, 'a.b:81']);
    const at = (minutes: number) => ({ clickIds: ['x'], toldAt: new Date(Date.UTC(2026, 0, 1, 0, minutes)) });
    const order = { clickIds: ['y'], orderedAt: '2026-01-01T00:00:00Z' };
    expect([-61, -60, 120, 121].map((minutes) => clicksOfOrder(order, at(minutes)).length)).toEqual([1, 2, 2, 1]);
  });
});

describe.skipIf(noBrowser !== null)('in a browser, on a page of another origin', () => {
  let door: FrontDoor;
  let shop: Server;
  let browser: Browser;
  let html: (path: string) => string = () => '';

  beforeAll(async () => {
    door = await openFrontDoor('127.0.0.1', 0);
    door.open(test.core, '/nowhere');
    shop = createServer((request, response) => {
      const own = `http://127.0.0.1:${door.port}`;
      response.writeHead(200, {
        'content-type': 'text/html',
        // As strict as a shop may be: nothing inline, nobody but itself and us.
        'content-security-policy': `default-src 'none'; script-src 'self' ${own}; connect-src ${own}; img-src 'self' data:`,
      });
      response.end(`<!doctype html><link rel="icon" href="data:,">${html(request.url ?? '/')}`);
    });
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    browser = await openChromium();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    shop?.close();
    await door?.close(500);
  });

  /** The shop under a name of its own: another site than the product's. */
  const shopUrl = (path: string) => `http://localhost:${(shop.address() as AddressInfo).port}${path}`;
  const scriptTag = (key: string, more = '') =>
    `<script src="http://127.0.0.1:${door.port}/rapport.js" data-key="${key}"${more}></script>`;

  async function aLink() {
    const { enrolments } = await aCampaign(test.database, workspaceId, ['nell']);
    const link = await client.call(api.createLink, {
      enrolmentId: enrolments[0]?.id ?? '',
      destination: shopUrl('/landing'),
    });
    return `http://127.0.0.1:${door.port}/${link.slug}`;
  }
  const creditOf = async () => (await orders())[0]?.credit?.creator?.handle;

  it('credits an order to the creator whose link led there, over pages and a reload, without a fault on the page', async () => {
    const link = await aLink();
    const key = await client.call(api.createSnippetKey, { hosts: [new URL(shopUrl('/')).host] });
    html = (path) => `<title>${path}</title>${scriptTag(key.key)}`;
    const context = await browser.newContext({ userAgent: person });
    const tab = await context.newPage();
    const faults: string[] = [];
    tab.on('pageerror', (error) => faults.push(error.message));
    tab.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())));
    await tab.goto(link);
    expect(tab.url()).toContain('rapport_click=');
    await tab.goto(shopUrl('/product'));
    await tab.goto(shopUrl('/thanks'));
    const sent = tab.waitForResponse((answer) => answer.url().endsWith('/api/v1/snippet'));
    await tab.evaluate(`rapport('order', { id: 'web-1', total: '31.50', currency: 'EUR' })`);
    expect((await sent).status()).toBe(200);
    await tab.reload();
    await context.close();
    await expect.poll(creditOf, { timeout: 20_000, interval: 100 }).toBe('nell');
    expect((await orders())[0]).toMatchObject({ externalId: 'web-1', isVerified: false });
    expect(faults).toEqual([]);
  });

  it('keeps nothing on the device before consent, and everything that was held with it', async () => {
    const link = await aLink();
    const key = await client.call(api.createSnippetKey, { hosts: [new URL(shopUrl('/')).host], consent: 'wait' });
    html = () => scriptTag(key.key, ' data-consent="wait"');
    const context = await browser.newContext({ userAgent: person });
    const tab = await context.newPage();
    await tab.goto(link);
    const kept = () => tab.evaluate<[number, string]>('[localStorage.length, document.cookie]');
    expect(await kept()).toEqual([0, '']);
    await tab.evaluate(`rapport('consent', true)`);
    expect((await kept())[0]).toBe(1);
    await tab.evaluate(`rapport('consent', false)`);
    expect(await kept()).toEqual([0, '']);
    await context.close();
  });

  it('finds the order by itself where a thank-you page exposes it', async () => {
    const link = await aLink();
    const key = await client.call(api.createSnippetKey, {
      hosts: [new URL(shopUrl('/')).host],
      consent: 'cookieless',
    });
    // Without cookies the click goes along in the address of links.
    html = (path) =>
      path.startsWith('/landing')
        ? `${scriptTag(key.key, ' data-consent="cookieless"')}<a href="/checkout/order-received/77/?key=wc">pay</a>`
        : scriptTag(key.key, ' data-consent="cookieless"');
    const context = await browser.newContext({ userAgent: person });
    const tab = await context.newPage();
    const ecommerce = { transaction_id: 77, value: 19.9, currency: 'EUR', coupon: 'X1' };
    await tab.addInitScript(
      `if (location.pathname.includes('order-received')) window.dataLayer = [${JSON.stringify({ event: 'purchase', ecommerce })}];`,
    );
    await tab.goto(link);
    await Promise.all([tab.waitForURL('**/order-received/**'), tab.click('a')]);
    await expect.poll(creditOf, { timeout: 20_000, interval: 100 }).toBe('nell');
    expect(await tab.evaluate<[number, string]>('[localStorage.length, document.cookie]')).toEqual([0, '']);
    expect((await orders())[0]).toMatchObject({ externalId: '77', codes: ['X1'], amount: { amountMinor: '1990' } });
    await context.close();
  });

  it('is served with a long life, a version, and to pages of any origin', async () => {
    const url = `http://127.0.0.1:${door.port}/rapport.js`;
    const answer = await fetch(url);
    expect(await answer.text()).toBe(snippetText);
    expect(answer.headers.get('cache-control')).toContain('max-age=86400');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const etag = answer.headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await fetch(`${url}?v=${etag.replaceAll('"', '')}`)).headers.get('cache-control')).toContain('immutable');
  });
});
