import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createLink, getLink, listLinks } from './api.ts';

const browser =
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
  return fetch(`${origin}${path}`, { method, redirect: 'manual', headers: { 'user-agent': browser, ...headers } });
}

async function totals(linkId: string): Promise<{ clicks: number; visitors: number; dropped: number }> {
  await test.core.modules.tracking.settleClicks();
  const { clicks, visitors, dropped } = await client.call(getLink, { linkId });
  return { clicks, visitors, dropped };
}

async function _hits(linkId: string) {
  await test.core.modules.tracking.settleClicks();
  return test.database.db.inWorkspace(workspaceId, (tx) =>
    tx
      .selectFrom('click')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('link_id', '=', linkId)
      .orderBy('clicked_at')
      .execute(),
  );
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
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toContain(`rapport_click=${to.searchParams.get('rapport_click')};`);
    expect(cookie).toContain('HttpOnly');
    expect(await totals(link.id)).toEqual({ clicks: 1, visitors: 1, dropped: 0 });
    expect((await client.call(listLinks, {})).rows.map((row) => row.id)).toContain(link.id);
  });
});
