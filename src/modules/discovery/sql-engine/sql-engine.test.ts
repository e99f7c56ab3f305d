import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Client } from '#client/client.ts';
import { refreshStatistics } from '#infra/db/refresh-statistics.ts';
import type { CreatorRow } from '#modules/creators/api.ts';
import { creatorsRemoved, importCreatorRows } from '#modules/creators/index.ts';
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
import { fieldOf } from '../rules/field-kind.ts';
import { plainCreator } from './arbitrary-creators.ts';
import { allColumns } from './columns.ts';
import { documentRows } from './document-rows.ts';
import { writeDocuments } from './queries/write-documents.ts';
import { SearchDocuments } from './search-documents.ts';
import { statementOf } from './search-tables.ts';
import { createSqlEngine, type SqlEngine } from './sql-engine.ts';

let test: TestCore;

const observedAt = new Date('2026-05-01T00:00:00Z');

beforeAll(async () => {
  test = await openTestCore();
});
afterAll(() => test.close());

async function aWorkspace(): Promise<{ id: string; client: Client }> {
  const slug = `w-${Math.random().toString(36).slice(2, 10)}`;
  return { id: await test.database.createWorkspace(slug), client: test.client(slug) };
}

async function bringIn(workspaceId: string, rows: CreatorRow[], at = observedAt): Promise<string[]> {
  const outcome = await importCreatorRows(test.core.infra, { workspaceId, rows, source: 'test', observedAt: at });
  expect(outcome.errors).toEqual([]);
  await test.core.infra.outbox.settle();
  return outcome.personIds.filter((id) => id !== null);
}

