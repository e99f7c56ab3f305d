/** The reports module to the outside: one file a subject below api/, read by everybody through this one. */
export * from './api/campaign-comments.ts';
export * from './api/campaign-report.ts';
export * from './api/disclosure.ts';
export * from './api/figure.ts';
export * from './api/overview.ts';
export * from './api/rows.ts';
export * from './api/seeding-value.ts';
export * from './api/traffic-flow.ts';
