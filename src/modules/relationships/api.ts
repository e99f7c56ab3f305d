/** The relationships module to the outside: one file a subject below api/, read by everybody through this one. */
export * from './api/ambassador-calls.ts';
export * from './api/ambassadors.ts';
export * from './api/fields.ts';
export * from './api/incidents.ts';
export * from './api/managers.ts';
export * from './api/past-work.ts';
export * from './api/relationship.ts';
