import { createServer, request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  checkLink,
  createLink,
  createLinkDomain,
  createUtmTemplate,
  exportLinks,
  getDropped,
  getLink,
  importLinks,
  listClicks,
  listLinkDomains,
  listLinks,
  listUtmTemplates,
  removeLinkDomain,
  updateLink,
  updateLinkDomain,
  updateTrackingSettings,
} from './api.ts';

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';
const android =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';
const desktop =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';

let test: TestCore;
let server: Server;
let door: { close(): void };
let port: number;
let client: Client;

beforeAll(async () => {
  test = await openTestCore();
  await test.database.createWorkspace('brand');
  client = test.client('brand');
  server = createServer((request, response) => {
    if (!test.core.modules.tracking.redirect(request, response)) response.writeHead(418).end('not a link');
  });
  door = test.core.modules.tracking.stepInFront(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  server.close();
  door.close();
  server.closeAllConnections();
  await test.close();
});

interface Answer {
  status: number;
  location: string;
  cookies: string[];
  text: string;
}

/** One request through the plain door, or through node:http when it has a body. */
function visit(path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        port,
        host: '127.0.0.1',
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          'user-agent': iphone,
          ...headers,
          ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            location: response.headers.location ?? '',
            cookies: response.headers['set-cookie'] ?? [],
            text,
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error(`It did not fail: ${String(error)}`);
}

async function latest(linkId: string) {
  await test.core.modules.tracking.settleClicks();
  return (await client.call(listClicks, { linkId })).rows;
}

/** What the other end says to raw bytes, until it is quiet or closes. */
function sayRaw(bytes: string, parts = 1): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      const size = Math.ceil(bytes.length / parts);
      let at = 0;
      const next = () => {
        socket.write(bytes.slice(at, at + size), 'latin1');
        at += size;
        if (at < bytes.length) setTimeout(next, 5);
      };
      next();
    });
    socket.setTimeout(400, () => socket.destroy());
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(text));
    // A server that refuses may not wait for the rest.
    socket.on('error', () => undefined);
  });
}

describe('the way in front of the server', () => {
  it('answers links and hands everything else to the server, on one connection, whole or in pieces', async () => {
    await client.call(createLink, { destination: 'https://shop.example/', slug: 'door' });
    const get = (path: string, more = '') =>
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ${iphone}\r\n${more}\r\n`;
    expect(await sayRaw(get('/door'))).toMatch(/^HTTP\/1\.1 302 Found\r\nLocation: https:\/\/shop\.example\/\?/);
    expect(await sayRaw(get('/door'), 7)).toContain('302 Found');
    const both = await sayRaw(get('/door') + get('/app/') + get('/door'));
    expect(both.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 302', 'HTTP/1.1 418', 'HTTP/1.1 302']);
    expect(await sayRaw(get('/door', 'Connection: close\r\n'))).toMatch(/Connection: close/i);
    expect(await sayRaw(get('/door', 'Transfer-Encoding: chunked\r\nContent-Length: 3\r\n'))).toContain('HTTP/1.1 400');
    expect(await sayRaw('GET /door HTTP/1.1\r\nHost : x\r\n\r\n')).toContain('HTTP/1.1 400');
    const huge = `GET /door HTTP/1.1\r\nHost: x\r\nUser-Agent: ${'y'.repeat(1_000_000)}\r\n\r\n`;
    expect(await sayRaw(huge)).not.toContain('302');
    expect((await visit('/door')).status).toBe(302);
  });

  it('lets no visitor write a header, split an answer or lead elsewhere, whatever the address or the headers hold', async () => {
    const link = await client.call(createLink, { destination: 'https://shop.example/', slug: 'inject' });
    const get = (path: string, more = '') =>
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ${iphone}\r\n${more}\r\n`;
    for (const [path, more] of [
      ['/inject?x=%0d%0aSet-Cookie:%20evil=1%0d%0a%0d%0a<script>', ''],
      ['/inject?x=%E5%98%8A%E5%98%8DSet-Cookie:%20evil=1', ''],
      ['/inject?url=//evil.example&next=javascript:alert(1)&rapport_click=evil', ''],
      ['/inject', 'Referer: https://a.example/\r\n Set-Cookie: evil=1\r\n'],
      ['/inject', 'X-Forwarded-For: 1.2.3.4, "evil\r\n'],
      ['/inject', 'Cookie: rapport_ab=\u0000; rapport_click=evil\r\n'],
      ['/inject%0d%0aSet-Cookie:%20evil=1', ''],
    ] as const) {
      const answer = await sayRaw(get(path, more));
      expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
      const head = answer.split('\r\n\r\n')[0] ?? '';
      expect(head).not.toMatch(/^set-cookie: evil/im);
      const location = /^location: (.*)$/im.exec(head)?.[1];
      if (location !== undefined) expect(new URL(location).origin).toBe('https://shop.example');
      expect(location ?? '').not.toContain('rapport_click=evil');
    }
    expect((await latest(link.id)).every((hit) => hit.counted || hit.dropReason !== null)).toBe(true);
  });

  it('answers each of many connections exactly once', async () => {
    const link = await client.call(createLink, { destination: 'https://shop.example/', slug: 'crowd' });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) => visit('/crowd', { 'user-agent': `${iphone} Build/${at}` })),
    );
    expect(new Set(answers.map((answer) => answer.location)).size).toBe(50);
    expect(await latest(link.id)).toHaveLength(50);
  });
});

