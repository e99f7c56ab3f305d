import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Filter, searchQuerySchema } from '../api.ts';
import {
  type Asked,
  asked,
  context,
  creatorOf,
  type Drawn,
  drawn,
  facetFields,
  vectorModel,
} from './arbitrary-questions.ts';
import { CreatorIndex } from './creator-index.ts';
import { MemoryDisplayStore } from './display-store.ts';
import { restoreSegment } from './index-state.ts';
import type { IndexedCreator } from './indexed-creator.ts';
import { scan } from './plain-scan.ts';
import type { IndexQuery } from './prepare-question.ts';

type Way = 'loaded' | 'changed' | 'restored';

function indexOf(creators: readonly IndexedCreator[], way: Way): CreatorIndex {
  const index = new CreatorIndex();
  if (way !== 'changed') {
    index.load(creators);
    index.finishLoad();
    if (way === 'loaded') return index;
    const display = new MemoryDisplayStore();
    const { vocabulary, segments } = structuredClone(index.state());
    return CreatorIndex.restore({ vocabulary, segments: segments.map(restoreSegment) }, display);
  }
  const older = creators.map((one) => ({ ...one, niches: ['beauty'], profiles: one.profiles.slice(0, 1) }));
  index.load(older.slice(0, Math.ceil(older.length / 2)));
  index.finishLoad();
  const half = Math.floor(creators.length / 3);
  index.apply({ creators: older.slice(half), removedIds: [] });
  index.state();
  index.apply({ creators: [], removedIds: creators.slice(0, 2).map((one) => one.personId) });
  index.apply({ creators: creators.slice(half), removedIds: [] });
  index.apply({ creators: creators.slice(0, half), removedIds: ['per_nobody'] });
  return index;
}

function ask(index: CreatorIndex, query: object, nearTo: number[] | null) {
  const parsed: IndexQuery = searchQuerySchema.parse({ tolerant: false, ...query });
  const vector = nearTo === null ? undefined : { model: vectorModel, scale: 1, values: Int8Array.from(nearTo) };
  const result = index.search({ ...parsed, ...(vector === undefined ? {} : { nearTo: vector }) }, context);
  if (result.kind === 'faults') throw new Error(JSON.stringify(result.faults));
  return result.answer;
}

/** Creators of which every value that filters name is there, so that none is refused as unknown. */
function withEveryValue(drawnOnes: readonly Drawn[]): IndexedCreator[] {
  return drawnOnes.map((one, at) => creatorOf(`per_${String((at * 7) % 1009).padStart(4, '0')}`, one));
}

/** Relevance to words is not reckoned here, and an audience sorts only by a filter's values. */
function queryOf(one: Asked): Asked {
  const isShare = (each: Filter) => each.op === 'share' && each.field === 'audience.country' && each.not !== true;
  const cannotSort = one.sort?.field === 'audience.country' && !one.filters.some(isShare);
  const isByWords = one.sort === undefined && one.text !== undefined && one.nearTo === null;
  return cannotSort || isByWords ? { ...one, sort: { field: 'followers', direction: 'desc' } } : one;
}

function check(creators: readonly IndexedCreator[], given: Asked, way: Way): void {
  const one = queryOf(given);
  // A value that nobody has is refused before anything is searched.
  const index = indexOf(creators, way);
  const { nearTo, ...query } = JSON.parse(JSON.stringify(one)) as Asked;
  let first: ReturnType<typeof ask>;
  try {
    first = ask(index, { ...query, facets: facetFields, limit: 3 }, nearTo);
  } catch (error) {
    expect(String(error)).toMatch(/no (niche|home|tag|audience)/);
    return;
  }
  const wanted = scan(creators, one);
  expect({ total: first.total, indexed: first.indexed, leftOut: first.leftOut }).toEqual({
    total: wanted.ids.length,
    indexed: creators.length,
    leftOut: wanted.leftOut,
  });
  expect(Object.fromEntries(first.unknown.map((each) => [each.field, each.creators]))).toEqual(wanted.unknown);
  for (const facet of first.facets) {
    expect([facet.field, facet.unknown]).toEqual([facet.field, wanted.facetUnknown(facet.field)]);
    if (facet.field !== 'niche' || facet.kind !== 'values') continue;
    expect(Object.fromEntries(facet.values.map((each) => [each.value, each.count]))).toEqual(wanted.nicheCounts);
  }
  const ids = first.rows.map((row) => row.personId);
  let cursor = first.nextCursor;
  for (let page = 0; cursor !== null && page <= creators.length; page += 1) {
    const next = ask(index, { ...query, limit: 50, cursor }, nearTo);
    ids.push(...next.rows.map((row) => row.personId));
    cursor = next.nextCursor;
  }
  expect(ids).toEqual(wanted.ids);
}

const ways = fc.constantFrom<Way>('loaded', 'changed', 'restored');

describe('every kind of question against a plain scan', () => {
  it('gives the same creators, order, pages, totals, counts and unknowns', () => {
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 14 }), asked, ways, (some, one, way) =>
        check(withEveryValue(some), one, way),
      ),
      { numRuns: 1500 },
    );
  });

  it('does so over many creators, where words of bits are full and lists are long', () => {
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 4, maxLength: 9 }), asked, ways, (some, one, way) => {
        const many = Array.from({ length: 30 }, () => some).flat();
        check(withEveryValue(many), one, way);
      }),
      { numRuns: 60 },
    );
  });
});
