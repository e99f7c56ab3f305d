import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { againSchema, id } from './fields.ts';

export const pastWorkSchema = z
  .object({
    id: z.string(),
    source: z.string(),
    campaignName: z.string(),
    status: z.string().nullable().describe('As the file has it'),
    standing: z.enum(['contacted', 'declined', 'worked', 'unknown']).describe('What the status means here'),
    fee: moneySchema.nullable(),
    paid: moneySchema.nullable(),
    paidOn: z.string().nullable(),
    postUrl: z.string().nullable(),
    postedOn: z.string().nullable(),
    dueOn: z.string().nullable(),
    rating: z.number().nullable().describe('0 to 1, whatever the scale of the file was'),
    again: againSchema.nullable(),
    note: z.string().nullable(),
    importedAt: z.string(),
  })
  .meta({ id: 'PastWork', description: 'Work with a creator that another tool kept' });
export type PastWork = z.infer<typeof pastWorkSchema>;

export const pastWorkErrorSchema = z.object({ row: z.number().int(), field: z.string(), message: z.string() });

export const importPastWork = endpoint({
  name: 'pastWork.import',
  method: 'POST',
  path: '/relationship-imports',
  access: 'campaigns:write',
  transport: 'upload',
  summary:
    'Read the history of another tool from CSV: campaign, status, fee, paid, post, dates, rating; a row that was read before is not doubled',
  input: z.object({
    source: z.string().trim().min(1).max(80).optional().describe('Name of the tool; the file’s name when left out'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .describe('For amounts that name none; else they are refused'),
    dryRun: z.boolean().default(false),
  }),
  output: z.object({
    read: z.number().int(),
    added: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    skipped: z.number().int(),
    creators: z.number().int(),
    columns: z.array(z.object({ header: z.string(), meaning: z.string() })),
    ignoredColumns: z.array(z.string()),
    dryRun: z.boolean(),
    errorsTotal: z.number().int(),
    errors: z.array(pastWorkErrorSchema),
  }),
});

export const removePastWork = endpoint({
  name: 'pastWork.remove',
  method: 'DELETE',
  path: '/creators/:personId/past-work/:pastWorkId',
  access: 'campaigns:write',
  summary: 'Remove one row of imported history',
  input: z.object({ personId: id, pastWorkId: id }),
});
