import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import type { CreatorRow } from '#modules/creators/api.ts';
import { importCreatorRows, stateFacts } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import { compareTiers, createList, searchCreators } from '../api.ts';
import { publishedBands } from './published-bands.ts';

let test: TestCore;
let workspaceId: string;
let client: Client;
let personIds: string[];

async function bringIn(rows: CreatorRow[], into = workspaceId): Promise<string[]> {
  const outcome = await importCreatorRows(test.core.infra, {
    workspaceId: into,
    rows,
    source: 'test',
    observedAt: new Date('2026-05-01T00:00:00Z'),
  });
  expect(outcome.errors).toEqual([]);
  return outcome.personIds.flatMap((id) => id ?? []);
}

const micro = (at: number): CreatorRow => ({
  profiles: [
    {
      platform: 'instagram',
      handle: `micro_${at}`,
      followers: 10_000 + at,
      engagementRate: at / 100,
      avgLikes: at * 10,
      avgComments: 0,
      ...(at > 12 ? {} : { prices: [{ format: 'post', price: { amountMinor: `${at * 1000}`, currency: 'EUR' } }] }),
    },
  ],
});

beforeAll(async () => {
  test = await openTestCore();
  workspaceId = await test.database.createWorkspace('tiers');
  client = test.client('tiers');
  personIds = await bringIn([
    ...Array.from({ length: 15 }, (_, at) => micro(at + 1)),
    ...Array.from({ length: 9 }, (_, at) => ({
      profiles: [{ platform: 'tiktok' as const, handle: `nano_${at}`, followers: 2000, engagementRate: 0.1 }],
    })),
    {
      profiles: [
        { platform: 'instagram', handle: 'both', followers: 2_000_000 },
        { platform: 'tiktok', handle: 'both', followers: 50_000 },
      ],
    },
    { profiles: [{ platform: 'instagram', handle: 'unknown_size' }] },
  ]);
  await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
    stateFacts(test.core.infra, tx, {
      workspaceId,
      statedBy: 'vetting',
      facts: personIds.slice(0, 11).map((personId, at) => ({ personId, name: 'credibility', value: 50 + at })),
    }),
  );
});
afterAll(() => test.close());

describe('tiers side by side', () => {
  it('count creators exactly as the search does when one clicks on a tier', async () => {
    const { rows, creators, untiered } = await client.call(compareTiers, {});
    expect(creators).toBe(26);
    expect(untiered).toBe(1);
    for (const row of rows) {
      const { total } = await client.call(searchCreators, {
        filters: [{ field: 'tier', op: 'in', values: [row.tier.name] }],
      });
      expect([row.tier.name, row.creators]).toEqual([row.tier.name, total]);
    }
    expect(rows.map((row) => row.creators)).toEqual([9, 16, 0, 0, 1]);
  });

  it('give medians with n and interval, equal to a plain computation, and none below ten', async () => {
    const { rows } = await client.call(compareTiers, {});
    const [nano, second, , , mega] = rows;
    expect(second?.engagementRate).toEqual({ value: 0.08, low: 0.03, high: 0.13, n: 15 });
    expect(second?.engagements).toMatchObject({ value: 80, n: 15 });
    expect(second?.credibility).toMatchObject({ value: 55, n: 11 });
    expect(second?.growth3m).toBeNull();
    expect(nano).toMatchObject({ creators: 9, engagementRate: null, known: { engagementRate: 9 } });
    expect(mega).toMatchObject({ creators: 1, engagementRate: null, prices: [] });
  });

  it('take prices from rate cards and creators alone, a currency by itself, with the cost of an engagement', async () => {
    const { rows } = await client.call(compareTiers, {});
    const prices = rows[1]?.prices ?? [];
    expect(prices).toHaveLength(1);
    // 12 prices of 10 to 120 euros, each ten cents a like at 10 to 120 likes a post.
    expect(prices[0]).toMatchObject({
      currency: 'EUR',
      n: 12,
      priceMinor: { value: 6500, n: 12 },
      costPerEngagementMinor: { value: 100, n: 12 },
    });
  });

  it('may be held to a platform or a list', async () => {
    const tiktok = await client.call(compareTiers, { platform: 'tiktok' });
    expect(tiktok.rows.map((row) => row.creators)).toEqual([9, 1, 0, 0, 0]);
    expect(tiktok.bands.every((band) => band.platform === 'tiktok')).toBe(true);
    const list = await client.call(createList, { name: 'Some', personIds: personIds.slice(0, 3) });
    const some = await client.call(compareTiers, { listId: list.id });
    expect(some.creators).toBe(3);
    expect(some.rows[1]).toMatchObject({ creators: 3, engagementRate: null });
    await expect(client.call(compareTiers, { listId: 'lst_none' })).rejects.toMatchObject({ message: 'No such list.' });
  });

  it('show published bands of one source at a time, each with its year or none, never in an own figure', async () => {
    const all = await client.call(compareTiers, {});
    const one = await client.call(compareTiers, { source: 'Passo' });
    expect(one.rows).toEqual(all.rows);
    expect(new Set(one.bands.map((band) => band.source))).toEqual(new Set(['Passo']));
    expect(one.sources).toEqual(all.sources);
    for (const band of publishedBands) {
      expect(band.low === null && band.high === null).toBe(false);
      if (band.low !== null && band.high !== null) expect(band.low).toBeLessThanOrEqual(band.high);
      expect(band.currency === null).toBe(band.subject === 'engagement');
    }
  });
});

const real = sharedData('labelled/influencers_ksb.csv');
if (real === null) process.stdout.write('tiers of real creators: skipped: no shared data\n');

describe.skipIf(real === null)('tiers of real creators', () => {
  it('have the medians of a plain computation', async () => {
    const id = await test.database.createWorkspace('tiers-real');
    const lines = parse<Record<string, string>>(readFileSync(real ?? ''), { columns: true, relax_column_count: true });
    const names = Object.keys(lines[0] ?? {});
    const handleAt = names.find((name) => /user|name|handle/i.test(name)) ?? '';
    const followersAt = names.find((name) => /follower/i.test(name)) ?? '';
    const rows = new Map<string, number>();
    for (const line of lines.slice(0, 5000)) {
      const followers = Number(line[followersAt]);
      if (/^[a-z0-9._]{1,30}$/i.test(line[handleAt] ?? '') && Number.isInteger(followers))
        rows.set((line[handleAt] ?? '').toLowerCase(), followers);
    }
    const given = [...rows].map(([handle, followers], at) => ({
      handle,
      followers,
      engagementRate: ((at * 7919) % 1000) / 10_000,
    }));
    expect(given.length).toBeGreaterThan(1000);
    for (let from = 0; from < given.length; from += 1000)
      await bringIn(
        given.slice(from, from + 1000).map((profile) => ({ profiles: [{ platform: 'instagram', ...profile }] })),
        id,
      );
    const answer = await test.client('tiers-real').call(compareTiers, {});
    for (const row of answer.rows) {
      const { followersMin, followersMax } = row.tier;
      const own = given.filter(
        ({ followers }) => followers >= followersMin && (followersMax === null || followers < followersMax),
      );
      expect(row.creators).toBe(own.length);
      const sorted = own.map((profile) => profile.engagementRate).sort((a, b) => a - b);
      const middle = (sorted.length - 1) / 2;
      const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
      if (sorted.length < 10) expect(row.engagementRate).toBeNull();
      else expect(row.engagementRate?.value).toBeCloseTo(median, 10);
    }
  }, 60_000);
});
