/** The discovery module to the outside: one file a subject below api/, read by everybody through this one. */
export * from './api/answer.ts';
export * from './api/ask.ts';
export * from './api/brands.ts';
export * from './api/customers.ts';
export * from './api/details.ts';
export * from './api/fields.ts';
export * from './api/lists.ts';
export * from './api/match.ts';
export * from './api/overlap.ts';
export * from './api/packed-values.ts';
export {
  type Filter,
  type FilterOf,
  filterSchema,
  type SearchQuery,
  savedQuerySchema,
  searchQuerySchema,
} from './api/query.ts';
export * from './api/saved-searches.ts';
export * from './api/search.ts';
export * from './api/search-settings.ts';
export * from './api/shares.ts';
export * from './api/tier-comparison.ts';
export * from './api/tiers.ts';
export * from './api/topics.ts';
