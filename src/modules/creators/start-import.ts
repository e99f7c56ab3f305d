import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { cancelImport, ImportRun, startImport } from './api.ts';
import { creatorsError } from './errors.ts';
import { enqueueImport } from './jobs.ts';
import { planColumns, planProblems } from './plan-columns.ts';
import { upsertMapping } from './queries/import-mappings.ts';
import { askCancel, markStarted, type StoredRun, selectRun } from './queries/imports.ts';
import { toImportRun } from './read-imports.ts';
import { openRun, toPlanJson } from './upload-import.ts';

/** Sets an uploaded file going in the background. A run that failed or was cancelled goes on from its last committed row. Errors: import_state, bad_mapping, file_gone. */
export async function startFile(infra: Infra, call: Call<typeof startImport>): Promise<ImportRun> {
  const { importId, isDryRun, isRemembered } = call.input;
  const { workspaceId } = call;
  const { run, look, saved } = await openRun(infra, { workspaceId, importId });
  const isResumed =
    !run.isDryRun && !isDryRun && (run.state === 'failed' || run.state === 'cancelled') && run.rowsDone > 0;
  const mapping = call.input.kind !== undefined && saved?.kind !== call.input.kind ? null : saved;
  const chosen = isResumed ? run.columns : (call.input.columns ?? mapping?.columns);
  const planned = planColumns(look, {
    kind: isResumed ? run.kind : (call.input.kind ?? mapping?.kind ?? run.kind),
    columns: chosen,
  });
  const problems = planProblems(planned.kind, planned.plans);
  if (problems.length > 0)
    throw creatorsError(
      'bad_mapping',
      problems.join(' '),
      problems.map((message) => ({ field: 'columns', message })),
    );
  const columns = toPlanJson(planned);
  const platform = isResumed ? run.platform : (call.input.platform ?? run.platform);
  const started = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const current = await requireStartable(selectRun(tx, workspaceId, importId, { isLocked: true }));
    await markStarted(tx, {
      workspaceId,
      id: importId,
      kind: planned.kind,
      platform,
      columns,
      headerKey: run.headerKey,
      isDryRun,
      isFromStart: !isResumed,
    });
    // How numbers and dates are written is told anew from each file, unless somebody chose it.
    const remembered = chosen ?? columns.map((column) => ({ ...column, decimal: null, scale: null, dateOrder: null }));
    if (!isDryRun && isRemembered)
      await upsertMapping(tx, {
        workspaceId,
        headerKey: run.headerKey,
        name: run.fileName,
        kind: planned.kind,
        columns: remembered,
        by: call.actor.id,
      });
    if (!isDryRun) {
      const action = isResumed ? 'import.resumed' : 'import.started';
      await recordAudit(tx, {
        workspaceId,
        actor: call.actor,
        requestId: call.requestId,
        action,
        subjectKind: 'import',
        subjectId: importId,
        changes: { file: current.fileName, kind: planned.kind },
      });
    }
    const after = await selectRun(tx, workspaceId, importId, { isLocked: false });
    if (after === null) throw notFound('import');
    return after;
  });
  await enqueueImport(infra, { workspaceId, importId });
  return toImportRun(started, infra.clock.now());
}

async function requireStartable(found: Promise<StoredRun | null>): Promise<StoredRun> {
  const run = await found;
  if (run === null) throw notFound('import');
  if (run.state === 'running')
    throw creatorsError('import_state', 'This import is running already. Wait for it or cancel it first.');
  if (run.state === 'done' && !run.isDryRun)
    throw creatorsError('import_state', 'This import is done. Upload the file again to import it once more.');
  return run;
}

/** Asks a running import to stop after the batch it is at; an uploaded one is dropped. Error: import_state when it has ended. */
export async function cancelRun(infra: Infra, call: Call<typeof cancelImport>): Promise<ImportRun> {
  const { importId } = call.input;
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    const run = await selectRun(tx, call.workspaceId, importId, { isLocked: true });
    if (run === null) throw notFound('import');
    if (run.state !== 'running' && run.state !== 'uploaded')
      throw creatorsError('import_state', `This import has ended already (${run.state}).`);
    await askCancel(tx, call.workspaceId, importId);
    await recordAudit(tx, {
      workspaceId: call.workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'import.cancelled',
      subjectKind: 'import',
      subjectId: importId,
    });
    const after = await selectRun(tx, call.workspaceId, importId, { isLocked: false });
    if (after === null) throw notFound('import');
    return toImportRun(after, infra.clock.now());
  });
}
