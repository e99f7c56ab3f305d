export * from './api/automation.ts';
export * from './api/catalogue.ts';
