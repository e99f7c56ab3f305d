import { readCsv } from '#infra/files/read-csv.ts';
import { seedingError } from './errors.ts';

const fileBytesMax = 20 * 1024 * 1024;
const rowsMax = 20_000;
export const faultsListedMax = 1000;

export interface FileRow<Field extends string> {
  /** As a spreadsheet counts; the header is row 1. */
  row: number;
  cells: Partial<Record<Field, string>>;
}

/**
 * Reads an uploaded CSV whole; columns are found by name, in any order. UTF-8, UTF-16 by its mark, else Windows-1252; comma, semicolon or tab.
 * Error: bad_file when it is empty, too large, no table, or lacks a needed column.
 */
export async function readTable<Field extends string>(
  body: ReadableStream<Uint8Array> | null,
  names: Record<Field, readonly string[]>,
  needed: readonly Field[],
): Promise<{ rows: FileRow<Field>[]; ignored: string[] }> {
  const fault = (message: string) => badFile(message);
  const [header, ...rest] = await readCsv(body, { bytesMax: fileBytesMax, what: 'table', fault });
  if (header === undefined) throw badFile('The file has no header line.');
  const { columns, ignored } = findColumns(header.cells, names);
  for (const field of needed) {
    if (columns.some((column) => column.field === field)) continue;
    const has = header.cells.slice(0, 30).join(', ').slice(0, 500);
    throw badFile(
      `No column for ${field}. The header has: ${has}. Name one of them ${names[field].slice(0, 3).join(' or ')}.`,
      field,
    );
  }
  if (rest.length > rowsMax)
    throw badFile(`The file has ${rest.length} rows; at most ${rowsMax} are read at once. Split it.`);
  const rows = rest.map(({ row, cells }) => {
    const own: Partial<Record<Field, string>> = {};
    for (const { field, at } of columns) own[field] = cells[at] ?? '';
    return { row, cells: own };
  });
  return { rows, ignored };
}

const badFile = (message: string, field?: string) =>
  seedingError('bad_file', message, field === undefined ? [] : [{ field, row: 1, message }]);

function findColumns<Field extends string>(
  header: readonly string[],
  names: Record<Field, readonly string[]>,
): { columns: { field: Field; at: number }[]; ignored: string[] } {
  const keys = header.map((cell) =>
    cell
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  );
  const taken = new Set<number>();
  const columns: { field: Field; at: number }[] = [];
  for (const field of Object.keys(names) as Field[]) {
    const at = names[field]
      .map((name) => keys.findIndex((key, index) => key === name && !taken.has(index)))
      .find((index) => index !== -1);
    if (at === undefined) continue;
    taken.add(at);
    columns.push({ field, at });
  }
  return { columns, ignored: header.filter((cell, index) => !taken.has(index) && cell !== '') };
}
