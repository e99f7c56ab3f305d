import { describe, expect, it } from 'vitest';
import type { Filter, SearchQuery } from '../api.ts';
import { queryFaults } from './check-query.ts';
import { filterFault } from './filter-faults.ts';

const price = (change: object): Filter => ({
  field: 'price',
  op: 'price',
  currency: 'EUR',
  maxMinor: '30000',
  ...change,
});
const share = (change: object): Filter => ({ field: 'audience.country', op: 'share', values: ['DE'], ...change });
const near = (change: object): Filter => ({ field: 'home', op: 'near', km: 30, ...change });

describe('a filter at fault', () => {
  it.each<[Filter, string]>([
    [share({ field: 'audience.cuntry' }), "no audience dimension 'cuntry', did you mean country?"],
    [share({ min: 40 }), 'for 40 % write 0.4'],
    [share({ min: 0 }), 'above 0 and at most 1'],
    [share({ min: 1.2 }), 'at most 1'],
    [share({ field: 'followers' }), "not 'share'"],
    [price({ currency: 'EUX' }), "no currency 'EUX', did you mean EUR"],
    [price({ minMinor: '50000' }), 'minMinor is above maxMinor'],
    [price({ maxMinor: undefined }), 'needs minMinor, maxMinor or a format'],
    [near({}), 'either place, or lat and lon'],
    [near({ lat: 51 }), 'lat and lon together'],
    [near({ lat: 91, lon: 0 }), 'lat runs from -90 to 90'],
    [near({ lat: 0, lon: 190 }), 'lon runs from -180 to 180'],
    [near({ place: 'Leipzig', lat: 1, lon: 1 }), 'either place, or lat and lon'],
    [near({ place: 'Leipzig', km: 0 }), 'km above 0'],
    [near({ place: 'Leipzig', field: 'city' }), "not 'near'"],
    [{ field: 'hashtag', op: 'range', min: 1 }, "hashtag takes in, known, not 'range'"],
    [{ field: 'followres', op: 'gt', value: 1 }, 'did you mean followers'],
  ])('%j says what is wrong and how to mend it', (filter, message) => {
    expect(filterFault(filter)).toContain(message);
  });

  it('is none of those that make sense', () => {
    for (const filter of [
      share({}),
      share({ min: 0.4 }),
      price({}),
      near({ place: 'Leipzig' }),
      near({ lat: 51, lon: 12 }),
    ])
      expect(filterFault(filter)).toBeNull();
  });
});

describe('a query at fault', () => {
  const faults = (change: Partial<SearchQuery>) =>
    queryFaults({ filters: [], facets: [], ...change }).map((fault) => `${fault.field}: ${fault.message}`);

  it('asks to sort by an audience without saying which', () => {
    const sort = { field: 'audience.country', direction: 'desc' as const };
    expect(faults({ sort })).toEqual([expect.stringContaining('needs a filter')]);
    expect(faults({ sort, filters: [share({})] })).toEqual([]);
    expect(faults({ sort: { field: 'price', direction: 'asc' } })).toHaveLength(1);
  });

  it('asks for two kinds of likeness at once, or to count what has no values', () => {
    expect(faults({ about: 'oats', similarTo: 'per_1' })).toHaveLength(1);
    expect(faults({ about: 'oats' })).toEqual([]);
    expect(faults({ facets: ['price', 'audience.country', 'hashtag'] })).toEqual([
      expect.stringMatching(/hashtag/),
      expect.stringMatching(/facetCurrency/),
    ]);
    expect(faults({ facets: ['price'], facetCurrency: 'EUR' })).toEqual([]);
    expect(faults({ facets: ['price'], facetCurrency: 'QQQ' })[0]).toMatch(/no currency/);
    expect(faults({ facets: ['home', 'sponsor', 'refreshed'] })).toEqual([]);
  });
});
