import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiPrefix } from '#kernel/endpoint.ts';
import { createCreator } from '#modules/creators/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { listPortalSessions } from './api.ts';

describe('the gate of the portal', () => {
  let test: TestCore;
  let nell: string;
  let odd: string;
  const origin = 'http://localhost:4600';

  beforeAll(async () => {
    test = await openTestCore();
    await test.database.createWorkspace('brand');
    await test.database.createWorkspace('other');
    nell = (await make('brand', 'nell')).id;
    odd = (await make('other', 'odd')).id;
  });

  afterAll(() => test.close());

  const make = (slug: string, handle: string) =>
    test.client(slug).call(createCreator, { name: handle, profiles: [{ platform: 'instagram', handle }] });

  const linkFor = async (slug: string, personId: string, path = '/tasks') => {
    const { infra } = test.core;
    const workspace = await infra.db.asSystem((tx) =>
      tx.selectFrom('workspace').select('id').where('slug', '=', slug).executeTakeFirstOrThrow(),
    );
    const spec = { workspaceId: workspace.id, personId, path, days: 14, madeBy: 'Rita' };
    return new URL(await infra.db.inWorkspace(workspace.id, (tx) => infra.portal.link(tx, spec))).hash.slice(1);
  };

  const ask = (method: string, path: string, parts: { headers?: Record<string, string>; body?: unknown } = {}) =>
    test.fetch(
      new Request(`${origin}${apiPrefix}${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...parts.headers },
        ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
      }),
    );

  const enter = async (token: string, cookie = '', isSwitch = false) => {
    const headers = { cookie, 'sec-fetch-site': 'same-origin' };
    const answer = await ask('POST', '/portal-sessions/enter', { headers, body: { token, isSwitch } });
    return { answer, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? cookie };
  };

  it('lets a creator in by the token of their link, and nobody by a member’s key or nothing', async () => {
    const client = await test.portal('brand', nell);
    expect((await client.call(listPortalSessions, {})).rows).toEqual([]);
    await expect(test.client('brand').call(listPortalSessions, {})).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect((await ask('GET', '/portal/sessions')).status).toBe(401);
  });

  it('begins a session by a link: its cookie is out of reach of scripts and other sites', async () => {
    const { answer, cookie } = await enter(await linkFor('brand', nell));
    expect(answer.headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    expect(await answer.json()).toEqual({
      data: { path: '/tasks', workspace: { slug: 'brand', name: expect.any(String) }, personName: 'nell' },
    });
    const listed = await ask('GET', '/portal/sessions', { headers: { cookie } });
    const { data } = (await listed.json()) as { data: { rows: { id: string; isCurrent: boolean }[] } };
    const own = data.rows.find((row) => row.isCurrent);
    const elsewhere = { headers: { cookie, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' } };
    expect((await ask('DELETE', `/portal/sessions/${own?.id}`, elsewhere)).status).toBe(403);
    const here = { headers: { cookie, 'sec-fetch-site': 'same-origin' } };
    expect((await ask('DELETE', `/portal/sessions/${own?.id}`, here)).status).toBe(200);
    expect((await ask('GET', '/portal/sessions', here)).status).toBe(401);
  });

  it('keeps the key of a browser with several brands, and never shows one brand what is another’s', async () => {
    const first = await enter(await linkFor('brand', nell));
    const second = await enter(await linkFor('other', odd), first.cookie);
    expect(second.answer.headers.get('set-cookie')).toBeNull();
    for (const [slug, wanted] of [
      ['brand', 200],
      ['other', 200],
      ['no-such', 401],
    ] as const) {
      const headers = { cookie: first.cookie, 'rapport-workspace': slug };
      expect((await ask('GET', '/portal/sessions', { headers })).status).toBe(wanted);
    }
  });

  it('asks before it makes a browser somebody else, and then forgets the one before', async () => {
    const nora = (await make('brand', 'nora')).id;
    const { cookie } = await enter(await linkFor('brand', nell));
    const token = await linkFor('brand', nora);
    const refused = await enter(token, cookie);
    expect(refused.answer.status).toBe(409);
    expect(await refused.answer.json()).toMatchObject({ error: { code: 'portal.other_person' } });
    const switched = await enter(token, cookie, true);
    expect(switched.answer.status).toBe(200);
    expect(switched.cookie).not.toBe(cookie);
    expect((await ask('GET', '/portal/sessions', { headers: { cookie } })).status).toBe(401);
  });

  it('lets nobody in by a link that ended or was taken back, and ends the sessions that came by it', async () => {
    const token = await linkFor('brand', nell);
    const { cookie } = await enter(token);
    await test.core.infra.db.asSystem((tx) =>
      tx.updateTable('portal_link').set({ revoked_at: new Date() }).where('revoked_at', 'is', null).execute(),
    );
    expect((await enter(token)).answer.status).toBe(409);
    expect((await ask('GET', '/portal/sessions', { headers: { cookie } })).status).toBe(401);
    expect((await ask('GET', '/portal/sessions', { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect((await enter('rpp_nothing')).answer.status).toBe(404);
  });
});
