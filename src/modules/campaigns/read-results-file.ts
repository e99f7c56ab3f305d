import { CsvError, parse } from 'csv-parse/sync';
import { campaignsError } from './errors.ts';
import { guessDelimiter, type ReadHeader, readHeader } from './rules/result-columns.ts';

export const resultFileBytesMax = 20 * 1024 * 1024;
export const resultRowsMax = 50_000;

export interface ResultsFile {
  header: ReadHeader;
  /** Rows below the header with their number as a spreadsheet counts them. */
  rows: { row: number; cells: string[] }[];
}

const badFile = (message: string, row?: number) =>
  campaignsError('bad_file', message, row === undefined ? [] : [{ row, message }]);

/** The whole body as text: UTF-8, UTF-16 by its mark, else Windows-1252. Error: bad_file when it is empty or too large. */
export async function readResultsText(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (body !== null) {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > resultFileBytesMax)
        throw badFile(`The file is larger than ${resultFileBytesMax / 1024 / 1024} MB. Split it.`);
      chunks.push(chunk);
    }
  }
  const all = Buffer.concat(chunks);
  if (all.length === 0) throw badFile('The file is empty. Choose a CSV file with a header line.');
  const text = decode(all);
  if (text.includes('\u0000')) throw badFile('This is not a text file. Export the results as CSV.');
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

/** Parts the text into rows and finds its columns. Error: bad_file, with the row where there is one, when it is no table of results. */
export function parseResults(text: string): ResultsFile {
  const plain = text.replace(/^\ufeff/, '');
  const delimiter = guessDelimiter(plain.split(/\r?\n/, 1)[0] ?? '');
  const [first, ...rest] = parseTable(plain, delimiter);
  if (first === undefined) throw badFile('The file has no header line.');
  const header = readHeader(first.cells);
  const { at, metrics } = header;
  if (at.deliverable === undefined && at.url === undefined && at.handle === undefined) {
    throw badFile('No column says which post a row is of. Name one "deliverable_id", "url" or "handle".', first.row);
  }
  if (metrics.length === 0)
    throw badFile(
      'No column holds results. Name them reach, impressions, views, likes, comments, shares, saves or engagements.',
      first.row,
    );
  if (rest.length > resultRowsMax)
    throw badFile(`The file has ${rest.length} rows; at most ${resultRowsMax} are read at once. Split it.`);
  return { header, rows: rest };
}

function parseTable(text: string, delimiter: string): ResultsFile['rows'] {
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
