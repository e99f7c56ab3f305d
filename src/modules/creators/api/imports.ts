import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { id } from './fields.ts';

export const fileKinds = ['creators', 'posts', 'comments'] as const;
export const fileKindSchema = z.enum(fileKinds);

/** What one column is read as. Targets are the field names of creatorRow, postRow and commentRow; `custom` keeps it as an extra field, null leaves it out. */
export const columnPlanSchema = z
  .object({
    column: z.string().max(250),
    target: z.string().max(200).nullable(),
    platform: platformSchema.nullable().default(null).describe('Set when the column speaks of one platform only'),
    decimal: z
      .enum(['.', ','])
      .nullable()
      .default(null)
      .describe('Decimal mark of the column; null when no cell tells'),
    scale: z.enum(['percent', 'fraction']).nullable().default(null).describe('Whether rates are written 3.4 or 0.034'),
    dateOrder: z
      .enum(['day-first', 'month-first'])
      .nullable()
      .default(null)
      .describe('How 03/04/2026 is read; null is day first'),
  })
  .meta({ id: 'ColumnPlan' });
export type ColumnPlanJson = z.infer<typeof columnPlanSchema>;

export const importCountsSchema = z.object({
  read: z.number(),
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  skipped: z.number().describe('Rows of creators who asked not to be kept'),
  failed: z.number().describe('Rows that were not taken; each has at least one error'),
  errorsTotal: z.number(),
});
export type ImportCounts = z.infer<typeof importCountsSchema>;

export const importStates = ['uploaded', 'running', 'done', 'failed', 'cancelled'] as const;

export const importRunSchema = z
  .object({
    id,
    fileName: z.string(),
    fileBytes: z.number(),
    kind: fileKindSchema,
    platform: platformSchema,
    isDryRun: z.boolean(),
    state: z.enum(importStates),
    counts: importCountsSchema,
    /** Share of the file that is done, 0 to 1. */
    progress: z.number(),
    rowsPerSecond: z.number().nullable(),
    error: z.string().nullable(),
    createdByName: z.string(),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'ImportRun' });
export type ImportRun = z.infer<typeof importRunSchema>;

export const importPreviewSchema = z
  .object({
    importId: id,
    fileName: z.string(),
    fileBytes: z.number(),
    format: z.enum(['delimited', 'json', 'ndjson', 'xlsx']),
    encoding: z.string().nullable(),
    delimiter: z.string().nullable(),
    isGzip: z.boolean(),
    sheet: z.string().nullable(),
    kind: fileKindSchema,
    platform: platformSchema,
    columns: z.array(
      columnPlanSchema.extend({
        confidence: z.number(),
        reason: z.string(),
        samples: z.array(z.string()).describe('First filled cells'),
        filled: z.number().describe('Filled cells among the rows looked at'),
        problems: z.number(),
        firstProblem: z.string().nullable(),
      }),
    ),
    rows: z.array(z.object({ row: z.number(), cells: z.array(z.string()) })),
    rowsLookedAt: z.number(),
    rowsReadable: z.number(),
    isWhole: z.boolean().describe('True when the whole file was looked at'),
    problems: z.array(z.string()).describe('What is to be known or mended before the start'),
    savedMapping: z.string().nullable().describe('Name of the remembered mapping that was used'),
  })
  .meta({ id: 'ImportPreview' });
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const importErrorSchema = z.object({ row: z.number(), field: z.string(), message: z.string() });

export const uploadImport = endpoint({
  name: 'imports.upload',
  method: 'POST',
  path: '/imports',
  access: 'creators:write',
  transport: 'upload',
  summary: 'Upload a file of creators, posts or comments and see how it would be read; nothing is imported yet',
  input: z.object({
    platform: platformSchema.default('instagram').describe('Platform of bare handles'),
    kind: fileKindSchema.optional(),
  }),
  output: importPreviewSchema,
});

export const previewImport = endpoint({
  name: 'imports.preview',
  method: 'POST',
  path: '/imports/:importId/preview',
  access: 'creators:write',
  summary: 'How an uploaded file would be read with another kind, platform or mapping',
  input: z.object({
    importId: id,
    kind: fileKindSchema.optional(),
    platform: platformSchema.optional(),
    columns: z.array(columnPlanSchema).max(2000).optional(),
  }),
  output: importPreviewSchema,
});

export const startImport = endpoint({
  name: 'imports.start',
  method: 'POST',
  path: '/imports/:importId/start',
  access: 'creators:write',
  summary:
    'Import an uploaded file in the background, or try it out; a failed or cancelled run goes on where it stopped',
  input: z.object({
    importId: id,
    kind: fileKindSchema.optional(),
    platform: platformSchema.optional(),
    columns: z.array(columnPlanSchema).max(2000).optional().describe('The mapping; the proposed one when absent'),
    isDryRun: z.boolean().default(false),
    isRemembered: z.boolean().default(true).describe('Whether the next file with this header is read the same way'),
  }),
  output: importRunSchema,
});

export const getImport = endpoint({
  name: 'imports.get',
  method: 'GET',
  path: '/imports/:importId',
  access: 'creators:read',
  summary: 'State, counts and speed of an import',
  input: z.object({ importId: id }),
  output: importRunSchema,
});

export const listImports = endpoint({
  name: 'imports.list',
  method: 'GET',
  path: '/imports',
  access: 'creators:read',
  summary: 'Imports, newest first',
  input: z.object({ ...pageInput }),
  output: pageOf(importRunSchema),
});

export const cancelImport = endpoint({
  name: 'imports.cancel',
  method: 'POST',
  path: '/imports/:importId/cancel',
  access: 'creators:write',
  summary: 'Stop an import after the batch it is at; what is in stays in',
  input: z.object({ importId: id }),
  output: importRunSchema,
});

export const listImportErrors = endpoint({
  name: 'imports.errors',
  method: 'GET',
  path: '/imports/:importId/errors',
  access: 'creators:read',
  summary: 'Rows that were not taken and why, in the order of the file',
  input: z.object({
    importId: id,
    limit: z.number().int().min(1).max(1000).default(100),
    cursor: z.string().max(2000).optional(),
  }),
  output: pageOf(importErrorSchema.extend({ raw: z.record(z.string(), z.string()) })),
});

export const downloadImportErrors = endpoint({
  name: 'imports.errorsFile',
  method: 'GET',
  path: '/imports/:importId/errors.csv',
  access: 'creators:read',
  transport: 'download',
  summary: 'The rows that were not taken as CSV, with what is wrong beside them, to mend and import again',
  input: z.object({ importId: id }),
});

export const importMappingSchema = z
  .object({ id, name: z.string(), kind: fileKindSchema, columns: z.array(columnPlanSchema), updatedAt: z.string() })
  .meta({ id: 'ImportMapping' });

export const listImportMappings = endpoint({
  name: 'importMappings.list',
  method: 'GET',
  path: '/import-mappings',
  access: 'creators:read',
  summary: 'Remembered mappings, newest first',
  output: z.object({ rows: z.array(importMappingSchema) }),
});

export const forgetImportMapping = endpoint({
  name: 'importMappings.forget',
  method: 'DELETE',
  path: '/import-mappings/:mappingId',
  access: 'creators:write',
  summary: 'Forget a mapping: the next file with that header is read by its headings again',
  input: z.object({ mappingId: id }),
});
