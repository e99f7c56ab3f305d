import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApiApp } from '#app/api.ts';
import { openCore } from '#app/core.ts';
import { createClient } from '#client/client.ts';
import { createLogger } from '#infra/log.ts';
import { createConnectors } from '#integrations/connectors.ts';
import { dayMs } from '#kernel/time.ts';
import { listAudit } from '#modules/workspaces/api.ts';
import { testSecret } from '#tests/support/constants.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { openReplayServer, type ReplayServer } from '#tests/support/replay-server.ts';
import { googleError, replayChannel } from '#tests/support/youtube-replay.ts';
import {
  addHandles,
  connectPlatform,
  disconnectPlatform,
  getCreator,
  getCreatorRefresh,
  getMetricHistory,
  listConnections,
  listConnectionTasks,
  listCreatorPosts,
  listHashtagPosts,
  listHashtags,
  refreshCreator,
  suppress,
  syncConnection,
  testConnection,
} from '../api.ts';
import { runConnection } from './run-connection.ts';
import { askForStale } from './sync-connection.ts';

describe('connections', () => {
  let server: ReplayServer;
  let test: TestCore;
  let now: Date;
  let names = 0;

  beforeAll(async () => {
    now = new Date('2026-06-01T12:00:00Z');
    server = await openReplayServer();
    test = await openTestCore({ fetch: server.fetch, clock: { now: () => now } });
  });
  afterAll(async () => {
    await test?.close();
    await server?.close();
  });
  beforeEach(() => {
    now = new Date('2026-06-01T12:00:00Z');
    server.requests.length = 0;
    server.answer(replayChannel());
  });

  async function workspace(values: Record<string, string> = { apiKey: 'AIza-good' }) {
    const slug = `connected-${++names}`;
    const workspaceId = await test.database.createWorkspace(slug);
    const client = test.client(slug);
    await client.call(connectPlatform, { platform: 'youtube', values });
    return { slug, workspaceId, client };
  }
  type Client = Awaited<ReturnType<typeof workspace>>['client'];

  const youtube = async (client: Client) => {
    const found = (await client.call(listConnections, {})).find((one) => one.platform === 'youtube');
    if (found === undefined) throw new Error('no YouTube');
    return found;
  };
  const untilRead = (client: Client) =>
    vi.waitFor(async () => expect((await youtube(client)).tasks.waiting).toBe(0), { timeout: 20_000, interval: 100 });
  const personOf = async (client: Client, handle = 'oatandember') => {
    const { personIds } = await client.call(addHandles, { text: handle, platform: 'youtube' });
    return personIds[0] ?? '';
  };

  it('is off without credentials and says what each platform needs', async () => {
    await test.database.createWorkspace('empty');
    const all = await test.client('empty').call(listConnections, {});
    expect(all.map((one) => [one.platform, one.state])).toEqual(
      expect.arrayContaining([
        ['youtube', 'off'],
        ['feeds', 'off'],
      ]),
    );
    expect(all.every((one) => one.about.steps.length > 0 && one.about.cost !== '')).toBe(true);
    expect(server.requests).toEqual([]);
    const sync = test.client('empty').call(syncConnection, { platform: 'youtube' });
    await expect(sync).rejects.toMatchObject({ code: 'creators.not_connected' });
  });

  it('tries a key before it is kept, keeps it sealed, and never tells it', async () => {
    await test.database.createWorkspace('wrong-key');
    const client = test.client('wrong-key');
    const wrong = client.call(connectPlatform, { platform: 'youtube', values: { apiKey: 'AIza-bad' } });
    await expect(wrong).rejects.toMatchObject({ code: 'creators.bad_key' });
    expect((await youtube(client)).state).toBe('off');
    const none = client.call(connectPlatform, { platform: 'youtube', values: { key: 'x' } });
    await expect(none).rejects.toMatchObject({
      code: 'creators.bad_value',
      details: [{ field: 'values.key' }, { field: 'values.apiKey' }],
    });

    const answer = await client.call(connectPlatform, { platform: 'youtube', values: { apiKey: 'AIza-good' } });
    const tested = await client.call(testConnection, { platform: 'youtube' });
    expect(tested.isWorking).toBe(true);
    const rows = await test.database.db.asSystem((tx) => tx.selectFrom('connection').selectAll().execute());
    const audit = await client.call(listAudit, {});
    const listed = await client.call(listConnections, {});
    expect(JSON.stringify([answer, audit, listed])).not.toContain('AIza-good');
    expect(rows.some((row) => row.credentials?.includes(Buffer.from('AIza')) ?? false)).toBe(false);
    expect(audit.rows.map((row) => row.action)).toContain('connection.connected');
  });

  it('keeps the key when another setting is changed, and forgets everything but what was read when disconnected', async () => {
    const { client } = await workspace();
    const changed = await client.call(connectPlatform, { platform: 'youtube', values: {}, refreshDays: 30 });
    expect([changed.state, changed.refreshDays]).toEqual(['working', 30]);
    const personId = await personOf(client);
    await client.call(syncConnection, { platform: 'youtube' });
    await untilRead(client);
    await client.call(disconnectPlatform, { platform: 'youtube' });
    expect((await youtube(client)).state).toBe('off');
    expect((await client.call(listCreatorPosts, { personId, limit: 1 })).rows).toHaveLength(1);
  });

  it('reads known and new profiles with source, date and history, and reading again brings nothing twice', async () => {
    const { client } = await workspace();
    const personId = await personOf(client);
    const asked = await client.call(syncConnection, { platform: 'youtube' });
    expect(asked).toEqual({ queued: 1, running: 0, errors: [] });
    await untilRead(client);
    const person = await client.call(getCreator, { personId });
    expect(person).toMatchObject({
      name: 'Oat & Ember',
      country: 'DE',
      profiles: [{ followers: 12_300, postCount: 120 }],
    });
    const stampOf = (provenance: Record<string, { source: string; at: string }>, field: string) =>
      provenance[field] ?? provenance['*'];
    const [profile] = person.profiles;
    expect(stampOf(profile?.provenance ?? {}, 'followers')).toMatchObject({
      source: 'YouTube Data API v3',
      at: '2026-06-01T12:00:00.000Z',
    });
    const count = async () =>
      (
        await test.database.db.asSystem((tx) =>
          tx
            .selectFrom('post')
            .select(({ fn }) => fn.countAll<bigint>().as('n'))
            .where('profile_id', '=', profile?.id ?? '')
            .executeTakeFirst(),
        )
      )?.n;
    expect(await count()).toBe(100n);

    now = new Date('2026-06-05T12:00:00Z');
    const again = await client.call(refreshCreator, { personId });
    expect(again).toMatchObject([{ platform: 'youtube', state: 'queued' }]);
    await untilRead(client);
    expect(await count()).toBe(100n);
    const fresh = await client.call(getCreator, { personId });
    expect(stampOf(fresh.profiles[0]?.provenance ?? {}, 'followers')).toMatchObject({ at: '2026-06-05T12:00:00.000Z' });
    const history = await client.call(getMetricHistory, { personId, metrics: ['followers'] });
    expect(history.points.map((point) => point.day)).toEqual(['2026-06-01', '2026-06-05']);
    const state = await client.call(getCreatorRefresh, { personId });
    expect(state).toMatchObject([{ state: 'done', refreshedAt: '2026-06-05T12:00:00.000Z' }]);

    const added = await client.call(syncConnection, {
      platform: 'youtube',
      handles: ['@newcomer', 'https://example.com/x'],
    });
    expect([added.queued, added.errors.length]).toEqual([1, 1]);
  });

  it('goes on from the last committed step after its process died, asks nothing twice and writes nothing twice', async () => {
    const { client, workspaceId, slug } = await workspace();
    await personOf(client);
    // The second page of videos never comes: the process hangs in the middle and is given up.
    const whole = replayChannel();
    let isDead = true;
    let wakeUp: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => {
      wakeUp = resolve;
    });
    server.answer(async (request) => {
      if (isDead && request.query.get('pageToken') === '1') await hanging;
      return whole(request);
    });
    await client.call(syncConnection, { platform: 'youtube' });
    await vi.waitFor(
      () => expect(server.requests.some((one) => one.query.get('pageToken') === '1')).toBe(true),
      20_000,
    );
    const before = server.requests.length;
    // A second program on the same database, as after a restart; the lease of the first has run out.
    isDead = false;
    now = new Date(now.getTime() + 120_000);
    const { config } = test.core.infra;
    const other = await openCore({
      config,
      adminUrl: test.database.adminUrl,
      secret: testSecret,
      log: createLogger('error'),
      clock: { now: () => now },
      fetch: server.fetch,
      // What it does is asked of it below; its own workers would race for the run.
      isWorker: false,
    });
    try {
      const connectors = createConnectors(server.fetch);
      const what = { workspaceId, platform: 'youtube' as const, signal: new AbortController().signal };
      await runConnection(other.infra, connectors, what);
      const app = createApiApp(other);
      const fetch = (request: Request) => Promise.resolve(app.fetch(request));
      const second = createClient({
        baseUrl: config.publicUrl,
        fetch,
        apiKey: other.infra.localToken,
        workspace: () => slug,
      });
      const { rows } = await second.call(listConnectionTasks, { platform: 'youtube' });
      expect(rows).toMatchObject([{ state: 'done', counts: { creators: 1, posts: 100, newPosts: 100, comments: 10 } }]);
      const after = server.requests
        .slice(before)
        .map((one) => `${one.path.split('/').at(-1)} ${one.query.get('pageToken') ?? ''}`);
      expect(after.slice(0, 2)).toEqual(['playlistItems 1', 'videos ']);
      expect(after.filter((one) => one.startsWith('channels'))).toEqual([]);
      // The first one was not dead after all: what it still brings changes nothing.
      wakeUp();
      await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(before + after.length), 20_000);
      const late = await second.call(listConnectionTasks, { platform: 'youtube' });
      expect(late.rows).toMatchObject([{ state: 'done', counts: { posts: 100, newPosts: 100, comments: 10 } }]);
    } finally {
      wakeUp();
      await other.stop();
    }
  }, 60_000);

  it("waits until the platform's day begins when the quota is used up, and goes on then", async () => {
    const { client, workspaceId } = await workspace();
    await personOf(client);
    server.answer(() => googleError(403, 'quotaExceeded', 'You have exceeded your quota.'));
    await client.call(syncConnection, { platform: 'youtube' });
    await vi.waitFor(async () => expect((await youtube(client)).state).toBe('waiting'), { timeout: 20_000 });
    const waiting = await youtube(client);
    expect(waiting).toMatchObject({ waitUntil: '2026-06-02T07:00:00.000Z', tasks: { waiting: 1 } });
    expect(waiting.quota).toMatchObject({ used: 1, limit: 10_000, resetsAt: '2026-06-02T07:00:00.000Z' });

    server.answer(replayChannel());
    const connectors = createConnectors(server.fetch);
    const run = () =>
      runConnection(test.core.infra, connectors, {
        workspaceId,
        platform: 'youtube',
        signal: new AbortController().signal,
      });
    expect((await run()).steps).toBe(0);
    now = new Date('2026-06-02T07:00:01Z');
    expect((await run()).steps).toBeGreaterThan(0);
    expect(await youtube(client)).toMatchObject({ state: 'working', message: null, tasks: { waiting: 0, done: 1 } });
  });

  it('asks nothing more of the platform when its own books say the day is over', async () => {
    const { client, workspaceId } = await workspace();
    await personOf(client);
    await test.database.db.inWorkspace(workspaceId, (tx) =>
      tx
        .insertInto('connection_usage')
        .values({ workspace_id: workspaceId, platform: 'youtube', bucket: 'units', day: '2026-06-01', units: 9_998 })
        .execute(),
    );
    server.requests.length = 0;
    await client.call(syncConnection, { platform: 'youtube' });
    await vi.waitFor(async () => expect((await youtube(client)).state).toBe('waiting'), { timeout: 20_000 });
    expect(server.requests.filter((one) => one.path.startsWith('/youtube/v3/'))).toHaveLength(2);
    expect((await youtube(client)).quota).toMatchObject({ used: 10_000 });
  });

  it('fails one task and goes on with the others, and says why', async () => {
    const { client } = await workspace();
    await client.call(syncConnection, { platform: 'youtube', handles: ['@nobody', '@oatandember'] });
    await untilRead(client);
    const { rows } = await client.call(listConnectionTasks, { platform: 'youtube' });
    expect(rows.map((row) => [row.target, row.state, row.message])).toEqual([
      ['oatandember', 'done', null],
      ['nobody', 'failed', 'YouTube knows no channel @nobody (any more).'],
    ]);
  });

  it('stops and says so when the key is taken back, and works again with a new one', async () => {
    const { client } = await workspace();
    await personOf(client);
    server.answer(() => googleError(400, 'keyInvalid', 'Bad Request'));
    await client.call(syncConnection, { platform: 'youtube' });
    await vi.waitFor(async () => expect((await youtube(client)).state).toBe('failing'), { timeout: 20_000 });
    expect((await youtube(client)).tasks.waiting).toBe(1);
    server.answer(replayChannel());
    await client.call(connectPlatform, { platform: 'youtube', values: { apiKey: 'AIza-good' } });
    await untilRead(client);
  });

  it('brings nobody back who objected', async () => {
    const { client } = await workspace();
    await client.call(suppress, { platform: 'youtube', handle: 'oatandember', reason: 'asked by mail' });
    await client.call(syncConnection, { platform: 'youtube', handles: ['@oatandember'] });
    await untilRead(client);
    const { rows } = await client.call(listConnectionTasks, { platform: 'youtube' });
    expect(rows[0]).toMatchObject({ state: 'done', counts: {} });
  });

  it('asks by itself for what is older than the period, and for nothing sooner', async () => {
    const { client } = await workspace();
    await personOf(client, 'staleone');
    const connectors = createConnectors(server.fetch);
    const ask = () => askForStale(test.core.infra, connectors, async () => undefined);
    await ask();
    expect((await youtube(client)).tasks.waiting).toBe(1);
    await client.call(syncConnection, { platform: 'youtube' });
    await untilRead(client);
    now = new Date(now.getTime() + 6 * dayMs);
    await ask();
    expect((await youtube(client)).tasks.waiting).toBe(0);
    now = new Date(now.getTime() + 2 * dayMs);
    await ask();
    expect((await youtube(client)).tasks.waiting).toBe(1);
  });

  it('keeps the 31st hashtag of a week waiting, and reads accounts meanwhile', async () => {
    const { client, workspaceId } = await workspace();
    server.answer(({ path, query }) => {
      if (path.endsWith('/ig_hashtag_search')) return { body: { data: [{ id: '17843857450040591' }] } };
      if (path.endsWith('/top_media')) return { body: { data: [{ id: `m${query.get('user_id')}`, like_count: 0 }] } };
      if (query.get('fields')?.startsWith('business_discovery'))
        return { body: { business_discovery: { username: 'nell.bakes', followers_count: 5 } } };
      return { body: { id: '17841405309211844', username: 'brand' } };
    });
    const values = { userId: '17841405309211844', accessToken: 'EAAG' };
    const connected = await client.call(connectPlatform, { platform: 'instagram', values });
    expect(connected).toMatchObject({ account: '@brand', settings: { userId: '17841405309211844' } });
    const hashtags = Array.from({ length: 30 }, (_, at) => `#tag${at}`);
    await client.call(syncConnection, { platform: 'instagram', hashtags });
    now = new Date(now.getTime() + 1000);
    await client.call(syncConnection, { platform: 'instagram', hashtags: ['oneMore'], handles: ['@nell.bakes'] });
    const instagram = async () => (await client.call(listConnections, {})).find((one) => one.platform === 'instagram');
    await vi.waitFor(
      async () => expect((await instagram())?.tasks).toEqual({ waiting: 1, done: 31, failed: 0 }),
      30_000,
    );
    const { rows } = await client.call(listConnectionTasks, { platform: 'instagram', state: 'waiting' });
    expect(rows).toMatchObject([{ kind: 'hashtag', target: 'onemore', dueAt: '2026-06-08T00:00:00.000Z' }]);
    expect((await instagram())?.state).toBe('working');
    const posts = await client.call(listHashtagPosts, { platform: 'instagram', hashtag: '#Tag0' });
    expect(posts.rows).toMatchObject([{ hashtag: 'tag0', likes: 0, comments: null }]);
    const read = await client.call(listHashtags, { platform: 'instagram' });
    expect(read).toHaveLength(30);
    expect(read.find((one) => one.hashtag === 'tag0')).toMatchObject({ posts: 1 });
    // A hashtag asked for before costs nothing again; a week later there is room.
    await client.call(syncConnection, { platform: 'instagram', hashtags: ['tag0'] });
    await vi.waitFor(async () => expect((await instagram())?.tasks.waiting).toBe(1), 20_000);
    now = new Date('2026-06-08T00:00:01Z');
    const what = { workspaceId, platform: 'instagram' as const, signal: new AbortController().signal };
    await runConnection(test.core.infra, createConnectors(server.fetch), what);
    expect((await instagram())?.tasks.waiting).toBe(0);
  }, 60_000);
});
