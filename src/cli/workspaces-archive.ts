import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import {
  type ArchiveImport,
  cancelArchive,
  downloadArchive,
  getArchive,
  getArchiveImport,
  removeArchive,
  startArchive,
  startArchiveImport,
  uploadArchive,
  type WorkspaceArchive,
} from '#modules/archives/api.ts';
import { type Cli, table } from './cli.ts';

const pollMs = 300;
const tellEveryMs = 2000;

/** `workspaces export FILE` and `workspaces import FILE`: a whole workspace as one file, and back. */
export function registerWorkspaceArchive(noun: Command, cli: Cli): void {
  noun
    .command('export')
    .argument('<file>', 'file to write, such as my-brand.tar')
    .option('--force', 'replace the file when it exists')
    .description('write everything the workspace owns into one file; passwords, keys and links that let in stay out')
    .action(async (file: string, options: { force?: boolean }) => {
      const made = await exportTo(cli, { file, force: options.force === true });
      cli.print(made, ({ content, bytes }) =>
        [
          `${file}: ${(content?.rows ?? 0).toLocaleString('en')} rows and ${content?.files.files ?? 0} files in ${Math.ceil((bytes ?? 0) / 1000).toLocaleString('en')} kB, as of ${content?.asOf}.`,
          ...(content?.secretsLeftOut ?? []).map(
            (one) => `Not in it: ${one.table}.${one.column} of ${one.rows}; enter anew after an import.`,
          ),
          'It holds personal data: keep it as safe as the workspace itself.',
        ].join('\n'),
      );
    });

  noun
    .command('import')
    .argument('<file>', 'file that `workspaces export` made')
    .option('--slug <slug>', 'address of the new workspace; by default the one it had, or a free one like it')
    .option('--name <name>', 'its name; by default the one it had')
    .description('make a new workspace of an archive: all of it, or nothing')
    .action(async (file: string, options: { slug?: string; name?: string }) => {
      const run = await importFrom(cli, { file, ...options });
      cli.print(run, ({ result }) => {
        if (result === null) return '';
        const { workspace, rows, files, members, toDo } = result;
        const people = table(
          ['MEMBER', 'E-MAIL', 'ROLE', 'HERE'],
          members.map((one) => [one.name, one.email, one.role, one.isKnown ? 'let in' : 'not known: invite them']),
        );
        return [
          `Made "${workspace.name}": ${rows.toLocaleString('en')} rows and ${files} files. Use it with --workspace ${workspace.slug}.`,
          ...(members.length === 0 ? [] : [people]),
          ...toDo.map((line) => `To do: ${line}`),
        ].join('\n');
      });
    });
}

async function exportTo(
  cli: Cli,
  wanted: { file: string; force: boolean },
): Promise<WorkspaceArchive & { file: string }> {
  const { file, force } = wanted;
  if (!force && (await stat(file).catch(() => null)) !== null)
    throw new AppError(
      'conflict',
      'file.exists',
      `${file} exists already. Name another file, or add --force to replace it.`,
    );
  const client = await cli.client();
  const { id } = await client.call(startArchive, {});
  const archive = await waitForEnd(cli, () => client.call(getArchive, { archiveId: id })).catch(async (error) => {
    await client.call(cancelArchive, { archiveId: id }).catch(() => undefined);
    throw error;
  });
  if (archive.state !== 'ready')
    throw new AppError('conflict', 'archives.not_ready', archive.error ?? `The export was ${archive.state}.`);
  const response = await client.open(downloadArchive, { archiveId: id });
  const partial = `${file}.${process.pid}.partial`;
  try {
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(body, createWriteStream(partial, { mode: 0o600 }));
    const { size } = await stat(partial);
    if (size !== archive.bytes)
      throw new AppError('unavailable', 'file.cut_off', `Only ${size} of ${archive.bytes} bytes came. Export again.`);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    if (error instanceof AppError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError('invalid', 'file.unwritable', `Cannot write ${file}: ${why}.`);
  }
  // The copy on the server is not needed any more.
  await client.call(removeArchive, { archiveId: id });
  return { ...archive, file };
}

async function importFrom(cli: Cli, wanted: { file: string; slug?: string; name?: string }): Promise<ArchiveImport> {
  const { file, ...named } = wanted;
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new AppError('invalid', 'file.unreadable', `Cannot read ${file}: ${why}.`);
  });
  if (!found.isFile()) throw new AppError('invalid', 'file.unreadable', `${file} is not a file.`);
  const client = await cli.client();
  cli.tell(`Uploading ${basename(file)} (${Math.ceil(found.size / 1024).toLocaleString('en')} kB)`);
  const body = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
  const uploaded = await client.upload(uploadArchive, {}, { body, fileName: basename(file) });
  const { workspace, asOf } = uploaded.content;
  cli.tell(`It holds "${workspace.name}" as of ${asOf}: ${uploaded.content.rows.toLocaleString('en')} rows`);
  const archiveImportId = uploaded.id;
  await client.call(startArchiveImport, { archiveImportId, ...named });
  const run = await waitForEnd(cli, () => client.call(getArchiveImport, { archiveImportId }));
  if (run.state !== 'done')
    throw new AppError('invalid', `archives.import_${run.state}`, run.error ?? `The import was ${run.state}.`);
  return run;
}

interface Run {
  state: string;
  step: string;
  rowsDone: number;
  rowsTotal: number | null;
}

async function waitForEnd<One extends Run>(cli: Cli, look: () => Promise<One>): Promise<One> {
  let toldAtMs = Date.now();
  for (;;) {
    const run = await look();
    if (run.state !== 'running') return run;
    if (Date.now() - toldAtMs > tellEveryMs) {
      toldAtMs = Date.now();
      const share = run.rowsTotal ? `${Math.min(99, Math.floor((run.rowsDone / run.rowsTotal) * 100))} %, ` : '';
      cli.tell(`${share}${run.step}`);
    }
    await wait(pollMs);
  }
}
