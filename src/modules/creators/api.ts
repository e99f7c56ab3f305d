/** The creators module to the outside: one file a subject below api/, read by everybody through this one. */
export * from './api/audience.ts';
export * from './api/change-creators.ts';
export * from './api/connections.ts';
export { countryFault } from './api/country-code.ts';
export * from './api/creator.ts';
export * from './api/filling.ts';
export * from './api/follower-samples.ts';
export * from './api/imports.ts';
export * from './api/media.ts';
export * from './api/merges.ts';
export * from './api/prices.ts';
export * from './api/read-creators.ts';
export * from './api/rows.ts';
export * from './api/suppressions.ts';
