import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Client } from '#client/client.ts';
import { refreshStatistics } from '#infra/db/refresh-statistics.ts';
import type { CreatorRow } from '#modules/creators/api.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import {
  createList,
  defaultTiers,
  type SearchAnswer,
  type SearchQuery,
  searchCreators,
  searchQuerySchema,
  searchValues,
} from '../api.ts';
import { createIndexHost } from '../index-host.ts';
import { aRow, importRows, observedAt } from './imported-rows.ts';
import { createSqlEngine, type SqlEngine } from './sql-engine.ts';

let test: TestCore;

beforeAll(async () => {
  test = await openTestCore();
});
afterAll(() => test.close());

async function aWorkspace(): Promise<{ id: string; client: Client }> {
  const slug = `w-${Math.random().toString(36).slice(2, 10)}`;
  return { id: await test.database.createWorkspace(slug), client: test.client(slug) };
}

const bringIn = (workspaceId: string, rows: CreatorRow[]) => importRows(test.core.infra, { workspaceId, rows });

/** Without what differs from run to run, and without facts, which other modules state in the background meanwhile. */
function timeless({ tookMs: _tookMs, rows, ...answer }: SearchAnswer) {
  return { ...answer, rows: rows.map(({ facts: _facts, ...row }) => row) };
}

/** Both engines answer the same, once the index in memory has what was just imported. */
function expectSame(
  engine: SqlEngine,
  asked: { id: string; client: Client; query: SearchQuery },
): Promise<SearchAnswer> {
  return vi.waitFor(
    async () => {
      const tables = await engine.search(asked.id, asked.query, defaultTiers);
      expect(timeless(tables)).toEqual(timeless(await asked.client.call(searchCreators, asked.query)));
      return tables;
    },
    { timeout: 20_000, interval: 500 },
  );
}

describe('the engine in the database', () => {
  it('answers over imported creators what the index in memory answers, rows, reasons and peers and all', async () => {
    const { id, client } = await aWorkspace();
    const [first = '', second = ''] = await bringIn(
      id,
      Array.from({ length: 120 }, (_, at) => aRow(at)),
    );
    const list = await client.call(createList, { name: 'Maybe', personIds: [first, second] });
    await test.core.infra.outbox.settle();
    const engine = createSqlEngine(test.core.infra);
    const questions = [
      {},
      { text: 'oat bread', facets: ['niche', 'country', 'tier', 'followers', 'list'] },
      { text: 'bred', facets: ['platform'] },
      { text: '"slow mornings" -running nel*', sort: { field: 'name', direction: 'asc' } },
      { filters: [{ field: 'niche', op: 'in', values: ['baking'] }], facets: ['niche'], limit: 7 },
      { filters: [{ field: 'list', op: 'in', values: [list.id], not: true }], sort: { field: 'engagementRate' } },
      {
        filters: [
          { field: 'country', op: 'in', values: ['Ireland'] },
          { field: 'followers', op: 'gte', value: 9000 },
        ],
      },
    ].map((query) => searchQuerySchema.parse(query));
    for (const query of questions) {
      const tables = await expectSame(engine, { id, client, query });
      expect(tables.rows.some((row) => row.peers !== null)).toBe(true);
    }
    for (const field of ['niche', 'country', 'platform'])
      expect({ values: await engine.values(id, field, defaultTiers) }).toEqual(
        await client.call(searchValues, { field }),
      );
  });

  it('shows a workspace nothing of another', async () => {
    const [one, other] = [await aWorkspace(), await aWorkspace()];
    await bringIn(one.id, [aRow(1), aRow(2)]);
    await bringIn(other.id, [{ ...aRow(5), name: 'Secret Sesame', niches: ['secrets'] }]);
    const engine = createSqlEngine(test.core.infra);
    const ask = (workspaceId: string, query: object) =>
      engine.search(workspaceId, searchQuerySchema.parse(query), defaultTiers);
    expect((await ask(other.id, { text: 'sesame' })).total).toBe(1);
    expect((await ask(one.id, { text: 'sesame' })).total).toBe(0);
    expect((await ask(one.id, { text: 'ses*' })).total).toBe(0);
    expect((await ask(one.id, { text: 'sesam' })).corrected).toEqual([]);
    expect((await ask(one.id, { facets: ['niche'] })).facets).not.toMatchObject([
      { values: expect.arrayContaining([{ value: 'secrets', count: 1 }]) },
    ]);
    await expect(ask(one.id, { filters: [{ field: 'niche', op: 'in', values: ['secrets'] }] })).rejects.toMatchObject({
      code: 'discovery.query',
      details: [{ field: 'filters.0.values.0', message: expect.stringContaining("no niche 'secrets'") }],
    });
  });

  it('answers when the index in memory is larger than the memory allowed', async () => {
    const { id } = await aWorkspace();
    await bringIn(id, [aRow(1), aRow(2), aRow(3)]);
    const { infra } = test.core;
    const small = { ...infra, config: { ...infra.config, indexMemoryMb: 0.000001 } };
    const engine = createSqlEngine(small);
    const host = createIndexHost(small, engine);
    try {
      const answer = await host.search(id, searchQuerySchema.parse({ facets: ['niche'] }), defaultTiers);
      expect([answer.total, answer.indexed, answer.leftOut]).toEqual([3, 3, 0]);
      expect(host.progress(id)).toEqual({ state: 'in_database' });
      expect(await engine.documents.progress(id)).toEqual({ state: 'ready' });
    } finally {
      await host.stop();
    }
  });

  it('answers everything when the settings say so', async () => {
    const core = await openTestCore({ env: { RAPPORT_SEARCH_ENGINE: 'sql' } });
    try {
      const id = await core.database.createWorkspace('all-sql');
      const client = core.client('all-sql');
      const outcome = await importCreatorRows(core.core.infra, {
        workspaceId: id,
        rows: [aRow(1), aRow(2), aRow(8)],
        source: 'test',
        observedAt,
      });
      await core.core.infra.outbox.settle();
      const answer = await client.call(searchCreators, { text: 'oat', facets: ['country'] });
      expect(answer.total).toBe(1);
      expect(answer.rows[0]?.personId).toBe(outcome.personIds[2]);
      const list = await client.call(createList, { name: 'Maybe', personIds: [outcome.personIds[0] ?? ''] });
      await core.core.infra.outbox.settle();
      const listed = await client.call(searchCreators, { filters: [{ field: 'list', op: 'in', values: [list.id] }] });
      expect(listed.total).toBe(1);
      expect((await client.call(searchValues, { field: 'niche' })).values[0]?.value).toBe('Baking');
    } finally {
      await core.close();
    }
  });
});

