import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import { type ArchiveWriter, createArchiveWriter } from '#infra/archive/write-archive.ts';
import { syncFolder } from '#infra/data-folder/write-file.ts';
import { readMigrations } from '#infra/db/migrate.ts';
import type { Infra } from '#infra/module.ts';
import { version } from '#infra/version.ts';
import { listBarred } from '#modules/outreach/index.ts';
import { workspaceArchive } from './errors.ts';
import { formatVersion, type Manifest, manifestPath, type Part } from './manifest.ts';
import { readWorkspaceTables, type WorkspaceTable } from './queries/catalogue.ts';
import { readMe } from './read-me.ts';
import { quote } from './rules/plan-table.ts';
import { carried, doNotContactPart, leftOut, memberPart, onlyToRead } from './rules/tables.ts';
import { literal, type Watch, writeLines, writeTable } from './write-part.ts';

export interface RunWatch extends Watch {
  onStep(step: string): void;
  onTotal(rows: number): void;
}

const filesPerPage = 1000;
const barredPerPage = 1000;
const missingListedMax = 100_000;

/**
 * Writes everything a workspace owns, as it is at one instant, beside a running server. The file appears whole or not at all. A throw of the
 * watch ends it.
 */
export async function writeWorkspace(
  infra: Infra,
  of: { workspaceId: string; file: string; pendingEvents: number; watch: RunWatch },
): Promise<{ manifest: Manifest; bytes: number }> {
  const partial = `${of.file}.partial`;
  const client = await infra.db.systemConnection();
  let broken: Error | undefined;
  try {
    const file = await open(partial, 'w', 0o600);
    try {
      await client.query('begin isolation level repeatable read read only');
      await client.query("set local time zone 'UTC'; set local extra_float_digits = 1");
      const writer = createArchiveWriter(file, Math.floor(infra.clock.now().getTime() / 1000));
      const manifest = await writeAll(infra, { ...of, client, writer });
      await client.query('commit');
      const bytes = await writer.finish();
      await file.close();
      await rename(partial, of.file);
      await syncFolder(dirname(of.file));
      return { manifest, bytes };
    } finally {
      await file.close().catch(() => undefined);
    }
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    await rm(partial, { force: true });
    throw error;
  } finally {
    // A COPY that was left in the middle makes the connection of no use to others.
    client.release(broken);
  }
}

interface Work {
  workspaceId: string;
  client: pg.PoolClient;
  writer: ArchiveWriter;
  pendingEvents: number;
  watch: RunWatch;
}

