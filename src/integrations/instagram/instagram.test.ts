import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectorRun, openConnectorRun } from '#tests/support/connector-run.ts';
import type { ReplayAnswer } from '#tests/support/replay-server.ts';
import { createInstagram } from './instagram.ts';

// Shapes after the sample responses of business_discovery, IG Media insights, IG User insights, IG Hashtag Search and of error handling at
// developers.facebook.com/docs/instagram-platform and /docs/graph-api; the values are invented.
const me = '17841405309211844';
const media = (id: number, more: object = {}) => ({
  id: `1790${id}`,
  caption: `Loaf ${id} #rye @millhouse`,
  media_type: 'IMAGE',
  media_product_type: 'FEED',
  permalink: `https://www.instagram.com/p/${id}/`,
  timestamp: '2026-05-01T10:00:00+0000',
  like_count: 90,
  comments_count: 0,
  ...more,
});
const account = (more: object = {}) => ({
  ig_id: 3057,
  id: '178999',
  username: 'nell.bakes',
  name: 'Nell',
  biography: 'Slow bread',
  website: 'https://nell.example/',
  followers_count: 12_345,
  follows_count: 0,
  media_count: 210,
  profile_picture_url: 'https://scontent.example/nell.jpg',
  ...more,
});
const graphError = (code: number, subcode = 0, status = 400): ReplayAnswer => ({
  status,
  body: {
    error: {
      message: 'Said so',
      type: 'OAuthException',
      code,
      error_subcode: subcode,
      is_transient: false,
      fbtrace_id: 'A',
    },
  },
});

