import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshStatistics } from '#infra/db/refresh-statistics.ts';
import type { CreatorRow } from '#modules/creators/api.ts';
import { creatorsRemoved } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { defaultTiers, searchQuerySchema } from '../api.ts';
import { fieldOf } from '../rules/field-kind.ts';
import { plainCreator } from './arbitrary-creators.ts';
import { allColumns } from './columns.ts';
import { documentRows } from './document-rows.ts';
import { aRow, importRows } from './imported-rows.ts';
import { writeDocuments } from './queries/write-documents.ts';
import { SearchDocuments } from './search-documents.ts';
import { statementOf } from './search-tables.ts';
import { createSqlEngine } from './sql-engine.ts';

let test: TestCore;

beforeAll(async () => {
  test = await openTestCore();
});
afterAll(() => test.close());

const aWorkspace = async () => ({ id: await test.database.createWorkspace() });
const bringIn = (workspaceId: string, rows: CreatorRow[]) => importRows(test.core.infra, { workspaceId, rows });

describe('the search tables', () => {
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
    await importRows(test.core.infra, { workspaceId: id, rows: changes, at: new Date('2026-05-02T00:00:00Z') });

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
