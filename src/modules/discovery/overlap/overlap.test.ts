import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import type { InputOf } from '#kernel/endpoint.ts';
import { AppError } from '#kernel/errors.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createBrand, deleteFollowerSet, getOverlap, importFollowers, listFollowerSets } from '../api.ts';

let test: TestCore;
let workspaceId: string;
let client: Client;
let people: string[];

beforeAll(async () => {
  test = await openTestCore();
  workspaceId = await test.database.createWorkspace('overlap');
  client = test.client('overlap');
  const rows = ['ann', 'bea', 'cleo', 'dora'].map((handle) => ({
    name: handle,
    profiles: [{ platform: 'instagram' as const, handle, followers: 1000 }],
  }));
  const outcome = await importCreatorRows(test.core.infra, {
    workspaceId,
    rows,
    source: 'test',
    observedAt: new Date('2026-05-01T00:00:00Z'),
  });
  people = outcome.personIds.flatMap((id) => id ?? []);
});
afterAll(() => test.close());

type Input = Omit<InputOf<typeof importFollowers>, 'personId' | 'brandId'>;
const complete: Input = { platform: 'instagram', coverage: 'complete', takenOn: '2026-05-01', source: 'test export' };

function bring(who: number, body: string | Uint8Array, input: Partial<Input> = {}) {
  return client.upload(
    importFollowers,
    { ...complete, ...input, personId: people[who] ?? '' },
    { body: typeof body === 'string' ? body : new Blob([new Uint8Array(body)]), fileName: 'followers.csv' },
  );
}

const named = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `user_${from + at}`).join('\n');

async function faultOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error(`Expected a refusal, got ${String(error)}`);
}

describe('files of followers', () => {
  it('are read from a line each, a CSV column or gzip, with any spelling of a handle, and counted once', async () => {
    const plain = await bring(0, `${named(0, 600)}\n@USER_5\nhttps://www.instagram.com/user_6/\n\n`);
    expect(plain).toMatchObject({
      rows: 602,
      repeated: 2,
      skipped: 0,
      set: { size: 600, total: 600, idKind: 'handle' },
    });
    const csv = `id;username;full_name\n${Array.from({ length: 500 }, (_, at) => `${at};user_${at + 400};"Name; of ${at}"`).join('\r\n')}`;
    expect(await bring(1, gzipSync(csv))).toMatchObject({
      rows: 500,
      set: { size: 500, idKind: 'handle', fileName: 'followers.csv' },
    });
  });

  it('leave no follower to be read: the database holds neither handles nor plain hashes of them', async () => {
    const sets = await test.core.infra.db.asSystem((tx) =>
      sql<{ text: string; hashes: Buffer }>`select f::text as text, hashes from follower_set f`.execute(tx),
    );
    expect(sets.rows.length).toBeGreaterThan(0);
    for (const { text, hashes } of sets.rows) {
      expect(text).not.toContain('user_');
      expect(hashes.includes(Buffer.from('user_5'))).toBe(false);
    }
  });

  it('brought in again change nothing but replace what was of that day and source', async () => {
    const before = await client.call(listFollowerSets, { personId: people[0] });
    const again = await bring(0, named(0, 600));
    const after = await client.call(listFollowerSets, { personId: people[0] });
    expect(after.rows.map((set) => set.id)).toEqual(before.rows.map((set) => set.id));
    expect(again.set.id).toBe(before.rows[0]?.id);
  });

  it('are refused with the row when they name nobody, are rounded, empty, broken or a workbook, and nothing is kept', async () => {
    const before = (await client.call(listFollowerSets, {})).rows.length;
    const rounded = await faultOf(bring(2, `id\n${'1.23457E+16\n'.repeat(40)}`));
    expect(rounded.code).toBe('discovery.followers_file');
    expect(rounded.details[0]).toMatchObject({ row: 2, message: expect.stringContaining('spreadsheet') });
    expect((await faultOf(bring(2, ''))).message).toContain('empty');
    expect((await faultOf(bring(2, gzipSync('a\nb').subarray(0, 12)))).message).toContain('gzip');
    expect((await faultOf(bring(2, Buffer.from('PK\u0003\u0004xxxx')))).message).toContain('CSV');
    expect((await faultOf(bring(2, 'a\u0000b\nc'))).message).toContain('not a text file');
    expect((await client.call(listFollowerSets, {})).rows.length).toBe(before);
  });

  it('say of a sample how many it stands for, of a complete file that it is one, and are of no day to come', async () => {
    expect((await faultOf(bring(2, named(0, 10), { coverage: 'sample' }))).details[0]?.field).toBe('total');
    expect((await faultOf(bring(2, named(0, 10), { coverage: 'sample', total: 5 }))).message).toContain(
      'more than the 5',
    );
    expect((await faultOf(bring(2, named(0, 10), { total: 1000 }))).details[0]?.field).toBe('coverage');
    expect((await faultOf(bring(2, named(0, 10), { takenOn: '2999-01-01' }))).details[0]?.field).toBe('takenOn');
    expect((await faultOf(bring(2, named(0, 10), { platform: 'tiktok' }))).code).toBe('discovery.followers_of');
  });

  it('of another workspace are not there', async () => {
    await test.database.createWorkspace('other');
    const other = test.client('other');
    const mine = (await client.call(listFollowerSets, {})).rows[0];
    expect((await faultOf(other.call(deleteFollowerSet, { setId: mine?.id ?? '' }))).message).toBe(
      'No such follower file.',
    );
    expect((await other.call(listFollowerSets, {})).rows).toEqual([]);
  });
});

