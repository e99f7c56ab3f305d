/** The campaigns module to the outside: one file a subject below api/, read by everybody through this one. */

export * from './api/advice.ts';
export * from './api/agreed.ts';
export * from './api/alignment.ts';
export * from './api/brief.ts';
export * from './api/brief-kit.ts';
export * from './api/brief-sharing.ts';
export * from './api/brief-words.ts';
export * from './api/budget.ts';
export * from './api/calendar.ts';
export * from './api/campaign.ts';
export * from './api/content.ts';
export * from './api/fee.ts';
export * from './api/goal-kpis.ts';
export * from './api/goal-metrics.ts';
export * from './api/goals.ts';
export * from './api/joins.ts';
export * from './api/models.ts';
export * from './api/reminders.ts';
export * from './api/roster.ts';
export * from './api/roster-bulk.ts';
export * from './api/stages.ts';
export * from './api/steps.ts';
export * from './api/tasks.ts';
