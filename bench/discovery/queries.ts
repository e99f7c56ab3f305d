import type { Filter, SearchQuery } from '../../src/modules/discovery/api.ts';
import type { CreatorMaker } from './creators.ts';
import { Random } from './random.ts';
import { niches, places } from './words.ts';

/** Counted with every query of words and filters. */
export const benchFacets = ['platform', 'tier', 'niche', 'country', 'language'];
export const pageLimit = 50;

/** A question in the form both engines are asked from. */
export interface BenchQuery {
  kind: 'narrow' | 'wide' | 'text' | 'semantic_filtered' | 'semantic_all';
  text: string | null;
  filters: Filter[];
  vector: Int8Array | null;
}

/** `count` questions of each kind, alike for the same seed; no two of a kind are the same. */
export function benchQueries(maker: CreatorMaker, count: number, seed: number): BenchQuery[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, at): BenchQuery[] => [
    narrow(random),
    wide(at),
    text(maker, random),
    semanticFiltered(maker, random),
    { kind: 'semantic_all', text: null, filters: [], vector: maker.queryVector(random.below(niches.length)) },
  ]).flat();
}

export function searchQueryOf(query: BenchQuery): SearchQuery {
  return {
    filters: query.filters,
    facets: benchFacets,
    limit: pageLimit,
    ...(query.text === null ? {} : { text: query.text }),
  };
}

/** Five filters that leave a few hundred to a few thousand of a million. */
function narrow(random: Random): BenchQuery {
  const followersMin = 5_000 + random.below(10) * 1000;
  const filters: Filter[] = [
    { field: 'platform', op: 'in', values: [random.pick(['instagram', 'tiktok'])] },
    { field: 'country', op: 'in', values: [somePlace(random), somePlace(random)] },
    { field: 'niche', op: 'in', values: someNiches(random, 8) },
    { field: 'followers', op: 'range', min: followersMin, max: followersMin * 4 },
    { field: 'engagementRate', op: 'gte', value: 0.02 + random.below(3) / 100 },
  ];
  return { kind: 'narrow', text: null, filters, vector: null };
}

/** Two filters that leave about 300 thousand of a million. */
function wide(at: number): BenchQuery {
  const min = 5_000 + at * 37;
  const filters: Filter[] = [
    { field: 'platform', op: 'in', values: ['instagram'] },
    { field: 'followers', op: 'range', min, max: min * 7 },
  ];
  return { kind: 'wide', text: null, filters, vector: null };
}

/** Two words of one niche, as people write them, within two filters. */
function text(maker: CreatorMaker, random: Random): BenchQuery {
  const nicheAt = random.below(niches.length);
  const words = [maker.nicheWord(nicheAt, random.below(6)), maker.nicheWord(nicheAt, 6 + random.below(8))];
  const filters: Filter[] = [
    { field: 'platform', op: 'in', values: ['instagram', 'tiktok'] },
    { field: 'followers', op: 'range', min: 3_000, max: 100_000 },
  ];
  return { kind: 'text', text: words.join(' '), filters, vector: null };
}

function semanticFiltered(maker: CreatorMaker, random: Random): BenchQuery {
  const filters: Filter[] = [
    { field: 'country', op: 'in', values: [somePlace(random), somePlace(random), somePlace(random)] },
    { field: 'followers', op: 'range', min: 5_000, max: 60_000 },
  ];
  return { kind: 'semantic_filtered', text: null, filters, vector: maker.queryVector(random.below(niches.length)) };
}

function somePlace(random: Random): string {
  return random.pick(places).country;
}

function someNiches(random: Random, count: number): string[] {
  return [...new Set(Array.from({ length: count }, () => random.pick(niches)))];
}
