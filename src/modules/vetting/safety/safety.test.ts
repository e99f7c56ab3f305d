import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCreator, listCreators } from '#modules/creators/api.ts';
import { searchCreators } from '#modules/discovery/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { aCreator, likesAround, testNow } from '../a-vetted-creator.ts';
import {
  addSafetyList,
  decideSafetyFlag,
  exportSafetyFlags,
  getSafetyLists,
  getVetting,
  listSafetyFlags,
  putSafetyCategories,
  removeSafetyList,
  runVetting,
} from '../api.ts';
import { scanAllTexts } from './follow-texts.ts';

describe('brand safety', () => {
  let test: TestCore;
  let workspaceId: string;
  let personId: string;
  const client = () => test.client('mine');

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => testNow } });
    workspaceId = await test.database.createWorkspace('mine');
    await test.database.createWorkspace('theirs');
    const captions = ['A glass of wine tonight', 'Killer heels, shot on iPhone', 'Damn, fuck, burnt again #rumcake'];
    const made = await aCreator(test.core.infra, workspaceId, {
      handle: 'lena.crust',
      followers: 20_000,
      likes: likesAround(600, 12),
      caption: (i) => captions[i] ?? `Morning number ${i}`,
      bio: 'Bread and vodka',
    });
    personId = made.personId;
    await scanAllTexts(test.core.infra, workspaceId);
  }, 60_000);
  afterAll(() => test.close());

  const openFlags = async () => {
    const { rows } = await client().call(listSafetyFlags, { personId });
    return rows.map((flag) => `${flag.category}: ${flag.word}`).sort();
  };
  const expected = ['alcohol: vodka', 'alcohol: wine', 'profanity: fuck'];

  it('flags words of posts and bios with text, date, list and version, and no harmless ones', async () => {
    expect(await openFlags()).toEqual(expected);
    const { rows } = await client().call(listSafetyFlags, { category: 'profanity' });
    expect(rows[0]).toMatchObject({
      personId,
      place: 'post',
      word: 'fuck',
      language: 'en',
      listVersion: '2026.12',
      context: 'plain',
      state: 'open',
      handle: 'lena.crust',
    });
    expect(rows[0]?.excerpt).toContain('burnt again');
  });

  it('states the categories as a fact that a search can filter by', async () => {
    const person = await client().call(getCreator, { personId });
    expect(person.facts.brand_safety).toEqual(['alcohol', 'profanity']);
    const listed = await client().call(listCreators, { facts: ['brand_safety:profanity', 'brand_safety:hate'] });
    expect(listed.rows.map((row) => row.id)).toEqual([personId]);
    expect((await client().call(listCreators, { facts: ['brand_safety:hate'] })).rows).toEqual([]);
    expect((await client().call(listCreators, { facts: ['brand_safety'] })).rows).toHaveLength(1);
    await test.core.infra.outbox.settle();
    const found = await client().call(searchCreators, {
      filters: [{ field: 'fact.brand_safety', op: 'in', values: ['profanity'] }],
    });
    expect(found.rows.map((hit) => hit.personId)).toEqual([personId]);
  });

  it('keeps a dismissal with its reason through a new search of the texts, in list, report, fact and file', async () => {
    const { rows } = await client().call(listSafetyFlags, { personId, category: 'profanity' });
    const flagId = rows[0]?.id ?? '';
    await expect(client().call(decideSafetyFlag, { flagId, state: 'dismissed' })).rejects.toMatchObject({
      kind: 'invalid',
    });
    await client().call(decideSafetyFlag, { flagId, state: 'dismissed', reason: 'A quote' });
    await scanAllTexts(test.core.infra, workspaceId);
    expect(await openFlags()).toEqual(expected.slice(0, 2));
    const report = await client().call(getVetting, { personId });
    expect(report.safety).toMatchObject({ open: 2, dismissed: 1 });
    expect(report.flags.map((flag) => flag.name)).toContain('safety_alcohol');
    expect(report.flags.map((flag) => flag.name)).not.toContain('safety_profanity');
    expect((await client().call(getCreator, { personId })).facts.brand_safety).toEqual(['alcohol']);
    const file = await (await client().open(exportSafetyFlags, { state: 'dismissed' })).text();
    expect(file.split('\r\n')[0]).toContain('category,word,language,list_version');
    expect(file).toContain('A quote');
    await client().call(decideSafetyFlag, { flagId, state: 'open' });
    expect(await openFlags()).toEqual(expected);
  });

  it('holds own words and harmless phrases at once, and forgets no decision when a category was off', async () => {
    const list = await client().call(addSafetyList, {
      name: 'Ours',
      category: 'politics',
      words: ['Morning number 4'],
    });
    await client().call(addSafetyList, {
      name: 'Fine',
      category: 'alcohol',
      effect: 'allow',
      words: ['bread and vodka'],
    });
    await expect(client().call(addSafetyList, { name: 'OURS', category: 'hate', words: ['x'] })).rejects.toMatchObject({
      code: 'vetting.list_name',
    });
    expect(await openFlags()).toEqual(['alcohol: wine', 'politics: Morning number 4', 'profanity: fuck']);
    const { rows } = await client().call(listSafetyFlags, { personId, category: 'alcohol' });
    await client().call(decideSafetyFlag, { flagId: rows[0]?.id ?? '', state: 'dismissed', reason: 'A wine shop' });
    await client().call(putSafetyCategories, { off: ['alcohol'] });
    await client().call(removeSafetyList, { listId: list.id });
    expect(await openFlags()).toEqual(['profanity: fuck']);
    await client().call(putSafetyCategories, { off: [] });
    const back = await client().call(listSafetyFlags, { personId, state: 'dismissed' });
    expect(back.rows).toMatchObject([{ word: 'wine', reason: 'A wine shop' }]);
    const lists = await client().call(getSafetyLists, {});
    expect(lists.own.map((one) => one.name)).toEqual(['Fine']);
    expect(lists.shipped).toHaveLength(10);
  });

  it('finds the same in a report whether the texts were searched before or not', async () => {
    const { personId: other } = await aCreator(test.core.infra, workspaceId, {
      handle: 'ola.rye',
      followers: 9_000,
      likes: likesAround(300, 12),
      caption: (i) => (i < 2 ? 'Cocaine is no joke' : `Rye ${i}`),
    });
    const before = await client().call(getVetting, { personId: other });
    await scanAllTexts(test.core.infra, workspaceId);
    const after = await client().call(runVetting, { personId: other });
    expect(before.safety?.categories).toEqual(after.safety?.categories);
    expect(after.safety?.categories).toMatchObject([{ category: 'drugs', open: 2 }]);
    expect(after.id).toBe(before.id);
  });

  it('calls a creator without texts unknown, not clean', async () => {
    const { personId: silent } = await aCreator(test.core.infra, workspaceId, { handle: 'no.words', followers: 5_000 });
    const report = await client().call(getVetting, { personId: silent });
    expect(report.safety?.texts).toBe(0);
    expect(report.signals.find((signal) => signal.name === 'brand_safety')).toMatchObject({
      state: 'unknown',
      contribution: 0,
    });
  });

  it("answers for another workspace's flag as for one that does not exist", async () => {
    const { rows } = await client().call(listSafetyFlags, { personId });
    const decide = (flagId: string) =>
      test
        .client('theirs')
        .call(decideSafetyFlag, { flagId, state: 'dismissed', reason: 'x' })
        .catch((error: { message: string }) => error.message);
    expect(await decide(rows[0]?.id ?? '')).toBe(await decide('sfl_none'));
  });
});
