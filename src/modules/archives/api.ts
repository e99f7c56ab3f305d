/** Archives of workspaces to the outside: making them, and taking them in. */
export * from './api/exports.ts';
export * from './api/imports.ts';
export type { ArchiveContent } from './api/parts.ts';