describe('a link with rules', () => {
  it('leads by device and system, first match wins, and the click says which way it took', async () => {
    const link = await client.call(createLink, {
      destination: 'https://shop.example/',
      slug: 'ways',
      rules: [
        { systems: ['android'], destination: 'https://shop.example/android' },
        { devices: ['phone'], destination: 'https://shop.example/phone' },
        { countries: ['de'], destination: 'https://shop.example/de' },
      ],
    });
    expect(link.rules[2]?.countries).toEqual(['DE']);
    const to = async (userAgent: string) => new URL((await visit('/ways', { 'user-agent': userAgent })).location);
    expect((await to(android)).pathname).toBe('/android');
    expect((await to(iphone)).pathname).toBe('/phone');
    const other = await to(desktop);
    expect(other.pathname).toBe('/');
    expect(other.searchParams.get('utm_medium')).toBe('affiliate');
    expect(other.searchParams.has('rapport_click')).toBe(true);
    await test.core.modules.tracking.settleClicks();
    const routes = await test.database.db.asSystem((tx) =>
      tx.selectFrom('click').select(['os', 'route']).where('link_id', '=', link.id).orderBy('clicked_at').execute(),
    );
    expect(routes).toEqual([
      { os: 'android', route: 'rule 1' },
      { os: 'ios', route: 'rule 2' },
      { os: 'windows', route: null },
    ]);
  });

  it('splits visitors by weight and gives a returning one the same page again', async () => {
    await client.call(createLink, {
      destination: 'https://shop.example/',
      slug: 'split',
      variants: [
        { weight: 3, destination: 'https://shop.example/a' },
        { weight: 1, destination: 'https://shop.example/b' },
      ],
    });
    const seen: string[] = [];
    for (let at = 0; at < 80; at += 1)
      seen.push(new URL((await visit('/split', { 'user-agent': `${iphone} Build/${at}` })).location).pathname);
    const share = seen.filter((path) => path === '/a').length / seen.length;
    expect(share).toBeGreaterThan(0.55);
    expect(share).toBeLessThan(0.95);
    const first = await visit('/split', { 'user-agent': desktop });
    const kept = first.cookies.find((cookie) => cookie.startsWith('rapport_ab='))?.split(';')[0] ?? '';
    const other = kept.endsWith('.0') ? kept.replace(/0$/, '1') : kept.replace(/1$/, '0');
    const path = (cookie: string) =>
      visit('/split', { 'user-agent': desktop, cookie }).then((answer) => new URL(answer.location).pathname);
    expect(await path(kept)).toBe(new URL(first.location).pathname);
    expect(await path(other)).not.toBe(new URL(first.location).pathname);
  });

  it('opens an app where it names one, and takes no scheme that a browser would run', async () => {
    await client.call(createLink, {
      destination: 'https://shop.example/p',
      slug: 'inapp',
      apps: {
        ios: { opens: 'shopapp://p?x=1', store: 'https://apps.apple.com/app/id1' },
        android: { opens: 'https://shop.example/open', store: null },
      },
    });
    const page = await visit('/inapp');
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/data-opens="shopapp:\/\/p\?x=1&#38;rapport_click=[\w-]{32}"/);
    expect((await visit('/inapp', { 'user-agent': android })).location).toMatch(
      /^https:\/\/shop\.example\/open\?rapport_click=/,
    );
    expect((await visit('/inapp', { 'user-agent': desktop })).location).toContain('https://shop.example/p?');
    for (const opens of [
      'javascript://%0aalert(1)',
      'data://x',
      'intent://x#Intent;end',
      'shopapp',
      'shopapp://"><script>',
    ]) {
      const error = await failure(
        client.call(createLink, { destination: 'https://shop.example/', apps: { ios: { opens, store: null } } }),
      );
      expect(error.code).toBe('tracking.bad_app');
      expect(error.details[0]?.field).toBe('apps.ios.opens');
    }
  });

  it('asks for its password, counts whoever knows it, and stops those who guess', async () => {
    const link = await client.call(createLink, {
      destination: 'https://shop.example/secret',
      slug: 'closed',
      password: 'open sesame',
    });
    expect(link.hasPassword).toBe(true);
    expect(JSON.stringify(link)).not.toContain('argon2');
    const asked = await visit('/closed');
    expect(asked.status).toBe(401);
    expect(asked.text).toContain('type="password"');
    expect(asked.text).not.toContain('shop.example');
    expect((await visit('/closed+')).text).not.toContain('shop.example');
    expect((await visit('/closed', {}, 'password=wrong')).status).toBe(401);
    const opened = await visit('/closed', {}, 'password=open+sesame');
    expect(opened.status).toBe(302);
    expect(opened.location).toContain('https://shop.example/secret?');
    const tries = [];
    for (let at = 0; at < 4; at += 1) tries.push((await visit('/closed', {}, `password=guess${at}`)).status);
    expect(tries.at(-1)).toBe(429);
    expect((await latest(link.id)).map((hit) => hit.dropReason).sort()).toEqual([null, 'locked'].sort());
  });

  it('shows where it leads when asked with a plus, without counting, and ends at its other address', async () => {
    const link = await client.call(createLink, { destination: 'https://shop.example/<b>', slug: 'shown' });
    const page = await visit('/shown+');
    expect(page.status).toBe(200);
    expect(page.text).toContain('shop.example');
    expect(page.text).not.toContain('<b>');
    expect(await latest(link.id)).toHaveLength(0);
    await client.call(updateLink, { linkId: link.id, expiredUrl: 'https://shop.example/over' });
    await test.database.db.asSystem((tx) =>
      tx
        .updateTable('link')
        .set({ expires_at: new Date(Date.now() - 1000) })
        .where('id', '=', link.id)
        .execute(),
    );
    await client.call(updateLink, { linkId: link.id, tags: ['done'] });
    expect((await visit('/shown')).location).toBe('https://shop.example/over');
    expect((await latest(link.id))[0]?.dropReason).toBe('expired');
  });
});

