import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { archiveContentSchema, progressFields } from './parts.ts';

export const archiveImportStates = ['uploaded', 'running', 'done', 'failed', 'cancelled'] as const;

const archiveMemberSchema = z.object({
  name: z.string(),
  email: z.string(),
  role: z.string(),
  isKnown: z.boolean().describe('Somebody with this e-mail is on this installation, and becomes a member'),
});

export const archiveImportResultSchema = z.object({
  workspace: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  rows: z.int(),
  files: z.int(),
  keptItsId: z.boolean().describe('False when a workspace of the same id is here, so that this one got another'),
  members: z.array(archiveMemberSchema),
  renamedLinks: z
    .array(z.object({ from: z.string(), to: z.string() }))
    .describe('At most 1,000, of those whose short address is taken here'),
  renamedLinksTotal: z.int(),
  newSources: z.int().describe('Order sources whose address is taken here and that got another'),
  doNotContact: z.int().describe('Entries added to the do-not-contact list of this installation'),
  objectors: z.int().describe('Creators not taken in, since they objected to being kept on this installation'),
  toDo: z.array(z.string()).describe('What a person has to enter or look at'),
});

export const archiveImportSchema = z
  .object({
    id: z.string(),
    state: z.enum(archiveImportStates),
    ...progressFields,
    fileName: z.string(),
    bytes: z.int(),
    content: archiveContentSchema,
    members: z.array(archiveMemberSchema),
    suggestedSlug: z.string().describe('The slug it had, or a free one like it'),
    result: archiveImportResultSchema.nullable(),
    error: z.string().nullable(),
    createdBy: z.string(),
    createdAt: instantSchema,
    finishedAt: instantSchema.nullable(),
  })
  .meta({ id: 'ArchiveImport' });
export type ArchiveImport = z.infer<typeof archiveImportSchema>;
export type ArchiveImportResult = z.infer<typeof archiveImportResultSchema>;
export type ArchiveMember = z.infer<typeof archiveMemberSchema>;

const archiveImportId = z.string().max(60);
const outside = { access: 'signed-in', inWorkspace: false } as const;

export const uploadArchive = endpoint({
  name: 'archive-imports.upload',
  method: 'POST',
  path: '/archive-imports',
  ...outside,
  transport: 'upload',
  summary:
    'Upload the archive of a workspace and have every byte of it checked; nothing is made of it yet. For the owner of the installation',
  output: archiveImportSchema,
});

export const listArchiveImports = endpoint({
  name: 'archive-imports.list',
  method: 'GET',
  path: '/archive-imports',
  ...outside,
  summary: 'Archives that came to this installation, newest first; none to those who do not own it',
  output: z.object({
    canImport: z.boolean().describe('True for the first owner of the installation and its own command line'),
    rows: z.array(archiveImportSchema),
  }),
});

export const getArchiveImport = endpoint({
  name: 'archive-imports.get',
  method: 'GET',
  path: '/archive-imports/:archiveImportId',
  ...outside,
  summary: 'One archive that came in: what is in it, how far it is, what was made',
  input: z.object({ archiveImportId }),
  output: archiveImportSchema,
});

export const startArchiveImport = endpoint({
  name: 'archive-imports.start',
  method: 'POST',
  path: '/archive-imports/:archiveImportId/start',
  ...outside,
  summary: 'Make a new workspace of an uploaded archive: all of it, or nothing',
  input: z.object({
    archiveImportId,
    slug: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'takes small letters, digits and hyphens, at most 63, such as my-brand')
      .optional()
      .describe('The suggested one when absent'),
    name: z.string().trim().min(1, 'is empty').max(120, 'is longer than 120 characters').optional(),
  }),
  output: archiveImportSchema,
});

export const cancelArchiveImport = endpoint({
  name: 'archive-imports.cancel',
  method: 'POST',
  path: '/archive-imports/:archiveImportId/cancel',
  ...outside,
  summary: 'Stop taking in an archive; nothing of it stays',
  input: z.object({ archiveImportId }),
  output: archiveImportSchema,
});

export const removeArchiveImport = endpoint({
  name: 'archive-imports.remove',
  method: 'DELETE',
  path: '/archive-imports/:archiveImportId',
  ...outside,
  summary: 'Remove an uploaded archive; the workspace that was made of it stays',
  input: z.object({ archiveImportId }),
  output: z.object({ removed: z.literal(true) }),
});
