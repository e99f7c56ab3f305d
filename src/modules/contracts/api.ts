/** The contracts module to the outside: one file a subject below api/, read by everybody through this one. */
export * from './api/clauses.ts';
export * from './api/contract-calls.ts';
export * from './api/contracts.ts';
export * from './api/effects.ts';
export * from './api/owed.ts';
export * from './api/portal.ts';
export * from './api/renewals.ts';
export * from './api/settings.ts';
export * from './api/terms.ts';