describe('a host of the workspace', () => {
  it('serves its own links once it is proven, apart from those of the installation, and reaches the shop with its cookie', async () => {
    const made = await client.call(createLinkDomain, {
      host: 'Go.Käse.example',
      cookieDomain: 'käse.example',
      rootUrl: 'https://käse.example/',
    });
    expect(made).toMatchObject({ host: 'go.xn--kse-qla.example', hostShown: 'go.käse.example', state: 'waiting' });
    expect(made.records.map((record) => record.type)).toEqual(['CNAME', 'TXT']);
    const early = await failure(client.call(createLink, { destination: 'https://shop.example/', domain: made.host }));
    expect(early.code).toBe('tracking.domain_waiting');
    await test.database.db.asSystem((tx) => tx.updateTable('link_domain').set({ state: 'live' }).execute());
    await client.call(updateTrackingSettings, { cookieDays: 90 });
    const here = await client.call(createLink, {
      destination: 'https://shop.example/own',
      slug: 'twin',
      domain: made.host,
    });
    await client.call(createLink, { destination: 'https://shop.example/default', slug: 'twin' });
    expect(here.shortUrl).toContain('//go.xn--kse-qla.example/twin');
    const own = await visit('/twin', { host: 'GO.xn--kse-qla.example:443' });
    expect(own.location).toContain('https://shop.example/own?');
    expect(own.cookies[0]).toMatch(
      /^rapport_click=[\w-]{32}; Max-Age=7776000; Path=\/; Domain=xn--kse-qla\.example; HttpOnly; SameSite=Lax/,
    );
    expect((await visit('/twin')).location).toContain('https://shop.example/default?');
    expect((await visit('/', { host: made.host })).location).toBe('https://xn--kse-qla.example/');
    expect((await visit('/app/', { host: made.host })).status).toBe(404);
    expect((await failure(client.call(removeLinkDomain, { domainId: made.id }))).code).toBe('tracking.host_used');
    expect((await client.call(listLinkDomains, {})).rows[0]?.links).toBe(1);
  });

  it('where capitals count holds Nell and nell apart, which is settled before the first link', async () => {
    const made = await client.call(createLinkDomain, { host: 'case.shop.example', isCaseSensitive: true });
    await test.database.db.asSystem((tx) => tx.updateTable('link_domain').set({ state: 'live' }).execute());
    await client.call(updateTrackingSettings, { cookieDays: 90 });
    const on = { domain: made.host };
    for (const slug of ['Nell', 'nell'])
      expect(await client.call(createLink, { destination: `https://shop.example/${slug}`, slug, ...on })).toMatchObject(
        { slug },
      );
    expect(
      (await failure(client.call(createLink, { destination: 'https://shop.example/', slug: 'Nell', ...on }))).code,
    ).toBe('tracking.slug_taken');
    expect(
      (await failure(client.call(createLink, { destination: 'https://shop.example/', slug: 'Арі', ...on }))).code,
    ).toBe('tracking.bad_slug');
    const to = async (path: string) => new URL((await visit(path, { host: made.host })).location).pathname;
    expect([await to('/Nell'), await to('/nell'), await to('/%4eell')]).toEqual(['/Nell', '/nell', '/Nell']);
    expect((await visit('/NELL', { host: made.host })).status).toBe(404);
    const fixed = await failure(client.call(updateLinkDomain, { domainId: made.id, isCaseSensitive: false }));
    expect(fixed.details[0]?.field).toBe('isCaseSensitive');
  });

  it('is refused when it is no host of the web, and its cookie when it would reach others', async () => {
    for (const host of [
      'localhost',
      '10.0.0.1',
      'go.shop.local',
      'https://go.shop.example',
      'a b.example',
      '-x.example',
    ]) {
      expect((await failure(client.call(createLinkDomain, { host }))).code).toBe('tracking.bad_host');
    }
    for (const cookieDomain of ['example', 'co.uk', 'other.example', 'op.co.uk']) {
      const error = await failure(client.call(createLinkDomain, { host: 'go.shop.co.uk', cookieDomain }));
      expect(error.details[0]?.field).toBe('cookieDomain');
    }
  });
});

