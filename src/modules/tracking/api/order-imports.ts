import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';
import { read, rowErrorSchema, write } from './shared.ts';

/** What a column of an order file may be read as, in the order in which a person looks for them. */
export const orderFields = [
  'id',
  'orderedAt',
  'updatedAt',
  'total',
  'currency',
  'state',
  'codes',
  'clickIds',
  'email',
  'isNew',
  'refundId',
  'refundTotal',
] as const;
export const orderFieldSchema = z.enum(orderFields);
export type OrderField = z.infer<typeof orderFieldSchema>;
/** Without these a row is no order. */
export const neededOrderFields: readonly OrderField[] = ['id', 'orderedAt', 'total'];
export const orderFieldNames: Record<OrderField, string> = {
  id: 'Order id',
  orderedAt: 'Ordered at',
  updatedAt: 'Changed at',
  total: 'Total',
  currency: 'Currency',
  state: 'State',
  codes: 'Discount codes',
  clickIds: 'Click id',
  email: 'E-mail of the customer',
  isNew: 'New customer?',
  refundId: 'Refund id',
  refundTotal: 'Refunded',
};

const currencySchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{3}$/, 'A three-letter ISO 4217 code, such as USD');
export const orderMappingSchema = z
  .object({
    columns: z
      .array(z.object({ column: z.string().max(250), field: orderFieldSchema.nullable() }))
      .max(2000)
      .describe('Which column is read as what; null leaves a column out'),
    dateOrder: z
      .enum(['day-first', 'month-first'])
      .nullable()
      .default(null)
      .describe('How 03/04/2026 is read; without it such a row is refused'),
    currency: currencySchema.nullable().default(null).describe('Of rows that name none'),
  })
  .meta({ id: 'OrderMapping' });
export type OrderMapping = z.infer<typeof orderMappingSchema>;

export const orderImportStates = ['uploaded', 'running', 'done', 'failed', 'cancelled'] as const;
export const orderImportSchema = z
  .object({
    id: z.string(),
    sourceId: z.string().nullable().describe('Null until it starts'),
    sourceName: z.string().nullable(),
    fileName: z.string(),
    fileBytes: z.int(),
    state: z.enum(orderImportStates),
    progress: z.number().describe('Share of the file that is done, 0 to 1'),
    counts: z.object({
      read: z.int(),
      created: z.int(),
      updated: z.int(),
      unchanged: z.int(),
      skipped: z.int().describe('Further lines of an order that stood above'),
      failed: z.int().describe('Rows that were not taken'),
      errorsTotal: z.int(),
    }),
    rowsPerSecond: z.int().nullable(),
    error: z.string().nullable(),
    createdByName: z.string(),
    createdAt: instantSchema,
    startedAt: instantSchema.nullable(),
    finishedAt: instantSchema.nullable(),
  })
  .meta({ id: 'OrderImport' });
export type OrderImport = z.infer<typeof orderImportSchema>;

export const orderImportPreviewSchema = z
  .object({
    importId: z.string(),
    fileName: z.string(),
    fileBytes: z.int(),
    mapping: orderMappingSchema,
    columns: z.array(
      z.object({
        column: z.string(),
        field: orderFieldSchema.nullable(),
        reason: z.string().describe('Why it is read so'),
        samples: z.array(z.string()),
        filled: z.int().describe('Filled cells among the rows looked at'),
      }),
    ),
    rows: z
      .array(
        z.object({
          row: z.int(),
          order: z
            .object({ id: z.string(), orderedAt: instantSchema, total: z.string(), codes: z.array(z.string()) })
            .nullable()
            .describe('What the row is read as; null when it is at fault or belongs to the order above'),
          isLine: z.boolean().describe('A further line of the order above'),
          cells: z.array(z.string()),
        }),
      )
      .describe('The first rows'),
    rowsLookedAt: z.int(),
    rowsReadable: z.int(),
    isWhole: z.boolean().describe('True when the whole file was looked at'),
    errorsTotal: z.int(),
    errors: z.array(rowErrorSchema).describe('At most 100 of those in the rows looked at'),
    problems: z.array(z.string()).describe('What keeps it from being started'),
    isRemembered: z.boolean().describe('Read as a file of this source with these headings was read before'),
  })
  .meta({ id: 'OrderImportPreview' });
export type OrderImportPreview = z.infer<typeof orderImportPreviewSchema>;

const importId = z.string().min(1).max(60);
const sourceId = z.string().optional().describe('The source named "CSV" when left out');
export const uploadOrderFile = endpoint({
  name: 'order-imports.upload',
  method: 'POST',
  path: '/order-imports',
  access: write,
  transport: 'upload',
  summary: 'Upload a file of orders (CSV, TSV, Excel, JSON, gzipped or not) and see how it would be read',
  input: z.object({ sourceId }),
  output: orderImportPreviewSchema,
});
export const previewOrderFile = endpoint({
  name: 'order-imports.preview',
  method: 'POST',
  path: '/order-imports/:importId/preview',
  access: write,
  summary: 'How an uploaded file of orders would be read otherwise; nothing is stored',
  input: z.object({ importId, sourceId, mapping: orderMappingSchema.optional() }),
  output: orderImportPreviewSchema,
});
export const startOrderImport = endpoint({
  name: 'order-imports.start',
  method: 'POST',
  path: '/order-imports/:importId/start',
  access: write,
  summary: 'Import an uploaded file in the background; a failed or cancelled run goes on where it stopped',
  input: z.object({
    importId,
    sourceId,
    mapping: orderMappingSchema.optional().describe('The proposed one when left out'),
    isRemembered: z.boolean().default(true).describe('Whether the next such file of the source is read the same way'),
  }),
  output: orderImportSchema,
});
export const getOrderImport = endpoint({
  name: 'order-imports.get',
  method: 'GET',
  path: '/order-imports/:importId',
  access: read,
  summary: 'State, counts and speed of an import of orders',
  input: z.object({ importId }),
  output: orderImportSchema,
});
export const listOrderImports = endpoint({
  name: 'order-imports.list',
  method: 'GET',
  path: '/order-imports',
  access: read,
  summary: 'Imports of orders, newest first',
  input: z.object({ ...pageInput }),
  output: pageOf(orderImportSchema),
});
export const cancelOrderImport = endpoint({
  name: 'order-imports.cancel',
  method: 'POST',
  path: '/order-imports/:importId/cancel',
  access: write,
  summary: 'Stop an import of orders after the batch it is at; what is in stays in',
  input: z.object({ importId }),
  output: orderImportSchema,
});
export const listOrderImportErrors = endpoint({
  name: 'order-imports.errors',
  method: 'GET',
  path: '/order-imports/:importId/errors',
  access: read,
  summary: 'Rows that were not taken and why, in the order of the file',
  input: z.object({ importId, ...pageInput }),
  output: pageOf(rowErrorSchema),
});
