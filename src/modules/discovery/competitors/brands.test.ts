import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { AppError } from '#kernel/errors.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { importFile } from '#tests/support/import-file.ts';
import {
  compareBrands,
  createBrand,
  deleteBrand,
  importFollowers,
  listBrandCreators,
  listBrandFollowers,
  listBrandPosts,
  listBrands,
  searchCreators,
  updateBrand,
  type WatchedBrand,
} from '../api.ts';

let test: TestCore;
let client: Client;
let oatly: WatchedBrand;
let alpro: WatchedBrand;
let own: WatchedBrand;
let person: Map<string, string>;

const posts = `handle,post id,posted at,caption,likes,comments,views,paid partnership
ann,1,2026-03-01,"Breakfast with @oatly #ad",100,10,1000,
ann,2,2026-03-05,"again @Oatly and @alpro",200,,,true
ann,3,2026-01-05,"@oatly before the period",5,5,,
bea,4,2026-03-07,"#OatlyChallenge is fun",50,5,,false
bea,5,2026-03-08,"We love oat drink so much",10,1,,
bea,6,,"@oatly without a date",1,1,,
oatly,7,2026-03-09,"our own post @oatly #oatly",9999,999,,
cleo,8,2026-03-10,"nothing about anybody",7,7,,
cleo,9,2026-03-11,"@oatlyfan is another account, boat drinks too",7,7,,
`;

async function faultOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error(`Expected a refusal, got ${String(error)}`);
}

const march = { from: '2026-03-01', to: '2026-03-31' };

beforeAll(async () => {
  test = await openTestCore();
  const workspaceId = await test.database.createWorkspace('brands');
  client = test.client('brands');
  const handles = ['ann', 'bea', 'cleo', 'oatly'];
  const outcome = await importCreatorRows(test.core.infra, {
    workspaceId,
    rows: handles.map((handle, at) => ({
      name: handle,
      country: at === 0 ? 'DE' : 'NL',
      profiles: [
        { platform: 'instagram' as const, handle, followers: 1000 * (at + 1), engagementRate: 0.05 - at / 100 },
      ],
    })),
    source: 'test',
    observedAt: new Date('2026-05-01T00:00:00Z'),
  });
  person = new Map(handles.map((handle, at) => [handle, outcome.personIds[at] ?? '']));
  const run = await importFile(client, { name: 'posts.csv', body: new TextEncoder().encode(posts) });
  expect(run.counts).toMatchObject({ read: 9, failed: 0 });
  oatly = await client.call(createBrand, {
    name: 'Oatly',
    handles: ['@Oatly'],
    hashtags: ['#oatlychallenge'],
    keywords: ['oat drink'],
  });
  alpro = await client.call(createBrand, { name: 'Alpro', handles: ['https://www.instagram.com/alpro/'] });
  own = await client.call(createBrand, { name: 'Our brand', isOwn: true, handles: ['ourbrand'] });
});
afterAll(() => test.close());

describe('watched brands', () => {
  it('keep their terms as posts write them, own ones first, with who looks after them', async () => {
    const { rows } = await client.call(listBrands, {});
    expect(rows.map((row) => row.name)).toEqual(['Our brand', 'Alpro', 'Oatly']);
    expect(rows[2]).toMatchObject({ handles: ['oatly'], hashtags: ['oatlychallenge'], keywords: ['oat drink'] });
    expect(rows[1]?.handles).toEqual(['alpro']);
    expect(rows[0]?.owner.name).not.toBe('');
  });

  it('are refused without a term, with one that is none, and with a name that is taken', async () => {
    const none = await faultOf(client.call(createBrand, { name: 'X' }));
    expect(none.details[0]?.field).toBe('handles');
    const bad = await faultOf(client.call(createBrand, { name: 'X', handles: ['ok'], hashtags: ['two words'] }));
    expect(bad.details).toEqual([{ field: 'hashtags.0', message: expect.stringContaining('two words') }]);
    expect((await faultOf(client.call(createBrand, { name: 'oatly', handles: ['x'] }))).code).toBe(
      'discovery.brand_name_taken',
    );
    expect((await faultOf(client.call(updateBrand, { brandId: alpro.id, handles: [] }))).code).toBe(
      'discovery.brand_terms',
    );
  });

  it('change, are forgotten, and are not there for another workspace', async () => {
    const brand = await client.call(createBrand, { name: 'Gone', handles: ['gone'] });
    expect(await client.call(updateBrand, { brandId: brand.id, name: 'Gone soon', takeOver: true })).toMatchObject({
      name: 'Gone soon',
      handles: ['gone'],
    });
    await test.database.createWorkspace('elsewhere');
    const other = test.client('elsewhere');
    const calls = [
      other.call(deleteBrand, { brandId: brand.id }),
      other.call(compareBrands, { brandIds: [brand.id] }),
      other.call(listBrandCreators, { brandId: brand.id }),
      other.call(listBrandFollowers, { brandId: brand.id }),
      client.call(deleteBrand, { brandId: 'wbr_none' }),
    ];
    for (const fault of await Promise.all(calls.map(faultOf))) expect(fault.message).toBe('No such brand.');
    expect(await client.call(deleteBrand, { brandId: brand.id })).toEqual({ deleted: true });
  });
});