describe('what a workspace says of its clicks', () => {
  it('keeps cookies to those who consent, and none for browsers that ask for privacy', async () => {
    await client.call(createLink, { destination: 'https://shop.example/', slug: 'biscuit' });
    const has = async (headers: Record<string, string>) => (await visit('/biscuit', headers)).cookies.length > 0;
    expect(await has({})).toBe(true);
    expect(await has({ 'sec-gpc': '1' })).toBe(false);
    await client.call(updateTrackingSettings, { cookies: 'consent', consentCookie: 'cmp=marketing' });
    expect(await has({})).toBe(false);
    expect(await has({ cookie: 'a=b; cmp=necessary%2Cmarketing' })).toBe(true);
    await client.call(updateTrackingSettings, { cookies: 'never' });
    const answer = await visit('/biscuit', { cookie: 'cmp=marketing' });
    expect(answer.cookies).toEqual([]);
    expect(answer.location).toContain('rapport_click=');
    await client.call(updateTrackingSettings, { cookies: 'always', consentCookie: null });
  });

  it('leads nowhere but to the hosts it allows, links made before included when they change', async () => {
    const link = await client.call(createLink, { destination: 'https://old.example/', slug: 'strict' });
    await client.call(updateTrackingSettings, { destinationHosts: ['shop.example'] });
    try {
      await client.call(createLink, { destination: 'https://www.shop.example/' });
      for (const attempt of [
        () => client.call(createLink, { destination: 'https://evil.example/' }),
        () => client.call(createLink, { destination: 'https://shop.example.evil.example/' }),
        () => client.call(updateLink, { linkId: link.id, destination: 'https://notshop.example/' }),
        () =>
          client.call(updateLink, {
            linkId: link.id,
            rules: [{ devices: ['phone'], destination: 'https://evil.example/' }],
          }),
      ])
        expect((await failure(attempt())).code).toBe('tracking.bad_destination');
    } finally {
      await client.call(updateTrackingSettings, { destinationHosts: [] });
    }
  });

  it('drops named referrers, keeps the click id for whoever may be a person, and counts reasons', async () => {
    await client.call(updateTrackingSettings, { spamHosts: ['spam.example'] });
    const link = await client.call(createLink, { destination: 'https://shop.example/', slug: 'reasons' });
    const spam = await visit('/reasons', { referer: 'https://www.spam.example/x' });
    expect(spam.location).toContain('rapport_click=');
    await visit('/reasons', { 'user-agent': 'WhatsApp/2.23.20.0' });
    await visit('/reasons', { 'user-agent': 'Mozilla/5.0 (compatible; Mimecast; scan)bot' });
    await visit('/reasons', { 'user-agent': desktop, referer: 'https://l.instagram.com/' });
    expect((await latest(link.id)).map((hit) => hit.dropReason).sort()).toEqual(
      ['preview', 'scanner', 'spam', null].sort(),
    );
    const dropped = await client.call(getDropped, { days: 7 });
    expect(dropped.reasons.find((row) => row.reason === 'scanner')).toMatchObject({ hits: 1, links: 1 });
    expect(dropped.links.find((row) => row.linkId === link.id)).toMatchObject({ dropped: 3, counted: 1 });
    const channels = await test.database.db.asSystem((tx) =>
      tx.selectFrom('click').select('channel').where('link_id', '=', link.id).where('counted', '=', true).execute(),
    );
    expect(channels).toEqual([{ channel: 'Organic Social' }]);
  });

  it('fills UTM templates with what the link knows', async () => {
    await client.call(createUtmTemplate, { name: 'House', utm: { source: '{platform}', campaign: 'x-{campaign}' } });
    await client.call(createUtmTemplate, { name: 'House', utm: { source: '{platform}', campaign: 'y-{campaign}' } });
    const { rows } = await client.call(listUtmTemplates, {});
    expect(rows.map((row) => row.utm.campaign)).toEqual(['y-{campaign}']);
    const link = await client.call(createLink, { destination: 'https://shop.example/', utm: rows[0]?.utm ?? {} });
    expect(link.utm).toEqual({ source: 'rapport', medium: 'affiliate' });
  });
});

