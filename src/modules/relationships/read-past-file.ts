import { CsvError, parse } from 'csv-parse/sync';
import { relationshipsError } from './errors.ts';
import { guessDelimiter, type PastHeader, readPastHeader } from './rules/past-columns.ts';

export const pastFileBytesMax = 20 * 1024 * 1024;
export const pastRowsMax = 50_000;

export interface PastFile {
  header: PastHeader;
  headerCells: string[];
  /** Rows below the header with their number as a spreadsheet counts them. */
  rows: { row: number; cells: string[] }[];
}

const badFile = (message: string, row?: number) =>
  relationshipsError('bad_file', message, row === undefined ? [] : [{ row, message }]);

/** The whole body as text: UTF-8, UTF-16 by its mark, else Windows-1252. Error: bad_file when it is empty or too large. */
export async function readPastText(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (body !== null)
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > pastFileBytesMax)
        throw badFile(`The file is larger than ${pastFileBytesMax / 1024 / 1024} MB. Split it.`);
      chunks.push(chunk);
    }
  const all = Buffer.concat(chunks);
  if (all.length === 0) throw badFile('The file is empty. Choose a CSV file with a header line.');
  const text = decode(all);
  if (text.includes('\u0000')) throw badFile('This is not a text file. Export the history as CSV.');
  return text;
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

/** Parses the text into rows and finds its columns. Error: bad_file, with the row where there is one, when it is no table of past work. */
export function parsePast(text: string): PastFile {
  const plain = text.replace(/^\ufeff/, '');
  const [first, ...rows] = parseTable(plain, guessDelimiter(plain.split(/\r?\n/, 1)[0] ?? ''));
  if (first === undefined) throw badFile('The file has no header line.');
  const header = readPastHeader(first.cells);
  if (header.at.creator === undefined && header.at.email === undefined)
    throw badFile('No column says which creator a row is of. Name one "handle", "profile url" or "email".', first.row);
  if (header.at.campaign === undefined && header.at.postUrl === undefined)
    throw badFile('No column says which work a row is of. Name one "campaign" or "post url".', first.row);
  if (rows.length > pastRowsMax)
    throw badFile(`The file has ${rows.length} rows; at most ${pastRowsMax} are read at once. Split it.`);
  return { header, headerCells: first.cells, rows };
}

function parseTable(text: string, delimiter: string): PastFile['rows'] {
  try {
    // With `info` each record comes with its place in the file, which the library's types do not know.
    const records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records
      .map(({ record, info }) => ({ row: info.lines, cells: record }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : undefined;
    throw badFile(
      `The file is not a table that can be read${line === undefined ? '' : ` (row ${line})`}: ${error.message}`,
      line,
    );
  }
}
