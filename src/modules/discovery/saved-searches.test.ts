import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { mergeCreators } from '#modules/creators/api.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  askDiscovery,
  checkSearch,
  forgetSearches,
  getSearchNotice,
  listSearchNotices,
  rememberSearch,
  saveSearch,
  searchHistory,
  seeSearchNotices,
  updateSearch,
} from './api.ts';

let test: TestCore;
let client: Client;
let workspaceId: string;
let other: Client;
let serial = 0;

beforeAll(async () => {
  test = await openTestCore();
  workspaceId = await test.database.createWorkspace('searches');
  await test.database.createWorkspace('elsewhere');
  client = test.client('searches');
  other = test.client('elsewhere');
});
afterAll(() => test.close());

async function bringIn(niche: string, count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, () => {
    serial += 1;
    return {
      name: `Creator ${serial}`,
      niches: [niche],
      city: 'Leipzig',
      country: 'DE',
      profiles: [{ platform: 'instagram' as const, handle: `creator_${serial}`, followers: 1000 * serial }],
    };
  });
  const outcome = await importCreatorRows(test.core.infra, {
    workspaceId,
    rows,
    source: 'test',
    observedAt: new Date('2026-05-01T00:00:00Z'),
  });
  await test.core.infra.outbox.settle();
  return outcome.personIds.filter((id) => id !== null);
}

const query = (niche: string) => ({ filters: [{ field: 'niche', op: 'in' as const, values: [niche] }] });
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const noticesOf = async (searchId: string) =>
  (await client.call(listSearchNotices, { limit: 200 })).rows.filter((notice) => notice.searchId === searchId);

describe('alerts on new matches', () => {
  it('tell of each creator once, however often and at once one looks, and never of those who were there before', async () => {
    await bringIn('pottery', 3);
    const search = await client.call(saveSearch, { name: 'Potters', query: query('pottery'), alerts: true });
    expect(search).toMatchObject({ alerts: true, checkFault: null });
    expect(search.checkedAt).not.toBeNull();
    expect(await noticesOf(search.id)).toEqual([]);
    const fresh = await bringIn('pottery', 2);
    await Promise.all([1, 2, 3].map(() => client.call(checkSearch, { searchId: search.id })));
    await client.call(checkSearch, { searchId: search.id });
    const notices = await noticesOf(search.id);
    expect(notices.reduce((sum, notice) => sum + notice.creators, 0)).toBe(2);
    const told: string[] = [];
    for (const notice of notices) told.push(...(await client.call(getSearchNotice, { noticeId: notice.id })).personIds);
    expect(told.sort()).toEqual([...fresh].sort());
  });

  it('start again from who matches when the question changes or alerts were off, without telling of anybody twice', async () => {
    await bringIn('weaving', 1);
    const search = await client.call(saveSearch, { name: 'Weavers', query: query('weaving'), alerts: true });
    await bringIn('weaving', 1);
    // Whoever looks first tells of it: this call or the alert in the background.
    await client.call(checkSearch, { searchId: search.id });
    expect((await noticesOf(search.id)).length).toBe(1);
    await client.call(updateSearch, { searchId: search.id, alerts: false });
    expect(await refusal(client.call(checkSearch, { searchId: search.id }))).toBe('discovery.alerts_off');
    await bringIn('weaving', 1);
    await client.call(updateSearch, { searchId: search.id, alerts: true });
    expect((await client.call(checkSearch, { searchId: search.id })).found).toBe(0);
    await bringIn('knitting', 2);
    const changed = await client.call(updateSearch, { searchId: search.id, query: query('knitting') });
    expect(changed.query.filters).toEqual(query('knitting').filters);
    expect((await client.call(checkSearch, { searchId: search.id })).found).toBe(0);
    await bringIn('knitting', 1);
    await client.call(checkSearch, { searchId: search.id });
    expect((await noticesOf(search.id)).length).toBe(2);
  });

  it('do not call two creators that became one a new match', async () => {
    const [kept = ''] = await bringIn('quilting', 1);
    const [absorbed = ''] = await bringIn('glass', 1);
    const search = await client.call(saveSearch, { name: 'Glass', query: query('glass'), alerts: true });
    await client.call(mergeCreators, { keptPersonId: kept, absorbedPersonId: absorbed });
    await test.core.infra.outbox.settle();
    expect((await client.call(checkSearch, { searchId: search.id })).found).toBe(0);
  });

  it('say what is wrong with a search they cannot look at', async () => {
    await bringIn('origami', 1);
    const search = await client.call(saveSearch, {
      name: 'Origami',
      query: { filters: [{ field: 'niche', op: 'in', values: ['nonesuch'] }] },
      alerts: true,
    });
    expect(search.checkFault).toMatch(/no niche 'nonesuch'/);
    expect(search.checkedAt).toBeNull();
  });

  it('are seen by one reader at a time and stay in their workspace', async () => {
    const { rows } = await client.call(listSearchNotices, {});
    const [first] = rows;
    expect(first?.isSeen).toBe(false);
    expect((await client.call(seeSearchNotices, { noticeIds: rows.map((row) => row.id) })).seen).toBe(rows.length);
    expect((await client.call(seeSearchNotices, { noticeIds: rows.map((row) => row.id) })).seen).toBe(0);
    expect((await client.call(listSearchNotices, {})).rows.every((row) => row.isSeen)).toBe(true);
    expect((await other.call(listSearchNotices, {})).rows).toEqual([]);
    expect(await refusal(other.call(getSearchNotice, { noticeId: first?.id ?? '' }))).toBe('not_found');
  });
});

