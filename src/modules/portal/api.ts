export * from './api/accounts.ts';
export * from './api/application-pages.ts';
export * from './api/applications.ts';
export * from './api/campaigns.ts';
export * from './api/data.ts';
export * from './api/home.ts';
export * from './api/links.ts';
export * from './api/session.ts';