const realFile = sharedData('labelled/influencers_ksb.csv');

describe('on real creators', () => {
  it.skipIf(realFile === null)(
    'answers as the index in memory does (skipped: no shared data)',
    async () => {
      const { id, client } = await aWorkspace();
      const lines: Record<string, string>[] = parse(readFileSync(realFile ?? ''), { columns: true });
      const rows = lines.slice(0, 2500).map(
        (line): CreatorRow => ({
          niches: [line.category ?? ''],
          profiles: [
            {
              platform: 'instagram',
              handle: line.handle ?? '',
              followers: Number(line.followers),
              following: Number(line.followees),
              postCount: Number(line.posts),
            },
          ],
        }),
      );
      for (let at = 0; at < rows.length; at += 1000) {
        await bringIn(id, rows.slice(at, at + 1000));
        if (at === 0)
          await refreshStatistics(test.core.infra.db, ['person', 'profile', 'profile_metric', 'metric_history']);
      }
      const engine = createSqlEngine(test.core.infra);
      await engine.documents.fill(id);
      const questions = [
        { facets: ['niche', 'tier', 'followers', 'posts'] },
        { filters: [{ field: 'followers', op: 'range', min: 5000, max: 60_000 }], facets: ['niche', 'followers'] },
        { filters: [{ field: 'niche', op: 'in', values: ['beauty', 'family'], not: true }], sort: { field: 'handle' } },
        { text: 'the', facets: ['niche'], sort: { field: 'posts', direction: 'asc' } },
        { text: 'fa* -mom' },
        { text: '_mom' },
        {
          filters: [
            { field: 'tier', op: 'in', values: ['micro'] },
            { field: 'posts', op: 'lt', value: 300 },
          ],
        },
      ].map((query) => searchQuerySchema.parse({ limit: 100, ...query }));
      for (const query of questions) {
        const { nextCursor } = await expectSame(engine, { id, client, query });
        if (nextCursor !== null) await expectSame(engine, { id, client, query: { ...query, cursor: nextCursor } });
      }
    },
    120_000,
  );
});
