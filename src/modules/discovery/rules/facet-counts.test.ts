import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultTiers, type Facet, type Filter } from '../api.ts';
import { arbitraryCreators, standingMs } from '../sql-engine/arbitrary-creators.ts';
import { CreatorIndex } from './creator-index.ts';
import type { IndexedCreator } from './indexed-creator.ts';

const context = { tiers: defaultTiers, countries: new Map(), languages: new Map(), nowMs: standingMs };

function search(creators: IndexedCreator[], query: { filters: Filter[]; facets?: string[]; facetCurrency?: string }) {
  const index = new CreatorIndex();
  index.load(creators);
  index.finishLoad();
  const result = index.search({ limit: 1, facets: [], ...query }, context);
  if (result.kind === 'faults') throw new Error(result.faults[0]?.message);
  return result.answer;
}

function facetOf<Kind extends Facet['kind']>(facets: readonly Facet[], kind: Kind): Extract<Facet, { kind: Kind }> {
  const facet = facets[0];
  if (facet?.kind !== kind) throw new Error(`no facet of ${kind}`);
  return facet as Extract<Facet, { kind: Kind }>;
}

describe('counts beside values one can filter by', () => {
  it('say of each value of an audience how many creators a filter by it alone finds, at the default share and at another', () => {
    const fields = fc.constantFrom('audience.country', 'audience.age', 'audience.interest');
    fc.assert(
      fc.property(arbitraryCreators, fields, fc.constantFrom(undefined, 0.05, 0.5), (creators, field, min) => {
        const share = (value: string): Filter => ({ field, op: 'share', values: [value], ...(min ? { min } : {}) });
        const all = facetOf(search(creators, { filters: [], facets: [field] }).facets, 'values');
        // The filter of the field itself gives the least share and is looked past.
        const [first] = all.values;
        const asked = min === undefined || first === undefined ? [] : [share(first.value)];
        const facet = facetOf(search(creators, { filters: asked, facets: [field] }).facets, 'values');
        for (const { value, count } of facet.values)
          expect([value, search(creators, { filters: [share(value)] }).total]).toEqual([value, count]);
        const known = search(creators, { filters: [{ field, op: 'known', value: true }] });
        expect(facet.unknown).toBe(search(creators, { filters: [] }).total - known.total);
      }),
      { numRuns: 60 },
    );
  });

  it('say of each span of prices how many creators a filter with its bounds finds', () => {
    const base: Filter[] = [
      { field: 'price', op: 'price', currency: 'EUR', minMinor: '0' },
      { field: 'price', op: 'price', currency: 'EUR', minMinor: '0', origins: ['estimate', 'rate_card'] },
      { field: 'price', op: 'price', currency: 'USD', minMinor: '0', format: 'post' },
    ];
    fc.assert(
      fc.property(arbitraryCreators, fc.constantFrom(...base), (creators, filter) => {
        const { facets, total } = search(creators, { filters: [filter], facets: ['price'] });
        const facet = facetOf(facets, 'histogram');
        for (const { from, to, count } of facet.bins) {
          const bounds = { minMinor: String(from ?? 0), ...(to === null ? {} : { maxMinor: String(to - 1) }) };
          const within: Filter[] = [{ ...filter, ...bounds } as Filter];
          expect([from, search(creators, { filters: within }).total]).toEqual([from, count]);
        }
        expect(facet.bins.some((bin) => bin.count > 0)).toBe(total > 0);
      }),
      { numRuns: 25 },
    );
  });

  it('spread figures that are parts of a whole over twentieths', () => {
    for (const field of ['adultShare', 'sponsoredShare', 'audienceCredibility']) {
      const facet = facetOf(search([], { filters: [], facets: [field] }).facets, 'histogram');
      expect(facet.bins).toHaveLength(20);
      expect(facet.bins[1]).toMatchObject({ from: 0.05, to: 0.1 });
    }
  });
});
