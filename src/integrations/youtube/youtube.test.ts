import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectorAccess, ConnectorTask } from '#modules/creators/index.ts';
import {
  openReplayServer,
  type ReplayAnswer,
  type ReplayRequest,
  type ReplayServer,
} from '#tests/support/replay-server.ts';
import { channel, channelId, googleError, pageOf, replayChannel, video } from '#tests/support/youtube-replay.ts';
import { createYoutube } from './youtube.ts';

const now = new Date('2026-06-01T12:00:00Z');

describe('the YouTube connector', () => {
  let server: ReplayServer;
  let spent: number;
  let waited: number[];

  beforeEach(async () => {
    server = await openReplayServer();
    spent = 0;
    waited = [];
  });
  afterEach(() => server.close());

  const connector = () =>
    createYoutube({
      fetch: server.fetch,
      wait: async (ms) => void waited.push(ms),
      random: () => 0.5,
    });
  const access = (): ConnectorAccess => ({
    credentials: { apiKey: 'AIza-good' },
    settings: {},
    now,
    signal: new AbortController().signal,
    spend: async (units) => {
      spent += units;
    },
    spendName: async () => undefined,
    renew: async () => undefined,
  });
  const task = (cursor: unknown = null, more: Partial<ConnectorTask> = {}): ConnectorTask => ({
    kind: 'profile',
    target: 'oatandember',
    externalId: null,
    url: null,
    cursor,
    ...more,
  });
  const uploadsCursor = {
    stage: 'uploads',
    handle: 'oatandember',
    playlist: 'UU',
    pageToken: null,
    pagesLeft: 2,
    videos: [],
  };
  const always = (answer: ReplayAnswer) => server.answer(() => answer);

  it('reads a channel, its uploads and comments to the end, counting a unit a request', async () => {
    server.answer(replayChannel());
    const posts = new Set<string>();
    const comments = new Set<string>();
    let cursor: unknown = null;
    let steps = 0;
    do {
      const step = await connector().step(access(), task(cursor));
      for (const post of step.posts) posts.add(post.externalId);
      for (const comment of step.comments) comments.add(comment.externalId);
      cursor = step.cursor;
      steps += 1;
    } while (cursor !== null && steps < 20);
    expect([posts.size, comments.size, steps]).toEqual([100, 10, 8]);
    expect(spent).toBe(server.requests.length);
    expect(server.requests.map((request) => request.query.get('key'))).toEqual(server.requests.map(() => null));
  });

  it('reads counts that are texts as numbers, tags from the description, and the label of paid promotion', async () => {
    server.answer(({ path }: ReplayRequest) => ({
      body: pageOf(
        path.endsWith('videos')
          ? [
              video('a', {
                rest: { paidProductPlacementDetails: { hasPaidProductPlacement: true }, unknownPart: { x: 1 } },
              }),
            ]
          : [{ contentDetails: { videoId: 'a' } }],
      ),
    }));
    const { posts } = await connector().step(access(), task(uploadsCursor));
    expect(posts).toMatchObject([
      {
        externalId: 'a',
        likes: 90,
        comments: 7,
        views: 1500,
        isPaidLabel: true,
        hashtags: ['rye', 'ad'],
        mentions: ['millhouse'],
      },
    ]);
  });

  it('keeps hidden subscribers and likes unknown, and a measured 0 a 0', async () => {
    always({ body: pageOf([channel({ subscriberCount: '0', hiddenSubscriberCount: true, videoCount: '0' })]) });
    const hidden = await connector().step(access(), task());
    expect(hidden.creators[0]?.profiles[0]).toMatchObject({ followers: null, postCount: 0 });
    expect(hidden.missing).toContainEqual({
      field: 'followers',
      reason: 'The channel hides its number of subscribers',
    });
    server.answer(({ path }: ReplayRequest) => ({
      body: pageOf(
        path.endsWith('videos')
          ? [video('a', { statistics: { likeCount: undefined, commentCount: '0' } })]
          : [{ contentDetails: { videoId: 'a' } }],
      ),
    }));
    const step = await connector().step(access(), task(uploadsCursor));
    expect(step.posts[0]).toMatchObject({ likes: null, comments: 0 });
    expect(step.missing.map((one) => one.field)).toEqual(['likes']);
  });

  it('asks by the id it knows, also when the handle has changed', async () => {
    server.answer(replayChannel());
    await connector().step(access(), task(null, { externalId: channelId }));
    await connector().step(access(), task(null, { url: `https://www.youtube.com/channel/${channelId}` }));
    expect(server.requests.map((request) => request.query.get('id'))).toEqual([channelId, channelId]);
  });

  const faults: [string, ReplayAnswer, { kind: string; retryAt?: Date }][] = [
    // Pacific midnight of that day, in summer time.
    [
      'a used-up quota',
      googleError(
        403,
        'quotaExceeded',
        'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.',
      ),
      { kind: 'quota', retryAt: new Date('2026-06-02T07:00:00Z') },
    ],
    ['a wrong key', googleError(400, 'keyInvalid', 'Bad Request'), { kind: 'credentials' }],
    [
      'an API that is not enabled',
      googleError(
        403,
        'accessNotConfigured',
        'YouTube Data API v3 has not been used in project 1 before or it is disabled.',
      ),
      { kind: 'credentials' },
    ],
    ['a terminated channel', { body: pageOf([]) }, { kind: 'gone' }],
    ['an answer without items', { body: { kind: 'youtube#channelListResponse' } }, { kind: 'gone' }],
    ['text that is no JSON', { body: '<html>' }, { kind: 'malformed' }],
    ['another shape', { body: { items: 'none' } }, { kind: 'malformed' }],
    ['forbidden', googleError(403, 'forbidden', 'Access forbidden.'), { kind: 'closed' }],
  ];
  for (const [what, answer, expected] of faults) {
    it(`tells what ${what} means`, async () => {
      always(answer);
      await expect(connector().step(access(), task())).rejects.toMatchObject({ name: 'ConnectorFault', ...expected });
    });
  }

  it('goes on without the comments of a video where they are switched off', async () => {
    always(
      googleError(403, 'commentsDisabled', 'The video identified by the videoId parameter has disabled comments.'),
    );
    const step = await connector().step(
      access(),
      task({ stage: 'comments', handle: 'oatandember', videos: ['a', 'b'] }),
    );
    expect(step.cursor).toEqual({ stage: 'comments', handle: 'oatandember', videos: ['b'] });
    expect(step.missing).toHaveLength(1);
  });

  it('tries again what passes, waits as long as it is told, and gives up within its bounds', async () => {
    const answers: ReplayAnswer[] = [{ status: 503 }, { status: 429, headers: { 'retry-after': '2' } }];
    server.answer((request) => answers.shift() ?? replayChannel()(request));
    await connector().step(access(), task());
    expect(waited).toEqual([375, 2000]);
    expect(spent).toBe(3);

    always({ status: 500, body: 'backend error' });
    await expect(connector().step(access(), task())).rejects.toMatchObject({ kind: 'unavailable' });
    expect(server.requests).toHaveLength(3 + 4);

    always({ status: 429, headers: { 'retry-after': '900' } });
    const late = { kind: 'rate_limited', retryAt: new Date('2026-06-01T12:15:00Z') };
    await expect(connector().step(access(), task())).rejects.toMatchObject(late);
    expect(server.requests).toHaveLength(3 + 4 + 1);
  });
});