async function writeAll(infra: Infra, work: Work): Promise<Manifest> {
  const { client, writer, watch, workspaceId } = work;
  const head = await readHead(client, workspaceId);
  await writer.addText(workspaceArchive.firstPath, readMe(head.workspace.name, head.createdAt));
  const tables = (await readWorkspaceTables(client)).filter(({ name }) => name in carried || name in onlyToRead);
  watch.onStep('Counting');
  watch.onTotal(await countRows(client, workspaceId, tables));
  const parts: Part[] = [await writeMembers(work)];
  for (const table of tables) {
    watch.onStep(`Writing ${table.name.replaceAll('_', ' ')}`);
    const rules = carried[table.name] ?? {};
    const part = await writeTable(writer, client, { table, rules, workspaceId, watch });
    parts.push({ ...part, isTakenIn: table.name in carried });
  }
  watch.onStep('Writing the do-not-contact list');
  parts.push(await writeBarred(infra, work));
  watch.onStep('Copying files');
  const kept = await copyContent(infra, work);
  const manifest: Manifest = {
    format: 'rapport-workspace',
    formatVersion,
    rapportVersion: version,
    ...head,
    parts,
    files: { files: kept.files, bytes: kept.bytes },
    missingFiles: kept.missing,
    secretsLeftOut: await countSecrets(client, workspaceId, tables),
    leftOut: Object.entries(leftOut).map(([table, why]) => ({ table, why })),
    notices: [
      'Objections of creators are kept by the installation as salted hashes and cannot be carried; whoever objected is not in this workspace.',
      ...(work.pendingEvents === 0
        ? []
        : [`${work.pendingEvents} happenings were not worked on by all parts of the program when this was made.`]),
      ...(kept.missing.length === 0 ? [] : [`${kept.missing.length} files were not on the disk any more.`]),
    ],
  };
  await writer.addText(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

type Head = Pick<Manifest, 'createdAt' | 'migrations' | 'workspace'>;

async function readHead(client: pg.PoolClient, workspaceId: string): Promise<Head> {
  // The first query fixes what is seen from here on.
  const { rows } = await client.query(
    `select now() as at, id, slug, name, currency, time_zone, is_sample, settings, created_at from workspace where id = $1`,
    [workspaceId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The workspace is gone');
  return {
    createdAt: row.at.toISOString(),
    // A start applies all that ship, so these are the database's own.
    migrations: Object.keys(await readMigrations()),
    workspace: {
      id: row.id,
      slug: row.slug,
      name: row.name,
      currency: row.currency,
      timeZone: row.time_zone,
      isSample: row.is_sample,
      settings: row.settings,
      createdAt: row.created_at.toISOString(),
    },
  };
}

async function countRows(client: pg.PoolClient, workspaceId: string, tables: readonly WorkspaceTable[]) {
  let total = 0;
  for (const { name } of tables) {
    const { rows } = await client.query<{ n: bigint }>(
      `select count(*) as n from public.${quote(name)} where workspace_id = $1`,
      [workspaceId],
    );
    total += Number(rows[0]?.n ?? 0);
  }
  return total;
}

async function writeMembers({ client, writer, workspaceId, watch }: Work): Promise<Part> {
  const { rows } = await client.query<{ line: string }>(
    `select row_to_json(t)::text as line from (
       select m.id, m.user_id, u.email, u.name, m.role, m.created_at from member m join app_user u on u.id = m.user_id
       where m.workspace_id = $1 order by m.id collate "C") t`,
    [workspaceId],
  );
  async function* lines() {
    yield rows.map((row) => row.line);
  }
  const part = await writeLines(writer, { name: memberPart, lines: lines(), change: (line) => line, watch });
  return { ...part, columns: ['id', 'user_id', 'email', 'name', 'role', 'created_at'], isTakenIn: true };
}

async function writeBarred(infra: Infra, { writer, workspaceId, watch }: Work): Promise<Part> {
  async function* lines() {
    let after = '';
    for (;;) {
      const page = await infra.db.asSystem((tx) => listBarred(infra, tx, { workspaceId, after, limit: barredPerPage }));
      yield page.contacts.map((contact) => JSON.stringify(contact));
      if (page.next === null) return;
      after = page.next;
    }
  }
  const part = await writeLines(writer, { name: doNotContactPart, lines: lines(), change: (line) => line, watch });
  const columns = ['kind', 'email', 'platform', 'handle_key', 'scope', 'source', 'reason', 'created_at'];
  return { ...part, columns, isTakenIn: true };
}

async function copyContent(infra: Infra, { client, writer, workspaceId, watch }: Work) {
  const kept = { files: 0, bytes: 0, missing: [] as string[] };
  const copy = async (path: string, hash: string) => {
    const from = join(infra.config.dataDir, path);
    const found = await stat(from).catch(() => null);
    if (found === null) {
      if (kept.missing.length < missingListedMax) kept.missing.push(hash);
      return;
    }
    kept.bytes += (await writer.add(path, createReadStream(from))).bytes;
    kept.files += 1;
    watch.onRows(0);
  };
  const eachHash = async (query: string, pathOf: (hash: string) => string) => {
    let after = '';
    for (;;) {
      const { rows } = await client.query<{ hash: string }>(
        `select hash from (${query}) named where hash > $2 order by hash limit ${filesPerPage}`,
        [workspaceId, after],
      );
      for (const { hash } of rows) await copy(pathOf(hash), hash);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.hash;
    }
  };
  await eachHash(
    `select content_hash collate "C" as hash from stored_file where workspace_id = $1
     union select preview_hash from stored_file where workspace_id = $1 and preview_hash is not null`,
    filePath,
  );
  await eachHash('select distinct content_hash collate "C" as hash from media where workspace_id = $1', mediaPath);
  return kept;
}

/** Where content lies, both in an archive and in the data folder. */
export function filePath(hash: string): string {
  return `files/${hash.slice(0, 2)}/${hash}`;
}

export function mediaPath(hash: string): string {
  return `media/${hash.slice(0, 2)}/${hash}.webp`;
}

async function countSecrets(client: pg.PoolClient, workspaceId: string, tables: readonly WorkspaceTable[]) {
  const found: Manifest['secretsLeftOut'] = [];
  for (const { name } of tables) {
    for (const column of Object.keys(carried[name]?.secrets ?? {})) {
      const { rows } = await client.query<{ n: bigint }>(
        `select count(*) as n from public.${quote(name)} where workspace_id = ${literal(workspaceId)} and ${quote(column)} is not null and octet_length(${quote(column)}) > 0`,
      );
      const count = Number(rows[0]?.n ?? 0);
      if (count > 0) found.push({ table: name, column, rows: count });
    }
  }
  return found;
}
