import { CsvError, parse } from 'csv-parse/sync';
import type { AppError } from '#kernel/errors.ts';

export interface CsvRow {
  /** Line of the file, as a spreadsheet counts. */
  row: number;
  cells: string[];
}

export interface CsvBounds {
  bytesMax: number;
  /** What the file is of, such as `results`: for the words of a fault. */
  what: string;
  /** Makes the error of the caller's own code. */
  fault: (message: string, row?: number) => AppError;
}

const recordCharsMax = 100_000;

/**
 * Reads an uploaded CSV whole, blank lines left out; the first row is the header. UTF-8, UTF-16 by its mark, else Windows-1252; comma, semicolon, tab or bar.
 * The caller's fault when it is empty, too large or no table, with the row where there is one.
 */
export async function readCsv(body: ReadableStream<Uint8Array> | null, bounds: CsvBounds): Promise<CsvRow[]> {
  const { fault, what } = bounds;
  const text = decode(await readBytes(body, bounds)).replace(/^\ufeff/, '');
  if (text.trim() === '') throw fault('The file is empty. Choose a CSV file with a header line.');
  if (text.includes('\u0000')) throw fault(`This is not a text file. Export the ${what} as CSV.`);
  const rows = parseRows(text, fault);
  if (rows.length === 0) throw fault('The file has no header line.');
  return rows;
}

async function readBytes(body: ReadableStream<Uint8Array> | null, { bytesMax, fault }: CsvBounds): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (body !== null)
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > bytesMax) throw fault(`The file is larger than ${bytesMax / 1024 / 1024} MB. Split it.`);
      chunks.push(chunk);
    }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The mark the header line is parted by most, outside quotes; a comma when it has none. */
export function guessDelimiter(line: string): ',' | ';' | '\t' | '|' {
  const bare = line.replace(/"[^"]*"/g, '');
  const marks = [',', ';', '\t', '|'] as const;
  return marks.reduce(
    (best, mark) => (bare.split(mark).length > bare.split(best).length ? mark : best),
    ',' as (typeof marks)[number],
  );
}

function parseRows(text: string, fault: CsvBounds['fault']): CsvRow[] {
  const header = text.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
  try {
    // With `info` each record comes with its place in the file, which the library's types do not know.
    const records = parse(text, {
      delimiter: guessDelimiter(header),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: recordCharsMax,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records
      .map(({ record, info }) => ({ row: info.lines, cells: record }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : undefined;
    const at = line === undefined ? '' : ` (row ${line})`;
    throw fault(`The file is not a table that can be read${at}: ${error.message}`, line);
  }
}
