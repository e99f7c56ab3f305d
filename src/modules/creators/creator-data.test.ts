import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { importFile } from '#tests/support/import-file.ts';
import {
  createCreator,
  getCreator,
  importCreators,
  listImportErrors,
  listMerges,
  listPrices,
  mergeCreators,
  type Person,
  removeAudience,
  removePrice,
  setAudience,
  setPrice,
  splitCreators,
  updateCreator,
} from './api.ts';
import { readCreatorDocuments } from './read-creator-documents.ts';

let test: TestCore;
let client: Client;
let workspaceId: string;
let made = 0;
beforeAll(async () => {
  test = await openTestCore();
});
afterAll(() => test.close());

async function inNewWorkspace(): Promise<void> {
  made += 1;
  workspaceId = await test.database.createWorkspace(`data-${made}`);
  client = test.client(`data-${made}`);
}
const bytes = (text: string) => new TextEncoder().encode(text);
const documentOf = async (person: Person) => {
  const [document] = await test.core.infra.db.asSystem((tx) => readCreatorDocuments(tx, workspaceId, [person.id]));
  return document;
};
const anna = () =>
  client.call(createCreator, {
    name: 'Anna',
    city: 'Leipzig',
    country: 'DE',
    profiles: [{ platform: 'instagram', handle: 'anna', followers: 24_000 }],
  });