describe('brands side by side', () => {
  it('count posts by account, hashtag and words once, without own posts, other accounts and other days', async () => {
    const answer = await client.call(compareBrands, { brandIds: [oatly.id, alpro.id, own.id], ...march });
    const [first, second, third] = answer.rows;
    expect(answer.basis).toEqual({ posts: 7, creators: 4, undated: 1 });
    expect(first).toMatchObject({
      posts: 4,
      paid: 2,
      organic: 1,
      unknown: 1,
      creators: 2,
      undated: 1,
      engagements: 110 + 55 + 11,
      engagementPosts: 3,
      views: 1000,
      viewPosts: 1,
      reach: 3000,
      reachProfiles: 2,
      medianEngagementRate: null,
      disclosed: null,
      returning: null,
      months: [{ month: '2026-03', posts: 4 }],
    });
    expect(second).toMatchObject({
      posts: 1,
      paid: 1,
      engagements: null,
      engagementPosts: 0,
      shareOfEngagements: null,
    });
    expect(third).toMatchObject({ posts: 0, engagements: null, views: null, firstAt: null, shareOfPosts: 0 });
    expect(first?.shareOfPosts).toBeCloseTo(0.8, 12);
    expect(first?.hashtags.map((tag) => tag.hashtag)).toEqual(['ad']);
  });

  it('tell who came back from the period before, of the same length', async () => {
    const { rows } = await client.call(compareBrands, { brandIds: [oatly.id], from: '2026-02-01', to: '2026-03-31' });
    expect(rows[0]?.returning).toEqual({ before: 1, again: 1 });
  });

  it('may be held to a country or platform, and refuse a period that ends before it begins', async () => {
    const german = await client.call(compareBrands, { brandIds: [oatly.id], ...march, country: 'DE' });
    expect(german.rows[0]).toMatchObject({ posts: 2, creators: 1 });
    expect(german.basis.creators).toBe(1);
    const tiktok = await client.call(compareBrands, { brandIds: [oatly.id], ...march, platform: 'tiktok' });
    expect(tiktok.rows[0]?.posts).toBe(0);
    expect(
      (await faultOf(client.call(compareBrands, { brandIds: [oatly.id], from: '2026-03-02', to: '2026-03-01' }))).code,
    ).toBe('discovery.brand_period');
  });

  it('say a median of engagement only from ten posts on, with its interval', async () => {
    const more = Array.from(
      { length: 10 },
      (_, at) => `ann,m${at},2026-04-${10 + at},@oatly again,${10 * (at + 1)},0,,`,
    ).join('\n');
    const file = `handle,post id,posted at,caption,likes,comments,views,paid partnership\n${more}\n`;
    await importFile(client, { name: 'more.csv', body: new TextEncoder().encode(file) });
    const { rows } = await client.call(compareBrands, { brandIds: [oatly.id], from: '2026-04-01', to: '2026-04-30' });
    expect(rows[0]?.medianEngagementRate).toMatchObject({ n: 10, low: 0.01 });
    expect(rows[0]?.medianEngagementRate?.value).toBeCloseTo(0.055, 12);
  });
});