function aRow(at: number): CreatorRow {
  const handle = `creator_${at}`;
  return {
    name: `Nell ${at % 7} Thistle`,
    country: at % 3 === 0 ? 'IE' : at % 3 === 1 ? 'NL' : null,
    niches: at % 2 === 0 ? ['Baking', 'Vegan food'] : ['running'],
    profiles: [
      {
        platform: at % 5 === 0 ? 'tiktok' : 'instagram',
        handle,
        bio: at % 4 === 0 ? 'Slow mornings, oat bread' : 'Runs a lot',
        followers: 1000 + at * 137,
        engagementRate: (at % 40) / 1000,
      },
    ],
  };
}

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

  it('keeps nothing for workspaces it does not answer for, and follows all changes where it does', async () => {
    const { id } = await aWorkspace();
    const ids = await bringIn(id, [aRow(1), aRow(2), aRow(3)]);
    expect(await kept(id)).toEqual({
      search_person: 0,
      search_profile: 0,
      search_text: 0,
      search_word: 0,
      search_build: 0,
    });

    const engine = createSqlEngine(test.core.infra);
    expect((await engine.search(id, searchQuerySchema.parse({}), defaultTiers)).total).toBe(3);
    await bringIn(id, [aRow(4), { ...aRow(2), name: 'Renamed Person' }]);
    const renamed = await engine.search(id, searchQuerySchema.parse({ text: 'renamed' }), defaultTiers);
    expect(renamed.rows.map((row) => row.personId)).toEqual([ids[1]]);
    expect(renamed.indexed).toBe(4);

    const before = await kept(id);
    // Repeats, in any order, and somebody who never was.
    await engine.documents.refresh(id, [...ids, ...ids.toReversed(), 'per_nobody']);
    expect(await kept(id)).toEqual(before);

    await test.core.infra.db.inWorkspace(id, (tx) =>
      tx
        .deleteFrom('person')
        .where('workspace_id', '=', id)
        .where('id', '=', ids[0] ?? '')
        .execute(),
    );
    await test.core.infra.db.inWorkspace(id, (tx) =>
      test.core.infra.outbox.emit(tx, {
        workspaceId: id,
        name: creatorsRemoved,
        payload: { personIds: [ids[0] ?? ''] },
      }),
    );
    await test.core.infra.outbox.settle();
    expect((await engine.search(id, searchQuerySchema.parse({}), defaultTiers)).indexed).toBe(3);
    expect((await kept(id)).search_profile).toBe(3);

    await engine.documents.forget(id);
    expect(Object.values(await kept(id)).every((count) => count === 0)).toBe(true);
  });

  it('goes on filling where it was stopped, and says how far it is', async () => {
    const { id } = await aWorkspace();
    await bringIn(
      id,
      Array.from({ length: 1100 }, (_, at) => aRow(at)),
    );
    const first = new SearchDocuments(test.core.infra);
    const filling = first.fill(id);
    let progress = await first.progress(id);
    while (progress.state === 'none' || (progress.state === 'filling' && progress.filled === 0)) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      progress = await first.progress(id);
    }
    await first.stop();
    await filling;
    const stopped = await first.progress(id);
    expect(stopped).toEqual({ state: 'filling', filled: expect.any(Number), total: 1100 });
    const filledThen = stopped.state === 'filling' ? stopped.filled : 0;
    expect(filledThen).toBeGreaterThan(0);
    expect(filledThen).toBeLessThan(1100);
    // Meanwhile a change comes for somebody not yet filled, and one for somebody filled.
    const changes = [
      { ...aRow(0), name: 'Early Change' },
      { ...aRow(1099), name: 'Late Change' },
    ];
    await bringIn(id, changes, new Date('2026-05-02T00:00:00Z'));

    const second = createSqlEngine(test.core.infra);
    const answer = await second.search(id, searchQuerySchema.parse({ text: 'change' }), defaultTiers);
    expect(answer.total).toBe(2);
    expect(answer.indexed).toBe(1100);
    expect(await second.documents.progress(id)).toEqual({ state: 'ready' });
    const row = await test.core.infra.db.asSystem((tx) =>
      tx.selectFrom('search_build').select('filled').where('workspace_id', '=', id).executeTakeFirstOrThrow(),
    );
    expect(Number(row.filled)).toBe(1100);
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

describe('the search tables', () => {
  it('have a column of the right kind for every field of the catalogue that has one', async () => {
    const rows = await test.core.infra.db.asSystem((tx) =>
      sql<{ table_name: string; column_name: string; data_type: string }>`
        select table_name, column_name, data_type from information_schema.columns
        where table_name in ('search_person', 'search_profile')`.execute(tx),
    );
    const types = new Map(rows.rows.map((row) => [`${row.table_name}.${row.column_name}`, row.data_type]));
    const wanted: Record<string, string> = {
      set: 'ARRAY',
      place: 'ARRAY',
      price: 'ARRAY',
      number: 'double precision',
      date: 'double precision',
      flag: 'boolean',
    };
    const missing = [...allColumns()].filter(([field, { name, level }]) => {
      const table = level === 'person' ? 'search_person' : 'search_profile';
      return types.get(`${table}.${name}`) !== wanted[fieldOf(field)?.kind ?? ''];
    });
    expect(missing).toEqual([]);
  });

  it('are read by index where a question is selective', async () => {
    const { id } = await aWorkspace();
    const { db } = test.core.infra;
    const creators = Array.from({ length: 10_000 }, (_, at) =>
      plainCreator(`per_${at}`, { name: `Word${at} Person`, niches: [`niche ${at}`], followers: at }),
    );
    for (let at = 0; at < creators.length; at += 1000)
      await db.asSystem((tx) => writeDocuments(tx, id, documentRows(id, creators.slice(at, at + 1000))));
    await refreshStatistics(db, ['search_person', 'search_profile', 'search_text']);
    const nodes = async (query: object) => JSON.stringify(await explained(id, query));
    expect(await nodes({ filters: [{ field: 'niche', op: 'in', values: ['niche 77'] }] })).toContain(
      'search_person_sets',
    );
    expect(await nodes({ text: 'word77' })).toContain('search_text_words');
    expect(await nodes({ filters: [{ field: 'followers', op: 'range', min: 5000, max: 5200 }] })).toContain(
      'search_profile_followers',
    );
  });
});

/** Rows kept for a workspace, by table. */
async function kept(workspaceId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ['search_person', 'search_profile', 'search_text', 'search_word', 'search_build'] as const) {
    const row = await test.core.infra.db.asSystem((tx) =>
      tx
        .selectFrom(table)
        .select((one) => one.fn.countAll().as('n'))
        .where('workspace_id', '=', workspaceId)
        .executeTakeFirstOrThrow(),
    );
    counts[table] = Number(row.n);
  }
  return counts;
}

/** The plan of the statement that answers a question. */
async function explained(workspaceId: string, query: object): Promise<unknown> {
  const context = {
    workspaceId,
    tiers: defaultTiers,
    listIds: [],
    countries: new Map(),
    languages: new Map(),
    nowMs: 0,
  };
  return test.core.infra.db.asSystem(async (tx) => {
    const statement = await statementOf(tx, searchQuerySchema.parse(query), context);
    const { rows } = await sql<{ 'QUERY PLAN': unknown }>`explain (format json) ${statement}`.execute(tx);
    return rows[0]?.['QUERY PLAN'];
  });
}

const realFile = sharedData('labelled/influencers_ksb.csv');

describe('on real creators', () => {
  it.skipIf(realFile === null)(
    'answers as the index in memory does (skipped: no shared data)',
    async () => {
      const { id, client } = await aWorkspace();
      const lines: Record<string, string>[] = parse(readFileSync(realFile ?? ''), { columns: true });
      const rows = lines.slice(0, 4000).map(
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
