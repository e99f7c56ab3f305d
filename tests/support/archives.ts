import { createHash, randomBytes } from 'node:crypto';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { openArchive } from '#infra/archive/read-archive.ts';
import { createArchiveWriter, sumsPath } from '#infra/archive/write-archive.ts';
import {
  type ArchiveImport,
  downloadArchive,
  getArchive,
  getArchiveImport,
  startArchive,
  startArchiveImport,
  uploadArchive,
  type WorkspaceArchive,
} from '#modules/archives/api.ts';
import { workspaceArchive } from '#modules/archives/errors.ts';
import { type Manifest, readManifest } from '#modules/archives/manifest.ts';
import type { TestCore } from './core.ts';

const looksMax = 1200;
const lookMs = 50;

/** Exports a workspace and waits for the end. */
export async function exportWorkspace(
  test: TestCore,
  slug: string,
): Promise<{ archive: WorkspaceArchive; bytes: Buffer }> {
  const client = test.client(slug);
  const { id } = await client.call(startArchive, {});
  const archive = await until(() => client.call(getArchive, { archiveId: id }));
  if (archive.state !== 'ready') throw new Error(`The export ${archive.state}: ${archive.error}`);
  const response = await client.open(downloadArchive, { archiveId: id });
  return { archive, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** Uploads an archive, has a workspace made of it and waits for the end, whatever that is. */
export async function importWorkspace(
  test: TestCore,
  bytes: Buffer,
  wanted: { slug?: string; name?: string } = {},
): Promise<ArchiveImport> {
  const client = test.client();
  const { id } = await client.upload(uploadArchive, {}, { body: new Uint8Array(bytes), fileName: 'archive.tar' });
  await client.call(startArchiveImport, { archiveImportId: id, ...wanted });
  return until(() => client.call(getArchiveImport, { archiveImportId: id }));
}

async function until<Run extends { state: string }>(look: () => Promise<Run>): Promise<Run> {
  for (let at = 0; at < looksMax; at += 1) {
    const run = await look();
    if (run.state !== 'running') return run;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  throw new Error('The run does not end.');
}

export interface ReadArchive {
  manifest: Manifest;
  /** Lines of each part. */
  parts: Map<string, string[]>;
  /** Content by path. */
  files: Map<string, Buffer>;
}

/** An archive as somebody reads it without the program. */
export async function readArchiveBytes(bytes: Buffer): Promise<ReadArchive> {
  const path = join(tmpdir(), `rapport-${randomBytes(6).toString('hex')}.tar`);
  await writeFile(path, bytes);
  try {
    const archive = await openArchive(path, workspaceArchive);
    const manifest = await readManifest(archive);
    const parts = new Map<string, string[]>();
    for (const part of manifest.parts) {
      const text = gunzipSync(await buffer(archive.read(part.path))).toString('utf8');
      parts.set(part.name, text === '' ? [] : text.slice(0, -1).split('\n'));
    }
    const files = new Map<string, Buffer>();
    for (const one of archive.paths.filter((name) => /^(files|media)\//.test(name)))
      files.set(one, await buffer(archive.read(one)));
    return { manifest, parts, files };
  } finally {
    await rm(path, { force: true });
  }
}

/** The archive as another version, or somebody with bad intent, might have made it: another manifest and other lines, with hashes that fit. */
export async function editArchive(
  bytes: Buffer,
  change: (manifest: Manifest) => unknown,
  lines: ReadonlyMap<string, readonly string[]> = new Map(),
): Promise<Buffer> {
  const path = join(tmpdir(), `rapport-${randomBytes(6).toString('hex')}.tar`);
  const edited = `${path}.edited`;
  await writeFile(path, bytes);
  try {
    const archive = await openArchive(path, workspaceArchive);
    const manifest = await readManifest(archive);
    change(manifest);
    const file = await open(edited, 'w');
    const writer = createArchiveWriter(file, 1_700_000_000);
    for (const member of archive.paths.filter((name) => name !== 'manifest.json' && name !== sumsPath)) {
      const name = /^tables\/(.*)\.ndjson\.gz$/.exec(member)?.[1] ?? '';
      const other = lines.get(name);
      const part = manifest.parts.find((one) => one.name === name);
      if (other === undefined || part === undefined) {
        await writer.add(member, archive.read(member));
        continue;
      }
      const text = other.map((line) => `${line}\n`).join('');
      part.rows = other.length;
      part.sha256 = createHash('sha256').update(text).digest('hex');
      await writer.add(member, Readable.from([gzipSync(text)]));
    }
    await writer.addText('manifest.json', JSON.stringify(manifest));
    await writer.finish();
    await file.close();
    return await readFile(edited);
  } finally {
    await rm(path, { force: true });
    await rm(edited, { force: true });
  }
}
