/** The fraud module to the outside: one file a subject below api/, read by everybody through this one. */
export * from './api/groups.ts';
export * from './api/portal.ts';
export * from './api/settings.ts';
export * from './api/shared.ts';
