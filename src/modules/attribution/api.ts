/** The attribution module to the outside: one file a subject below api/, read by everybody through this one. */

export * from './api/experiments.ts';
export * from './api/leads.ts';
export * from './api/models.ts';
export * from './api/orders.ts';
export * from './api/policy.ts';
export * from './api/runs.ts';
export * from './api/seen.ts';
export * from './api/survey.ts';
export * from './api/survey-page.ts';
