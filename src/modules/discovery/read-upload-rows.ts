import { pipeline, Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import type { AppError } from '#kernel/errors.ts';

export interface UploadedRow {
  /** Line of the file the row begins at, from 1. */
  row: number;
  cells: string[];
}

export interface UploadBounds {
  /** Bytes taken, unpacked. */
  bytesMax: number;
  /** Makes the error of the caller's own code. */
  fault: (message: string, row?: number) => AppError;
}

const sniffBytes = 64 * 1024;
const cellCharsMax = 20_000;
const delimiters = [',', ';', '\t', '|'];

/**
 * The rows of an uploaded text file, one by one and never whole in memory: plain or gzip, UTF-8, UTF-16 or Windows-1252, with commas, semicolons,
 * tabs or bars; blank lines are passed over. The caller's fault for what is empty, no text, damaged or too large.
 */
export async function* readUploadRows(
  body: ReadableStream<Uint8Array> | null,
  bounds: UploadBounds,
): AsyncGenerator<UploadedRow> {
  if (body === null) throw bounds.fault('No file came with the request. Send its content as the body.');
  const source = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
  try {
    const text = await textOf(source, bounds);
    yield* hasColumns(text.head) ? rowsOf(text, bounds) : linesOf(text, bounds);
  } catch (error) {
    throw explain(error, bounds);
  } finally {
    source.destroy();
  }
}

async function textOf(
  source: Readable,
  bounds: UploadBounds,
): Promise<{ head: string; pieces: AsyncIterable<string> }> {
  const raw = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await gather(raw, 4);
  if (first.length === 0) throw bounds.fault('The file is empty. Choose one with at least one row.');
  if (first[0] === 0x50 && first[1] === 0x4b)
    throw bounds.fault('This is a workbook or an archive. Save the sheet as CSV and upload that.');
  const whole = Readable.from(again(first, raw), { objectMode: false });
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  // A fault of any part ends the last one, which is the one that is read.
  const bytes = isGzip
    ? pipeline(whole, createGunzip(), counter(bounds), () => undefined)
    : pipeline(whole, counter(bounds), () => undefined);
  const iterator = bytes[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const head = await gather(iterator, sniffBytes);
  if (head.length === 0) throw bounds.fault('The file is empty. Choose one with at least one row.');
  const encoding = encodingOf(head);
  if (encoding === 'utf-8' && head.includes(0))
    throw bounds.fault('The file holds NUL bytes, so it is not a text file. Save it as CSV or plain text.');
  return {
    head: new TextDecoder(encoding).decode(head, { stream: true }),
    pieces: decoded(again(head, iterator), encoding),
  };
}

async function gather(iterator: AsyncIterator<Buffer>, bytesWanted: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  while (bytes < bytesWanted) {
    const next = await iterator.next();
    if (next.done === true) break;
    parts.push(Buffer.from(next.value));
    bytes += next.value.length;
  }
  return Buffer.concat(parts);
}

async function* again(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (;;) {
    const next = await rest.next();
    if (next.done === true) return;
    yield next.value;
  }
}

function counter(bounds: UploadBounds): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > bounds.bytesMax)
        done(bounds.fault(`The file unpacks to more than ${Math.round(bounds.bytesMax / 1e6)} MB. Split it.`));
      else done(null, chunk);
    },
  });
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

async function* decoded(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** The mark that parts the first line most often. */
function delimiterOf(head: string): string {
  const line = head.split(/\r?\n/).find((text) => text.trim() !== '') ?? '';
  const counts = delimiters.map((mark) => line.split(mark).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** False for a plain list: no quotation mark and no mark between cells as far as one sees. */
function hasColumns(head: string): boolean {
  return head.includes('"') || delimiters.some((mark) => head.includes(mark));
}

/** A line is a row of one cell: several times as fast as reading a table. */
async function* linesOf(text: { pieces: AsyncIterable<string> }, bounds: UploadBounds): AsyncGenerator<UploadedRow> {
  let rest = '';
  let row = 0;
  const cellOf = (line: string): UploadedRow | null => {
    row += 1;
    if (line.length > cellCharsMax) throw bounds.fault(`Row ${row} has more than ${cellCharsMax} characters.`, row);
    const cell = line.replace(/^\ufeff/, '').trim();
    return cell === '' ? null : { row, cells: [cell] };
  };
  for await (const piece of text.pieces) {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!\n|$)/);
    rest = lines.pop() ?? '';
    if (rest.length > cellCharsMax)
      throw bounds.fault(`Row ${row + 1} has more than ${cellCharsMax} characters.`, row + 1);
    for (const line of lines) {
      const cell = cellOf(line);
      if (cell !== null) yield cell;
    }
  }
  const last = cellOf(rest.replace(/\r$/, ''));
  if (last !== null) yield last;
}

async function* rowsOf(
  text: { head: string; pieces: AsyncIterable<string> },
  bounds: UploadBounds,
): AsyncGenerator<UploadedRow> {
  const parser = parse({
    delimiter: delimiterOf(text.head),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    info: true,
    max_record_size: 1_000_000,
  });
  const records = pipeline(Readable.from(text.pieces), parser, () => undefined);
  for await (const { record, info } of records as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    if (record.every((cell) => cell === '')) continue;
    if (record.some((cell) => cell.length > cellCharsMax))
      throw bounds.fault(`Row ${info.lines} has a cell of more than ${cellCharsMax} characters.`, info.lines);
    yield { row: info.lines, cells: record };
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function explain(error: unknown, bounds: UploadBounds): unknown {
  if (error instanceof CsvError) {
    const row = typeof error.lines === 'number' ? error.lines : undefined;
    return bounds.fault(
      `Row ${row ?? '?'} cannot be read as a table: ${error.message}. Look for a quotation mark that is never closed.`,
      row,
    );
  }
  const code = codeOf(error);
  if (code?.startsWith('Z_') === true)
    return bounds.fault('The gzip wrapping is damaged: the file ends early or was changed. Upload it again.');
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR' || code === 'ECONNRESET')
    return bounds.fault('The upload ended before the file was whole. Upload it again.');
  return error;
}
