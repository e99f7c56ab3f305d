import { openGazetteer } from '#modules/creators/index.ts';
import type { Filter, FilterOf, SearchQuery } from './api.ts';
import { discoveryError } from './errors.ts';
import { codesByName } from './region-names.ts';
import { didYouMean } from './rules/near-miss.ts';

const othersShown = 3;
const countries = codesByName('region');

/**
 * Gives every place named in a query its position, and says which town was taken where there are several of the name: the one in the country named,
 * else the most populous. Error: discovery.query naming the place with near misses.
 */
export async function resolvePlaces(query: SearchQuery): Promise<{ query: SearchQuery; notes: string[] }> {
  if (!query.filters.some((filter) => filter.op === 'near' && filter.place !== undefined)) return { query, notes: [] };
  const notes: string[] = [];
  const filters: Filter[] = [];
  for (const [at, filter] of query.filters.entries())
    filters.push(filter.op === 'near' && filter.place !== undefined ? await resolve(filter, { at, notes }) : filter);
  return { query: { ...query, filters }, notes };
}

async function resolve(filter: FilterOf<'near'>, into: { at: number; notes: string[] }): Promise<Filter> {
  const { place = '', country } = filter;
  const code = country === undefined ? null : (countries.get(country.toLowerCase()) ?? null);
  if (country !== undefined && code === null) {
    const message = `no country '${country}', ${didYouMean(country, [...countries.keys()])}`;
    throw discoveryError('query', message, [{ field: `filters.${into.at}.country`, message }]);
  }
  const gazetteer = await openGazetteer();
  const towns = gazetteer.find(place, code);
  const [town, ...others] = towns;
  if (town === undefined) {
    const where = code === null ? '' : ` in ${code}`;
    const message = `no place '${place}'${where} among towns of 1,000 people and more, ${didYouMean(place, gazetteer.names(code))}`;
    throw discoveryError('query', message, [{ field: `filters.${into.at}.place`, message }]);
  }
  if (others.length > 0) {
    const said = others.slice(0, othersShown).map((other) => `${other.name}, ${other.country}`);
    const more = others.length > othersShown ? ` and ${others.length - othersShown} more` : '';
    into.notes.push(
      `“${place}” was taken as ${town.name}, ${town.country} (${town.population.toLocaleString('en')} people); there are also ${said.join('; ')}${more}.`,
    );
  }
  return { ...filter, lat: town.lat, lon: town.lon };
}
