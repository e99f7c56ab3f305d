export * from './api/home.ts';
export * from './api/session.ts';
