import { stat } from 'node:fs/promises';
import { type Archive, openArchive } from '#infra/archive/read-archive.ts';
import { refreshStatistics } from '#infra/db/refresh-statistics.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { isInstallationOwner, isReservedSlug } from '#modules/workspaces/index.ts';
import type {
  ArchiveImport,
  cancelArchiveImport,
  getArchiveImport,
  removeArchiveImport,
  startArchiveImport,
  uploadArchive,
} from './api.ts';
import { archivePath, makeArchiveFolder, removeArchiveFile } from './archive-files.ts';
import { archivesError, Cancelled, workspaceArchive } from './errors.ts';
import { loadWorkspace, planParts, slugTaken, toShownMember } from './load-workspace.ts';
import type { Parts } from './make-archives.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type ArrivedContent, toContent, toImport } from './present.ts';
import { ensureClickMonth, slugsLike } from './queries/arrive.ts';
import { readWorkspaceTables, type WorkspaceTable } from './queries/catalogue.ts';
import {
  askImportToEnd,
  beginImport,
  deleteImport,
  endImport,
  findImportRow,
  insertImport,
  keepImportProgress,
  listImportRows,
} from './queries/import-runs.ts';
import { isTaken } from './queries/unique-fault.ts';
import { readMembers } from './read-members.ts';
import { carried } from './rules/tables.ts';
import { followRun, leaseUntil, tellFault } from './runs.ts';
import { fileNameOf, storeUpload } from './store-upload.ts';

/** Ten years of clicks; what is older lies with the rest. */
const clickMonthsMax = 120;
const slugTriesMax = 500;

async function requireOwner(infra: Infra, actor: Actor): Promise<void> {
  if (await infra.db.asSystem((tx) => isInstallationOwner(tx, actor))) return;
  throw archivesError(
    'owner_only',
    'Only the owner of this installation, or its own command line, takes in archives: a workspace is made with people and roles of its own.',
  );
}

/** Stores an archive, checks every byte of it and says what is in it. Errors: owner_only, empty, too_large, not_an_archive, damaged, newer, other_shape. */
export async function uploadOne({ infra }: Parts, call: Call<typeof uploadArchive>): Promise<ArchiveImport> {
  const { actor, request } = call;
  await requireOwner(infra, actor);
  const now = infra.clock.now();
  const id = newId('archiveImport', now.getTime());
  const path = archivePath(infra.config.dataDir, id);
  await makeArchiveFolder(infra.config.dataDir);
  try {
    const bytes = await storeUpload(request.body, path);
    const archive = await openArchive(path, workspaceArchive);
    const manifest = await readManifest(archive);
    planParts(manifest, await tablesOfToday(infra));
    const kept = await describe(infra, archive, manifest);
    const rowsTotal = manifest.parts.reduce((sum, part) => sum + (part.isTakenIn ? part.rows : 0), 0);
    const row = {
      id,
      state: 'uploaded',
      file_name: fileNameOf(request),
      bytes: BigInt(bytes),
      content: JSON.stringify(kept),
      step: 'Uploaded and checked',
      rows_total: BigInt(rowsTotal),
      created_by: actor.id,
      created_by_name: actor.name,
      created_at: now,
    };
    return toImport(await infra.db.asSystem((tx) => insertImport(tx, row)));
  } catch (error) {
    await removeArchiveFile(infra.config.dataDir, id);
    throw error;
  }
}

async function tablesOfToday(infra: Infra): Promise<WorkspaceTable[]> {
  const client = await infra.db.systemConnection();
  try {
    return await readWorkspaceTables(client);
  } finally {
    client.release();
  }
}

function describe(infra: Infra, archive: Archive, manifest: Manifest): Promise<ArrivedContent> {
  return infra.db.asSystem(async (tx) => {
    const members = await readMembers(tx, { archive, manifest });
    const base = /^[a-z0-9][a-z0-9-]{0,62}$/.test(manifest.workspace.slug) ? manifest.workspace.slug : 'workspace';
    const taken = await slugsLike(tx, base);
    const suggestedSlug = freeSlug(base, taken);
    return { content: toContent(manifest), members: members.map(toShownMember), suggestedSlug };
  });
}

function freeSlug(base: string, taken: ReadonlySet<string>): string {
  for (let attempt = 1; attempt <= slugTriesMax; attempt += 1) {
    const slug = attempt === 1 ? base : `${base.slice(0, 58)}-${attempt}`;
    if (!taken.has(slug) && !isReservedSlug(slug)) return slug;
  }
  return base;
}

export async function listAllImports(
  { infra }: Parts,
  call: Call,
): Promise<{ canImport: boolean; rows: ArchiveImport[] }> {
  return infra.db.asSystem(async (tx) => {
    if (!(await isInstallationOwner(tx, call.actor))) return { canImport: false, rows: [] };
    return { canImport: true, rows: (await listImportRows(tx)).map(toImport) };
  });
}

export async function getOneImport({ infra }: Parts, call: Call<typeof getArchiveImport>): Promise<ArchiveImport> {
  await requireOwner(infra, call.actor);
  const row = await infra.db.asSystem((tx) => findImportRow(tx, call.input.archiveImportId));
  if (row === undefined) throw notFound('archive');
  return toImport(row);
}