describe('the Instagram connector', () => {
  let run: ConnectorRun;
  beforeEach(async () => {
    run = await openConnectorRun(createInstagram, {
      credentials: { accessToken: 'EAAG-good' },
      settings: { userId: me },
    });
  });
  afterEach(() => run.server.close());

  it('reads a business account by handle, page by page, with the token in no address', async () => {
    run.server.answer(({ query }) => {
      const after = /\.after\((\w+)\)/.exec(query.get('fields') ?? '')?.[1];
      const from = after === undefined ? 0 : 50;
      const data = Array.from({ length: 50 }, (_, at) => media(from + at));
      const paging = { cursors: { before: 'b', after: after === undefined ? 'QVFIabc' : 'QVFIdef' } };
      return { body: { business_discovery: account({ media: { data, paging } }), id: me } };
    });
    const steps = await run.readAll('profile', 'nell.bakes');
    expect(steps).toHaveLength(2);
    expect(new Set(steps.flatMap((step) => step.posts).map((post) => post.externalId)).size).toBe(100);
    expect(steps[0]?.creators[0]?.profiles[0]).toMatchObject({
      externalId: '3057',
      followers: 12_345,
      following: 0,
      postCount: 210,
    });
    expect(steps[1]?.creators).toEqual([]);
    expect(steps[0]?.posts[0]).toMatchObject({
      likes: 90,
      comments: 0,
      postedAt: '2026-05-01T10:00:00.000Z',
      hashtags: ['rye'],
    });
    expect(run.server.requests.every((one) => one.headers.authorization === 'Bearer EAAG-good')).toBe(true);
    expect(run.server.requests.some((one) => one.query.toString().includes('EAAG'))).toBe(false);
  });

  it('keeps hidden likes and fields that are not sent unknown', async () => {
    const data = [
      media(1, { like_count: undefined, media_type: 'VIDEO', media_product_type: 'REELS', new_field: [1] }),
    ];
    run.server.answer(() => ({
      body: { business_discovery: account({ followers_count: undefined, media: { data } }) },
    }));
    const [step] = await run.readAll('profile', 'nell.bakes');
    expect(step?.posts[0]).toMatchObject({ likes: null, comments: 0, format: 'reel' });
    expect(step?.creators[0]?.profiles[0]?.followers).toBeNull();
    expect(step?.missing.map((one) => one.field)).toEqual(['followers', 'likes', 'views']);
  });

  it('reads the own account with insights and audience; an empty set is unknown, not 0', async () => {
    run.server.answer(({ path, query }) => {
      if (path.endsWith('/17901/insights'))
        return {
          body: {
            data: [
              {
                name: 'reach',
                period: 'lifetime',
                values: [{ value: 0 }],
                title: 'Reach',
                id: '1/insights/reach/lifetime',
              },
              { name: 'views', period: 'lifetime', values: [{ value: 830 }] },
            ],
          },
        };
      if (path.endsWith('/17902/insights')) return { body: { data: [] } };
      if (path.endsWith('/17903/insights')) return graphError(100, 2_108_006);
      if (path.endsWith(`/${me}/insights`)) {
        const results: Record<string, object[]> = {
          country: [
            { dimension_values: ['DE'], value: 600 },
            { dimension_values: ['AT'], value: 400 },
          ],
          age: [
            { dimension_values: ['45-54'], value: 30 },
            { dimension_values: ['55-64'], value: 10 },
            { dimension_values: ['25-34'], value: 60 },
          ],
          gender: [
            { dimension_values: ['F'], value: 750 },
            { dimension_values: ['M'], value: 250 },
            { dimension_values: ['U'], value: 0 },
          ],
        };
        const breakdown = query.get('breakdown') ?? '';
        const breakdowns = [{ dimension_keys: [breakdown], results: results[breakdown] }];
        return { body: { data: [{ name: 'follower_demographics', period: 'lifetime', total_value: { breakdowns } }] } };
      }
      return { body: account({ media: { data: [media(1), media(2), media(3)] } }) };
    });
    const steps = await run.readAll('own', 'me');
    const measured = steps.slice(1).flatMap((step) => step.posts);
    expect(measured).toMatchObject([{ externalId: '17901', reach: 0, views: 830, shares: null, saves: null }]);
    expect(steps.flatMap((step) => step.missing).filter((one) => one.field === 'insights')).toHaveLength(2);
    expect(steps.at(-1)?.creators[0]?.profiles[0]?.audience).toEqual({
      origin: 'imported',
      n: 1000,
      distributions: {
        country: { DE: 0.6, AT: 0.4 },
        age: { '45-64': 0.4, '25-34': 0.6 },
        gender: { female: 0.75, male: 0.25 },
      },
    });
  });

  it('tells no audience where Instagram gives none', async () => {
    run.server.answer(({ path }) => (path.endsWith('/insights') ? { body: { data: [] } } : { body: account() }));
    const last = (await run.readAll('own', 'me')).at(-1);
    expect(last).toMatchObject({ creators: [], missing: [{ field: 'audience' }] });
  });

  it('books a hashtag once before it is asked for, and reads its posts without inventing authors', async () => {
    run.server.answer(({ path, query }) => {
      if (path.endsWith('/ig_hashtag_search')) return { body: { data: [{ id: '17843857450040591' }] } };
      const isFirst = !query.has('after');
      return { body: { data: [media(isFirst ? 1 : 2)], paging: { cursors: { after: isFirst ? 'next' : 'last' } } } };
    });
    const steps = await run.readAll('hashtag', 'rye');
    expect(run.spent.names).toEqual(['rye']);
    expect(steps.flatMap((step) => step.hashtagPosts).map((post) => post.externalId)).toEqual(['17901', '17902']);
    expect(steps.flatMap((step) => [...step.creators, ...step.posts])).toEqual([]);
  });

  it('tells by code and subcode what an error means', async () => {
    const expected: [ReplayAnswer, object][] = [
      [graphError(110, 2_207_013), { kind: 'closed' }],
      [graphError(190, 463), { kind: 'credentials' }],
      [graphError(10), { kind: 'credentials' }],
      [graphError(4), { kind: 'rate_limited', retryAt: new Date('2026-06-01T13:00:00Z') }],
      [graphError(18, 2_207_034), { kind: 'quota' }],
      [graphError(2, 0, 400), { kind: 'unavailable' }],
      [graphError(2, 0, 500), { kind: 'unavailable' }],
      [graphError(100, 33), { kind: 'gone' }],
      [{ body: '<!DOCTYPE html>' }, { kind: 'malformed' }],
      [{ body: { business_discovery: { media: { data: 'x' } } } }, { name: 'Error' }],
      [{ body: {} }, { kind: 'malformed' }],
    ];
    for (const [answer, fault] of expected) {
      run.server.answer(() => answer);
      expect(await run.fault('profile', 'nell.bakes')).toMatchObject(fault);
    }
  });

  it('reads stories with the moment they go, tagged posts by others, and stories that mention the account', async () => {
    run.access.settings.pageId = '1029384756';
    run.server.answer(({ path, query }) => {
      if (path.endsWith('/stories')) return { body: { data: [media(1, { media_product_type: 'STORY' })] } };
      if (path.endsWith('/17901/insights'))
        return {
          body: {
            data: [
              { name: 'reach', values: [{ value: 412 }] },
              { name: 'views', values: [] },
            ],
          },
        };
      if (path.endsWith('/tags')) {
        expect(query.get('fields')).toContain('username');
        return { body: { data: [media(7, { username: 'bea' }), media(8)] } };
      }
      if (path.endsWith('/1029384756/conversations')) {
        const message = (id: string, more: object) => ({ id, created_time: '2026-06-01T08:00:00+0000', ...more });
        const data = [
          message('m1', {
            from: { username: 'ana' },
            story: { mention: { link: 'https://cdn.example/x', id: 's-1' } },
          }),
          message('m2', { from: { username: 'ana' } }),
          message('m3', { from: { username: 'mill' }, story: { mention: { id: 's-2' } } }),
        ];
        return { body: { data: [{ messages: { data } }, {}] } };
      }
      return { body: { id: me, username: 'mill' } };
    });
    const posts = (await run.readAll('stories', 'me')).flatMap((step) => step.posts);
    expect(posts).toMatchObject([
      { handle: 'mill', externalId: '17901', format: 'story', expiresAt: '2026-05-02T10:00:00.000Z' },
      { handle: 'mill', externalId: '17901', reach: 412, views: null },
      { handle: 'bea', externalId: '17907', photoTags: ['mill'] },
      { handle: 'ana', externalId: 's-1', format: 'story', mentions: ['mill'], expiresAt: '2026-06-02T08:00:00.000Z' },
    ]);
    // What Instagram shows for a day only is not kept.
    expect(JSON.stringify(posts)).not.toContain('cdn.example');
  });

  it('goes on without what the token does not allow, and says what is missing', async () => {
    run.server.answer(({ path }) =>
      /(stories|tags|conversations)$/.test(path) ? graphError(10) : { body: { id: me, username: 'mill' } },
    );
    const steps = await run.readAll('stories', 'me');
    expect(steps.flatMap((step) => step.missing).map((one) => one.field)).toEqual([
      'stories',
      'photoTags',
      'storyMentions',
    ]);
  });

  it('waits when Instagram asks to go slower, stories or not', async () => {
    run.server.answer(({ path }) =>
      path.endsWith('/stories') ? graphError(4) : { body: { id: me, username: 'mill' } },
    );
    expect(await run.fault('stories', 'me')).toMatchObject({ kind: 'rate_limited' });
  });

  it('reads the label of a paid partnership where it is told, and leaves it unknown elsewhere', async () => {
    run.access.settings.paidLabels = 'yes';
    let isAllowed = true;
    run.server.answer(({ path, query }) => {
      if (!path.endsWith('/branded_content_advertisable_medias'))
        return { body: { business_discovery: account({ media: { data: [media(1), media(2)] } }) } };
      if (!isAllowed) return graphError(10);
      expect([query.get('creator_username'), query.get('only_fetch_recommended_content')]).toEqual([
        'nell.bakes',
        'true',
      ]);
      return { body: { data: [{ id: '999', permalink: 'https://www.instagram.com/reel/2/' }] } };
    });
    const labels = async () =>
      (await run.readAll('profile', 'nell.bakes')).flatMap((step) =>
        step.posts.flatMap((post) => (post.isPaidLabel === undefined ? [] : [[post.externalId, post.isPaidLabel]])),
      );
    expect(await labels()).toEqual([['17902', true]]);
    isAllowed = false;
    expect(await labels()).toEqual([]);
    run.access.settings.paidLabels = '';
    run.server.requests.length = 0;
    expect(await labels()).toEqual([]);
    expect(run.server.requests).toHaveLength(1);
  });
});
