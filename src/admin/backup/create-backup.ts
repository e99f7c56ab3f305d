import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type ArchiveWriter, createArchiveWriter } from '#infra/archive/write-archive.ts';
import { processExists } from '#infra/data-folder/process-identity.ts';
import { syncFolder } from '#infra/data-folder/write-file.ts';
import { readAppliedMigrations, readTables, type TableShape } from '#infra/db/read-tables.ts';
import { version } from '#infra/version.ts';
import { quoteName, withAdmin } from './connect.ts';
import {
  copyFiles,
  copyHeld,
  holdImportFiles,
  listClickSegments,
  listKeptFiles,
  type OpenFiles,
} from './data-files.ts';
import { backupArchive, backupError, explainWriteFault } from './errors.ts';
import {
  fingerprintOf,
  formatVersion,
  type Manifest,
  manifestPath,
  secretsPath,
  type TableInBackup,
} from './manifest.ts';

export interface InstallSecret {
  secret: string;
  /** data_folder: it goes into the archive. environment: it stays with whoever sets RAPPORT_SECRET. */
  keptIn: 'data_folder' | 'environment';
}

export interface CreateOptions {
  adminUrl: string;
  dataDir: string;
  installSecret: InstallSecret;
  /** Absolute path of the file to make. */
  file: string;
  /** Replace a file of that name. */
  force: boolean;
}

export interface CreatedBackup {
  file: string;
  bytes: number;
  tables: number;
  rows: number;
  tookMs: number;
}

// CSV shrinks to about a fifth at this level; the next ones cost twice the time for a twentieth less.
const gzipLevel = 3;

/**
 * Writes everything of an installation into one file, beside a running server. The file appears whole or not at all.
 * Errors: backup.file_exists, .cannot_write, .disk_full, .no_data, .missing_right, .unreachable.
 */
export async function createBackup(options: CreateOptions): Promise<CreatedBackup> {
  const startedAt = Date.now();
  const { file, force } = options;
  refuseToOverwrite(file, force);
  await removeLeftovers(file);
  const partial = `${file}.${process.pid}.partial`;
  try {
    const { bytes, manifest } = await writeArchive(partial, options);
    refuseToOverwrite(file, force);
    await rename(partial, file);
    await syncFolder(dirname(file));
    const rows = manifest.tables.reduce((total, table) => total + table.rows, 0);
    return { file, bytes, tables: manifest.tables.length, rows, tookMs: Date.now() - startedAt };
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw explainWriteFault(error, file);
  }
}

function refuseToOverwrite(file: string, force: boolean): void {
  if (force || !existsSync(file)) return;
  throw backupError('file_exists', `${file} exists already. Name another file, or add --force to replace it.`);
}

/** What a killed `backup create` left beside the file. */
async function removeLeftovers(file: string): Promise<void> {
  const names = await readdir(dirname(file)).catch(() => []);
  for (const name of names) {
    const rest = name.startsWith(`${basename(file)}.`) ? name.slice(basename(file).length + 1) : '';
    const pid = /^(\d+)\.partial$/.exec(rest)?.[1];
    if (pid !== undefined && !processExists(Number(pid))) await rm(join(dirname(file), name), { force: true });
  }
}

