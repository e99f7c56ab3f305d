import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { getCreator, setAudience } from '#modules/creators/api.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { importFile } from '#tests/support/import-file.ts';
import { getContentState, type MatchAnswer, matchCreators, type SearchAnswer, searchCreators } from '../api.ts';

let test: TestCore;
let client: Client;
const ids = new Map<string, string>();

const bios: Record<string, string> = {
  ann: 'Vegan bakery recipes, sourdough bread and plant-based cakes',
  ben: 'Baking cakes, cookies, bread and pastry at home',
  cleo: 'Marathon runner, running shoes and training plans',
  dora: 'Travel photos from mountains and beaches around the world',
  ed: 'Everyday family life with two kids',
  fay: 'Weekend football and movies with friends',
};

// oatly's two creators share @organicmills with ed, and nobody else.
const posts = `handle,post id,posted at,caption,likes
ann,1,2026-03-01,"Breakfast with @oatly and @organicmills",100
ben,2,2026-03-02,"Cakes with @oatly and flour from @organicmills",100
ed,3,2026-03-03,"Pancakes for the kids, thanks @organicmills",100
fay,4,2026-03-04,"Stadium day with @bigbeer",100
dora,5,2026-03-05,"Mountains with @bigbeer",100
`;

const audiences: Record<string, Record<string, number>> = {
  ann: { DE: 0.7, AT: 0.2, CH: 0.1 },
  ben: { US: 0.9, CA: 0.1 },
  cleo: { DE: 0.6, AT: 0.3, CH: 0.1 },
  dora: { DE: 0.3, US: 0.7 },
};

const idOf = (handle: string) => ids.get(handle) ?? '';
const handles = (answer: SearchAnswer | MatchAnswer) =>
  answer.rows.map((row) => ('hit' in row ? row.hit?.profile?.handle : row.profile?.handle));
const contributionOf = (answer: MatchAnswer, handle: string, signal: string) =>
  answer.rows.find((row) => row.hit?.profile?.handle === handle)?.contributions.find((one) => one.signal === signal);

beforeAll(async () => {
  test = await openTestCore();
  const workspaceId = await test.database.createWorkspace('alike');
  client = test.client('alike');
  const names = Object.keys(bios);
  const outcome = await importCreatorRows(test.core.infra, {
    workspaceId,
    rows: names.map((handle) => ({
      profiles: [{ platform: 'instagram' as const, handle, bio: bios[handle] ?? '', followers: 9_000 }],
    })),
    source: 'test',
    observedAt: new Date('2026-05-01T00:00:00Z'),
  });
  names.forEach((handle, at) => {
    ids.set(handle, outcome.personIds[at] ?? '');
  });
  await importFile(client, { name: 'posts.csv', body: new TextEncoder().encode(posts) });
  for (const [handle, country] of Object.entries(audiences)) {
    const person = await client.call(getCreator, { personId: idOf(handle) });
    await client.call(setAudience, {
      personId: person.id,
      profileId: person.profiles[0]?.id ?? '',
      n: 400,
      distributions: { country },
    });
  }
  await test.core.infra.outbox.settle();
  for (let tries = 0; tries < 600; tries += 1) {
    const state = await client.call(getContentState, {});
    if (state.waiting === 0 && state.made === names.length) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await test.core.infra.outbox.settle();
}, 90_000);
afterAll(() => test.close());

describe('look-alikes', () => {
  it('by content come nearest first and without the creator itself', async () => {
    const answer = await client.call(searchCreators, { similarTo: idOf('ann') });
    expect(handles(answer)[0]).toBe('ben');
    expect(handles(answer)).not.toContain('ann');
  });

  it('of a text come nearest first', async () => {
    const answer = await client.call(searchCreators, { about: 'running shoes for a marathon training' });
    expect(handles(answer)[0]).toBe('cleo');
  });

  it('by audience come likest first, only those whose audience is known, page by page', async () => {
    const first = await client.call(searchCreators, { audienceLike: idOf('ann'), limit: 2 });
    expect(handles(first)).toEqual(['cleo', 'dora']);
    expect(first.rows[0]?.why.line).toMatch(/Audience \d+ % alike in country/);
    const next = await client.call(searchCreators, {
      audienceLike: idOf('ann'),
      limit: 2,
      cursor: first.nextCursor ?? '',
    });
    expect(handles(next)).toEqual(['ben']);
    expect(next.nextCursor).toBeNull();
  });

  it('say what is missing when the audience or the creator is not known', async () => {
    await expect(client.call(searchCreators, { audienceLike: idOf('fay') })).rejects.toMatchObject({
      code: 'discovery.no_audience',
    });
    await expect(client.call(searchCreators, { similarTo: 'per_nobody' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(client.call(searchCreators, { about: 'привет мир' })).rejects.toMatchObject({
      code: 'discovery.match_too_few_words',
    });
  });
});

describe('matching a brand', () => {
  it('puts those first who mention the same accounts as the brand’s creators, and says which', async () => {
    const answer = await client.call(matchCreators, { brands: ['@Oatly'] });
    expect(handles(answer)).not.toContain('ann');
    expect(handles(answer)[0]).toBe('ed');
    const brands = contributionOf(answer, 'ed', 'brands');
    expect(brands?.value).toBe(1);
    expect(brands?.evidence.map((one) => one.text)).toContain('@organicmills, as 2 of 2 examples do');
    expect(answer.notes.join(' ')).toContain('2 creators mention oatly already');
  });

  it('weighs the audience wanted against the one known, and leaves the unknown at 0', async () => {
    const answer = await client.call(matchCreators, {
      text: 'bread and cakes baked at home',
      audience: { country: { US: 0.9, CA: 0.1 } },
    });
    expect(contributionOf(answer, 'ben', 'audience')?.value).toBeCloseTo(1, 6);
    expect(contributionOf(answer, 'cleo', 'audience')?.value).toBeCloseTo(0, 6);
    expect(contributionOf(answer, 'ed', 'audience')).toMatchObject({ value: null, points: 0 });
    expect(contributionOf(answer, 'ben', 'audience')?.evidence[0]).toMatchObject({ n: 400 });
  });
});
