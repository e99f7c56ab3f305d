import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import type { Platform } from '#kernel/platform.ts';
import { getImport, type ImportRun, listImportErrors, startImport, uploadImport } from '#modules/creators/api.ts';
import type { Cli } from './cli.ts';

const errorsListedMax = 1000;
const pollMs = 150;
const tellEveryMs = 2000;

/** What an import did: the counts of its rows and at most 1,000 of its errors. */
export interface ImportAnswer {
  importId: string;
  kind: string;
  platform: Platform;
  dryRun: boolean;
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  errorsTotal: number;
  errors: { row: number; field: string; message: string }[];
}

/** Uploads a file, imports it and waits for the end, telling how far it is. Errors: the server's, and file.unreadable. */
export async function importCreatorsFile(
  cli: Cli,
  wanted: { file: string; platform: Platform; dryRun: boolean },
): Promise<ImportAnswer> {
  const { file, platform, dryRun } = wanted;
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new AppError(
      'invalid',
      'file.unreadable',
      `Cannot read ${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`,
    );
  });
  if (!found.isFile()) throw new AppError('invalid', 'file.unreadable', `${file} is not a file.`);
  const client = await cli.client();
  cli.tell(`Uploading ${basename(file)} (${Math.ceil(found.size / 1024).toLocaleString('en')} kB)`);
  const body = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
  const preview = await client.upload(uploadImport, { platform }, { body, fileName: basename(file) });
  cli.tell(
    `Reading it as ${preview.kind}: ${preview.columns.flatMap((column) => (column.target === null ? [] : [`${column.column} = ${column.target}`])).join(', ')}`,
  );
  await client.call(startImport, { importId: preview.importId, platform, isDryRun: dryRun });
  const run = await waitForEnd(cli, client, preview.importId);
  if (run.state !== 'done')
    throw new AppError(
      'invalid',
      `creators.import_${run.state}`,
      run.error ?? `The import was ${run.state} after ${run.counts.read} rows.`,
    );
  const { rows } = await client.call(listImportErrors, { importId: run.id, limit: errorsListedMax });
  const { read, created, updated, unchanged, skipped, errorsTotal } = run.counts;
  const errors = rows.map(({ row, field, message }) => ({ row, field, message }));
  return {
    importId: run.id,
    kind: run.kind,
    platform: run.platform,
    dryRun,
    read,
    created,
    updated,
    unchanged,
    skipped,
    errorsTotal,
    errors,
  };
}

async function waitForEnd(cli: Cli, client: Client, importId: string): Promise<ImportRun> {
  let toldAtMs = Date.now();
  for (;;) {
    const run = await client.call(getImport, { importId });
    if (run.state !== 'running') return run;
    if (Date.now() - toldAtMs > tellEveryMs) {
      toldAtMs = Date.now();
      cli.tell(
        `${Math.floor(run.progress * 100)} %, ${run.counts.read.toLocaleString('en')} rows, ${run.rowsPerSecond ?? 0} a second`,
      );
    }
    await wait(pollMs);
  }
}
