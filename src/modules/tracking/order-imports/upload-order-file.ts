import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { detectFile, fileNameOf, removeFile, requireFile, storeUpload } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type {
  OrderImportPreview,
  OrderMapping,
  previewOrderFile as previewEndpoint,
  uploadOrderFile as uploadEndpoint,
} from '../api.ts';
import {
  insertOrderImport,
  type OrderImportRow,
  selectOrderImport,
  selectOrderMapping,
} from '../queries/order-imports.ts';
import { findSourceByName, selectSource } from '../queries/order-sources.ts';
import { columnsOf, orderPlanProblems, type PlannedColumn, planOrderColumns } from '../rules/plan-order-columns.ts';
import type { RowContext } from '../rules/read-order-row.ts';
import {
  inWordsOfOrders,
  lookAtOrderFile,
  type OrderFileLook,
  orderFilePath,
  orderHeaderKey,
  textCells,
} from './open-order-file.ts';
import { OrderRows } from './read-order-rows.ts';

const rowsShown = 20;
const samplesShown = 3;
const errorsShown = 100;
const cellCharsShown = 200;
/** The source of orders from files that name none. */
export const fileSource = { name: 'CSV', kind: 'csv' } as const;

/** Stores a file of orders and says how it would be read. Errors: tracking.bad_file with nothing kept, not_found. */
export async function uploadOrderFile(infra: Infra, call: Call<typeof uploadEndpoint>): Promise<OrderImportPreview> {
  const { importId } = await keepOrderFile(infra, call);
  return await previewOf(infra, { workspaceId: call.workspaceId, importId, sourceId: call.input.sourceId });
}

/** Streams a file to the data folder and makes a run of it. Error: tracking.bad_file, with nothing kept. */
export async function keepOrderFile(
  infra: Infra,
  call: Pick<Call<typeof uploadEndpoint>, 'request' | 'workspaceId' | 'actor'>,
): Promise<{ importId: string; look: OrderFileLook }> {
  const { request, workspaceId, actor } = call;
  const now = infra.clock.now();
  const importId = newId('importRun', now.getTime());
  const path = orderFilePath(infra, importId);
  const stored = await inWordsOfOrders(storeUpload(request.body, path));
  try {
    const detected = await inWordsOfOrders(detectFile(path));
    const look = await lookAtOrderFile(path, detected);
    await infra.db.inWorkspace(workspaceId, (tx) =>
      insertOrderImport(tx, {
        workspaceId,
        id: importId,
        fileName: fileNameOf(request),
        fileBytes: stored.bytes,
        detected,
        columns: look.columns,
        headerKey: orderHeaderKey(look.columns),
        createdBy: { id: actor.id, name: actor.name },
        at: now,
      }),
    );
    return { importId, look };
  } catch (error) {
    await removeFile(path);
    throw error;
  }
}

/** How an uploaded file would be read otherwise. Errors: not_found, tracking.file_gone. */
export async function previewOrderFile(infra: Infra, call: Call<typeof previewEndpoint>): Promise<OrderImportPreview> {
  const { workspaceId, input } = call;
  return await previewOf(infra, { workspaceId, ...input });
}

interface Wanted {
  workspaceId: string;
  importId: string;
  sourceId?: string | undefined;
  mapping?: OrderMapping | undefined;
}

async function previewOf(infra: Infra, wanted: Wanted): Promise<OrderImportPreview> {
  const { workspaceId } = wanted;
  const { row, remembered, workspace } = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectOrderImport(tx, { workspaceId, id: wanted.importId, isLocked: false });
    if (row === undefined) throw notFound('import');
    return {
      row,
      remembered: await rememberedMapping(tx, row, wanted.sourceId),
      workspace: await getWorkspace(tx, workspaceId),
    };
  });
  const path = orderFilePath(infra, row.id);
  await inWordsOfOrders(requireFile(path));
  const look = await lookAtOrderFile(path, row.detected);
  const said = wanted.mapping ?? remembered;
  const plan = planOrderColumns(look.columns, said);
  const context = { timeZone: workspace.timeZone, now: infra.clock.now(), ...waysOf(said) };
  return {
    importId: row.id,
    fileName: row.file_name,
    fileBytes: Number(row.file_bytes),
    mapping: toMapping(plan, said),
    ...describeRows(look, plan, context),
    isRemembered: wanted.mapping === undefined && remembered !== null,
  };
}

/** How files of this source with these headings were read before. Error: not_found for a source that is none. */
export async function rememberedMapping(
  tx: Tx,
  row: Pick<OrderImportRow, 'workspace_id' | 'header_key'>,
  sourceId: string | undefined,
): Promise<OrderMapping | null> {
  const { workspace_id: workspaceId, header_key: headerKey } = row;
  if (sourceId !== undefined && (await selectSource(tx, workspaceId, sourceId)) === undefined)
    throw notFound('order source');
  const id = sourceId ?? (await findSourceByName(tx, workspaceId, fileSource.name))?.id;
  return id === undefined ? null : await selectOrderMapping(tx, { workspaceId, sourceId: id, headerKey });
}

export function toMapping(plan: readonly PlannedColumn[], said: OrderMapping | null): OrderMapping {
  return { columns: plan.map(({ column, field }) => ({ column, field })), ...waysOf(said) };
}

export function waysOf(said: Pick<OrderMapping, 'currency' | 'dateOrder'> | null) {
  return { currency: said?.currency ?? null, dateOrder: said?.dateOrder ?? null };
}

type Described = Omit<OrderImportPreview, 'importId' | 'fileName' | 'fileBytes' | 'mapping' | 'isRemembered'>;

function describeRows(look: OrderFileLook, plan: readonly PlannedColumn[], of: Omit<RowContext, 'columns'>): Described {
  const problems = orderPlanProblems(plan);
  const context: RowContext = { ...of, columns: columnsOf(plan) };
  const told = new OrderRows(context);
  const rows: Described['rows'] = [];
  const errors: Described['errors'] = [];
  let errorsTotal = 0;
  let rowsReadable = 0;
  for (const one of look.rows) {
    const read = problems.length > 0 ? null : told.read(one);
    if (read?.kind === 'faults') {
      errorsTotal += read.faults.length;
      errors.push(...read.faults.slice(0, Math.max(0, errorsShown - errors.length)));
    } else if (read !== null) rowsReadable += 1;
    if (rows.length < rowsShown && 'cells' in one)
      rows.push({
        row: one.row,
        order: read?.kind === 'order' ? read.shown() : null,
        isLine: read?.kind === 'line',
        cells: textCells(one.cells).map((cell) => cell.slice(0, cellCharsShown)),
      });
  }
  return {
    columns: plan.map((column, at) => ({ ...column, ...samplesOf(look, at) })),
    rows,
    rowsLookedAt: look.rows.length,
    rowsReadable,
    isWhole: look.isWhole,
    errorsTotal,
    errors,
    problems: [
      ...problems.map((problem) => problem.message),
      ...(look.rows.length === 0 ? ['There are no rows below the header.'] : []),
      ...look.renamed.map((name) => `Two columns bear the same heading; the later one is called "${name}" here.`),
    ],
  };
}

function samplesOf(look: OrderFileLook, at: number): { samples: string[]; filled: number } {
  const cells = look.rows.flatMap((row) => ('cells' in row ? [textCells([row.cells[at]]).join('').trim()] : []));
  const filled = cells.filter((cell) => cell !== '');
  return { samples: filled.slice(0, samplesShown).map((cell) => cell.slice(0, cellCharsShown)), filled: filled.length };
}