/** Begins to make a workspace of an upload. Errors: owner_only, not_found, file_gone, slug_taken, already_running, not_ready. */
export async function startOneImport(parts: Parts, call: Call<typeof startArchiveImport>): Promise<ArchiveImport> {
  const { infra, runs } = parts;
  const { actor, input, requestId } = call;
  await requireOwner(infra, actor);
  const id = input.archiveImportId;
  const found = await infra.db.asSystem((tx) => findImportRow(tx, id));
  if (found === undefined) throw notFound('archive');
  if ((await stat(archivePath(infra.config.dataDir, id)).catch(() => null)) === null)
    throw archivesError('file_gone', 'The uploaded file is not kept any more. Upload it again.');
  const { suggestedSlug, content } = toImport(found);
  const slug = input.slug ?? suggestedSlug;
  const taken = await infra.db.asSystem((tx) => slugsLike(tx, slug));
  if (taken.has(slug) || isReservedSlug(slug)) throw slugTaken(slug);
  const now = infra.clock.now();
  const row = await infra.db
    .asSystem((tx) => beginImport(tx, { id, now, leaseUntil: leaseUntil(now) }))
    .catch((error: unknown) => {
      if (!isTaken(error, 'archive_import_running')) throw error;
      throw archivesError('already_running', 'Another archive is being taken in. Wait for it, or cancel it.');
    });
  if (row === null)
    throw archivesError(
      'not_ready',
      'This archive is being taken in, or a workspace was made of it already. Upload it again for another one.',
    );
  const name = input.name ?? content.workspace.name;
  runs.begin((signal) => runImport(parts, { id, slug, name, actor, requestId, signal }));
  return toImport(row);
}

interface ImportRun {
  id: string;
  slug: string;
  name: string;
  actor: Actor;
  requestId: string;
  signal: AbortSignal;
}

async function runImport({ infra }: Parts, run: ImportRun): Promise<void> {
  const { id, slug, name, actor, requestId } = run;
  const follow = followRun(infra, {
    keep: (progress) => infra.db.asSystem((tx) => keepImportProgress(tx, id, progress)),
    signal: run.signal,
  });
  const { watch } = follow;
  const end = (state: string, step: string, error: string | null) =>
    infra.db.asSystem((tx) => endImport(tx, id, { state, step, error, finished_at: infra.clock.now() }));
  try {
    watch.onStep('Checking the archive');
    const archive = await openArchive(archivePath(infra.config.dataDir, id), workspaceArchive);
    const manifest = await readManifest(archive);
    const tables = await tablesOfToday(infra);
    watch.onStep('Making room');
    await makeRoom(infra, manifest);
    await infra.db.asSystem(async (tx) => {
      const result = await loadWorkspace(infra, tx, { archive, manifest, tables, slug, name, actor, requestId, watch });
      await follow.close();
      // In the transaction of the rows themselves: a run is done when they are there, and not otherwise.
      const isEnded = await endImport(tx, id, {
        state: 'done',
        step: 'Done',
        error: null,
        finished_at: infra.clock.now(),
        rows_done: BigInt(result.rows),
        result: JSON.stringify(result),
        made_workspace_id: result.workspace.id,
      });
      if (!isEnded) throw new Cancelled();
    });
    const written = tables.filter(({ name }) => name in carried).map(({ name }) => name);
    await refreshStatistics(infra.db, written as Parameters<typeof refreshStatistics>[1]);
    await removeArchiveFile(infra.config.dataDir, id);
  } catch (error) {
    await follow.close();
    if (error instanceof Cancelled) await end('cancelled', 'Cancelled', null);
    else await end('failed', 'Failed', tellFault(infra, error));
  }
}

/** Clicks lie by the month; a new month needs the whole table for a moment, so it is made before the long transaction. */
async function makeRoom(infra: Infra, manifest: Manifest): Promise<void> {
  const months = manifest.parts.flatMap((part) => (part.name === 'click' ? (part.months ?? []) : []));
  for (const month of months.filter(isMonth).sort().slice(-clickMonthsMax))
    await infra.db.asSystem((tx) => ensureClickMonth(tx, month));
}

function isMonth(month: string): boolean {
  const [year = 0, of = 0] = month.split('-').map(Number);
  return year >= 2000 && year < 2200 && of >= 1 && of <= 12;
}

/** Errors: owner_only, not_found, not_running. */
export async function cancelOneImport(
  { infra }: Parts,
  call: Call<typeof cancelArchiveImport>,
): Promise<ArchiveImport> {
  await requireOwner(infra, call.actor);
  const id = call.input.archiveImportId;
  const row = await infra.db.asSystem(async (tx) => {
    const isAsked = await askImportToEnd(tx, id, infra.clock.now());
    const found = await findImportRow(tx, id);
    if (found === undefined) throw notFound('archive');
    if (!isAsked) throw archivesError('not_running', 'This archive is not being taken in any more.');
    return found;
  });
  return toImport(row);
}

/** Errors: owner_only, not_found, already_running. */
export async function removeOneImport(
  { infra }: Parts,
  call: Call<typeof removeArchiveImport>,
): Promise<{ removed: true }> {
  await requireOwner(infra, call.actor);
  const id = call.input.archiveImportId;
  await infra.db.asSystem(async (tx) => {
    if ((await findImportRow(tx, id)) === undefined) throw notFound('archive');
    if (!(await deleteImport(tx, id)))
      throw archivesError('already_running', 'This archive is being taken in. Cancel that first.');
  });
  await removeArchiveFile(infra.config.dataDir, id);
  return { removed: true };
}