describe('an audience', () => {
  it('is kept with source, date and size of the sample, and shown with how much it is worth', async () => {
    await inNewWorkspace();
    const person = await anna();
    const profileId = person.profiles[0]?.id ?? '';
    const stated = await client.call(setAudience, {
      personId: person.id,
      profileId,
      source: 'Insights, screenshot',
      at: '2026-05-01T00:00:00.000Z',
      origin: 'declared',
      n: 1500,
      distributions: { country: { DE: 0.61, AT: 0.12 }, age: { '18-24': 0.2, '25-34': 0.5, '35-44': 0.3 } },
    });
    expect(stated).toMatchObject({
      source: 'Insights, screenshot',
      at: '2026-05-01T00:00:00.000Z',
      n: 1500,
      origin: 'declared',
      confidence: 'medium',
      adultShare: null,
      isLdaCompliant: true,
    });
    const read = await client.call(getCreator, { personId: person.id });
    expect(read.profiles[0]?.audience).toEqual(stated);
    expect((await documentOf(person))?.profiles[0]?.audience).toMatchObject({ n: 1500, credibility: null });
    await client.call(removeAudience, { personId: person.id, profileId });
    expect((await client.call(getCreator, { personId: person.id })).profiles[0]?.audience).toBeNull();
  });

  it('is refused when shares are more than the whole, of no country, of the future, or of another creator', async () => {
    await inNewWorkspace();
    const person = await anna();
    const profileId = person.profiles[0]?.id ?? '';
    const state = (change: object) =>
      client.call(setAudience, { personId: person.id, profileId, distributions: { country: { DE: 0.5 } }, ...change });
    await expect(state({ distributions: { country: { UK: 0.5 } } })).rejects.toThrow(/'UK' is written GB/);
    await expect(state({ distributions: { country: { XX: 0.5 } } })).rejects.toThrow(/no country 'XX', did you mean/);
    await expect(state({ distributions: { country: { DE: 0.8, AT: 0.4 } } })).rejects.toMatchObject({
      kind: 'invalid',
      details: [{ field: 'distributions.country', message: expect.stringContaining('120 %') }],
    });
    await expect(state({ distributions: { country: { Germany: 0.8 } } })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(state({ distributions: {} })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(state({ at: '2999-01-01T00:00:00Z' })).rejects.toMatchObject({ details: [{ field: 'at' }] });
    await expect(state({ profileId: 'prof_other' })).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('comes in from the columns of other tools, and a row whose shares exceed the whole is refused by row and column', async () => {
    await inNewWorkspace();
    const csv = [
      'Handle,Followers,Audience country US,Audience country DE,Audience female %,Audience sample size,Reel rate (EUR),Open to gifting,Telegram',
      '@anna,24000,42%,9.5%,61%,4200,250,yes,@anna_t',
      '@tom,9000,80%,40%,50%,,90,no,',
    ].join('\n');
    const run = await importFile(client, { name: 'tool.csv', body: bytes(csv) });
    expect(run.counts).toMatchObject({ created: 1, failed: 1 });
    const person = await client.call(getCreator, { personId: '@anna' });
    expect(person).toMatchObject({ isOpenToGifting: true, contacts: ['telegram:@anna_t'], country: null });
    expect(person.profiles[0]?.audience).toMatchObject({
      source: 'tool.csv',
      n: 4200,
      origin: 'imported',
      distributions: { country: { US: 0.42, DE: 0.095 }, gender: { female: 0.61 } },
    });
    const { rows } = await client.call(listImportErrors, { importId: run.id });
    expect(rows).toMatchObject([{ row: 3, field: 'Audience country US' }]);
    expect((await client.call(listPrices, { personId: person.id })).rows).toMatchObject([
      { format: 'reel', low: { amountMinor: '25000', currency: 'EUR' }, origin: 'rate_card', source: 'tool.csv' },
    ]);
  });

  it('comes in from the nested answers of other services', async () => {
    await inNewWorkspace();
    const answer = {
      username: 'anna',
      followers: 24_000,
      contacts: [
        { type: 'email', value: 'anna@example.com' },
        { type: 'telegram', value: '@anna_t' },
      ],
      audience: {
        credibility: 0.82,
        geoCountries: [
          { code: 'DE', name: 'Germany', weight: 0.61 },
          { code: 'AT', name: 'Austria', weight: 0.12 },
        ],
        ages: [{ code: '18-24', weight: 0.3 }],
        genders: [
          { code: 'FEMALE', weight: 0.7 },
          { code: 'MALE', weight: 0.3 },
        ],
        interests: [
          { name: 'Beauty', weight: 0.6 },
          { name: 'Travel', weight: 0.55 },
        ],
      },
    };
    await importFile(client, { name: 'answer.json', body: bytes(JSON.stringify([answer])) });
    const person = await client.call(getCreator, { personId: '@anna' });
    expect(person.emails).toEqual(['anna@example.com']);
    expect(person.contacts).toEqual(['telegram:@anna_t']);
    expect(person.profiles[0]?.audience).toMatchObject({
      n: null,
      confidence: 'not stated',
      credibility: 0.82,
      distributions: {
        country: { DE: 0.61, AT: 0.12 },
        age: { '18-24': 0.3 },
        gender: { female: 0.7, male: 0.3 },
        interest: { Beauty: 0.6, Travel: 0.55 },
      },
    });
  });
});

describe('a price', () => {
  it('has one origin each, goes with the account through merge and split, and no estimate stands unasked', async () => {
    await inNewWorkspace();
    const person = await anna();
    const other = await client.call(createCreator, { profiles: [{ platform: 'tiktok', handle: 'anna_tt' }] });
    await client.call(setPrice, {
      personId: other.id,
      format: 'video',
      price: { amountMinor: '12000', currency: 'EUR' },
    });
    const { rows } = await client.call(setPrice, {
      personId: person.id,
      format: 'reel',
      price: { amountMinor: '25000', currency: 'EUR' },
    });
    expect(rows).toMatchObject([{ format: 'reel', origin: 'creator', low: { amountMinor: '25000' } }]);
    const asked = await client.call(listPrices, { personId: person.id, estimates: true });
    expect(asked.rows.map((row) => row.origin)).toEqual(['creator', 'estimate']);
    expect(asked.rows[1]).toMatchObject({ source: expect.stringContaining('2023'), at: '2023' });

    const merge = await client.call(mergeCreators, { keptPersonId: person.id, absorbedPersonId: other.id });
    expect((await client.call(listPrices, { personId: person.id })).rows).toHaveLength(2);
    expect(merge).toBeDefined();
    const [last] = (await client.call(listMerges, { personId: person.id })).rows;
    await client.call(splitCreators, { mergeId: last?.id ?? '' });
    expect((await client.call(listPrices, { personId: other.id })).rows).toMatchObject([{ format: 'video' }]);

    const gone = { personId: person.id, profileId: rows[0]?.profileId ?? '', format: 'reel', currency: 'EUR' } as const;
    await client.call(removePrice, { ...gone, origin: 'creator' });
    await expect(client.call(removePrice, { ...gone, origin: 'creator' })).rejects.toMatchObject({ kind: 'not_found' });
    await expect(
      client.call(setPrice, { personId: person.id, price: { amountMinor: '1', currency: 'XQZ' } }),
    ).rejects.toMatchObject({ code: 'money.unknown_currency' });
  });

  it('of a newer rate card replaces the older one in whatever order the files come', async () => {
    const row = (amountMinor: string) => ({
      profiles: [
        {
          platform: 'instagram',
          handle: 'anna',
          prices: [{ format: 'post', price: { amountMinor, currency: 'EUR' } }],
        },
      ],
    });
    const files = [
      { source: 'card', observedAt: '2026-01-01T00:00:00.000Z', rows: [row('10000')] },
      { source: 'card', observedAt: '2026-03-01T00:00:00.000Z', rows: [row('15000')] },
    ];
    for (const order of [files, [...files].reverse(), [...files, ...files]]) {
      await inNewWorkspace();
      for (const file of order) await client.call(importCreators, file);
      const person = await client.call(getCreator, { personId: '@anna' });
      expect((await client.call(listPrices, { personId: person.id })).rows).toMatchObject([
        { low: { amountMinor: '15000' }, at: '2026-03-01T00:00:00.000Z' },
      ]);
    }
  });
});

describe('the document of a creator', () => {
  const posts = (handle: string) =>
    [
      'handle,post id,posted at,caption,likes,comments,views,duration,format,location,lat,lng,paid partnership',
      ...[100, 200, 200, 300, 1000].map((likes, at) =>
        [
          handle,
          `p${at}`,
          `2026-0${at + 1}-01`,
          at === 4 ? '"#ad thanks @oatly, code ANNA10"' : '"slow morning"',
          likes,
          10,
          5000,
          at * 10 + 10,
          'reel',
          at === 0 ? '"Leipzig, Germany"' : at === 1 ? 'Café Puschkin' : '',
          at === 2 ? '52.52' : '',
          at === 2 ? '13.405' : '',
          at === 3 ? 'yes' : '',
        ].join(','),
      ),
    ].join('\n');

  it('says what posts say, with medians beside means, paid posts, brands, places and cadence', async () => {
    await inNewWorkspace();
    const person = await anna();
    await importFile(client, { name: 'posts.csv', body: bytes(posts('anna')) });
    const document = await documentOf(person);
    expect(document?.profiles[0]).toMatchObject({
      avgLikes: 360,
      medianLikes: 200,
      medianViews: 5000,
      avgDurationS: 30,
      sponsoredPosts: 2,
      sponsoredShare: 0.4,
      medianEngagementRate: 210 / 24_000,
    });
    expect(document).toMatchObject({
      sponsors: ['oatly'],
      formats: ['reel'],
      home: { name: 'Leipzig', lat: 51.3396, lon: 12.3713 },
    });
    expect(document?.postPlaces).toEqual([
      { name: '52.52, 13.405', lat: 52.52, lon: 13.405 },
      { name: 'Café Puschkin', lat: null, lon: null },
      { name: 'Leipzig, Germany', lat: 51.3396, lon: 12.3713 },
    ]);
    const read = await client.call(getCreator, { personId: person.id });
    expect(read.profiles[0]?.content).toMatchObject({
      posts: 5,
      medianLikes: { value: 200, n: 5 },
      sponsored: { posts: 2, n: 5 },
    });
  });

  it('has what a person states and nothing guessed', async () => {
    await inNewWorkspace();
    const person = await anna();
    const before = await documentOf(person);
    expect(before).toMatchObject({ declaredGender: null, declaredAge: null, isOpenToGifting: null, contacts: [] });
    expect(before?.profiles[0]).toMatchObject({
      audience: null,
      medianLikes: null,
      sponsoredPosts: null,
      isAffiliate: null,
    });
    await client.call(updateCreator, {
      personId: person.id,
      gender: 'female',
      age: 31,
      isOpenToGifting: true,
      interests: ['Gardening'],
      contacts: ['telegram:@anna'],
      emails: ['anna@example.com'],
    });
    expect(await documentOf(person)).toMatchObject({
      declaredGender: 'female',
      declaredAge: 31,
      isOpenToGifting: true,
      interests: ['Gardening'],
      contacts: ['email', 'telegram'],
    });
  });

  it('tells how likes and views have grown from the months before', async () => {
    await inNewWorkspace();
    const history = [
      { day: '2026-03-01', avgLikes: 100, avgViews: 1000 },
      { day: '2026-04-01', avgLikes: 150, avgViews: 900 },
    ];
    await client.call(importCreators, {
      source: 'history',
      observedAt: '2026-04-01T00:00:00.000Z',
      rows: [{ profiles: [{ platform: 'instagram', handle: 'anna', avgLikes: 150, avgViews: 900, history }] }],
    });
    const person = await client.call(getCreator, { personId: '@anna' });
    expect((await documentOf(person))?.profiles[0]).toMatchObject({
      likesGrowth: { m1: 0.5, m2: null },
      viewsGrowth: { m1: -0.1, m6: null },
    });
  });
});
