import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchQuerySchema } from '../api.ts';
import { aCreator, aProfile } from './a-creator.ts';
import { CreatorIndex } from './creator-index.ts';
import type { IndexedCreator } from './indexed-creator.ts';
import { deltaMax } from './segment-shelf.ts';
import {
  context,
  creatorsArbitrary,
  facetFields,
  filtersArbitrary,
  lists,
  niches,
  sortArbitrary,
  textArbitrary,
  words,
} from './small-world.ts';
import { judge, naive, sortKey } from './small-world-scan.ts';
import { compareKeys } from './sort-keys.ts';

function load(creators: readonly IndexedCreator[], inDelta: boolean): CreatorIndex {
  const index = new CreatorIndex();
  const half = inDelta ? Math.floor(creators.length / 2) : creators.length;
  // The first half stands in the base in an older state, so that the delta has something to replace.
  index.load(
    inDelta ? creators.map((one) => ({ ...one, name: 'run', niches: ['beauty'] })).slice(0, half + 1) : creators,
  );
  index.finishLoad();
  if (inDelta) {
    index.apply({ creators: creators.slice(0, half), removedIds: [] });
    index.apply({ creators: creators.slice(half), removedIds: ['per_nobody'] });
  }
  for (const [id, members] of Object.entries(lists)) index.setList(id, members);
  return index;
}

function ask(index: CreatorIndex, query: object) {
  const result = index.search(searchQuerySchema.parse(query), context);
  if (result.kind === 'faults') throw new Error(JSON.stringify(result.faults));
  return result.answer;
}

