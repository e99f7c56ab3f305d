import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { type DetectedFile, type FileRow, openRows, type ReadProgress } from '#modules/creators/index.ts';
import { trackingError } from '../errors.ts';
import { countOrderHeadings, orderHeaderText } from '../rules/plan-order-columns.ts';

const rowsLookedAtMax = 2000;

/** Where the files of order imports lie, one a run, until the run is done. */
export function orderFilesFolder(infra: Infra): string {
  return join(infra.config.dataDir, 'order-imports');
}

export function orderFilePath(infra: Infra, importId: string): string {
  return join(orderFilesFolder(infra), importId);
}

/** What is known of a file after a look at its first rows. */
export interface OrderFileLook {
  columns: string[];
  renamed: string[];
  rows: FileRow[];
  isWhole: boolean;
}

/** Opens a file of orders as columns and rows in batches, streaming. Error: tracking.bad_file with the row. */
export async function openOrderRows(path: string, detected: DetectedFile, progress?: ReadProgress) {
  const ways = { countKnown: countOrderHeadings, ...(progress === undefined ? {} : { progress }) };
  return await inWordsOfOrders(openRows(path, detected, ways));
}

/** Reads the first rows of a file. Error: tracking.bad_file. */
export async function lookAtOrderFile(path: string, detected: DetectedFile): Promise<OrderFileLook> {
  const { columns, renamed, batches } = await openOrderRows(path, detected);
  return await inWordsOfOrders(
    (async () => {
      const rows: FileRow[] = [];
      let isWhole = true;
      for await (const batch of batches) {
        rows.push(...batch);
        if (rows.length <= rowsLookedAtMax) continue;
        isWhole = false;
        break;
      }
      return { columns, renamed, rows: rows.slice(0, rowsLookedAtMax), isWhole };
    })(),
  );
}

export function orderHeaderKey(columns: readonly string[]): string {
  return createHash('sha1').update(orderHeaderText(columns)).digest('hex');
}

/** The reader of files is the one creators come in by; what it finds wrong is said under this module's name. */
export async function inWordsOfOrders<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && error.code === 'creators.bad_file')
      throw trackingError('bad_file', error.message, error.details);
    if (error instanceof AppError && error.code === 'creators.file_gone')
      throw trackingError('file_gone', error.message);
    throw error;
  }
}

/** The cells of a row as text; a cell without a value is empty. */
export function textCells(cells: readonly unknown[]): string[] {
  return cells.map((cell) => (cell === null || cell === undefined ? '' : String(cell)));
}
