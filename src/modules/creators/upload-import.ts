import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { ColumnPlanJson, ImportPreview, previewImport, uploadImport } from './api.ts';
import { detectFile } from './files/detect-file.ts';
import { fileNameOf, importFilePath, removeFile, requireFile, storeUpload } from './files/import-files.ts';
import { describePlan, type FileLook, headerKeyOf, lookAtFile, type Planned, planColumns } from './plan-columns.ts';
import { type SavedMapping, selectMappings } from './queries/import-mappings.ts';
import { insertRun, type StoredRun, selectRun } from './queries/imports.ts';

/** Stores an uploaded file and says how it would be read. Errors: bad_file, with nothing kept. */
export async function uploadFile(infra: Infra, call: Call<typeof uploadImport>): Promise<ImportPreview> {
  const id = newId('importRun');
  const path = importFilePath(infra.config.dataDir, id);
  const stored = await storeUpload(call.request.body, path);
  try {
    const detected = await detectFile(path);
    const look = await lookAtFile(path, detected);
    const headerKey = headerKeyOf(look.columns);
    return await infra.db.inWorkspace(call.workspaceId, async (tx) => {
      const saved = fitting(await selectMappings(tx, call.workspaceId, headerKey), call.input.kind);
      const planned = planColumns(look, { kind: call.input.kind ?? saved?.kind, columns: saved?.columns });
      const { platform } = call.input;
      const fileName = fileNameOf(call.request);
      const { id: actorId, name } = call.actor;
      await insertRun(tx, {
        workspaceId: call.workspaceId,
        id,
        fileName,
        fileHash: stored.hash,
        fileBytes: stored.bytes,
        kind: planned.kind,
        platform,
        detected,
        headerKey,
        now: infra.clock.now(),
        createdBy: { id: actorId, name },
      });
      const run = await selectRun(tx, call.workspaceId, id, { isLocked: false });
      if (run === null) throw notFound('import');
      return toPreview(run, look, { planned, savedMapping: saved?.name ?? null });
    });
  } catch (error) {
    await removeFile(path);
    throw error;
  }
}

/** How an uploaded file would be read with another kind, platform or mapping. Errors: not_found, file_gone, bad_mapping. */
export async function previewFile(infra: Infra, call: Call<typeof previewImport>): Promise<ImportPreview> {
  const { importId, kind, columns } = call.input;
  const { run, look, saved } = await openRun(infra, { workspaceId: call.workspaceId, importId });
  const mapping = kind !== undefined && columns === undefined && saved?.kind !== kind ? null : saved;
  const planned = planColumns(look, { kind: kind ?? mapping?.kind ?? run.kind, columns: columns ?? mapping?.columns });
  const isSaved = columns === undefined && mapping !== null;
  return toPreview({ ...run, platform: call.input.platform ?? run.platform }, look, {
    planned,
    savedMapping: isSaved ? mapping.name : null,
  });
}

export interface OpenedRun {
  run: StoredRun;
  look: FileLook;
  saved: SavedMapping | null;
}

/** A run with a fresh look at its file and the mapping remembered for its header. */
export async function openRun(infra: Infra, wanted: { workspaceId: string; importId: string }): Promise<OpenedRun> {
  const { run, saved } = await infra.db.inWorkspace(wanted.workspaceId, async (tx) => {
    const found = await selectRun(tx, wanted.workspaceId, wanted.importId, { isLocked: false });
    if (found === null) throw notFound('import');
    return { run: found, saved: (await selectMappings(tx, wanted.workspaceId, found.headerKey))[0] ?? null };
  });
  const path = importFilePath(infra.config.dataDir, run.id);
  await requireFile(path);
  return { run, look: await lookAtFile(path, run.detected), saved };
}

function fitting(saved: SavedMapping[], kind: string | undefined): SavedMapping | undefined {
  return saved.find((mapping) => kind === undefined || mapping.kind === kind);
}

function toPreview(
  run: StoredRun,
  look: FileLook,
  by: { planned: Planned; savedMapping: string | null },
): ImportPreview {
  const { detected } = run;
  const isText = detected.format !== 'xlsx';
  return {
    importId: run.id,
    fileName: run.fileName,
    fileBytes: run.fileBytes,
    format: detected.format,
    encoding: isText ? detected.encoding : null,
    delimiter: detected.format === 'delimited' ? detected.delimiter : null,
    isGzip: isText && detected.isGzip,
    sheet: detected.format === 'xlsx' ? detected.sheet : null,
    kind: by.planned.kind,
    platform: run.platform,
    ...describePlan(look, by.planned, run.platform),
    savedMapping: by.savedMapping,
  };
}

/** The plan of a run as it is stored and answered. */
export function toPlanJson(planned: Planned): ColumnPlanJson[] {
  return planned.plans.map(({ column, target, platform, decimal, scale, dateOrder }) => ({
    column,
    target,
    platform,
    decimal,
    scale,
    dateOrder,
  }));
}
