import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { ArchiveWriter } from '#infra/archive/write-archive.ts';
import type { Part } from './manifest.ts';
import type { WorkspaceTable } from './queries/catalogue.ts';
import { packedReportTable, withReadableReport } from './readable-reports.ts';
import { type Column, columnsInArchive, jsonNullKey, quote } from './rules/plan-table.ts';
import { withoutPortalTokens } from './rules/rewrite-line.ts';
import type { CarriedTable } from './rules/tables.ts';

// NDJSON shrinks to about a seventh at this level; the next ones cost twice the time for a tenth less.
const gzipLevel = 3;
/** How nearly every row with JSON ends; it says nothing, so it is left away. */
const noJsonNull = `,"${jsonNullKey}":null}`;

export interface Watch {
  /** Told of rows as they pass; throws to end the run. */
  onRows(rows: number): void;
}

/** A workspace's rows of one table as a part of the archive: one JSON object a line, by the key. Memory stays at the buffers of the streams. */
export async function writeTable(
  writer: ArchiveWriter,
  client: pg.ClientBase,
  of: { table: WorkspaceTable; rules: CarriedTable; workspaceId: string; watch: Watch },
): Promise<Omit<Part, 'isTakenIn'>> {
  const { table, rules } = of;
  const columns = columnsInArchive(table.columns, rules);
  // COPY takes no parameters, so the workspace stands in the text. Quote and delimiter are characters that JSON never holds: each row is one bare line.
  const source = client.query(
    copyTo(
      `copy (${selectJson(table, columns, { rules, workspaceId: of.workspaceId })}) to stdout (format csv, quote e'\\x01', delimiter e'\\x02')`,
    ),
  );
  const months = table.name === 'click' ? new Set<string>() : null;
  const change = (line: string) => {
    if (months !== null) {
      const month = /"day":"(\d{4}-\d{2})-/.exec(line)?.[1];
      if (month !== undefined) months.add(month);
    }
    const plain = line.endsWith(noJsonNull) ? `${line.slice(0, -noJsonNull.length)}}` : line;
    return withoutPortalTokens(table.name === packedReportTable ? withReadableReport(plain) : plain);
  };
  const written = await writeLines(writer, { name: table.name, lines: linesOf(source), change, watch: of.watch });
  const part = { ...written, columns: columns.map((column) => column.name) };
  return months === null ? part : { ...part, months: [...months].sort() };
}

/** Any lines as a part, hashed before they are compressed. */
export async function writeLines(
  writer: ArchiveWriter,
  of: { name: string; lines: AsyncIterable<string[]>; change(line: string): string; watch: Watch },
): Promise<{ name: string; path: string; rows: number; sha256: string }> {
  const path = `tables/${of.name}.ndjson.gz`;
  const counted = { rows: 0, hash: createHash('sha256') };
  const zipped = createGzip({ level: gzipLevel });
  const source = Readable.from(textOf(of, counted), { objectMode: false });
  // A pipe passes no fault on by itself: whatever breaks first breaks the end, which is awaited.
  source.on('error', (error) => zipped.destroy(error));
  await writer.add(path, source.pipe(zipped));
  return { name: of.name, path, rows: counted.rows, sha256: counted.hash.digest('hex') };
}

async function* textOf(
  of: { lines: AsyncIterable<string[]>; change(line: string): string; watch: Watch },
  counted: { rows: number; hash: Hash },
): AsyncGenerator<Buffer> {
  for await (const lines of of.lines) {
    if (lines.length === 0) continue;
    const text = Buffer.from(lines.map((line) => `${of.change(line)}\n`).join(''));
    counted.rows += lines.length;
    counted.hash.update(text);
    of.watch.onRows(lines.length);
    yield text;
  }
}

function selectJson(
  table: WorkspaceTable,
  columns: readonly Column[],
  of: { rules: CarriedTable; workspaceId: string },
): string {
  const shown = columns.map(({ name, type }) => {
    const value = of.rules.shown?.[name] ?? quote(name);
    // Exact wherever they are read: JSON's numbers are floats to most readers.
    return `${type === 'bigint' || type.startsWith('numeric') ? `(${value})::text` : value} as ${quote(name)}`;
  });
  for (const name of Object.keys(of.rules.secrets ?? {}))
    shown.push(`${quote(name)} is not null and octet_length(${quote(name)}) > 0 as ${quote(`${name}_left_out`)}`);
  const jsons = columns.filter(({ type }) => type === 'json' || type === 'jsonb');
  if (jsons.length > 0) {
    const names = jsons.map(({ name, type }) => `case when ${type}_typeof(${quote(name)}) = 'null' then '${name}' end`);
    shown.push(`nullif(array_remove(array[${names.join(', ')}], null), '{}') as ${jsonNullKey}`);
  }
  const types = new Map(table.columns.map(({ name, type }) => [name, type]));
  // By the columns themselves, not by what is shown of them, and in one order on every machine, whatever language its database sorts in.
  const order = table.key.map((name) => `o.${quote(name)}${types.get(name) === 'text' ? ' collate "C"' : ''}`);
  const json = table.columns.some(({ type }) => type === 'json')
    ? "translate(row_to_json(t)::text, e'\\n\\r', '  ')"
    : 'row_to_json(t)';
  return `select ${json} from (select ${shown.join(', ')} from public.${quote(table.name)} o where workspace_id = ${literal(of.workspaceId)}${order.length === 0 ? '' : ` order by ${order.join(', ')}`}) t`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Whole lines, as many as came at once. */
export async function* linesOf(
  source: AsyncIterable<Buffer>,
  lineBytesMax = Number.POSITIVE_INFINITY,
): AsyncGenerator<string[]> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of source) {
    const end = chunk.lastIndexOf(10);
    if (end === -1) {
      rest.push(chunk);
      restBytes += chunk.length;
      if (restBytes > lineBytesMax) throw new LineTooLong();
      continue;
    }
    const whole = Buffer.concat([...rest, chunk.subarray(0, end)]);
    rest = [chunk.subarray(end + 1)];
    restBytes = chunk.length - end - 1;
    yield whole.toString('utf8').split('\n');
  }
  if (restBytes > 0) yield [Buffer.concat(rest).toString('utf8')];
}

/** A line beyond the bound: nothing that an export writes. */
export class LineTooLong extends Error {}