describe('who posts about a brand', () => {
  it('is ranked by what is asked, with paid and organic apart and the posts behind it', async () => {
    const page = await client.call(listBrandCreators, { brandId: oatly.id, ...march, sort: 'followers' });
    expect(page.total).toBe(2);
    expect(page.rows.map((row) => [row.name, row.posts, row.paid, row.organic, row.unknown, row.followsBrand])).toEqual(
      [
        ['bea', 2, 0, 1, 1, null],
        ['ann', 2, 2, 0, 0, null],
      ],
    );
    const paid = await client.call(listBrandCreators, { brandId: oatly.id, ...march, payment: 'paid' });
    expect(paid.rows.map((row) => row.name)).toEqual(['ann']);
    const behind = await client.call(listBrandPosts, {
      brandId: oatly.id,
      ...march,
      personId: person.get('ann') ?? '',
    });
    expect(behind.rows.map((row) => [row.payment, row.paymentSign])).toEqual([
      ['paid', 'paid partnership label of the platform'],
      ['paid', '#ad'],
    ]);
  });

  it('comes in pages that hold each creator once', async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page: OutputOf<typeof listBrandCreators> = await client.call(listBrandCreators, {
        brandId: oatly.id,
        ...march,
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      });
      names.push(...page.rows.map((row) => row.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(names.sort()).toEqual(['ann', 'bea']);
    expect((await faultOf(client.call(listBrandCreators, { brandId: oatly.id, cursor: 'x' }))).code).toBe(
      'discovery.cursor',
    );
  });
});

describe('a click on a brand', () => {
  it('filters the search to creators whose newest posts name its accounts or hashtags', async () => {
    await test.core.infra.outbox.settle();
    const ask = async (field: string, values: string[]) => {
      const { rows } = await client.call(searchCreators, { filters: [{ field, op: 'in', values }] });
      return rows.map((hit) => hit.profile?.handle).sort();
    };
    expect(await ask('mention', oatly.handles)).toEqual(['ann', 'bea', 'oatly']);
    expect(await ask('hashtag', oatly.hashtags)).toEqual(['bea']);
  });
});

describe('who of the creators follows a brand', () => {
  const bring = (body: string, input: Record<string, unknown> = {}) =>
    client.upload(
      importFollowers,
      {
        brandId: oatly.id,
        platform: 'instagram',
        coverage: 'complete',
        takenOn: '2026-05-01',
        source: 'export',
        ...input,
      },
      { body, fileName: 'brand.csv' },
    );

  it('is not known without a file, then told from it, with what it rests on', async () => {
    const none = await client.call(listBrandFollowers, { brandId: oatly.id });
    expect(none).toMatchObject({ rows: [], total: 0, files: 0, note: expect.stringContaining('Not known') });
    await bring('username\nann\ncleo\nstranger\n');
    const found = await client.call(listBrandFollowers, { brandId: oatly.id });
    expect(found.rows.map((row) => [row.handle, row.followers])).toEqual([
      ['cleo', 3000],
      ['ann', 1000],
    ]);
    expect(found.rows[1]?.mentions).toBeGreaterThan(2);
    expect(found.rows[0]).toMatchObject({ mentions: 0, lastMentionAt: null });
    expect(found.note).toContain('all 3 followers');
    const byEngagement = await client.call(listBrandFollowers, { brandId: oatly.id, sort: 'engagement' });
    expect(byEngagement.rows.map((row) => row.handle)).toEqual(['ann', 'cleo']);
    const { rows } = await client.call(listBrandCreators, { brandId: oatly.id, ...march, sort: 'followers' });
    expect(rows.map((row) => [row.name, row.followsBrand])).toEqual([
      ['bea', false],
      ['ann', true],
    ]);
  });

  it('by a sample never says that somebody does not follow', async () => {
    await bring('username\nann\n', { coverage: 'sample', total: 900, takenOn: '2026-05-02' });
    const { rows } = await client.call(listBrandCreators, { brandId: oatly.id, ...march, sort: 'followers' });
    expect(rows.map((row) => [row.name, row.followsBrand])).toEqual([
      ['bea', null],
      ['ann', true],
    ]);
  });
});
