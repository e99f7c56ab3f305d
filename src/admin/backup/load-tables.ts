import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Archive } from '#infra/archive/read-archive.ts';
import { readTables } from '#infra/db/read-tables.ts';
import { AppError } from '#kernel/errors.ts';
import { quoteName } from './connect.ts';
import { backupError } from './errors.ts';
import type { Manifest, TableInBackup } from './manifest.ts';

/**
 * Writes all tables of a backup into an empty schema of the same migrations, in one transaction and with every
 * constraint in force. Errors: backup.other_columns, backup.load_failed; the database is then as it was.
 */
export async function loadTables(client: pg.Client, archive: Archive, manifest: Manifest): Promise<number> {
  await requireSameColumns(client, manifest);
  await client.query('begin');
  try {
    await createPartitions(client, manifest);
    let rows = 0;
    for (const table of manifest.tables) rows += await loadTable(client, archive, table);
    await client.query('commit');
    return rows;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function requireSameColumns(client: pg.Client, manifest: Manifest): Promise<void> {
  const shapeOf = (table: { name: string; columns: string[] }) => `${table.name} (${table.columns.join(', ')})`;
  const here = new Set((await readTables(client)).map(shapeOf));
  const there = new Set(manifest.tables.map(shapeOf));
  const onlyThere = [...there].filter((shape) => !here.has(shape));
  const onlyHere = [...here].filter((shape) => !there.has(shape));
  if (onlyThere.length === 0 && onlyHere.length === 0) return;
  throw backupError(
    'other_columns',
    `The backup of Rapport ${manifest.rapportVersion} has other tables than this version makes from the same migrations. Restore it with the version that made it. Only in the backup: ${list(onlyThere)}. Only here: ${list(onlyHere)}.`,
  );
}

function list(shapes: string[]): string {
  return shapes.length === 0 ? 'none' : shapes.slice(0, 3).join('; ');
}

async function createPartitions(client: pg.Client, manifest: Manifest): Promise<void> {
  await client.query('set local role rapport_owner');
  for (const table of manifest.tables) {
    for (const { name, from, to } of table.partitions) {
      await client.query(
        `create table if not exists public.${quoteName(name)} partition of public.${quoteName(table.name)} for values from ('${from}') to ('${to}')`,
      );
    }
  }
  await client.query('reset role');
}

async function loadTable(client: pg.Client, archive: Archive, table: TableInBackup): Promise<number> {
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const columns = table.columns.map(quoteName).join(', ');
  const name = quoteName(table.name);
  try {
    const sink = client.query(copyFrom(`copy public.${name} (${columns}) from stdin (format csv, header match)`));
    await pipeline(archive.read(table.path), createGunzip(), hashed, sink);
    const { rows } = await client.query<{ rows: string }>(`select count(*)::text as rows from public.${name}`);
    const found = Number(rows[0]?.rows);
    if (found !== table.rows || hash.digest('hex') !== table.sha256) {
      throw backupError(
        'load_failed',
        `${table.name} came out with ${found} rows of ${table.rows} or with other values than in the manifest. Nothing was kept. Check the disk that holds the backup and restore again.`,
      );
    }
    return found;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw backupError(
      'load_failed',
      `The table ${table.name} could not be written: ${error instanceof Error ? error.message : String(error)}. Nothing was kept.`,
    );
  }
}

/** Tells the planner how large the tables are, which it learns by itself only minutes later. */
export async function analyzeTables(client: pg.Client, manifest: Manifest): Promise<void> {
  for (const table of manifest.tables) await client.query(`analyze public.${quoteName(table.name)}`);
}
