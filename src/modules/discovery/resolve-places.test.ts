import { describe, expect, it } from 'vitest';
import type { Filter } from './api.ts';
import { resolvePlaces } from './resolve-places.ts';

const near = (given: { place: string; country?: string }): Filter => ({ field: 'home', op: 'near', km: 30, ...given });
const resolve = (given: { place: string; country?: string }) =>
  resolvePlaces({ filters: [near(given)], facets: [], limit: 50 });

describe('a place named in a search', () => {
  it('gets its position, in any spelling', async () => {
    for (const place of ['Leipzig', 'LEIPZIG', ' leipzig '])
      expect((await resolve({ place })).query.filters[0]).toMatchObject({ lat: 51.3396, lon: 12.3713 });
    for (const place of ['Köln', 'Koln', 'Cologne'])
      expect((await resolve({ place, country: 'Germany' })).query.filters[0]).toMatchObject({
        lat: 50.9333,
        lon: 6.95,
      });
  });

  it('of several of the name is the one in the country, else the largest, and the answer says which', async () => {
    const largest = await resolve({ place: 'Halle' });
    expect(largest.query.filters[0]).toMatchObject({ lat: 51.4816 });
    expect(largest.notes).toEqual([expect.stringContaining('Halle (Saale), DE')]);
    const belgian = await resolve({ place: 'Halle', country: 'BE' });
    expect(belgian.query.filters[0]).toMatchObject({ lat: 50.7338 });
    expect(belgian.notes).toEqual([]);
  });

  it('that nobody knows is an error with near misses, as is an unknown country', async () => {
    await expect(resolve({ place: 'Leipzg' })).rejects.toMatchObject({
      code: 'discovery.query',
      details: [{ field: 'filters.0.place', message: expect.stringContaining('Leipzig') }],
    });
    await expect(resolve({ place: 'Leipzig', country: 'Germny' })).rejects.toMatchObject({
      details: [{ field: 'filters.0.country', message: expect.stringContaining('germany') }],
    });
  });

  it('leaves a query without places as it is', async () => {
    const query = { filters: [{ field: 'country', op: 'in' as const, values: ['DE'] }], facets: [], limit: 50 };
    expect((await resolvePlaces(query)).query).toBe(query);
  });
});
