import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { dayMs } from '#kernel/time.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import {
  archiveDays,
  type cancelArchive,
  type downloadArchive,
  type getArchive,
  type removeArchive,
  type startArchive,
  type WorkspaceArchive,
} from './api.ts';
import { archivePath, makeArchiveFolder, removeArchiveFile } from './archive-files.ts';
import { archivesError, Cancelled } from './errors.ts';
import { toArchive, toContent } from './present.ts';
import {
  askExportToEnd,
  endExport,
  findArchiveRow,
  insertArchive,
  keepExportProgress,
  listArchiveRows,
  markExpired,
} from './queries/export-runs.ts';
import { countPendingEvents } from './queries/pending-events.ts';
import { followRun, leaseUntil, type Runs, tellFault } from './runs.ts';
import { writeWorkspace } from './write-workspace.ts';

const settleMs = 5_000;

export interface Parts {
  infra: Infra;
  runs: Runs;
  /** Resolves when every click answered so far is in the database. */
  settleClicks(): Promise<void>;
}

/** Begins an archive; how far it is stands in its row. Error: already_running. */
export async function startOne(parts: Parts, call: Call<typeof startArchive>): Promise<WorkspaceArchive> {
  const { infra, runs } = parts;
  const { workspaceId, actor, requestId } = call;
  const now = infra.clock.now();
  const id = newId('archive', now.getTime());
  const row = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const made = await insertArchive(tx, { workspaceId, id, by: actor, now, leaseUntil: leaseUntil(now) });
    if (made === null) return null;
    const about = { workspaceId, actor, requestId };
    await recordAudit(tx, { ...about, action: 'archive.started', subjectKind: 'archive', subjectId: id });
    return made;
  });
  if (row === null)
    throw archivesError(
      'already_running',
      'An archive of this workspace is being made already. Wait for it, or cancel it.',
    );
  runs.begin((signal) => runExport(parts, { workspaceId, id, signal }));
  return toArchive(row);
}

async function runExport(parts: Parts, run: { workspaceId: string; id: string; signal: AbortSignal }): Promise<void> {
  const { infra } = parts;
  const { workspaceId } = run;
  const file = archivePath(infra.config.dataDir, run.id);
  const follow = followRun(infra, {
    keep: (progress) => infra.db.inWorkspace(workspaceId, (tx) => keepExportProgress(tx, run, progress)),
    signal: run.signal,
  });
  const end = (how: Parameters<typeof endExport>[2]) =>
    infra.db.inWorkspace(workspaceId, (tx) => endExport(tx, run, { finished_at: infra.clock.now(), ...how }));
  try {
    follow.watch.onStep('Waiting for what is under way');
    await Promise.race([parts.settleClicks(), wait(settleMs)]);
    await makeArchiveFolder(infra.config.dataDir);
    const pendingEvents = await infra.db.inWorkspace(workspaceId, (tx) => countPendingEvents(tx, workspaceId));
    const { manifest, bytes } = await writeWorkspace(infra, { workspaceId, file, pendingEvents, watch: follow.watch });
    await follow.close();
    const content = toContent(manifest);
    const isEnded = await end({
      state: 'ready',
      step: 'Done',
      bytes: BigInt(bytes),
      rows_done: BigInt(content.rows),
      rows_total: BigInt(content.rows),
      content: JSON.stringify(content),
      expires_at: new Date(infra.clock.now().getTime() + archiveDays * dayMs),
    });
    if (!isEnded) await removeArchiveFile(infra.config.dataDir, run.id);
  } catch (error) {
    await follow.close();
    await removeArchiveFile(infra.config.dataDir, run.id);
    if (error instanceof Cancelled) await end({ state: 'cancelled', step: 'Cancelled' });
    else await end({ state: 'failed', step: 'Failed', error: tellFault(infra, error) });
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

export async function listAll({ infra }: Parts, call: Call): Promise<{ rows: WorkspaceArchive[] }> {
  const { workspaceId } = call;
  const rows = await infra.db.inWorkspace(workspaceId, (tx) => listArchiveRows(tx, workspaceId));
  return { rows: rows.map(toArchive) };
}

export async function getOne({ infra }: Parts, call: Call<typeof getArchive>): Promise<WorkspaceArchive> {
  const { workspaceId, input } = call;
  const row = await infra.db.inWorkspace(workspaceId, (tx) => findArchiveRow(tx, workspaceId, input.archiveId));
  if (row === undefined) throw notFound('archive');
  return toArchive(row);
}

/** Asks a run to end, wherever it runs. Errors: not_found, not_running. */
export async function cancelOne({ infra }: Parts, call: Call<typeof cancelArchive>): Promise<WorkspaceArchive> {
  const { workspaceId, input, actor, requestId } = call;
  const row = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const id = input.archiveId;
    const isAsked = await askExportToEnd(tx, { workspaceId, id, now: infra.clock.now() });
    const found = await findArchiveRow(tx, workspaceId, id);
    if (found === undefined) throw notFound('archive');
    if (!isAsked) throw archivesError('not_running', 'This archive is not being made any more.');
    const about = { workspaceId, actor, requestId };
    await recordAudit(tx, { ...about, action: 'archive.cancelled', subjectKind: 'archive', subjectId: id });
    return found;
  });
  return toArchive(row);
}

/** The file. Errors: not_found, not_ready, file_gone. */
export async function downloadOne({ infra }: Parts, call: Call<typeof downloadArchive>): Promise<Download> {
  const { workspaceId, input, actor, requestId } = call;
  const id = input.archiveId;
  const path = archivePath(infra.config.dataDir, id);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await findArchiveRow(tx, workspaceId, id);
    if (row === undefined) throw notFound('archive');
    if (row.state !== 'ready')
      throw archivesError('not_ready', `The archive is ${row.state}; there is no file to download.`);
    const found = await stat(path).catch(() => null);
    if (found === null)
      throw archivesError(
        'file_gone',
        'The file of this archive is not on the disk of this server any more. Make a new one.',
      );
    const workspace = await getWorkspace(tx, workspaceId);
    const about = { workspaceId, actor, requestId };
    await recordAudit(tx, { ...about, action: 'archive.downloaded', subjectKind: 'archive', subjectId: id });
    return {
      fileName: `${workspace.slug}-${row.created_at.toISOString().slice(0, 10)}.rapport.tar`,
      contentType: 'application/x-tar',
      body: createReadStream(path),
      length: { total: found.size, range: null },
    };
  });
}

/** Removes the file before its time. Errors: not_found, not_ready. */
export async function removeOne({ infra }: Parts, call: Call<typeof removeArchive>): Promise<{ removed: true }> {
  const { workspaceId, input, actor, requestId } = call;
  const id = input.archiveId;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await findArchiveRow(tx, workspaceId, id)) === undefined) throw notFound('archive');
    if (!(await markExpired(tx, { workspaceId, id })))
      throw archivesError('not_ready', 'There is no file of this archive to remove.');
    const about = { workspaceId, actor, requestId };
    await recordAudit(tx, { ...about, action: 'archive.removed', subjectKind: 'archive', subjectId: id });
  });
  await removeArchiveFile(infra.config.dataDir, id);
  return { removed: true };
}