describe('the history of searches', () => {
  it('has each question once, the newest first, and forgets when told', async () => {
    await client.call(rememberSearch, { typed: 'potters', query: query('pottery'), total: 5 });
    await client.call(rememberSearch, { typed: 'weavers', query: query('weaving'), total: 2 });
    await client.call(rememberSearch, { typed: 'potters', query: query('pottery'), total: 6 });
    const { rows } = await client.call(searchHistory, {});
    expect(rows.map((row) => [row.typed, row.total])).toEqual([
      ['potters', 6],
      ['weavers', 2],
    ]);
    expect(await client.call(forgetSearches, {})).toEqual({ forgotten: 2 });
    expect((await client.call(searchHistory, {})).rows).toEqual([]);
  });

  it('keeps the newest hundred', async () => {
    for (let n = 0; n < 104; n += 1)
      await client.call(rememberSearch, { typed: `question ${n}`, query: { filters: [] }, total: n });
    const { rows } = await client.call(searchHistory, { limit: 100 });
    expect(rows).toHaveLength(100);
    expect(rows.at(-1)?.typed).toBe('question 4');
  });
});

describe('a question asked over the API', () => {
  it('answers with filters that can be run, the words they came from, and how many match', async () => {
    await bringIn('sourdough', 2);
    const answer = await client.call(askDiscovery, {
      question: 'sourdough in Leipzig or Halle with 1k to 900k followers, never contacted',
    });
    expect(answer).toMatchObject({ by: 'rules', total: 2, canAskModel: false });
    expect(answer.query.filters).toEqual([
      { field: 'niche', op: 'in', values: ['sourdough'] },
      { field: 'city', op: 'in', values: ['Leipzig'] },
      { field: 'followers', op: 'range', min: 1000, max: 900_000 },
      { field: 'fact.contacted', op: 'known', value: false },
    ]);
    expect(answer.query.text).toBeUndefined();
    expect(answer.unclear).toMatchObject([
      { words: 'Halle', message: 'No creator here is in a place called “Halle”.' },
    ]);
  });

  it('asks for nothing the index cannot answer, and says so', async () => {
    const answer = await client.call(askDiscovery, { question: 'within 20 km of Zzyzzxbury' });
    expect(answer.query.filters).toEqual([]);
    expect(answer.unclear[0]?.message).not.toBe('');
  });

  it('answers an empty workspace, and a question of 10,000 characters', async () => {
    expect((await other.call(askDiscovery, { question: 'vegan bakers' })).total).toBe(0);
    const long = await client.call(askDiscovery, { question: 'in Leipzig, over 2k followers '.repeat(330) });
    expect(long.query.filters.length).toBeGreaterThan(0);
  });
});