describe('the index against a plain scan', () => {
  it('finds the same creators in the same order with the same counts, whatever is asked', () => {
    fc.assert(
      fc.property(
        creatorsArbitrary,
        filtersArbitrary,
        textArbitrary,
        sortArbitrary,
        fc.boolean(),
        (creators, filters, text, sort, inDelta) => {
          const index = load(creators, inDelta);
          if (creators.length === 0) return;
          const answer = ask(index, {
            filters,
            facets: facetFields,
            limit: 500,
            ...(text === undefined ? {} : { text }),
            ...(sort === undefined ? {} : { sort }),
          });
          const plain = naive(creators, { text, filters });

          expect(answer.total).toBe(plain.hits.length);
          expect(answer.indexed).toBe(creators.length);
          expect(answer.leftOut).toBe(plain.possible.length);
          expect(answer.rows.map((row) => row.personId).sort()).toEqual(plain.hits.map((one) => one.personId).sort());
          for (const facet of answer.facets) {
            const wanted = plain.facet(facet.field);
            const counts =
              facet.kind === 'values'
                ? facet.values.map((one) => [one.value, one.count])
                : facet.bins.map((bin, at) => [`bin ${at}`, bin.count]);
            expect([facet.field, Object.fromEntries(counts.filter(([, count]) => count !== 0))]).toEqual([
              facet.field,
              wanted.counts,
            ]);
            expect([facet.field, facet.unknown]).toEqual([
              facet.field,
              facet.field === 'tag' ? wanted.unknown : wanted.unknown,
            ]);
          }
          if (sort === undefined) return;
          const keyed = plain.hits.map((creator) => {
            const keys = plain.matchingRows(creator, filters).map((row) => sortKey(creator, row, sort.field));
            return { id: creator.personId, key: keys.sort((a, b) => compareKeys(a, b, sort.direction))[0] ?? null };
          });
          keyed.sort((a, b) => compareKeys(a.key, b.key, sort.direction) || (a.id < b.id ? -1 : 1));
          expect(answer.rows.map((row) => row.personId)).toEqual(keyed.map((one) => one.id));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('pages by cursor without gaps or repeats, in any order', () => {
    fc.assert(
      fc.property(creatorsArbitrary, sortArbitrary, fc.integer({ min: 1, max: 7 }), (creators, sort, limit) => {
        const index = load(creators, true);
        const whole = ask(index, { limit: 500, ...(sort === undefined ? {} : { sort }) }).rows.map(
          (row) => row.personId,
        );
        const paged: string[] = [];
        let cursor: string | undefined;
        for (let page = 0; page <= creators.length; page += 1) {
          const answer = ask(index, {
            limit,
            ...(sort === undefined ? {} : { sort }),
            ...(cursor === undefined ? {} : { cursor }),
          });
          paged.push(...answer.rows.map((row) => row.personId));
          if (answer.nextCursor === null) break;
          cursor = answer.nextCursor;
        }
        expect(paged).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('says of each unknown field how many creators it alone or with others leaves out', () => {
    fc.assert(
      fc.property(creatorsArbitrary, filtersArbitrary, (creators, filters) => {
        if (creators.length === 0) return;
        const answer = ask(load(creators, false), { filters });
        const plain = naive(creators, { filters });
        for (const { field, creators: count } of answer.unknown) {
          const rows = (creator: IndexedCreator) => (creator.profiles.length === 0 ? [null] : creator.profiles);
          const wanted = plain.possible.filter((creator) =>
            rows(creator).some(
              (row) =>
                filters.every((filter) => judge(filter, creator, row) !== 'no') &&
                filters.some((filter) => filter.field === field && judge(filter, creator, row) === 'unknown'),
            ),
          );
          expect([field, count]).toEqual([field, wanted.length]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

const manyCreators = 4000;

describe('the index over time', () => {
  it('answers the same after segments were merged as before', () => {
    const creators = Array.from({ length: manyCreators }, (_, at) =>
      aCreator(`per_${String((at * 7919) % manyCreators).padStart(6, '0')}`, {
        name: `Name ${at % 97}`,
        niches: [niches[at % 3] ?? ''],
        captions: [`oat ${words[at % words.length]}`],
        profiles: [aProfile(`prf_${at}`, { followers: at * 10, platform: at % 2 === 0 ? 'instagram' : 'tiktok' })],
      }),
    );
    const loaded = new CreatorIndex();
    loaded.load(creators);
    loaded.finishLoad();
    const applied = new CreatorIndex();
    for (let at = 0; at < creators.length; at += 250) {
      applied.apply({
        creators: creators.slice(at, at + 250).map((one) => ({ ...one, name: 'older' })),
        removedIds: [],
      });
      applied.apply({ creators: creators.slice(at, at + 250), removedIds: [] });
    }
    for (let round = 0; round < 8; round += 1)
      applied.apply({ creators: creators.slice(0, deltaMax + 1), removedIds: [] });
    while (applied.work(50));
    expect(applied.segmentCount).toBeLessThan(12);
    const query = {
      text: 'oat vegan',
      filters: [{ field: 'platform', op: 'in', values: ['tiktok'] }],
      facets: ['niche', 'followers', 'tier'],
      limit: 100,
      sort: { field: 'name', direction: 'asc' },
    };
    expect(ask(applied, query)).toEqual(ask(loaded, query));
    expect(ask(loaded, query).total).toBeGreaterThan(100);
  });

  it('forgets a removed creator at once and takes it back when it returns', () => {
    const index = load([aCreator('per_1', { name: 'Oat' }), aCreator('per_2', { name: 'Oat' })], false);
    index.apply({ creators: [], removedIds: ['per_1'] });
    expect(ask(index, { text: 'oat' }).rows.map((row) => row.personId)).toEqual(['per_2']);
    index.apply({ creators: [aCreator('per_1', { name: 'Oat again' })], removedIds: [] });
    index.apply({ creators: [aCreator('per_1', { name: 'Oat again' })], removedIds: [] });
    expect(ask(index, { text: 'oat' }).total).toBe(2);
    expect(ask(index, { text: 'again' }).total).toBe(1);
  });
});

describe('a merge of segments that is under way', () => {
  it('loses nobody to the questions that are asked between its steps', () => {
    const index = new CreatorIndex();
    const count = 400;
    for (let from = 0; from < count; from += 80) {
      index.load(Array.from({ length: 80 }, (_, at) => aCreator(`per_${from + at}`)));
      index.finishLoad();
    }
    // So short a budget is a step or two.
    while (index.work(0.01)) expect(ask(index, { filters: [], facets: facetFields, limit: 5 }).total).toBe(count);
    expect(index.segmentCount).toBeLessThan(count / 80);
  });
});
