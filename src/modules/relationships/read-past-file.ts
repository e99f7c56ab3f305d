import { readCsv } from '#infra/files/read-csv.ts';
import { relationshipsError } from './errors.ts';
import { type PastHeader, readPastHeader } from './rules/past-columns.ts';

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

/** Reads the file and finds its columns. Error: bad_file, with the row where there is one, when it is no table of past work. */
export async function readPast(body: ReadableStream<Uint8Array> | null): Promise<PastFile> {
  const [first, ...rows] = await readCsv(body, { bytesMax: pastFileBytesMax, what: 'history', fault: badFile });
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