describe('a plain list of followers', () => {
  it('is read the same with any ending of lines, however it is cut into pieces', async () => {
    const lines = Array.from({ length: 300 }, (_, at) => `piece_${at}`);
    for (const [at, ending] of ['\n', '\r\n', '\r'].entries()) {
      const bytes = new TextEncoder().encode(`\ufeff${lines.join(ending)}${ending}`);
      const body = new ReadableStream<Uint8Array>({
        start: (to) => {
          for (let from = 0; from < bytes.length; from += 7) to.enqueue(bytes.slice(from, from + 7));
          to.close();
        },
      });
      const kept = await client.upload(
        importFollowers,
        { ...complete, personId: people[3] ?? '', takenOn: `2026-04-0${at + 1}`, source: 'pieces' },
        { body, fileName: 'list.txt' },
      );
      expect(kept).toMatchObject({ rows: 300, skipped: 0, set: { size: 300 } });
    }
  });
});

describe('the overlap of creators', () => {
  it('is counted when every file is complete, the same in either order', async () => {
    const forth = await client.call(getOverlap, { personIds: [people[0] ?? '', people[1] ?? ''] });
    expect(forth).toMatchObject({
      method: 'exact',
      platform: 'instagram',
      totalFollowers: 1100,
      totalUniqueFollowers: { value: 900, standardError: null, isEstimated: false },
      missing: [],
    });
    expect(forth.creators.map((creator) => creator.unique?.value)).toEqual([400, 300]);
    expect(forth.creators[1]?.overlappingShare?.value).toBeCloseTo(0.4, 12);
    expect(forth.pairs[0]).toMatchObject({ shared: { value: 200 }, shareOfFirst: { value: 200 / 600 } });
    const back = await client.call(getOverlap, { personIds: [people[1] ?? '', people[0] ?? ''] });
    expect(back.totalUniqueFollowers).toEqual(forth.totalUniqueFollowers);
    expect(back.pairs[0]?.shared).toEqual(forth.pairs[0]?.shared);
  });

  it('says whose audience is missing, and nothing at all when only one is known', async () => {
    const some = await client.call(getOverlap, { personIds: [people[0] ?? '', people[1] ?? '', people[2] ?? ''] });
    expect(some.missing).toEqual([{ personId: people[2], name: 'cleo', reason: expect.stringContaining('import') }]);
    const none = await client.call(getOverlap, { personIds: [people[0] ?? '', people[2] ?? ''] });
    expect(none).toMatchObject({ method: 'none', totalUniqueFollowers: null, sharedShare: null, pairs: [] });
    expect(none.missing).toHaveLength(2);
  });

  it('is an estimate with its error from a sample, and not enough data from a small one', async () => {
    const every3rd = Array.from({ length: 200 }, (_, at) => `user_${300 + at * 3}`).join('\n');
    await bring(2, every3rd, { coverage: 'sample', total: 600 });
    const answer = await client.call(getOverlap, { personIds: [people[0] ?? '', people[2] ?? ''] });
    expect(answer.method).toBe('samples');
    // 300 of 600 are shared in truth.
    expect(answer.pairs[0]?.shared).toMatchObject({ value: 300, isEstimated: true });
    expect(answer.pairs[0]?.shared?.standardError).toBeGreaterThan(10);
    expect(answer.totalUniqueFollowers?.low).toBeLessThan(900);
    expect(answer.totalUniqueFollowers?.high).toBeGreaterThan(900);
    await bring(3, named(0, 20), { coverage: 'sample', total: 20_000 });
    const small = await client.call(getOverlap, { personIds: [people[2] ?? '', people[3] ?? ''] });
    expect(small.pairs[0]?.shared).toBeNull();
    expect(small.totalUniqueFollowers).toBeNull();
  });

  it('is an estimate from sketches of large audiences, within its interval', async () => {
    await bring(0, named(0, 90_000), { takenOn: '2026-05-02', keep: 'smallest' });
    const large = await bring(1, named(60_000, 150_000), { takenOn: '2026-05-02', keep: 'smallest' });
    expect(large.set).toMatchObject({ kept: 'smallest', size: 90_000 });
    const answer = await client.call(getOverlap, { personIds: [people[0] ?? '', people[1] ?? ''] });
    expect(answer.method).toBe('sketch');
    const unique = answer.totalUniqueFollowers;
    expect(unique?.isEstimated).toBe(true);
    expect(Math.abs((unique?.value ?? 0) - 150_000)).toBeLessThan(4 * (unique?.standardError ?? 0));
    expect(unique?.standardError).toBeLessThan(1200);
  }, 30_000);

  it('does not compare ids with handles, and says so', async () => {
    const ids = Array.from({ length: 50 }, (_, at) => `${170_000 + at}`).join('\n');
    expect((await bring(3, ids, { takenOn: '2026-05-03', source: 'ids' })).set.idKind).toBe('id');
    const sets = (await client.call(listFollowerSets, { personId: people[3] })).rows;
    for (const set of sets.filter((one) => one.idKind === 'handle'))
      await client.call(deleteFollowerSet, { setId: set.id });
    const answer = await client.call(getOverlap, { personIds: [people[0] ?? '', people[1] ?? '', people[3] ?? ''] });
    expect(answer.missing[0]?.reason).toBe('the file names followers by ids, the others by handles');
  });

  it('refuses creators that do not exist, fewer than two and more than fifty', async () => {
    expect((await faultOf(client.call(getOverlap, { personIds: [people[0] ?? '', 'per_nobody'] }))).message).toBe(
      'No such creator.',
    );
    expect((await faultOf(client.call(getOverlap, { personIds: ['one'] }))).kind).toBe('invalid');
    expect((await faultOf(client.call(getOverlap, { personIds: new Array(51).fill('x') }))).kind).toBe('invalid');
  });

  it('takes the followers of a brand too', async () => {
    const brand = await client.call(createBrand, { name: 'Oatly', handles: ['@oatly'] });
    const kept = await client.upload(
      importFollowers,
      { ...complete, brandId: brand.id },
      { body: named(0, 30), fileName: 'brand.txt' },
    );
    expect(kept.set).toMatchObject({ brandId: brand.id, personId: null, name: 'Oatly', size: 30 });
  });
});
