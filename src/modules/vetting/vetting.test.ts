import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { aCreator, likesAround, peersOfSize, testNow } from './a-vetted-creator.ts';
import {
  decide,
  downloadReport,
  findVetting,
  getBrandProfile,
  getReport,
  getVetting,
  listEvidence,
  listReports,
  listVerdicts,
  putBrandProfile,
  runVetting,
  startRun,
} from './api.ts';

describe('vetting a creator', () => {
  let test: TestCore;
  let workspaceId: string;
  let now = testNow;

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    workspaceId = await test.database.createWorkspace('mine');
    await test.database.createWorkspace('theirs');
    await peersOfSize(test.core.infra, workspaceId, 25);
  }, 60_000);

  afterAll(() => test.close());

  const bring = (wish: Parameters<typeof aCreator>[2]) => aCreator(test.core.infra, workspaceId, wish);
  const settle = () => test.core.infra.outbox.settle();

  it('gives a score that is the sum of its contributions, each with formula, source, sample and date', async () => {
    const { personId } = await bring({
      handle: 'nell',
      followers: 24_000,
      likes: likesAround(24_000 * 0.045),
      weekly: [22_000, 22_300, 22_600, 22_900, 23_200, 23_500, 23_800, 24_000],
    });

    const vetting = await test.client('mine').call(getVetting, { personId });

    const sum = vetting.contributions.reduce((total, one) => total + Math.round(one.contribution * 10), 0) / 10;
    expect(vetting.score).toBe(sum);
    expect(vetting.verdict).toBe('pass');
    expect(vetting.engagement.peers?.n).toBe(25);
    for (const signal of vetting.signals.filter((one) => one.state === 'known')) {
      expect(signal, signal.name).toMatchObject({
        formula: expect.stringMatching(/.{10}/),
        source: expect.stringMatching(/./),
        n: expect.any(Number),
        asOf: expect.stringMatching(/^20/),
      });
    }
  });

  it('puts the own engagement among the peers of platform and size, without itself', async () => {
    const { personId } = await bring({ handle: 'middle', followers: 24_000, likes: likesAround(24_000 * 0.03) });

    const vetting = await test.client('mine').call(runVetting, { personId });

    const level = vetting.signals.find((signal) => signal.name === 'engagement_level');
    expect(level?.percentile).toBeGreaterThan(35);
    expect(level?.percentile).toBeLessThan(65);
    expect(vetting.engagement.peers?.label).toBe('Instagram, 16k to 32k followers');
    expect(vetting.engagement.bands.map((band) => `${band.source} ${band.year}`)).toContain('Untapper 2026');
  });

  it('rejects 50,000 followers with 50 likes and names the reason', async () => {
    const { personId } = await bring({ handle: 'hollow', followers: 50_000, likes: likesAround(50) });

    const vetting = await test.client('mine').call(getVetting, { personId });

    expect(vetting.verdict).toBe('reject');
    expect(vetting.rule.name).toBe('red_flag');
    expect(vetting.flags[0]).toMatchObject({ name: 'engagement_too_low', severity: 'red' });
    expect(vetting.flags[0]?.reason).toMatch(/50,000 followers.*likes.*0\.\d+ %/);
  });

  it('flags the same from stated averages alone, for a person to look at, since nothing was measured', async () => {
    const { personId } = await bring({ handle: 'hollow.stated', followers: 50_000, avgLikes: 50 });

    const vetting = await test.client('mine').call(getVetting, { personId });

    expect(vetting).toMatchObject({ score: null, verdict: 'review', rule: { name: 'red_flag_unmeasured' } });
    expect(vetting.flags[0]?.reason).toContain('not measured on posts');
  });

  it('gives no score but an interval below ten posts', async () => {
    const { personId } = await bring({ handle: 'young', followers: 24_000, likes: likesAround(700, 6) });

    const vetting = await test.client('mine').call(getVetting, { personId });

    expect(vetting).toMatchObject({ score: null, contributions: [], verdict: 'not_enough_data' });
    const scored = vetting.engagement.rates.find((rate) => rate.isScored);
    expect(scored?.n).toBe(6);
    expect(scored?.medianInterval?.low).toBeLessThan(scored?.medianInterval?.high ?? 0);
  });

  it('finds the same report by handle, address of the profile and as a file', async () => {
    const { personId } = await bring({ handle: 'found.by.handle', followers: 24_000, likes: likesAround(700) });
    const client = test.client('mine');

    const byId = await client.call(getVetting, { personId });
    const byHandle = await client.call(findVetting, { handle: '@Found.By.Handle' });
    const byAddress = await client.call(findVetting, {
      handle: 'https://www.instagram.com/found.by.handle/?igsh=x',
      platform: 'instagram',
    });
    const file = await client.open(downloadReport, { personId });

    expect(byHandle).toEqual(byId);
    expect(byAddress).toEqual(byId);
    expect(await file.json()).toEqual(byId);
  });

  it('asks on which platform when two creators bear the handle, and takes nobody for the other', async () => {
    const one = await bring({ handle: 'same.name', followers: 24_000, likes: likesAround(700) });
    const other = await bring({ handle: 'same.name', platform: 'tiktok', followers: 50_000, likes: likesAround(700) });
    const client = test.client('mine');

    await expect(client.call(findVetting, { handle: 'same.name' })).rejects.toMatchObject({
      code: 'vetting.several_creators',
      details: [{ field: 'platform' }],
    });
    const [first, second] = await Promise.all(
      (['instagram', 'tiktok'] as const).map((platform) => client.call(findVetting, { handle: 'same.name', platform })),
    );
    expect([first?.personId, second?.personId]).toEqual([one.personId, other.personId]);
  });

  it('computes again when the data changed, keeps the earlier report and says what changed', async () => {
    const { personId, profileId } = await bring({
      handle: 'growing',
      followers: 24_000,
      likes: likesAround(24_000 * 0.012),
    });
    const client = test.client('mine');
    await settle();
    const first = await client.call(getVetting, { personId });
    await settle();
    now = new Date(now.getTime() + 60_000);
    await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
      tx
        .updateTable('post')
        .set({ likes: 1100n })
        .where('workspace_id', '=', workspaceId)
        .where('profile_id', '=', profileId)
        .execute(),
    );

    const unchanged = await client.call(getVetting, { personId });
    const second = await client.call(runVetting, { personId });
    const history = await client.call(listReports, { personId });
    const stored = await client.call(getReport, { personId, reportId: first.id });

    expect(unchanged.id).toBe(first.id);
    expect(second.id).not.toBe(first.id);
    expect(second.score).toBeGreaterThan(first.score ?? 100);
    expect(history.rows.map((row) => row.id)).toEqual([second.id, first.id]);
    expect(history.rows[0]?.changes?.[0]).toMatchObject({ name: 'score', from: first.score, to: second.score });
    expect(history.rows[1]?.changes).toBeNull();
    expect(stored.score).toBe(first.score);
  });

  it('becomes stale by an import and is new at the next reading, and settles there', async () => {
    const { personId } = await bring({ handle: 'imported', followers: 24_000, likes: likesAround(700) });
    const client = test.client('mine');
    const first = await client.call(getVetting, { personId });
    await bring({ handle: 'imported', followers: 31_000 });
    await settle();
    now = new Date(now.getTime() + 60_000);

    const second = await client.call(getVetting, { personId });
    await settle();
    const third = await client.call(getVetting, { personId });
    await settle();
    const fourth = await client.call(getVetting, { personId });

    expect(second.id).not.toBe(first.id);
    expect(second.signals.find((signal) => signal.name === 'engagement_level')?.value).toBeLessThan(
      first.signals.find((signal) => signal.name === 'engagement_level')?.value ?? 0,
    );
    expect(third.id).toBe(second.id);
    expect(fourth).toEqual(third);
  });

  it('stores one report when the same result is computed many times at once', async () => {
    const { personId } = await bring({ handle: 'asked.often', followers: 24_000, likes: likesAround(700) });
    const client = test.client('mine');

    await Promise.all(Array.from({ length: 6 }, () => client.call(runVetting, { personId })));

    expect((await client.call(listReports, { personId })).rows).toHaveLength(1);
  });

  it('tells discovery the score and the verdict', async () => {
    const { personId } = await bring({ handle: 'told', followers: 24_000, likes: likesAround(700) });

    const vetting = await test.client('mine').call(getVetting, { personId });

    const facts = await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
      tx
        .selectFrom('person_fact')
        .select(['name', 'value'])
        .where('person_id', '=', personId)
        .orderBy('name')
        .execute(),
    );
    expect(facts).toEqual([
      { name: 'vetting_score', value: vetting.score },
      { name: 'vetting_verdict', value: vetting.verdict },
    ]);
  });

  it("keeps a person's verdict with its reason over every new computation, and all earlier ones readable", async () => {
    const { personId } = await bring({ handle: 'overruled', followers: 50_000, likes: likesAround(50) });
    const client = test.client('mine');
    await client.call(decide, {
      personId,
      point: 'overall',
      verdict: 'review',
      reason: 'Asked for a screen recording',
    });
    now = new Date(now.getTime() + 1000);
    await client.call(decide, {
      personId,
      point: 'overall',
      verdict: 'pass',
      reason: 'Saw the insights: a shadow ban in May',
    });
    await client.call(decide, { personId, point: 'past_partnerships', verdict: 'pass', reason: 'Two good ones' });

    const vetting = await client.call(runVetting, { personId });
    const all = await client.call(listVerdicts, { personId });

    expect(vetting.verdict).toBe('reject');
    expect(vetting.verdicts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ point: 'overall', verdict: 'pass', reason: 'Saw the insights: a shadow ban in May' }),
      ]),
    );
    expect(vetting.verdicts).toHaveLength(2);
    expect(all.rows.map((row) => row.reason)).toEqual(expect.arrayContaining(['Asked for a screen recording']));
    expect(all.rows).toHaveLength(3);
  });

  it('refuses a verdict without a reason, naming the field', async () => {
    const { personId } = await bring({ handle: 'no.reason', followers: 24_000 });

    await expect(
      test.client('mine').call(decide, { personId, point: 'overall', verdict: 'pass', reason: '   ' }),
    ).rejects.toMatchObject({ kind: 'invalid', details: [{ field: 'reason' }] });
  });

  it('holds creators against the brand profile from the moment it is saved', async () => {
    const { personId } = await bring({
      handle: 'baker',
      followers: 24_000,
      likes: likesAround(700),
      bio: 'Sourdough and slow mornings',
      caption: (i) => (i === 0 ? 'With @rivalbread today #vegan' : 'Porridge'),
    });
    const client = test.client('mine');
    const before = await client.call(getVetting, { personId });
    const saved = await client.call(putBrandProfile, {
      niches: ['baking'],
      keywords: ['sourdough', 'porridge', 'Sourdough'],
      noGoWords: [],
      competitors: ['RivalBread'],
    });

    const after = await client.call(getVetting, { personId });
    const evidence = await client.call(listEvidence, {
      personId,
      reportId: after.id,
      signal: 'brand_overlap',
      limit: 1,
    });
    const rest = await client.call(listEvidence, {
      personId,
      reportId: after.id,
      signal: 'brand_overlap',
      limit: 5,
      cursor: evidence.nextCursor ?? '',
    });
    await client.call(putBrandProfile, { niches: [], keywords: [], noGoWords: [], competitors: [] });

    expect(saved).toMatchObject({ version: 1, keywords: ['sourdough', 'porridge'] });
    expect(before.signals.find((signal) => signal.name === 'brand_overlap')?.state).toBe('not_applicable');
    expect(after.signals.find((signal) => signal.name === 'brand_overlap')).toMatchObject({
      state: 'known',
      value: 2 / 3,
    });
    expect(after.flags.map((flag) => flag.name)).toContain('competitor');
    expect([...evidence.rows, ...rest.rows].map((row) => row.label)).toEqual(['sourdough', 'porridge']);
    expect((await client.call(getBrandProfile, {})).version).toBe(2);
  });

  it("answers for another workspace's creator as for one that does not exist", async () => {
    const { personId } = await bring({ handle: 'secret', followers: 24_000, likes: likesAround(700) });
    const report = await test.client('mine').call(getVetting, { personId });
    const theirs = test.client('theirs');
    const errorOf = (call: Promise<unknown>) =>
      call.then(
        () => null,
        (error: { code: string; message: string; kind: string }) => `${error.kind} ${error.code} ${error.message}`,
      );

    const asked = (id: string, reportId: string, handle: string) => [
      () => theirs.call(getVetting, { personId: id }),
      () => theirs.call(findVetting, { handle }),
      () => theirs.call(getReport, { personId: id, reportId }),
      () => theirs.call(decide, { personId: id, point: 'overall', verdict: 'pass', reason: 'x' }),
      () => theirs.call(startRun, { personIds: [id] }),
    ];
    const missing = asked('per_none', 'vet_none', 'nobody.here');
    for (const [i, call] of asked(personId, report.id, 'secret').entries()) {
      const answer = await errorOf(call());
      expect(answer).toBe(await errorOf(missing[i]?.() ?? Promise.resolve()));
      expect(answer).toMatch(/^not_found/);
    }
    expect((await theirs.call(getBrandProfile, {})).version).toBe(0);
  });

  it('says that a private account cannot be judged without posts', async () => {
    const { personId } = await bring({ handle: 'closed', followers: 24_000, isPrivate: true });

    const vetting = await test.client('mine').call(getVetting, { personId });

    expect(vetting).toMatchObject({ verdict: 'not_enough_data', rule: { name: 'private' }, score: null });
  });

  it('answers a bad cursor and an unknown platform by naming the field, and an unknown handle by not found', async () => {
    const { personId } = await bring({ handle: 'cursors', followers: 24_000 });
    const client = test.client('mine');

    await expect(client.call(listVerdicts, { personId, cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'vetting.bad_cursor',
      details: [{ field: 'cursor' }],
    });
    await expect(client.call(findVetting, { handle: 'x', platform: 'myspace' as 'tiktok' })).rejects.toMatchObject({
      kind: 'invalid',
      details: [{ field: 'platform' }],
    });
    await expect(client.call(findVetting, { handle: '' })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(client.call(findVetting, { handle: 'no such handle at all' })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});
