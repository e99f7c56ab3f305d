import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getSession } from '#modules/workspaces/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  addMember,
  type Browser,
  browserWith,
  cookieOf,
  createPerson,
  openBrowser,
  signInAnswer,
} from '#tests/support/people.ts';

describe('a request that changes something by a session cookie', () => {
  let test: TestCore;
  let browser: Browser;

  beforeAll(async () => {
    test = await openTestCore();
    const workspaceId = await test.database.createWorkspace('brand');
    const userId = await createPerson(test, 'owner@example.com');
    await addMember(test, workspaceId, { userId, role: 'owner' });
    browser = await openBrowser(test, 'owner@example.com', 'brand');
  });

  afterAll(() => test.close());

  /** A browser's request with exactly these headers beside the cookie. */
  const rename = (headers: Record<string, string>, method = 'PATCH') =>
    test.fetch(
      new Request('http://localhost:4600/api/v1/workspace', {
        method,
        headers: { cookie: browser.cookie, 'rapport-workspace': 'brand', host: 'localhost:4600', ...headers },
        ...(method === 'GET' ? {} : { body: '{"name":"Changed"}' }),
      }),
    );

  it.each([
    ['of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['of another site that hides its origin', { 'sec-fetch-site': 'cross-site' }],
    ['of a sister domain', { 'sec-fetch-site': 'same-site', origin: 'http://shop.localhost:4600' }],
    ['of another port', { origin: 'http://localhost:9999' }],
    ['of a sandboxed frame', { origin: 'null' }],
    ['of an older browser without a word on where it comes from', {}],
    ['with a form type', { 'content-type': 'text/plain', origin: 'https://evil.example' }],
  ])('is refused from a page %s, and nothing changes', async (_, headers) => {
    const answer = await rename(headers);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { code: 'workspaces.other_site' } });
    const row = await test.database.db.asSystem((tx) =>
      tx.selectFrom('workspace').select('name').executeTakeFirstOrThrow(),
    );
    expect(row.name).toBe('brand');
  });

  it('is let through from our own page, in new browsers and older ones', async () => {
    expect((await rename({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await rename({ origin: 'http://localhost:4600' })).status).toBe(200);
  });

  it('changes nothing by GET, at no address of the API', async () => {
    const writing = test.core.modules.all
      .flatMap((module) => module.routes)
      .filter(({ endpoint }) => endpoint.method === 'GET' && endpoint.access.endsWith(':write'));
    expect(writing.map(({ endpoint }) => endpoint.name)).toEqual([]);
  });

  it('gives no other site leave to read: no answer carries CORS headers', async () => {
    const answer = await rename({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 'GET');
    const names = [...answer.headers.keys()].filter((name) => name.startsWith('access-control'));
    expect(names).toEqual([]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('cannot sign anybody in or out from another site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example', cookie: browser.cookie };
    for (const path of ['sign-in/email', 'sign-out']) {
      const body = JSON.stringify({ email: 'owner@example.com', password: 'x' });
      const answer = await test.fetch(
        new Request(`http://localhost:4600/api/auth/${path}`, { method: 'POST', headers, body }),
      );
      expect(answer.status).toBe(403);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect((await rename({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });
});

describe('guessing passwords', () => {
  let test: TestCore;

  beforeAll(async () => {
    test = await openTestCore({ env: { RAPPORT_TRUSTED_PROXIES: '127.0.0.1' } });
    await createPerson(test, 'target@example.com');
    await createPerson(test, 'other@example.com');
  });

  afterAll(() => test.close());

  const guess = (email: string, options: { from?: string; password?: string } = {}) =>
    test.fetch(
      new Request('http://localhost:4600/api/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': options.from ?? '203.0.113.1' },
        body: JSON.stringify({ email, password: options.password ?? 'wrong' }),
      }),
    );

  it('is stopped after five tries in a minute, all at once or one by one, known account or not, and then says nothing about either', async () => {
    for (const email of ['target@example.com', 'nobody@example.com']) {
      const statuses = (await Promise.all(Array.from({ length: 9 }, () => guess(email)))).map(({ status }) => status);
      expect(statuses.filter((status) => status === 401)).toHaveLength(5);
      expect(statuses.filter((status) => status === 429)).toHaveLength(4);
    }
    const answers = await Promise.all(['target@example.com', 'nobody@example.com'].map((email) => guess(email)));
    const bodies = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { error: object }).error));
    expect({ ...bodies[0], requestId: '' }).toEqual({ ...bodies[1], requestId: '' });
    expect(answers[0]?.headers.get('retry-after')).not.toBeNull();
  });

  it('does not get the right password through while it is stopped, nor lock the person out elsewhere', async () => {
    expect((await guess('target@example.com', { password: 'a long walk by the sea' })).status).toBe(429);
    expect(
      (await guess('target@example.com', { password: 'a long walk by the sea', from: '198.51.100.7' })).status,
    ).toBe(200);
  });

  it('is stopped from many addresses too', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 24; at += 1)
      statuses.push((await guess('other@example.com', { from: `198.51.100.${at}` })).status);
    expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401));
    expect(new Set(statuses.slice(20))).toEqual(new Set([429]));
  });

  it('does not count sign-ins that succeed', async () => {
    await createPerson(test, 'often@example.com');
    for (let at = 0; at < 8; at += 1) {
      expect((await guess('often@example.com', { password: 'a long walk by the sea', from: '192.0.2.9' })).status).toBe(
        200,
      );
    }
  });

  it('takes as long for an account that does not exist', async () => {
    await createPerson(test, 'time@example.com');
    const measure = async (email: string, from: string) => {
      const startedMs = performance.now();
      await guess(email, { from });
      return performance.now() - startedMs;
    };
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
    const known: number[] = [];
    const unknown: number[] = [];
    for (let at = 0; at < 9; at += 1) {
      known.push(await measure('time@example.com', `192.0.2.${at + 20}`));
      unknown.push(await measure(`no-${at}@example.com`, `192.0.2.${at + 20}`));
    }
    // Both hash once with argon2id, which is most of the time; without it the unknown one would take a tenth.
    expect(median(unknown)).toBeGreaterThan(median(known) * 0.5);
    expect(median(unknown)).toBeLessThan(median(known) * 2);
  });
});

describe('the session cookie', () => {
  it('is Secure and bound to its host when the public address is https', async () => {
    const test = await openTestCore({ env: { RAPPORT_URL: 'https://rapport.example' } });
    try {
      await createPerson(test, 'secure@example.com');
      const answer = await signInAnswer(test, { email: 'secure@example.com' });
      const [cookie = ''] = answer.headers.getSetCookie();
      expect(cookie).toMatch(/^__Host-rapport\.session_token=/);
      expect(cookie).toMatch(/; Secure/i);
      expect(cookie).toMatch(/; HttpOnly/i);
      expect(cookie).not.toMatch(/; Domain=/i);
      expect(cookie).toMatch(/; Path=\/(;|$)/i);
      const session = await browserWith(test, cookieOf(answer)).client.call(getSession, {});
      expect(session.user?.email).toBe('secure@example.com');
    } finally {
      await test.close();
    }
  });
});
