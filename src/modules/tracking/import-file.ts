import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { FileAnswer } from './api.ts';
import { trackingError } from './errors.ts';
import { decodeText, findColumns, findSeparator } from './rules/read-table.ts';

const fileBytesMax = 64 * 1024 * 1024;
const unpackedBytesMax = 256 * 1024 * 1024;
const rowsMax = 1_000_000;
export const errorsListedMax = 1000;

export interface Table<Field extends string> {
  columns: Partial<Record<Field, number>>;
  header: string[];
  rows: string[][];
  /** Number of a row as a spreadsheet shows it; the header is row 1. */
  rowNumber(index: number): number;
}

/**
 * Reads an uploaded CSV (or TSV, gzipped or not) whole. Columns are found by name.
 * Error: tracking.bad_file when it is empty, too large, no table, or misses a needed column.
 */
export async function readUpload<Field extends string>(
  request: Request,
  names: Record<Field, readonly string[]>,
  needed: readonly Field[],
): Promise<Table<Field>> {
  const bytes = await readBytes(request);
  const text = decodeText(unpack(bytes));
  if (text.trim() === '') throw badFile('The file is empty.');
  let records: string[][];
  try {
    records = parse(text, {
      delimiter: findSeparator(text),
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 1_000_000,
      to: rowsMax + 2,
    });
  } catch (error) {
    throw badFile(`The file is no CSV: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
  const [header = [], ...rows] = records;
  if (rows.length > rowsMax) throw badFile(`The file has more than ${rowsMax} rows. Split it.`);
  const columns = findColumns(header, names);
  for (const field of needed) {
    if (columns[field] === undefined) {
      throw trackingError(
        'bad_file',
        `No column for "${field}". The header has: ${header.slice(0, 30).join(', ').slice(0, 500)}. Name one of them: ${names[field].slice(0, 4).join(', ')}.`,
        [{ field, row: 1, message: 'No such column' }],
      );
    }
  }
  return { columns, header, rows, rowNumber: (index) => index + 2 };
}

/** Counts and errors of an import; errors beyond the first thousand are counted only. */
export function startAnswer(): FileAnswer {
  return { read: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, errorsTotal: 0, errors: [] };
}

export function addError(answer: FileAnswer, error: { row: number; field: string; message: string }): void {
  answer.errorsTotal += 1;
  if (answer.errors.length < errorsListedMax) answer.errors.push(error);
}

async function readBytes(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (request.body !== null) {
    for await (const chunk of request.body) {
      bytes += chunk.byteLength;
      if (bytes > fileBytesMax)
        throw badFile(`The file is larger than ${fileBytesMax / 1024 / 1024} MB. Split it, or gzip it.`);
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks);
}

function unpack(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: unpackedBytesMax });
  } catch (error) {
    throw badFile(`The gzip file cannot be unpacked: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
}

function badFile(message: string) {
  return trackingError('bad_file', message);
}
