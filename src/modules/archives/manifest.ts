import { z } from 'zod';
import type { Archive } from '#infra/archive/read-archive.ts';
import { readMigrations } from '#infra/db/migrate.ts';
import { currencySchema, timeZoneSchema } from './api/parts.ts';
import { archivesError } from './errors.ts';

export const manifestPath = 'manifest.json';
export const formatVersion = 1;

const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const partSchema = z.object({
  name,
  /** Gzipped NDJSON: one JSON object a line, ordered by the key of the table. */
  path: z.string().max(100),
  /** Of the rows, as they stand in each object. */
  columns: z.array(name).max(1600),
  rows: z.int().min(0),
  /** Of the lines before compression: equal rows have equal hashes. */
  sha256,
  /** False for what is there to be read only. */
  isTakenIn: z.boolean(),
  /** Of clicks: the months they fall in. */
  months: z.array(z.string().regex(/^\d{4}-\d{2}$/)).optional(),
});

const manifestSchema = z.object({
  format: z.literal('rapport-workspace'),
  formatVersion: z.literal(formatVersion),
  /** The instant whose state this is. */
  createdAt: z.iso.datetime(),
  rapportVersion: z.string().max(60),
  /** Applied to the database it comes from, oldest first. */
  migrations: z.array(z.string().regex(/^[0-9A-Za-z_-]{1,200}$/)).min(1),
  workspace: z.object({
    id: z.string().regex(/^[a-z0-9_-]{3,60}$/),
    slug: z.string().max(63),
    name: z.string().min(1).max(120),
    currency: currencySchema,
    timeZone: timeZoneSchema,
    isSample: z.boolean(),
    settings: z.record(z.string(), z.unknown()),
    createdAt: z.iso.datetime({ offset: true }),
  }),
  /** In an order in which every table comes after those it refers to. */
  parts: z.array(partSchema).max(2000),
  files: z.object({ files: z.int().min(0), bytes: z.int().min(0) }),
  /** SHA-256 of content that rows name and that was not on the disk any more. */
  missingFiles: z.array(sha256).max(100_000),
  /** Secrets that are not here, by table and column. */
  secretsLeftOut: z.array(z.object({ table: name, column: name, rows: z.int().min(1) })),
  leftOut: z.array(z.object({ table: z.string(), why: z.string() })),
  notices: z.array(z.string()),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type Part = z.infer<typeof partSchema>;

/** Reads the manifest of an archive whose hashes are right, and sees that this version knows it. Errors: newer, damaged. */
export async function readManifest(archive: Archive): Promise<Manifest> {
  const value = parseJson(await archive.text(manifestPath));
  const head = z.object({ formatVersion: z.number(), rapportVersion: z.string() }).safeParse(value);
  if (head.success && head.data.formatVersion > formatVersion) {
    throw archivesError(
      'newer',
      `The archive was made by Rapport ${head.data.rapportVersion} in form ${head.data.formatVersion}; this version reads form ${formatVersion}. Update this installation first.`,
    );
  }
  const manifest = manifestSchema.safeParse(value);
  if (!manifest.success) {
    const first = manifest.error.issues[0];
    throw archivesError(
      'damaged',
      `The manifest is not understood: ${first?.path.join('.')}: ${first?.message}. Nothing was written.`,
    );
  }
  const shipped = new Set(Object.keys(await readMigrations()));
  const unknown = manifest.data.migrations.filter((one) => !shipped.has(one));
  if (unknown.length > 0) {
    throw archivesError(
      'newer',
      `The archive was made by a newer Rapport (${manifest.data.rapportVersion}): it has the steps ${unknown.slice(0, 5).join(', ')}, which this version does not know. Update this installation first.`,
    );
  }
  return manifest.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
