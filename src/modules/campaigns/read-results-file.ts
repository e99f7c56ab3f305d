import { readCsv } from '#infra/files/read-csv.ts';
import { campaignsError } from './errors.ts';
import { type ReadHeader, readHeader } from './rules/result-columns.ts';

export const resultFileBytesMax = 20 * 1024 * 1024;
export const resultRowsMax = 50_000;

export interface ResultsFile {
  header: ReadHeader;
  /** Rows below the header with their number as a spreadsheet counts them. */
  rows: { row: number; cells: string[] }[];
}

const badFile = (message: string, row?: number) =>
  campaignsError('bad_file', message, row === undefined ? [] : [{ row, message }]);

/** Reads the file and finds its columns. Error: bad_file, with the row where there is one, when it is no table of results. */
export async function readResults(body: ReadableStream<Uint8Array> | null): Promise<ResultsFile> {
  const [first, ...rest] = await readCsv(body, { bytesMax: resultFileBytesMax, what: 'results', fault: badFile });
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
