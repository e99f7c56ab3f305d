import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { aCampaign } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import {
  createLink,
  createRosterLinks,
  getLink,
  getLinkQr,
  getTrackingSummary,
  listClicks,
  listLinks,
  updateLink,
  watchTracking,
} from './api.ts';
import { dayOfClickId } from './click-id.ts';
import { readClickTotals } from './index.ts';

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

let test: TestCore;
let server: Server;
let origin: string;
let client: Client;
let workspaceId: string;

beforeAll(async () => {
  test = await openTestCore();
  workspaceId = await test.database.createWorkspace('brand');
  client = test.client('brand');
  server = createServer((request, response) => {
    if (!test.core.modules.tracking.redirect(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await test.close();
});

function visit(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
  return fetch(`${origin}${path}`, { method, redirect: 'manual', headers: { 'user-agent': iphone, ...headers } });
}

async function totals(linkId: string): Promise<{ clicks: number; visitors: number; dropped: number }> {
  await test.core.modules.tracking.settleClicks();
  const { clicks, visitors, dropped } = await client.call(getLink, { linkId });
  return { clicks, visitors, dropped };
}

async function hits(linkId: string) {
  await test.core.modules.tracking.settleClicks();
  return (await client.call(listClicks, { linkId })).rows;
}

async function failure(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It did not fail');
}

describe('a short link', () => {
  it('sends a visitor on with UTM parameters and a click id that is counted', async () => {
    const link = await client.call(createLink, {
      destination: 'https://shop.example/spring?size=m#top',
      slug: 'spring',
      utm: { source: 'instagram', campaign: 'Spring' },
    });
    const answer = await visit('/spring');

    expect(answer.status).toBe(302);
    const to = new URL(answer.headers.get('location') ?? '');
    expect(to.origin + to.pathname + to.hash).toBe('https://shop.example/spring#top');
    expect(Object.fromEntries(to.searchParams)).toEqual({
      size: 'm',
      utm_source: 'instagram',
      utm_medium: 'affiliate',
      utm_campaign: 'Spring',
      rapport_click: expect.stringMatching(/^[\w-]{32}$/),
    });
    const clickId = to.searchParams.get('rapport_click') ?? '';
    expect(dayOfClickId(clickId)).toBe(new Date().toISOString().slice(0, 10));
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toContain(`rapport_click=${clickId};`);
    expect(cookie).toContain('HttpOnly');
    expect(await totals(link.id)).toEqual({ clicks: 1, visitors: 1, dropped: 0 });
    expect((await client.call(listLinks, { sort: 'clicks' })).rows.map((row) => row.id)).toContain(link.id);
  });

  it('is found in any case and with a slash at the end, also in other alphabets', async () => {
    const link = await client.call(createLink, { destination: 'https://shop.example/', slug: 'Frühling-도자기' });
    expect(link.slug).toBe('frühling-도자기');
    for (const path of [
      '/Fr%C3%BChling-%EB%8F%84%EC%9E%90%EA%B8%B0',
      `/${encodeURIComponent('FRÜHLING-도자기'.normalize('NFD'))}/`,
    ]) {
      expect((await visit(path)).status).toBe(302);
    }
  });

  it('takes no destination, click id or UTM parameter from the visitor, and passes other parameters on', async () => {
    await client.call(createLink, { destination: 'https://shop.example/a?ref=own', slug: 'fixed' });
    const query =
      '?redir_url=https://evil.example&REF=other&rapport_click=forged&Rapport_Click=forged&utm_source=x&utm_term=y&gclid=abc&x=%0d%0aSet-Cookie:%20a=b';
    const to = new URL((await visit(`/fixed${query}`)).headers.get('location') ?? '');
    expect(to.origin + to.pathname).toBe('https://shop.example/a');
    expect(to.searchParams.getAll('ref')).toEqual(['own']);
    expect(to.searchParams.has('REF')).toBe(false);
    expect(to.searchParams.getAll('rapport_click')).toEqual([expect.stringMatching(/^[\w-]{32}$/)]);
    expect(to.searchParams.get('utm_source')).toBe('rapport');
    expect(to.searchParams.get('utm_term')).toBeNull();
    expect(to.searchParams.get('gclid')).toBe('abc');
  });

  it('that nobody made is a friendly page that counts nothing', async () => {
    await test.core.modules.tracking.settleClicks();
    const before = await test.database.db.asSystem((tx) => tx.selectFrom('click').select('click_id').execute());
    for (const path of ['/no-such-link', '/%E0%A4%A', '/a%00b', '/..%2f..', `/${'x'.repeat(5000)}`]) {
      const answer = await visit(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('leads nowhere');
    }
    await test.core.modules.tracking.settleClicks();
    expect(await test.database.db.asSystem((tx) => tx.selectFrom('click').select('click_id').execute())).toEqual(
      before,
    );
  });

  it('leaves the addresses of the installation alone', async () => {
    for (const path of [
      '/',
      '/app',
      '/app/',
      '/api',
      '/api/v1/session',
      '/docs',
      '/healthz',
      '/favicon.ico',
      '/robots.txt',
      '/a/b',
    ]) {
      expect((await visit(path)).status).toBe(418);
    }
  });

  it('keeps hits of bots, previews, scanners and the team with the reason, and counts none of them', async () => {
    const link = await client.call(createLink, { destination: 'https://shop.example/', slug: 'watched' });
    const answers = [
      await visit('/watched', {
        'user-agent': 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
      }),
      await visit('/watched', { 'user-agent': '' }),
      await visit('/watched', { 'sec-purpose': 'prefetch;prerender' }),
      await visit('/watched', {}, 'HEAD'),
      await visit('/watched', { cookie: 'rapport.session_token=abc' }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([302, 302, 302, 302, 302]);
    for (const answer of answers) expect(answer.headers.get('location')).not.toContain('rapport_click');
    expect((await hits(link.id)).map((hit) => hit.dropReason).sort()).toEqual([
      'bot',
      'head',
      'internal',
      'preview',
      'preview',
    ]);
    expect(await totals(link.id)).toEqual({ clicks: 0, visitors: 0, dropped: 5 });
  });

  it('counts one click a visitor and hour, however many come at once, and keeps the others as duplicates', async () => {
    const link = await client.call(createLink, { destination: 'https://shop.example/', slug: 'eager' });
    await Promise.all(Array.from({ length: 20 }, () => visit('/eager')));
    await visit('/eager', { 'user-agent': `${iphone} Instagram 300.0.0` });
    expect(await totals(link.id)).toEqual({ clicks: 2, visitors: 2, dropped: 19 });
  });

  it('stores no address of a visitor', async () => {
    const stored = await test.database.db.asSystem((tx) => tx.selectFrom('click').selectAll().execute());
    const text = JSON.stringify(stored.map((row) => ({ ...row, visitor_hash: row.visitor_hash?.toString('hex') })));
    expect(stored.length).toBeGreaterThan(0);
    expect(text).not.toContain('127.0.0.1');
  });

  it('follows a change at once, pauses and expires with a page that says so', async () => {
    const link = await client.call(createLink, { destination: 'https://shop.example/old', slug: 'moving' });
    await client.call(updateLink, { linkId: link.id, destination: 'https://shop.example/new' });
    expect((await visit('/moving')).headers.get('location')).toContain('https://shop.example/new');
    await client.call(updateLink, { linkId: link.id, state: 'paused' });
    expect((await visit('/moving')).status).toBe(404);
    await client.call(updateLink, { linkId: link.id, state: 'archived' });
    expect((await visit('/moving')).status).toBe(410);
    const { rows } = await client.call(listClicks, { linkId: link.id });
    expect(rows.every((row) => !row.counted || row.dropReason === null)).toBe(true);
  });

  it('made by another process is known within a second', async () => {
    const link = await client.call(createLink, { destination: 'https://shop.example/one', slug: 'shared' });
    await test.database.db.asSystem(async (tx) => {
      await tx.updateTable('link').set({ target: 'https://shop.example/two' }).where('id', '=', link.id).execute();
      const { sql } = await import('kysely');
      await sql`select pg_notify('rapport_links', ${link.id})`.execute(tx);
    });
    await expect
      .poll(async () => (await visit('/shared')).headers.get('location'), { timeout: 1000, interval: 20 })
      .toContain('/two');
  });

  it.each([
    ['javascript:alert(1)', 'destination'],
    ['data:text/html,x', 'destination'],
    ['//evil.example', 'destination'],
    ['shop.example', 'destination'],
    ['https://user:pass@shop.example/', 'destination'],
    ['https://shop.example/?rapport_click=x', 'destination'],
    ['https://shop.example/\u202e', 'destination'],
  ])('refuses the destination %s', async (destination, field) => {
    expect(await failure(client.call(createLink, { destination }))).toMatchObject({
      kind: 'invalid',
      details: [{ field }],
    });
  });

  it.each(['app', 'API', 'docs', 'healthz', 'арр', 'раypal', 'a b', 'a/b', '..', '-x', 'x'.repeat(65), 'a\u200bb', ''])(
    'refuses the slug "%s"',
    async (slug) => {
      expect(await failure(client.call(createLink, { destination: 'https://shop.example/', slug }))).toMatchObject({
        kind: 'invalid',
        details: [{ field: 'slug' }],
      });
    },
  );

  it('refuses a slug that is taken in any workspace, or that looks like one', async () => {
    await client.call(createLink, { destination: 'https://shop.example/', slug: 'cocoa' });
    await test.database.createWorkspace('rival');
    const rival = test.client('rival');
    for (const slug of ['cocoa', 'Cocoa', 'сосоа']) {
      expect(await failure(rival.call(createLink, { destination: 'https://rival.example/', slug }))).toMatchObject({
        kind: 'conflict',
        code: 'tracking.slug_taken',
      });
    }
  });

  it('of another workspace is not found', async () => {
    const link = await client.call(createLink, { destination: 'https://shop.example/' });
    await test.database.createWorkspace('stranger');
    const stranger = test.client('stranger');
    expect(await failure(stranger.call(getLink, { linkId: link.id }))).toMatchObject({ kind: 'not_found' });
    expect(await failure(stranger.call(updateLink, { linkId: link.id, state: 'paused' }))).toMatchObject({
      kind: 'not_found',
    });
    expect((await stranger.call(listClicks, { linkId: link.id })).rows).toEqual([]);
  });

  it('draws its QR code as SVG and PNG', async () => {
    const link = await client.call(createLink, { destination: 'https://shop.example/' });
    const svg = await (await client.open(getLinkQr, { linkId: link.id })).text();
    expect(svg).toContain('<svg');
    const png = Buffer.from(await (await client.open(getLinkQr, { linkId: link.id, format: 'png' })).arrayBuffer());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
  });
});

describe('links for a campaign', () => {
  it('are made for each creator once, named after the creator, with the UTM parameters analytics tools know', async () => {
    const roster = await aCampaign(test.database, workspaceId, ['nell.bakes', 'tomasz.brews', 'odalys.home']);
    const first = await client.call(createRosterLinks, { campaignId: roster.campaignId });
    expect(first).toMatchObject({ created: 3, existing: 0 });
    const nell = first.links.find((link) => link.creator?.handle === 'nell.bakes');
    expect(nell?.slug).toMatch(/^nell-bakes-[a-z0-9]{4,}$/);
    expect(nell?.utm).toEqual({
      source: 'instagram',
      medium: 'affiliate',
      campaign: 'slow-mornings',
      content: 'nell.bakes',
    });
    expect(await client.call(createRosterLinks, { campaignId: roster.campaignId })).toMatchObject({
      created: 0,
      existing: 3,
    });
    await visit(`/${nell?.slug}`);
    await test.core.modules.tracking.settleClicks();
    const today = new Date().toISOString().slice(0, 10);
    const read = await test.database.db.inWorkspace(workspaceId, (tx) =>
      readClickTotals(tx, { workspaceId, campaignId: roster.campaignId, from: today, to: today }),
    );
    expect(read).toMatchObject([{ enrolmentId: nell?.enrolmentId, clicks: 1n, visitors: 1n }]);
    expect((await client.call(getTrackingSummary, { days: 7 })).clicks).toBeGreaterThan(0);
    expect((await client.call(listLinks, { q: 'Tomasz' })).rows).toHaveLength(1);
  });

  it('show a click to those who watch', async () => {
    const link = await client.call(createLink, { destination: 'https://shop.example/', slug: 'live' });
    const stop = new AbortController();
    const stream = await client.open(watchTracking, {}, stop.signal);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = (await reader?.read())?.value ?? '';
    await visit('/live');
    await test.core.modules.tracking.settleClicks();
    while (!seen.includes('event: click')) seen += (await reader?.read())?.value ?? '';
    expect(seen).toContain(link.id);
    stop.abort();
    await reader?.cancel().catch(() => undefined);
  });
});

describe('the judgement of user agents', () => {
  const corpus = sharedData('corpora/user_agents');
  it.skipIf(corpus === null)('drops no browser and nearly every crawler (skipped: no shared data)', async () => {
    const { isBotUserAgent } = await import('./rules/is-bot-user-agent.ts');
    const real = (JSON.parse(readFileSync(`${corpus}/real.json`, 'utf8')) as { ua: string }[]).map((one) => one.ua);
    const crawlers = JSON.parse(readFileSync(`${corpus}/crawlers.json`, 'utf8')) as string[];
    expect(real.filter(isBotUserAgent)).toEqual([]);
    expect(crawlers.filter((ua) => !isBotUserAgent(ua)).length / crawlers.length).toBeLessThan(0.005);
  });

  it('takes in-app browsers for people', async () => {
    const { isBotUserAgent } = await import('./rules/is-bot-user-agent.ts');
    const { readUserAgent } = await import('./rules/read-user-agent.ts');
    const apps = {
      'Instagram app': `${iphone.replace('Version/17.5 ', '').replace('Safari/604.1', '')}Instagram 331.0.0.37.90 (iPhone15,2; iOS 17_5; en_US)`,
      'TikTok app':
        'Mozilla/5.0 (Linux; Android 14; SM-S911B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0 Mobile Safari/537.36 musical_ly_2023405030 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly app_version/34.5.3 ByteLocale/en',
      'Facebook app':
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/460.0;FBDV/iPhone14,5]',
      'YouTube app': 'com.google.android.youtube/19.16.39 (Linux; U; Android 14; en_US; Pixel 8) gzip',
    };
    for (const [browser, ua] of Object.entries(apps)) {
      expect([browser, isBotUserAgent(ua)]).toEqual([browser, false]);
      expect(readUserAgent(ua)).toMatchObject({ browser, device: browser === 'YouTube app' ? 'other' : 'phone' });
    }
  });
});
