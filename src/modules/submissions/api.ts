/** The submissions module to the outside: one file a subject below api/, read by everybody through this one. */
export * from './api/accepted-rights.ts';
export * from './api/draft.ts';
export * from './api/live.ts';
export * from './api/portal.ts';
export * from './api/review.ts';
export * from './api/shared-review.ts';
export * from './api/submission.ts';
