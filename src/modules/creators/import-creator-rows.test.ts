import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import type { CreatorRow } from './api.ts';
import { importCreatorRows } from './import-creator-rows.ts';
import { countPersons } from './queries/creator-documents.ts';
import { readMetricHistory } from './queries/observations.ts';
import { findProfilesByHandle, getPerson } from './read-creators.ts';

let test: TestCore;
beforeAll(async () => {
  test = await openTestCore();
});
afterAll(() => test.close());

const day1 = new Date('2026-03-01T10:00:00Z');
const day2 = new Date('2026-04-01T10:00:00Z');

function rowsOf(n: number): CreatorRow[] {
  return Array.from({ length: n }, (_, at) => ({
    name: `Creator ${at}`,
    niches: ['food'],
    profiles: [
      { platform: 'instagram' as const, handle: `@Creator.${at}`, followers: 1000 + at, following: 10, postCount: 5 },
    ],
  }));
}

describe('bringing rows in', () => {
  it('creates, then finds the same rows unchanged, then updates what a later source says', async () => {
    const workspaceId = await test.database.createWorkspace();
    const { infra } = test.core;
    const first = await importCreatorRows(infra, { workspaceId, rows: rowsOf(50), source: 'a.csv', observedAt: day1 });
    expect(first).toMatchObject({ created: 50, updated: 0, unchanged: 0, errors: [] });
    const again = await importCreatorRows(infra, { workspaceId, rows: rowsOf(50), source: 'a.csv', observedAt: day2 });
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 50 });

    const more = rowsOf(1).map((row) => ({
      ...row,
      profiles: row.profiles.map((profile) => ({ ...profile, followers: 1100 })),
    }));
    const later = await importCreatorRows(infra, { workspaceId, rows: more, source: 'b.csv', observedAt: day2 });
    expect(later).toMatchObject({ created: 0, updated: 1, unchanged: 0 });
    const late = await importCreatorRows(infra, { workspaceId, rows: rowsOf(1), source: 'a.csv', observedAt: day1 });
    expect(late).toMatchObject({ updated: 0, unchanged: 1 });

    await infra.db.inWorkspace(workspaceId, async (tx) => {
      const [match] = await findProfilesByHandle(tx, workspaceId, {
        handle: 'https://instagram.com/creator.0?igsh=abc',
      });
      expect(match?.followers).toBe(1100);
      const person = await getPerson(tx, workspaceId, match?.personId ?? '');
      expect(person.profiles[0]?.provenance).toMatchObject({ '*': { source: 'b.csv', at: day2.toISOString() } });
      expect(person.profiles[0]?.growth).toMatchObject({ m1: 0.1, m2: null });
      const points = await readMetricHistory(tx, workspaceId, {
        profileIds: [match?.profileId ?? ''],
        metrics: ['followers'],
      });
      expect(points.map((point) => [point.day, point.value, point.source])).toEqual([
        ['2026-03-01', 1000, 'a.csv'],
        ['2026-04-01', 1100, 'b.csv'],
      ]);
    });
    expect(await infra.db.asSystem((tx) => countPersons(tx, workspaceId))).toBe(50);
  });
});