async function writeArchive(partial: string, options: CreateOptions): Promise<{ bytes: number; manifest: Manifest }> {
  return withAdmin(options.adminUrl, async (client) => {
    // Whoever holds this file holds all sessions, keys and data of the installation.
    const file = await open(partial, 'w', 0o600);
    const held: OpenFiles = new Map();
    try {
      const now = new Date();
      const writer = createArchiveWriter(file, Math.floor(now.getTime() / 1000));
      await writer.addText(backupArchive.firstPath, readMe(now));
      // Before the snapshot: a click that is drained away meanwhile is in the tables that the snapshot sees.
      const clicks = await copyFiles(writer, options.dataDir, await listClickSegments(options.dataDir));
      await holdImportFiles(options.dataDir, held);
      const snapshot = await beginSnapshot(client);
      await holdImportFiles(options.dataDir, held);
      const imports = await copyHeld(writer, held);
      const media = await copyFiles(writer, options.dataDir, await listKeptFiles(options.dataDir));
      const tables: TableInBackup[] = [];
      for (const table of snapshot.shapes) tables.push(await copyTable(writer, client, table));
      await client.query('commit');
      const manifest: Manifest = {
        format: 'rapport-backup',
        formatVersion,
        createdAt: snapshot.at.toISOString(),
        rapportVersion: version,
        postgresVersion: snapshot.postgresVersion,
        migrations: snapshot.migrations,
        secret: { keptIn: options.installSecret.keptIn, fingerprint: fingerprintOf(options.installSecret.secret) },
        tables,
        clickLog: { segments: clicks.files, bytes: clicks.bytes },
        imports,
        media,
        notIncluded,
      };
      if (options.installSecret.keptIn === 'data_folder') {
        const secrets = { installSecret: options.installSecret.secret };
        await writer.addText(secretsPath, `${JSON.stringify(secrets, null, 2)}\n`);
      }
      await writer.addText(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`);
      return { bytes: await writer.finish(), manifest };
    } finally {
      for (const left of held.values()) await left.close();
      await file.close();
    }
  });
}

interface Snapshot {
  at: Date;
  postgresVersion: string;
  migrations: string[];
  shapes: TableShape[];
}

async function beginSnapshot(client: pg.Client): Promise<Snapshot> {
  await client.query('begin isolation level repeatable read read only');
  // The first query fixes what is seen from here on.
  const { rows } = await client.query<{ at: Date; version: string }>(
    "select now() as at, current_setting('server_version') as version",
  );
  const migrations = await readAppliedMigrations(client);
  if (migrations === null || rows[0] === undefined) {
    throw backupError(
      'no_data',
      'This database has no tables of Rapport, so there is nothing to back up. npm start makes them.',
    );
  }
  return { at: rows[0].at, postgresVersion: rows[0].version, migrations, shapes: await readTables(client) };
}

async function copyTable(writer: ArchiveWriter, client: pg.Client, table: TableShape): Promise<TableInBackup> {
  const columns = table.columns.map(quoteName).join(', ');
  const order = table.key.length === 0 ? '' : ` order by ${table.key.map(quoteName).join(', ')}`;
  const source = client.query(
    copyTo(`copy (select ${columns} from public.${quoteName(table.name)}${order}) to stdout (format csv, header true)`),
  );
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const path = `tables/${table.name}.csv.gz`;
  const zipped = createGzip({ level: gzipLevel });
  // A pipe passes no fault on by itself: whatever breaks first breaks the end, which is awaited.
  source.on('error', (error) => zipped.destroy(error));
  hashed.on('error', (error) => zipped.destroy(error));
  await writer.add(path, source.pipe(hashed).pipe(zipped));
  const { name, partitions } = table;
  return { name, path, columns: table.columns, rows: source.rowCount, sha256: hash.digest('hex'), partitions };
}

const notIncluded = [
  {
    what: 'the job queue (schema pgboss)',
    why: 'It is made again at the start and planned work with it; imports go on by themselves. Vetting of many creators that was waiting has to be started again.',
  },
  { what: 'click logs of other machines on the same database', why: 'They lie in the data folders of those machines.' },
  { what: 'postgres.json, server.json, rapport.lock', why: 'They describe one machine and one run.' },
];

function readMe(now: Date): string {
  return `A backup of Rapport ${version}, made ${now.toISOString()}. Restore it into an empty installation:

  npm run -s rapport -- backup restore FILE

manifest.json says what is in it. tables/ holds each table as gzipped CSV, clicks/ hits that were not drained yet,
imports/ uploads whose import was not done, media/ pictures, files/ uploads and documents. To check the hashes by hand: tar -xf FILE && sha256sum -c SHA256SUMS

Keep it as safe as the installation: with secrets.json it holds what sessions and keys depend on.
`;
}