describe('many links', () => {
  it('come from a file with what is wrong in each row, once, and go out in the same columns', async () => {
    const csv =
      'slug,destination,tags,utm_campaign\nfile-a,https://shop.example/a,"red, big",spring\nfile-b,javascript:alert(1),,\napi,https://shop.example/,,\n,https://shop.example/c,,\n';
    const upload = () => client.upload(importLinks, {}, { body: Buffer.from(csv), fileName: 'links.csv' });
    const first = await upload();
    expect(first).toMatchObject({ read: 4, created: 2, unchanged: 0, errorsTotal: 2 });
    expect(first.errors.map((error) => [error.row, error.field])).toEqual([
      [3, 'destination'],
      [4, 'slug'],
    ]);
    expect(await upload()).toMatchObject({ created: 1, unchanged: 1 });
    const tagged = await client.call(listLinks, { tag: 'red' });
    expect(tagged.rows.map((row) => row.slug)).toEqual(['file-a']);
    expect((await visit('/file-a')).status).toBe(302);
    const text = await (await client.open(exportLinks, {})).text();
    expect(text).toContain('file-a,');
    expect(text).toContain('"big, red"');
  });

  it('are asked whether their destination is there; what is refused by our own guard is not known', async () => {
    const link = await client.call(createLink, { destination: 'http://127.0.0.1:1/', slug: 'inward' });
    expect(link.health).toBeNull();
    const asked = await client.call(checkLink, { linkId: link.id });
    expect(asked.health?.state).toBe('unknown');
    expect((await client.call(getLink, { linkId: link.id })).health?.problem).not.toBeNull();
  });
});
