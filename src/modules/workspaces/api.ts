/** The workspaces module to the outside: one file a subject below api/, read by everybody through this one. */
export * from './api/api-keys.ts';
export * from './api/audit.ts';
export * from './api/members.ts';
export * from './api/roles.ts';
export * from './api/session.ts';
export * from './api/workspace.ts';
