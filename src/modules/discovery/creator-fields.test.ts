import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { importCreators } from '#modules/creators/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { importFile } from '#tests/support/import-file.ts';
import { type Filter, type FilterOf, searchCreators } from './api.ts';

let test: TestCore;
let client: Client;
const price = (format: string, amountMinor: string, currency = 'EUR') => ({ format, price: { amountMinor, currency } });
const rows = [
  {
    name: 'Anna',
    city: 'Leipzig',
    country: 'DE',
    gender: 'female',
    age: 31,
    isOpenToGifting: true,
    contacts: ['telegram:@anna'],
    profiles: [
      {
        platform: 'instagram',
        handle: 'anna',
        followers: 24_000,
        avgLikes: 900,
        avgComments: 40,
        prices: [price('reel', '25000'), price('post', '18000')],
        audience: {
          n: 4200,
          distributions: {
            country: { DE: 0.31, AT: 0.12 },
            age: { '13-17': 0.05, '25-34': 0.95 },
            interest: { Beauty: 0.25, Travel: 0.28 },
          },
          credibility: 0.82,
        },
      },
      { platform: 'youtube', handle: 'anna', isOfficialArtist: true },
    ],
  },
  {
    name: 'Tom',
    city: 'Halle',
    country: 'DE',
    profiles: [
      {
        platform: 'instagram',
        handle: 'tom',
        followers: 9000,
        prices: [price('post', '9000', 'USD')],
        audience: { distributions: { country: { DE: 0.6 } }, credibility: 0.6 },
      },
    ],
  },
  { name: 'Mia', city: 'Cork', country: 'IE', profiles: [{ platform: 'instagram', handle: 'mia', followers: 5000 }] },
];
const postLines = [100, 200, 200, 300, 1000].map(
  (likes, at) =>
    `mia,p${at},2026-11-0${at + 1},"${at === 0 ? '#ad thanks @oatly, code MIA10 #oats' : 'slow morning #coffee'}",${likes},5,"${at === 1 ? 'Dublin, Ireland' : ''}"`,
);

beforeAll(async () => {
  test = await openTestCore();
  await test.database.createWorkspace('fields');
  client = test.client('fields');
  const outcome = await client.call(importCreators, { source: 'test', rows });
  expect(outcome.errors).toEqual([]);
  const posts = `handle,post id,posted at,caption,likes,comments,location\n${postLines.join('\n')}`;
  await importFile(client, { name: 'posts.csv', body: posts }, { kind: 'posts' });
  await test.core.infra.outbox.settle();
});
afterAll(() => test.close());

async function ask(filters: Filter[], more: object = {}) {
  return client.call(searchCreators, { filters, ...more });
}
async function found(...filters: Filter[]): Promise<string[]> {
  return (await ask(filters)).rows.map((row) => row.name ?? '').sort();
}

