/** The vetting module to the outside: one file a subject below api/, read by everybody through this one. */
export * from './api/audience.ts';
export * from './api/brand-profile.ts';
export * from './api/comments.ts';
export * from './api/comments-section.ts';
export * from './api/compare.ts';
export * from './api/deals.ts';
export * from './api/estimates.ts';
export * from './api/evidence.ts';
export * from './api/growth.ts';
export * from './api/quality.ts';
export * from './api/report.ts';
export * from './api/rules.ts';
export * from './api/runs.ts';
export * from './api/safety.ts';
export * from './api/shares.ts';
export * from './api/vetting.ts';
