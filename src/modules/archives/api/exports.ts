import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { archiveContentSchema, progressFields } from './parts.ts';

/** How long the file of an archive is kept. */
export const archiveDays = 7;

export const archiveStates = ['running', 'ready', 'failed', 'cancelled', 'expired'] as const;

export const archiveSchema = z
  .object({
    id: z.string(),
    state: z.enum(archiveStates),
    ...progressFields,
    bytes: z.int().nullable().describe('Length of the file; null until it is whole'),
    content: archiveContentSchema.nullable(),
    error: z.string().nullable(),
    createdBy: z.string(),
    createdAt: instantSchema,
    finishedAt: instantSchema.nullable(),
    expiresAt: instantSchema.nullable().describe('When the file is removed'),
  })
  .meta({ id: 'WorkspaceArchive' });
export type WorkspaceArchive = z.infer<typeof archiveSchema>;

const archiveId = z.string().max(60);

export const startArchive = endpoint({
  name: 'archives.start',
  method: 'POST',
  path: '/archives',
  access: 'workspace:write',
  summary: 'Begin an archive of everything the workspace owns: one tar file with NDJSON by table, files and a manifest',
  output: archiveSchema,
});

export const listArchives = endpoint({
  name: 'archives.list',
  method: 'GET',
  path: '/archives',
  access: 'workspace:read',
  summary: 'The last 50 archives of the workspace, newest first',
  output: z.object({ rows: z.array(archiveSchema) }),
});

export const getArchive = endpoint({
  name: 'archives.get',
  method: 'GET',
  path: '/archives/:archiveId',
  access: 'workspace:read',
  summary: 'One archive: how far it is, what is in it',
  input: z.object({ archiveId }),
  output: archiveSchema,
});

export const cancelArchive = endpoint({
  name: 'archives.cancel',
  method: 'POST',
  path: '/archives/:archiveId/cancel',
  access: 'workspace:write',
  summary: 'Stop an archive that is being made; nothing of it stays',
  input: z.object({ archiveId }),
  output: archiveSchema,
});

export const downloadArchive = endpoint({
  name: 'archives.download',
  method: 'POST',
  path: '/archives/:archiveId/download',
  access: 'workspace:write',
  transport: 'download',
  summary: 'The file of a ready archive; each download stands in the audit trail',
  input: z.object({ archiveId }),
});

export const removeArchive = endpoint({
  name: 'archives.remove',
  method: 'DELETE',
  path: '/archives/:archiveId',
  access: 'workspace:write',
  summary: 'Remove the file of an archive before it expires; that there was one stays in the audit trail',
  input: z.object({ archiveId }),
  output: z.object({ removed: z.literal(true) }),
});
