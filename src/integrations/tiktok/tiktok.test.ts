import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectorRun, openConnectorRun } from '#tests/support/connector-run.ts';
import type { ReplayAnswer, ReplayRequest } from '#tests/support/replay-server.ts';
import { createTiktok } from './tiktok.ts';

// Shapes after the documents of the v2 Display API (user info, video list, error handling, token management) and of business/get; values invented.
const ok = { code: 'ok', message: '', log_id: '20220829194722CBE87ED59D524E727021' };
const failing = (status: number, code: string): ReplayAnswer => ({
  status,
  body: { data: {}, error: { code, message: 'Said so', log_id: 'x' } },
});
const user = {
  open_id: '723f24d7-e717-40f8-a2b6-cb8464cd23b4',
  union_id: 'c9',
  avatar_url: 'https://p19.example/a.jpeg',
  display_name: 'Rye',
  username: 'rye_and_shine',
  bio_description: 'Dawn',
  is_verified: false,
  follower_count: 84_200,
  following_count: 0,
  likes_count: 1_200_000,
  video_count: 60,
};
const video = (id: number, more: object = {}) => ({
  id: String(id),
  create_time: 1_777_000_000 + id,
  share_url: `https://www.tiktok.com/@rye_and_shine/video/${id}`,
  title: 'Crumb',
  video_description: 'Crumb #rye',
  duration: 31,
  like_count: 9,
  comment_count: 0,
  share_count: 1,
  view_count: 800,
  ...more,
});

