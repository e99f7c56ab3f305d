export * from './api/endpoints.ts';
export * from './api/messages.ts';
