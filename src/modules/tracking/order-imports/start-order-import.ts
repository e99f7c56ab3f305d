import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { isKnownCurrency } from '#kernel/money.ts';
import { removeFile, requireFile } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { cancelOrderImport as cancelEndpoint, OrderImport, startOrderImport as startEndpoint } from '../api.ts';
import { trackingError } from '../errors.ts';
import { resolveSource } from '../manage-order-sources.ts';
import {
  askOrderImportCancel,
  markOrderImportStarted,
  type OrderImportRow,
  selectOrderImport,
  upsertOrderMapping,
} from '../queries/order-imports.ts';
import { orderPlanProblems, planOrderColumns } from '../rules/plan-order-columns.ts';
import { inWordsOfOrders, orderFilePath } from './open-order-file.ts';
import { presentOrderImport } from './read-order-imports.ts';
import { fileSource, rememberedMapping, toMapping } from './upload-order-file.ts';

export const importOrdersJob = 'tracking.import-orders';

type Start = Pick<Call<typeof startEndpoint>, 'workspaceId' | 'actor' | 'requestId' | 'input'>;

/**
 * Sets an uploaded file going in the background. A run that failed or was cancelled goes on from its last committed row, as it was read then.
 * Errors: not_found, tracking.bad_file (what the mapping lacks), file_gone, import_state, source_revoked.
 */
export async function startOrderImport(infra: Infra, call: Call<typeof startEndpoint>): Promise<OrderImport> {
  const started = await beginOrderImport(infra, call);
  await enqueueOrderImport(infra, { workspaceId: call.workspaceId, importId: started.id });
  return started;
}

/** Marks a run as going; whoever calls sees to it that it runs. Errors as above. */
export async function beginOrderImport(infra: Infra, call: Start): Promise<OrderImport> {
  const { workspaceId, input } = call;
  await inWordsOfOrders(requireFile(orderFilePath(infra, input.importId)));
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectOrderImport(tx, { workspaceId, id: input.importId, isLocked: true });
    if (row === undefined) throw notFound('import');
    const isResumed = isStartable(row) && row.rows_done > 0n;
    const sourceId = isResumed && row.source_id !== null ? row.source_id : input.sourceId;
    const said = input.mapping ?? (await rememberedMapping(tx, row, sourceId));
    const plan = planOrderColumns(row.columns, said);
    const mapping = (isResumed ? row.mapping : null) ?? toMapping(plan, said);
    const problems = isResumed ? [] : orderPlanProblems(plan);
    if (mapping.currency !== null && !isKnownCurrency(mapping.currency))
      problems.push({
        field: 'currency',
        message: `"${mapping.currency}" is no ISO 4217 currency code. Use one such as USD, EUR or JPY.`,
      });
    const [first] = problems;
    if (first !== undefined)
      throw trackingError(
        'bad_file',
        first.message,
        problems.map((problem) => ({ ...problem, row: 1 })),
      );
    const id = await resolveSource(infra, tx, { workspaceId, actor: call.actor, sourceId, fallback: fileSource });
    await markOrderImportStarted(tx, { workspaceId, id: row.id, sourceId: id, mapping, isFromStart: !isResumed });
    if (input.isRemembered && input.mapping !== undefined)
      await upsertOrderMapping(tx, {
        workspaceId,
        sourceId: id,
        headerKey: row.header_key,
        mapping,
        by: call.actor.id,
      });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: isResumed ? 'order-import.resumed' : 'order-import.started',
      subjectKind: 'order_import',
      subjectId: row.id,
      changes: { file: row.file_name },
    });
    return await presentOrderImport(infra, tx, { workspaceId, id: row.id });
  });
}

export async function enqueueOrderImport(infra: Infra, run: { workspaceId: string; importId: string }): Promise<void> {
  await infra.jobs.enqueue(importOrdersJob, run, `${run.importId}:${infra.clock.now().getTime()}`);
}

/** Whether a run may go on from where it stands. Error: tracking.import_state when it runs or is done. */
function isStartable(row: OrderImportRow): boolean {
  switch (row.state) {
    case 'running':
      throw trackingError('import_state', 'This import is running already. Wait for it or cancel it first.');
    case 'done':
      throw trackingError('import_state', 'This import is done. Upload the file again to import it once more.');
    case 'uploaded':
      return false;
    case 'failed':
    case 'cancelled':
      return true;
  }
}

/** Asks a run to stop after the batch it is at; a file that was only uploaded is dropped. Errors: not_found, tracking.import_state. */
export async function cancelOrderImport(infra: Infra, call: Call<typeof cancelEndpoint>): Promise<OrderImport> {
  const { workspaceId, input } = call;
  const { before, after } = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectOrderImport(tx, { workspaceId, id: input.importId, isLocked: true });
    if (row === undefined) throw notFound('import');
    if (row.state !== 'running' && row.state !== 'uploaded')
      throw trackingError('import_state', `This import has ended already (${row.state}).`);
    await askOrderImportCancel(tx, { workspaceId, id: row.id });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'order-import.cancelled',
      subjectKind: 'order_import',
      subjectId: row.id,
      changes: { file: row.file_name },
    });
    return { before: row, after: await presentOrderImport(infra, tx, { workspaceId, id: row.id }) };
  });
  if (before.state === 'uploaded') await removeFile(orderFilePath(infra, before.id));
  return after;
}
