import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectorRun, openConnectorRun } from '#tests/support/connector-run.ts';
import type { ReplayAnswer } from '#tests/support/replay-server.ts';
import { createPinterest } from './pinterest.ts';

// Shapes after the schemas Account, Pin, Paginated and Error of Pinterest's OpenAPI description of v5; the values are invented.
const account = {
  account_type: 'BUSINESS',
  id: '2783136121146311751',
  profile_image: 'https://i.pinimg.example/a.jpg',
  website_url: 'https://bread.example',
  username: 'breadpins',
  about: 'Crumbs',
  business_name: 'Bread Pins',
  board_count: 14,
  pin_count: 339,
  follower_count: 0,
  following_count: 45,
  monthly_views: 163,
};
const pin = (id: string, more: object = {}) => ({
  id,
  created_at: '2026-01-01T20:10:40-00:00',
  link: 'https://bread.example/1',
  title: 'Rye',
  description: 'Best #rye',
  creative_type: 'REGULAR',
  board_owner: { username: 'breadpins' },
  is_owner: true,
  pin_metrics: {
    '90d': { pin_click: 7, impression: 2, clickthrough: 3 },
    lifetime_metrics: { pin_click: 7, impression: 200, clickthrough: 3, reaction: 10, comment: 0, save: 5 },
  },
  ...more,
});

describe('the Pinterest connector', () => {
  let run: ConnectorRun;
  beforeEach(async () => {
    run = await openConnectorRun(createPinterest, { credentials: { accessToken: 'pina_good' } });
  });
  afterEach(() => run.server.close());

  it('reads the account and its pins by bookmark, a measured 0 apart from what is not sent', async () => {
    run.server.answer(({ path, query }) => {
      if (path === '/v5/user_account') return { body: account };
      return query.has('bookmark')
        ? { body: { items: [pin('2', { pin_metrics: null, created_at: '2026-01-02T20:10:40' })], bookmark: null } }
        : { body: { items: [pin('1')], bookmark: 'LT4123' } };
    });
    const steps = await run.readAll('own', 'me');
    expect(steps[0]?.creators[0]?.profiles[0]).toMatchObject({
      handle: 'breadpins',
      followers: 0,
      postCount: 339,
      accountType: 'business',
    });
    expect(steps.flatMap((step) => step.posts)).toMatchObject([
      {
        externalId: '1',
        likes: 10,
        comments: 0,
        saves: 5,
        impressions: 200,
        postedAt: '2026-01-01T20:10:40.000Z',
        hashtags: ['rye'],
      },
      {
        externalId: '2',
        likes: null,
        comments: null,
        saves: null,
        impressions: null,
        postedAt: '2026-01-02T20:10:40.000Z',
      },
    ]);
    expect(steps.at(-1)?.missing).toMatchObject([{ field: 'pin metrics' }]);
    expect(run.spent.units).toBe(3);
  });

  it('does not go round when a bookmark comes again', async () => {
    run.server.answer(({ path }) => ({
      body: path === '/v5/user_account' ? account : { items: [pin('1')], bookmark: 'same' },
    }));
    expect(await run.readAll('own', 'me')).toHaveLength(3);
  });

  it('tells by status what an error means', async () => {
    const error = (status: number, code: number): ReplayAnswer => ({ status, body: { code, message: 'Said so' } });
    const expected: [ReplayAnswer, object][] = [
      [error(401, 2), { kind: 'credentials' }],
      [error(403, 29), { kind: 'credentials' }],
      [error(429, 8), { kind: 'rate_limited' }],
      [error(500, 0), { kind: 'unavailable' }],
      [error(400, 1), { kind: 'malformed' }],
      [{ body: '[' }, { kind: 'malformed' }],
      [{ body: { ...account, username: undefined } }, { kind: 'malformed' }],
    ];
    for (const [answer, fault] of expected) {
      run.server.answer(() => answer);
      expect(await run.fault('own', 'me')).toMatchObject(fault);
    }
  });
});
