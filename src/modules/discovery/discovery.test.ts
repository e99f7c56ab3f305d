import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { refreshStatistics } from '#infra/db/refresh-statistics.ts';
import { AppError } from '#kernel/errors.ts';
import type { CreatorRow } from '#modules/creators/api.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import {
  addToList,
  createList,
  defaultTiers,
  deleteSearch,
  exportList,
  getList,
  getTiers,
  type Hit,
  listLists,
  listMembers,
  listSearches,
  listsOfCreator,
  noteListMember,
  putTiers,
  removeFromList,
  runSearch,
  saveSearch,
  searchCreators,
  searchValues,
  updateList,
} from './api.ts';

let test: TestCore;
let workspaceId: string;
let slug: string;
let client: Client;

const observedAt = new Date('2026-05-01T00:00:00Z');

function aRow(
  handle: string,
  patch: Partial<CreatorRow> = {},
  profile: Partial<CreatorRow['profiles'][number]> = {},
): CreatorRow {
  return { ...patch, profiles: [{ platform: 'instagram', handle, ...profile }] };
}

async function bringIn(rows: CreatorRow[], into = workspaceId): Promise<(string | null)[]> {
  const outcome = await importCreatorRows(test.core.infra, { workspaceId: into, rows, source: 'test', observedAt });
  expect(outcome.errors).toEqual([]);
  await test.core.infra.outbox.settle();
  return outcome.personIds;
}

async function aWorkspace(): Promise<{ id: string; slug: string }> {
  const name = `w-${Math.random().toString(36).slice(2, 10)}`;
  return { id: await test.database.createWorkspace(name), slug: name };
}

async function faultOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error(`Expected a refusal, got ${String(error)}`);
}

const handles = (rows: readonly Hit[]) => rows.map((hit) => hit.profile?.handle);

beforeAll(async () => {
  test = await openTestCore();
  ({ id: workspaceId, slug } = await aWorkspace());
  client = test.client(slug);
  await bringIn([
    aRow(
      'oat_nell',
      {
        name: 'Nell Thistle',
        country: 'IE',
        city: 'Cork',
        niches: ['baking'],
        languages: ['en'],
        emails: ['nell@example.com'],
      },
      { bio: 'Slow breakfast and oat bread 🥖', followers: 24_800, engagementRate: 0.058 },
    ),
    aRow(
      'sanne.run',
      { name: 'Sanne', country: 'NL', niches: ['running'] },
      { bio: 'Running every morning', followers: 5_000 },
    ),
    aRow(
      'salam_cook',
      { name: 'سلام', niches: ['baking', 'beauty'] },
      { bio: 'خبز كل صباح', followers: 900_000, engagementRate: 0.01 },
    ),
    aRow('nobody_knows', {}, {}),
  ]);
});
afterAll(() => test.close());

