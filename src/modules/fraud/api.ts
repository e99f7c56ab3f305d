export * from './api/settings.ts';
export * from './api/shared.ts';
