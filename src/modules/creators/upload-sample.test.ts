import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '#kernel/endpoint.ts';
import { getVetting, runVetting } from '#modules/vetting/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createCreator, removeAudienceSample, uploadAudienceSample } from './api.ts';
import { mapSampleRow } from './rules/map-sample-row.ts';
import { nameDistance } from './rules/name-distance.ts';
import { planSample } from './rules/sample-columns.ts';

describe('a sample from a file', () => {
  let test: TestCore;
  beforeAll(async () => {
    test = await openTestCore();
  });
  afterAll(() => test.close());

  async function aProfile(platform: 'instagram' | 'tiktok' = 'instagram') {
    const handle = `filed${Math.random().toString(36).slice(2, 8)}`;
    const person = await test.client().call(createCreator, { profiles: [{ platform, handle }] });
    return { personId: person.id, profileId: person.profiles[0]?.id ?? '' };
  }
  const upload = (input: InputOf<typeof uploadAudienceSample>, text: string) =>
    test.client().upload(uploadAudienceSample, input, {
      body: new Blob([text]).stream() as ReadableStream<Uint8Array>,
      fileName: 'sample.csv',
    });
  const rows = (n: number) =>
    Array.from({ length: n }, (_, at) => `person${at.toString(36)},${100 + at},${300 + at},${at % 90},no,yes`).join(
      '\n',
    );
  const header = 'Username,Followers,Following,Posts,Is private,Has profile picture\n';

  it('is kept and judged in the report, and removed again', async () => {
    const profile = await aProfile();
    const answer = await upload({ ...profile, kind: 'likers', method: 'random' }, header + rows(80));
    expect(answer).toMatchObject({ isKept: true, read: 80, kept: 80, errorsTotal: 0, kind: 'likers' });
    const report = await test.client().call(getVetting, { personId: profile.personId });
    expect(report.audience?.likers).toMatchObject({ state: 'estimated', judged: 80, source: 'sample.csv' });
    expect(report.audience?.authenticity).toBeNull();
    const signal = report.signals.find((one) => one.name === 'liker_credibility');
    expect(signal).toMatchObject({ state: 'known', n: 80 });

    const { takenAt } = answer;
    await test.client().call(removeAudienceSample, { ...profile, kind: 'likers', takenAt });
    const after = await test.client().call(runVetting, { personId: profile.personId });
    expect(after.audience).toBeNull();
    await expect(
      test.client().call(removeAudienceSample, { ...profile, kind: 'likers', takenAt }),
    ).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('names every row and column that cannot be read, keeps the others, and takes an account once', async () => {
    const profile = await aProfile();
    const bad = 'odd.one,-5,many,3,no,yes\nodd.two,12,30,3,perhaps,yes\nperson1,1,2,3,no,yes\n,,,,,\n';
    const answer = await upload(profile, `${header}${rows(60)}\n${bad}`);
    expect(answer).toMatchObject({ isKept: true, kept: 60, repeated: 1 });
    expect(answer.errors.map(({ row, field }) => [row, field])).toEqual(
      expect.arrayContaining([
        [62, 'Followers'],
        [62, 'Following'],
        [63, 'Is private'],
      ]),
    );
  });

  it('says what it would keep in a trial and keeps nothing', async () => {
    const profile = await aProfile();
    const answer = await upload({ ...profile, isDryRun: true }, header + rows(80));
    expect(answer).toMatchObject({ isKept: false, kept: 80 });
    expect((await test.client().call(getVetting, { personId: profile.personId })).audience).toBeNull();
  });

  it('keeps nothing of a file of which no row, or no column, can be read', async () => {
    const profile = await aProfile();
    expect(await upload(profile, `${header}a,-1,-1,-1,no,no\n`)).toMatchObject({
      isKept: false,
      kept: 0,
      errorsTotal: 3,
    });
    await expect(upload(profile, 'colour,shape\nred,round\n')).rejects.toMatchObject({ code: 'creators.bad_file' });
    await expect(upload(profile, '')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(upload({ ...profile, takenAt: '2999-01-01T00:00:00Z' }, header + rows(3))).rejects.toMatchObject({
      details: [{ field: 'takenAt' }],
    });
    const other = await aProfile();
    await expect(
      upload({ personId: profile.personId, profileId: other.profileId }, header + rows(3)),
    ).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('of a platform without labelled accounts is shown as uncalibrated and takes no points', async () => {
    const profile = await aProfile('tiktok');
    const lines = rows(80)
      .split('\n')
      .map((line) => JSON.stringify({ username: line.split(',')[0], followers: 10, following: 2000, posts: 0 }));
    await upload(profile, lines.join('\n'));
    const report = await test.client().call(getVetting, { personId: profile.personId });
    expect(report.audience?.authenticity).toMatchObject({ state: 'uncalibrated' });
    expect(report.signals.find((one) => one.name === 'follower_credibility')).toMatchObject({
      state: 'unknown',
      contribution: 0,
    });
  });
});

describe('a row of a sample', () => {
  const targets = planSample(['user_name', 'Followers', '#follows', 'bio', 'full name', 'created at', 'colour']);
  const reading = {
    targets,
    platform: 'instagram',
    decimal: null,
    dateOrder: 'day-first',
    takenAt: '2026-05-06T00:00:00.000Z',
  } as const;

  it('keeps measures of name and bio and not their words', () => {
    const mapped = mapSampleRow(['@anna.b', '1.2K', '300', 'Bakes at dawn', 'Anna B', '2026-04-06', 'red'], reading);
    expect(mapped).toEqual({
      ok: true,
      account: {
        handle: 'anna.b',
        followers: 1200,
        following: 300,
        posts: null,
        isPrivate: null,
        isVerified: null,
        hasPicture: null,
        hasLink: null,
        bioLength: 13,
        fullNameWords: 2,
        fullNameDigitShare: 0,
        nameDistance: 0,
        ageDays: 30,
      },
    });
  });

  it('never throws, whatever stands in its cells', () => {
    const cell = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 0, maxLength: 9 }), (cells) => {
        const mapped = mapSampleRow(cells, reading);
        expect(mapped.ok ? true : mapped.errors.length > 0).toBe(true);
      }),
    );
  });

  it('measures how far a name is from a handle: the same is 0, nothing alike is 1, the same both ways', () => {
    expect(nameDistance('anna_berg', 'Anna Berg')).toBe(0);
    expect(nameDistance('anna_berg', 'Anna Burg')).toBeCloseTo(1 / 8);
    expect(nameDistance('abc', '')).toBe(1);
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (a, b) => {
        const distance = nameDistance(a, b);
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThanOrEqual(1);
        expect(nameDistance(b, a)).toBeCloseTo(distance, 9);
      }),
    );
  });
});
