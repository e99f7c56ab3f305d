import { z } from 'zod';
import { isKnownCurrency } from '#kernel/money.ts';
import { instantSchema, isTimeZone } from '#kernel/time.ts';

export const currencySchema = z.string().refine(isKnownCurrency, 'is not an ISO 4217 currency code');
export const timeZoneSchema = z.string().refine(isTimeZone, 'is not an IANA time zone');

/** What an archive holds, as its manifest says. */
export const archiveContentSchema = z
  .object({
    workspace: z.object({ name: z.string(), slug: z.string(), isSample: z.boolean() }),
    /** The instant whose state it is. */
    asOf: instantSchema,
    rapportVersion: z.string(),
    rows: z.int().describe('Rows over all parts'),
    parts: z.array(
      z.object({
        name: z.string().describe('Name of the table'),
        rows: z.int(),
        isTakenIn: z.boolean().describe('False for what is there to be read only'),
      }),
    ),
    files: z.object({ files: z.int(), bytes: z.int() }),
    missingFiles: z.int().describe('Files that rows name and that were not on the disk any more'),
    secretsLeftOut: z.array(
      z.object({ table: z.string(), column: z.string(), rows: z.int() }).describe('Has to be entered anew'),
    ),
    leftOut: z.array(z.object({ table: z.string(), why: z.string() })),
    notices: z.array(z.string()),
  })
  .meta({ id: 'ArchiveContent' });
export type ArchiveContent = z.infer<typeof archiveContentSchema>;

/** How far a run is. */
export const progressFields = {
  step: z.string().describe('What is being done'),
  rowsDone: z.int(),
  rowsTotal: z.int().nullable().describe('Null until counted'),
};