describe('the TikTok connector', () => {
  let run: ConnectorRun;
  const credentials = { accessToken: 'act.good', refreshToken: 'rft.1', clientSecret: 's' };
  beforeEach(async () => {
    run = await openConnectorRun(createTiktok, { credentials, settings: { clientKey: 'k' } });
  });
  afterEach(() => run.server.close());

  const replay = (request: ReplayRequest): ReplayAnswer => {
    if (request.path === '/v2/user/info/') return { body: { data: { user }, error: ok } };
    if (request.path === '/v2/video/list/') {
      const { cursor } = JSON.parse(request.body) as { cursor?: number };
      const from = cursor === undefined ? 0 : 20;
      const videos = Array.from({ length: 20 }, (_, at) => video(from + at));
      return {
        body: {
          data: { videos, cursor: cursor === undefined ? 1_643_332_803_000 : 1, has_more: cursor === undefined },
          error: ok,
        },
      };
    }
    return { status: 404, body: 'no' };
  };

  it('reads the account that allowed it and its videos, page by page', async () => {
    run.server.answer(replay);
    const steps = await run.readAll('own', 'me');
    expect(steps[0]?.creators[0]?.profiles[0]).toMatchObject({
      handle: 'rye_and_shine',
      followers: 84_200,
      following: 0,
      isVerified: false,
    });
    const posts = steps.flatMap((step) => step.posts);
    expect(new Set(posts.map((post) => post.externalId)).size).toBe(40);
    expect(posts[0]).toMatchObject({
      likes: 9,
      comments: 0,
      shares: 1,
      views: 800,
      durationS: 31,
      postedAt: '2026-04-24T03:06:40.000Z',
    });
    expect(posts[0]).not.toHaveProperty('saves');
  });

  it('asks for less where the account allowed less, and says what is missing', async () => {
    run.access.settings.handle = 'rye_and_shine';
    run.server.answer((request) => {
      const fields = request.query.get('fields') ?? '';
      if (request.path === '/v2/user/info/' && /username|follower_count/.test(fields))
        return failing(401, 'scope_not_authorized');
      if (request.path === '/v2/user/info/')
        return { body: { data: { user: { open_id: 'o', display_name: 'Rye' } }, error: ok } };
      return failing(401, 'scope_not_authorized');
    });
    const steps = await run.readAll('own', 'me');
    expect(steps[0]?.creators[0]?.profiles[0]).toMatchObject({ handle: 'rye_and_shine', followers: null });
    expect(steps.flatMap((step) => step.missing).map((one) => one.field)).toEqual(
      expect.arrayContaining(['user.info.profile', 'user.info.stats', 'followers', 'posts']),
    );
  });

  it('renews an expired token once, keeps the new one before it is used, and says when it cannot', async () => {
    const tokens: ReplayAnswer[] = [
      {
        body: {
          access_token: 'act.new',
          expires_in: 86_400,
          open_id: 'o',
          refresh_expires_in: 31_536_000,
          refresh_token: 'rft.2',
          scope: 'video.list',
          token_type: 'Bearer',
        },
      },
      { body: { error: 'invalid_grant', error_description: 'Refresh token is invalid or expired.', log_id: 'x' } },
    ];
    run.server.answer((request) => {
      if (request.path === '/v2/oauth/token/') return tokens.shift() ?? { status: 500 };
      if (request.headers.authorization === 'Bearer act.good') return failing(401, 'access_token_invalid');
      return replay(request);
    });
    await run.readAll('own', 'me');
    expect(run.spent.renewed).toMatchObject([{ accessToken: 'act.new', refreshToken: 'rft.2', clientSecret: 's' }]);
    expect(run.server.requests.filter((one) => one.path === '/v2/oauth/token/')[0]?.body).toContain(
      'refresh_token=rft.1',
    );
    run.access.credentials.accessToken = 'act.good';
    expect(await run.fault('own', 'me')).toMatchObject({ kind: 'credentials' });
  });

  it('reads the audience by the Business API, without a sample size since none is told', async () => {
    run.access.credentials.businessToken = 'b';
    run.access.settings.businessId = '123';
    run.server.answer((request) =>
      request.origin === 'https://business-api.tiktok.com'
        ? {
            body: {
              code: 0,
              message: 'OK',
              request_id: 'r',
              data: {
                username: 'rye_and_shine',
                followers_count: 84_200,
                audience_countries: [
                  { country: 'DE', percentage: 0.6 },
                  { country: 'AT', percentage: 0.2 },
                  { country: 'Others', percentage: 0.2 },
                ],
                audience_genders: [
                  { gender: 'Female', percentage: 0.7 },
                  { gender: 'Male', percentage: 0.3 },
                ],
              },
            },
          }
        : replay(request),
    );
    const steps = await run.readAll('own', 'me');
    expect(steps.at(-1)?.creators[0]?.profiles[0]?.audience).toEqual({
      origin: 'imported',
      distributions: { country: { DE: 0.6, AT: 0.2 }, gender: { female: 0.7, male: 0.3 } },
    });
    expect(run.server.requests.at(-1)?.headers['access-token']).toBe('b');
  });

  it('tells by code what an error means', async () => {
    const expected: [ReplayAnswer, object][] = [
      [failing(429, 'rate_limit_exceeded'), { kind: 'rate_limited' }],
      [failing(500, 'internal_error'), { kind: 'unavailable' }],
      [failing(400, 'invalid_params'), { kind: 'malformed' }],
      [failing(401, 'scope_not_authorized'), { kind: 'credentials' }],
      [{ body: 'oops' }, { kind: 'malformed' }],
      [{ body: { data: {}, error: ok } }, { kind: 'malformed' }],
    ];
    for (const [answer, fault] of expected) {
      run.server.answer(() => answer);
      expect(await run.fault('own', 'me')).toMatchObject(fault);
    }
  });

  it('reads which videos bear a label where TikTok lists them, and leaves the others unknown', async () => {
    run.access.settings.labelClientKey = 'lk';
    run.access.credentials.labelClientSecret = 'ls';
    let refusal: ReplayAnswer | null = null;
    run.server.answer((request) => {
      if (request.path === '/v2/oauth/token/')
        return {
          body: { access_token: new URLSearchParams(request.body).get('client_key') === 'lk' ? 'clt.1' : null },
        };
      if (request.path !== '/v2/research/adlib/commercial_content/query/') return replay(request);
      expect(request.headers.authorization).toBe('Bearer clt.1');
      expect(JSON.parse(request.body)).toMatchObject({
        filters: {
          creator_usernames: ['rye_and_shine'],
          content_published_date_range: { min: '20251203', max: '20260601' },
        },
      });
      const content = (username: string, id: number) => ({ id: 9, creator: { username }, videos: [{ id }, {}] });
      const commercial_contents = [content('rye_and_shine', 3), content('somebody', 4), { videos: null }];
      const body = { data: { commercial_contents, has_more: false }, error: ok };
      // As the platform sends it: a number that JSON would round.
      return refusal ?? { body: JSON.stringify(body).replace('"id":3', '"id":7028743950684949651') };
    });
    const labelled = async () =>
      (await run.readAll('own', 'me')).flatMap((step) => step.posts.filter((post) => post.isPaidLabel === true));
    expect((await labelled()).map((post) => post.externalId)).toEqual(['7028743950684949651']);
    refusal = failing(403, 'scope_not_authorized');
    expect(await labelled()).toEqual([]);
  });
});