describe('a search over the API', () => {
  it('finds by words, filters and counts, and says why', async () => {
    const answer = await client.call(searchCreators, {
      text: 'oat bread',
      filters: [{ field: 'country', op: 'in', values: ['Ireland'] }],
      facets: ['niche', 'tier'],
    });
    expect(handles(answer.rows)).toEqual(['oat_nell']);
    expect(answer.rows[0]?.why.line).toBe('“oat” in the handle · “bread” in the bio · Ireland');
    expect(answer.rows[0]?.why.reasons.map((reason) => [reason.what, reason.where])).toEqual([
      ['oat', 'handle'],
      ['oat', 'bio'],
      ['bread', 'bio'],
      ['country', 'country'],
    ]);
    expect(answer.facets[1]).toEqual({
      kind: 'values',
      field: 'tier',
      values: [{ value: 'micro', count: 1 }],
      others: 0,
      unknown: 0,
    });
  });

  it('leaves out whose value is not known, counts them, and finds them when asked for', async () => {
    const answer = await client.call(searchCreators, {
      filters: [{ field: 'engagementRate', op: 'gte', value: 0.02 }],
    });
    expect(handles(answer.rows)).toEqual(['oat_nell']);
    expect(answer.unknown).toEqual([{ field: 'engagementRate', creators: 2 }]);
    const unknown = await client.call(searchCreators, {
      filters: [{ field: 'engagementRate', op: 'known', value: false }],
      sort: { field: 'handle', direction: 'asc' },
    });
    expect(handles(unknown.rows)).toEqual(['nobody_knows', 'sanne.run']);
  });

  it('gives each figure with its source and date', async () => {
    const answer = await client.call(searchCreators, { text: '@oat_nell' });
    expect(answer.rows[0]?.profile?.provenance['*'] ?? answer.rows[0]?.profile?.provenance.followers).toMatchObject({
      source: 'test',
      at: observedAt.toISOString(),
    });
  });

  it('names near misses of fields, values and operations', async () => {
    const value = await faultOf(
      client.call(searchCreators, { filters: [{ field: 'niche', op: 'in', values: ['bueaty'] }] }),
    );
    expect(value).toMatchObject({
      code: 'discovery.query',
      details: [{ field: 'filters.0.values.0', message: "no niche 'bueaty', did you mean beauty?" }],
    });
    const field = await faultOf(client.call(searchCreators, { filters: [{ field: 'folowers', op: 'gte', value: 1 }] }));
    expect(field.message).toBe("no filter 'folowers', did you mean followers?");
    const op = await faultOf(
      client.call(searchCreators, { filters: [{ field: 'followers', op: 'in', values: ['5'] }] }),
    );
    expect(op.message).toContain('followers takes range');
    const bounds = await faultOf(
      client.call(searchCreators, { filters: [{ field: 'followers', op: 'range', min: 9, max: 3 }] }),
    );
    expect(bounds.message).toContain('min is above max');
    const country = await faultOf(
      client.call(searchCreators, { filters: [{ field: 'country', op: 'in', values: ['Irland'] }] }),
    );
    expect(country.message).toContain('did you mean Ireland');
    const unknownKey = await test.fetch(
      new Request('http://x/api/v1/discovery/search', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${test.core.infra.localToken}`,
          'rapport-workspace': slug,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ filter: [] }),
      }),
    );
    expect(unknownKey.status).toBe(422);
  });

  it('says when filters contradict each other, and finds nobody', async () => {
    const answer = await client.call(searchCreators, {
      filters: [
        { field: 'followers', op: 'gte', value: 100_000 },
        { field: 'followers', op: 'lte', value: 10_000 },
      ],
    });
    expect(answer.total).toBe(0);
    expect(answer.notes).toEqual(['followers cannot be at least 100000 and at most 10000: no creator can match.']);
  });

  it('takes emoji, right-to-left text and signs that are no words', async () => {
    for (const [text, wanted] of [
      ['🥖', 'oat_nell'],
      ['خبز', 'salam_cook'],
      ['SANNE', 'sanne.run'],
    ] as const) {
      expect(handles((await client.call(searchCreators, { text })).rows)).toEqual([wanted]);
    }
    for (const text of ['"', '*', '-', '(((a+)+)+$', '\\', '%_', '"" -"" #'])
      expect((await client.call(searchCreators, { text })).indexed).toBe(4);
  });

  it('answers a query of 10,000 characters, and refuses more words than it can take by number', async () => {
    const same = await client.call(searchCreators, { text: 'oat '.repeat(2500) });
    expect(handles(same.rows)).toEqual(['oat_nell']);
    const many = await faultOf(
      client.call(searchCreators, { text: Array.from({ length: 1500 }, (_, at) => `w${at}`).join(' ') }),
    );
    expect(many.message).toBe('1500 different words; at most 400 can be searched at once');
  });

  it('bears with a slip of the finger only when nothing else matches, and says so', async () => {
    const answer = await client.call(searchCreators, { text: 'braed' });
    expect(handles(answer.rows)).toEqual(['oat_nell']);
    expect(answer.corrected).toEqual([{ from: 'braed', to: ['bread'] }]);
    expect((await client.call(searchCreators, { text: 'bread' })).corrected).toEqual([]);
  });

  it('refuses a cursor of another order', async () => {
    const { nextCursor } = await client.call(searchCreators, {
      limit: 1,
      sort: { field: 'followers', direction: 'desc' },
    });
    expect(nextCursor).not.toBeNull();
    const error = await faultOf(
      client.call(searchCreators, { limit: 1, sort: { field: 'name', direction: 'asc' }, cursor: nextCursor ?? '' }),
    );
    expect(error.details[0]?.field).toBe('cursor');
    await faultOf(client.call(searchCreators, { cursor: 'nonsense' }));
  });

  it('lists the values of a field by the letters they hold', async () => {
    expect(await client.call(searchValues, { field: 'niche', text: 'b' })).toEqual({
      values: [
        { value: 'baking', count: 2 },
        { value: 'beauty', count: 1 },
      ],
    });
  });
});

describe('the index and the database', () => {
  it('finds a changed creator by the new state within a second and never by the old', async () => {
    const own = await aWorkspace();
    await bringIn([aRow('tomasz', {}, { bio: 'milk foam' })], own.id);
    const in_ = test.client(own.slug);
    expect((await in_.call(searchCreators, { text: 'foam' })).total).toBe(1);

    await importCreatorRows(test.core.infra, {
      workspaceId: own.id,
      rows: [aRow('tomasz', {}, { bio: 'kettle songs' }), aRow('jory', {}, { bio: 'kettle' })],
      source: 'test',
      observedAt: new Date(observedAt.getTime() + 1000),
    });
    const startedMs = performance.now();
    while ((await in_.call(searchCreators, { text: 'kettle' })).total < 2) {
      if (performance.now() - startedMs > 1000) throw new Error('The change was not searchable within 1 s');
    }
    expect((await in_.call(searchCreators, { text: 'foam' })).total).toBe(0);
  });

  it('keeps workspaces apart in results, counts, values and lists', async () => {
    const other = await aWorkspace();
    const [theirs] = await bringIn([aRow('foreign_only', { niches: ['secretniche'] }, { bio: 'zebra' })], other.id);
    expect((await client.call(searchCreators, { text: 'zebra' })).total).toBe(0);
    expect((await client.call(searchValues, { field: 'niche', text: 'secret' })).values).toEqual([]);
    expect(
      (await client.call(searchCreators, { filters: [{ field: 'creator', op: 'in', values: [theirs ?? ''] }] })).total,
    ).toBe(0);
    const list = await test.client(other.slug).call(createList, { name: 'Theirs' });
    const error = await faultOf(client.call(getList, { listId: list.id }));
    const absent = await faultOf(client.call(getList, { listId: 'lst_absent' }));
    expect([error.kind, error.code, error.message]).toEqual([absent.kind, absent.code, absent.message]);
    const mine = await client.call(createList, { name: 'Isolation' });
    expect((await faultOf(client.call(addToList, { listId: mine.id, personIds: [theirs ?? ''] }))).code).toBe(
      'discovery.unknown_creators',
    );
    expect((await client.call(getList, { listId: mine.id })).members).toBe(0);
  });

  it('answers an empty workspace without complaint', async () => {
    const empty = await aWorkspace();
    const answer = await test.client(empty.slug).call(searchCreators, {
      text: 'anything',
      filters: [{ field: 'niche', op: 'in', values: ['beauty'] }],
      facets: ['niche', 'followers'],
    });
    expect([answer.total, answer.indexed, answer.rows]).toEqual([0, 0, []]);
  });
});

describe('lists', () => {
  it('holds creators once, shows them on hits, and filters by them', async () => {
    const { rows } = await client.call(searchCreators, { sort: { field: 'handle', direction: 'asc' } });
    const ids = rows.map((hit) => hit.personId);
    const list = await client.call(createList, { name: 'Summer', personIds: ids.slice(0, 2) });
    expect(await client.call(addToList, { listId: list.id, personIds: ids.slice(0, 3), note: 'later' })).toEqual({
      added: 1,
      already: 2,
    });
    const on = await client.call(searchCreators, {
      filters: [{ field: 'list', op: 'in', values: [list.id] }],
      facets: ['list'],
    });
    expect(on.rows.map((hit) => hit.personId).sort()).toEqual(ids.slice(0, 3).sort());
    expect(on.rows[0]?.lists).toContain(list.id);
    expect(on.facets[0]).toMatchObject({ values: [{ value: list.id, count: 3 }] });
    const off = await client.call(searchCreators, {
      filters: [{ field: 'list', op: 'in', values: [list.id], not: true }],
    });
    expect(off.rows.map((hit) => hit.personId)).toEqual(ids.slice(3));
    expect((await client.call(listsOfCreator, { personId: ids[2] ?? '' })).rows).toEqual([
      { id: list.id, name: 'Summer', note: 'later' },
    ]);
    expect(await client.call(removeFromList, { listId: list.id, personIds: [ids[0] ?? '', 'per_nobody'] })).toEqual({
      removed: 1,
    });
    expect(
      (await client.call(searchCreators, { filters: [{ field: 'list', op: 'in', values: [list.id] }] })).total,
    ).toBe(2);
  });

  it('refuses two open lists of one name and adds nobody when one does not exist', async () => {
    const list = await client.call(createList, { name: 'Twice' });
    expect((await faultOf(client.call(createList, { name: 'twice' }))).code).toBe('discovery.list_name_taken');
    const { rows } = await client.call(searchCreators, {});
    const error = await faultOf(
      client.call(addToList, { listId: list.id, personIds: [rows[0]?.personId ?? '', 'per_absent'] }),
    );
    expect(error.details).toEqual([{ field: 'personIds.1', message: 'no creator per_absent' }]);
    expect((await client.call(getList, { listId: list.id })).members).toBe(0);
    await client.call(updateList, { listId: list.id, archived: true });
    const again = await client.call(createList, { name: 'twice' });
    expect((await faultOf(client.call(updateList, { listId: list.id, archived: false }))).code).toBe(
      'discovery.list_name_taken',
    );
    expect(
      (await faultOf(client.call(addToList, { listId: list.id, personIds: [rows[0]?.personId ?? ''] }))).code,
    ).toBe('discovery.list_archived');
    expect((await client.call(listLists, { archived: true })).rows.map((one) => one.id)).toContain(list.id);
    expect((await client.call(updateList, { listId: again.id, name: 'Renamed' })).name).toBe('Renamed');
  });

  it('pages members, keeps notes, and exports a CSV that runs no formula', async () => {
    const own = await aWorkspace();
    const ids = await bringIn(
      [
        aRow('one', { name: '=HYPERLINK("http://evil")' }, { followers: 10 }),
        aRow('two', {}, {}),
        aRow('three', {}, { engagementRate: 0.05 }),
      ],
      own.id,
    );
    const in_ = test.client(own.slug);
    const list = await in_.call(createList, { name: 'Åre / list' });
    await in_.call(addToList, { listId: list.id, personIds: ids.flatMap((id) => id ?? []) });
    await in_.call(noteListMember, { listId: list.id, personId: ids[1] ?? '', note: '+49 "quoted", later' });
    const paged: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 5; page += 1) {
      const answer = await in_.call(listMembers, {
        listId: list.id,
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      });
      paged.push(...answer.rows.map((row) => row.personId));
      if (answer.nextCursor === null) break;
      cursor = answer.nextCursor;
    }
    expect(paged.toSorted()).toEqual(ids.toSorted());
    const response = await in_.open(exportList, { listId: list.id });
    const rows: Record<string, string>[] = parse(await response.text(), { columns: true });
    const byHandle = new Map(rows.map((row) => [row.handle, row]));
    expect(byHandle.get('one')?.name).toBe('\'=HYPERLINK("http://evil")');
    expect(byHandle.get('two')).toMatchObject({ note: '\'+49 "quoted", later', followers: '', engagement_rate: '' });
    expect(byHandle.get('three')?.engagement_rate).toBe('0.05');
  });
});

describe('tiers and saved searches', () => {
  it('takes tiers as data: searches, counts and names follow them', async () => {
    const own = await aWorkspace();
    await bringIn(
      [aRow('small', {}, { followers: 50 }), aRow('edge', {}, { followers: 100 }), aRow('unknown', {}, {})],
      own.id,
    );
    const in_ = test.client(own.slug);
    expect((await in_.call(getTiers, {})).tiers).toEqual(defaultTiers);
    const tiers = [
      { name: 'tiny', followersMin: 0, followersMax: 100 },
      { name: 'huge', followersMin: 100, followersMax: null },
    ];
    await in_.call(putTiers, { tiers });
    const answer = await in_.call(searchCreators, { facets: ['tier'] });
    expect(answer.facets[0]).toMatchObject({
      values: [
        { value: 'tiny', count: 1 },
        { value: 'huge', count: 1 },
      ],
      unknown: 1,
    });
    expect(
      handles((await in_.call(searchCreators, { filters: [{ field: 'tier', op: 'in', values: ['huge'] }] })).rows),
    ).toEqual(['edge']);
    const overlap = await faultOf(
      in_.call(putTiers, { tiers: [...tiers, { name: 'mid', followersMin: 50, followersMax: 70 }] }),
    );
    expect(overlap.details[0]).toEqual({ field: 'tiers.2.followersMin', message: 'mid starts at 50, inside tiny' });
    expect((await in_.call(getTiers, {})).tiers).toEqual(tiers);
  });

  it('keeps a search and runs it on what is there then', async () => {
    const saved = await client.call(saveSearch, {
      name: 'Bakers',
      query: { filters: [{ field: 'niche', op: 'in', values: ['baking'] }] },
    });
    expect((await client.call(listSearches, {})).rows.map((one) => one.name)).toContain('Bakers');
    expect(handles((await client.call(runSearch, { searchId: saved.id })).rows)).toEqual(['salam_cook', 'oat_nell']);
    await client.call(deleteSearch, { searchId: saved.id });
    expect((await faultOf(client.call(runSearch, { searchId: saved.id }))).kind).toBe('not_found');
    expect(
      (
        await faultOf(
          client.call(saveSearch, { name: 'Bad', query: { filters: [{ field: 'nich', op: 'in', values: ['x'] }] } }),
        )
      ).details[0]?.field,
    ).toBe('query.filters.0');
  });
});

const realFile = sharedData('labelled/influencers_ksb.csv');

describe('on real creators', () => {
  it.skipIf(realFile === null)(
    'counts exactly what the file holds (skipped: no shared data)',
    async () => {
      const own = await aWorkspace();
      const lines: Record<string, string>[] = parse(readFileSync(realFile ?? ''), { columns: true });
      for (let at = 0; at < lines.length; at += 1000) {
        const rows = lines.slice(at, at + 1000).map((line) =>
          aRow(
            line.handle ?? '',
            { niches: [line.category ?? ''] },
            {
              followers: Number(line.followers),
              following: Number(line.followees),
              postCount: Number(line.posts),
            },
          ),
        );
        const outcome = await importCreatorRows(test.core.infra, {
          workspaceId: own.id,
          rows,
          source: 'ksb',
          observedAt,
        });
        expect(outcome.errors).toEqual([]);
        // As an import of a file does: a plan made for the few rows before would take minutes.
        if (at === 0)
          await refreshStatistics(test.core.infra.db, ['person', 'profile', 'profile_metric', 'metric_history']);
      }
      const answer = await test.client(own.slug).call(searchCreators, {
        filters: [
          { field: 'followers', op: 'range', min: 5000, max: 60_000 },
          { field: 'niche', op: 'in', values: ['food', 'family'] },
        ],
        facets: ['niche'],
        limit: 500,
      });
      const wanted = lines.filter((line) => Number(line.followers) >= 5000 && Number(line.followers) <= 60_000);
      expect(answer.indexed).toBe(lines.length);
      expect(answer.total).toBe(wanted.filter((line) => line.category === 'food' || line.category === 'family').length);
      const counts = new Map<string, number>();
      for (const line of wanted) counts.set(line.category ?? '', (counts.get(line.category ?? '') ?? 0) + 1);
      expect(
        answer.facets[0]?.kind === 'values' &&
          Object.fromEntries(answer.facets[0].values.map((one) => [one.value, one.count])),
      ).toEqual(Object.fromEntries(counts));
      expect(answer.tookMs).toBeLessThan(500);
    },
    120_000,
  );
});
