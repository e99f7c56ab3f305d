import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Archive } from '#infra/archive/read-archive.ts';
import { backupError } from './errors.ts';

export const manifestPath = 'manifest.json';
export const secretsPath = 'secrets.json';
export const formatVersion = 1;

const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const bound = z.string().regex(/^[0-9: +.-]{1,40}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const tableSchema = z.object({
  name,
  /** Where its rows stand in the archive: gzipped CSV with a header line, ordered by the primary key. */
  path: z.string(),
  columns: z.array(name).min(1),
  rows: z.int().min(0),
  /** Of the CSV before compression: two backups of equal tables have equal hashes. */
  sha256,
  /** Partitions that were made while running, by range. */
  partitions: z.array(z.object({ name, from: bound, to: bound })),
});

const manifestSchema = z.object({
  format: z.literal('rapport-backup'),
  formatVersion: z.literal(formatVersion),
  /** Start of the snapshot. */
  createdAt: z.iso.datetime(),
  rapportVersion: z.string(),
  postgresVersion: z.string(),
  /** Applied to the database, oldest first. */
  migrations: z.array(z.string().regex(/^[0-9A-Za-z_-]+$/)).min(1),
  secret: z.object({
    /** data_folder: secrets.json is in the archive. environment: whoever restores sets RAPPORT_SECRET as before. */
    keptIn: z.enum(['data_folder', 'environment']),
    fingerprint: sha256,
  }),
  /** In an order in which every table comes after those it refers to. */
  tables: z.array(tableSchema),
  clickLog: z.object({ segments: z.int(), bytes: z.int() }),
  imports: z.object({ files: z.int(), bytes: z.int() }),
  /** Absent from backups of versions that kept no pictures. */
  media: z.object({ files: z.int(), bytes: z.int() }).optional(),
  notIncluded: z.array(z.object({ what: z.string(), why: z.string() })),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type TableInBackup = z.infer<typeof tableSchema>;

/** Tells whether two secrets are equal without giving either away. */
export function fingerprintOf(secret: string): string {
  return createHmac('sha256', secret).update('backup-secret-fingerprint').digest('hex');
}

/** Reads the manifest of a backup whose hashes are right. Errors: backup.newer, backup.damaged. */
export async function readManifest(archive: Archive, file: string): Promise<Manifest> {
  const value = parseJson(await archive.text(manifestPath));
  const head = z.object({ formatVersion: z.number(), rapportVersion: z.string() }).safeParse(value);
  if (head.success && head.data.formatVersion > formatVersion) {
    throw backupError(
      'newer',
      `${file} was made by Rapport ${head.data.rapportVersion} in a format newer than this one reads. Restore it with that version.`,
    );
  }
  const manifest = manifestSchema.safeParse(value);
  if (manifest.success) return manifest.data;
  const first = manifest.error.issues[0];
  throw backupError(
    'damaged',
    `${file} has a manifest that this version does not understand: ${first?.path.join('.')}: ${first?.message}. Nothing was written.`,
  );
}

/** The value, or null for what is no JSON, which no schema here takes. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