describe('a search by what is known of creators', () => {
  it('adds the shares of an audience up, counts the largest interest, and leaves out whose audience is not known', async () => {
    const share = (values: string[], min?: number, field = 'audience.country'): FilterOf<'share'> => ({
      field,
      op: 'share',
      values,
      ...(min === undefined ? {} : { min }),
    });
    expect(await found(share(['DE', 'AT'], 0.43))).toEqual(['Anna', 'Tom']);
    expect(await found(share(['DE', 'AT'], 0.44))).toEqual(['Tom']);
    expect(await found(share(['Germany']))).toEqual(['Anna', 'Tom']);
    expect(await found(share(['Beauty', 'Travel'], 0.28, 'audience.interest'))).toEqual(['Anna']);
    expect(await found(share(['Beauty', 'Travel'], 0.29, 'audience.interest'))).toEqual([]);
    expect(await found({ ...share(['DE'], 0.5), not: true })).toEqual(['Anna']);
    const answer = await ask([share(['DE'], 0.1)]);
    expect(answer.unknown).toEqual([{ field: 'audience.country', creators: 1 }]);
  });

  it('sorts by the share asked for', async () => {
    const answer = await ask([{ field: 'audience.country', op: 'share', values: ['DE'], min: 0.1 }], {
      sort: { field: 'audience.country', direction: 'desc' },
    });
    expect(answer.rows.map((row) => row.name)).toEqual(['Tom', 'Anna']);
  });

  it('compares prices of one currency only, by format and origin, and bands only when they are asked for', async () => {
    const price = (more: object): Filter => ({ field: 'price', op: 'price', currency: 'EUR', ...more });
    expect(await found(price({ maxMinor: '20000' }))).toEqual(['Anna']);
    expect(await found(price({ maxMinor: '20000', format: 'reel' }))).toEqual([]);
    expect(await found(price({ currency: 'USD', maxMinor: '9000' }))).toEqual(['Tom']);
    expect((await ask([price({ maxMinor: '20000' })])).unknown).toEqual([{ field: 'price', creators: 2 }]);
    expect(await found(price({ currency: 'USD', maxMinor: '10000', origins: ['estimate'] }))).toEqual([
      'Anna',
      'Mia',
      'Tom',
    ]);
  });

  it('measures from the town, and says which town it took', async () => {
    const near = (more: object): Filter => ({ field: 'home', op: 'near', km: 40, ...more });
    expect(await found(near({ place: 'Leipzig' }))).toEqual(['Anna', 'Tom']);
    expect(await found(near({ lat: 51.34, lon: 12.37, km: 5 }))).toEqual(['Anna']);
    expect(await found(near({ field: 'postPlace', place: 'Dublin', country: 'IE' }))).toEqual(['Mia']);
    const answer = await ask([near({ place: 'Halle' })]);
    expect(answer.notes[0]).toContain('Halle (Saale), DE');
    await expect(ask([near({ place: 'Leipzg' })])).rejects.toMatchObject({ code: 'discovery.query' });
  });

  it('reads medians in place of means when asked to', async () => {
    const likes: Filter = { field: 'avgLikes', op: 'lte', value: 250 };
    expect((await ask([likes])).total).toBe(0);
    expect((await ask([likes], { calculation: 'median' })).rows.map((row) => row.name)).toEqual(['Mia']);
  });

  it.each<[Filter, string[]]>([
    [{ field: 'contact', op: 'in', values: ['telegram'] }, ['Anna']],
    [{ field: 'network', op: 'in', values: ['youtube'] }, ['Anna']],
    [{ field: 'declaredGender', op: 'in', values: ['female'] }, ['Anna']],
    [{ field: 'declaredAge', op: 'range', min: 25, max: 34 }, ['Anna']],
    [{ field: 'openToGifting', op: 'is', value: true }, ['Anna']],
    [{ field: 'officialArtist', op: 'is', value: true }, ['Anna']],
    [{ field: 'audienceCredibility', op: 'gte', value: 0.75 }, ['Anna']],
    [{ field: 'adultShare', op: 'gte', value: 0.716 }, ['Anna']],
    [{ field: 'ldaCompliant', op: 'is', value: true }, ['Anna']],
    [{ field: 'sponsor', op: 'in', values: ['oatly'] }, ['Mia']],
    [{ field: 'hasSponsored', op: 'is', value: true }, ['Mia']],
    [{ field: 'affiliate', op: 'is', value: true }, ['Mia']],
    [{ field: 'sponsoredShare', op: 'gte', value: 0.2 }, ['Mia']],
    [{ field: 'hashtag', op: 'in', values: ['coffee'] }, ['Mia']],
    [{ field: 'mention', op: 'in', values: ['oatly'] }, ['Mia']],
    [{ field: 'keyword', op: 'in', values: ['morning'] }, ['Mia']],
    [{ field: 'postsPerWeek', op: 'gte', value: 7 }, ['Mia']],
    [{ field: 'engagements', op: 'gte', value: 940 }, ['Anna']],
    [{ field: 'refreshed', op: 'within', days: 2 }, ['Anna', 'Mia', 'Tom']],
  ])('by %j finds who has it', async (filter, names) => {
    expect(await found(filter)).toEqual(names);
  });
});
