import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { sql } from 'kysely';
import type { Archive } from '#infra/archive/read-archive.ts';
import type { Tx } from '#infra/db/database.ts';
import type { AppError } from '#kernel/errors.ts';
import { archivesError } from './errors.ts';
import type { Part } from './manifest.ts';
import { quote, type TablePlan } from './rules/plan-table.ts';
import type { Watch } from './write-part.ts';
import { LineTooLong, linesOf } from './write-part.ts';

const batchRowsMax = 1000;
const batchCharsMax = 1_000_000;
/** A report with its evidence has 50 kB; an order as it came in at most a few MB. */
const lineBytesMax = 64_000_000;

/**
 * The lines of a part, a batch at a time, and at the end the proof that they are those the manifest tells of. Unpacked text is never held but
 * for one batch. Error: damaged.
 */
export async function* readPart(archive: Archive, part: Part): AsyncGenerator<{ first: number; lines: string[] }> {
  const hash = createHash('sha256');
  const plain = new PassThrough();
  const unpacking = pipeline(archive.read(part.path), createGunzip(), plain).catch((error: unknown) => {
    plain.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  let rows = 0;
  let batch: string[] = [];
  let chars = 0;
  try {
    for await (const lines of linesOf(plain, lineBytesMax)) {
      for (const line of lines) {
        hash.update(`${line}\n`);
        batch.push(line);
        rows += 1;
        chars += line.length;
        if (rows > part.rows) throw damaged(part, `it has more lines than the ${part.rows} the manifest tells of`);
        if (batch.length < batchRowsMax && chars < batchCharsMax) continue;
        yield { first: rows - batch.length + 1, lines: batch };
        batch = [];
        chars = 0;
      }
    }
  } catch (error) {
    if (error instanceof LineTooLong) throw damaged(part, `line ${rows + 1} is longer than 64 MB`);
    if (String((error as { code?: string }).code ?? '').startsWith('Z_'))
      throw damaged(part, 'it does not unpack as gzip');
    throw error;
  } finally {
    plain.destroy();
    await unpacking;
  }
  if (batch.length > 0) yield { first: rows - batch.length + 1, lines: batch };
  if (rows !== part.rows) throw damaged(part, `it has ${rows} lines, the manifest tells of ${part.rows}`);
  if (hash.digest('hex') !== part.sha256) throw damaged(part, 'its lines are not those the manifest tells of');
}

function damaged(part: Part, what: string): AppError {
  return archivesError('damaged', `The archive is damaged: ${part.path}: ${what}. Nothing was written.`);
}

export interface Loading {
  tx: Tx;
  archive: Archive;
  workspaceId: string;
  watch: Watch;
}

/** Writes a part into its table. Errors: damaged, bad_row with the line. */
export async function loadPart(
  loading: Loading,
  of: { part: Part; plan: TablePlan; change(lines: string[]): string[] | Promise<string[]> },
): Promise<number> {
  let rows = 0;
  for await (const { first, lines } of readPart(loading.archive, of.part)) {
    const changed = await changeLines(of, { first, lines });
    await insertLines(loading, { ...of, first, lines: changed });
    rows += lines.length;
    loading.watch.onRows(lines.length);
  }
  return rows;
}

async function changeLines(
  of: { part: Part; change(lines: string[]): string[] | Promise<string[]> },
  batch: { first: number; lines: string[] },
): Promise<string[]> {
  try {
    return await of.change(batch.lines);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = batch.lines.findIndex((line) => !isJson(line));
    throw badRow(of.part, batch.first + Math.max(0, at), 'it is no JSON object');
  }
}

interface Batch {
  part: Part;
  plan: TablePlan;
  first: number;
  lines: string[];
}

async function insertLines(loading: Loading, batch: Batch): Promise<void> {
  const { tx } = loading;
  await sql`savepoint batch`.execute(tx);
  try {
    await insertBatch(loading, batch);
    await sql`release savepoint batch`.execute(tx);
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    // Faults of the data: wrong forms of values (22), what constraints refuse (23), what is no value of the type (42804).
    if (code === undefined || !/^(22|23|42804)/.test(code)) throw error;
    await sql`rollback to savepoint batch`.execute(tx);
    if (batch.lines.length === 1) throw badRow(batch.part, batch.first, message ?? 'it does not fit');
    // Which line it is: each half by itself, until one is left.
    const half = Math.ceil(batch.lines.length / 2);
    await insertLines(loading, { ...batch, lines: batch.lines.slice(0, half) });
    await insertLines(loading, { ...batch, first: batch.first + half, lines: batch.lines.slice(half) });
  }
}

async function insertBatch({ tx, workspaceId }: Loading, { part, plan, lines }: Batch): Promise<void> {
  const table = sql.raw(`public.${quote(part.name)}`);
  const columns = sql.raw(['workspace_id', ...plan.columns.map(quote)].join(', '));
  const values = plan.values.length === 0 ? sql`` : sql.raw(`, ${plan.values.join(', ')}`);
  await sql`
    insert into ${table} (${columns}) select ${workspaceId}${values}
    from json_array_elements(${`[${lines.join(',')}]`}::json) as e (j) cross join lateral json_populate_record(null::${table}, e.j) as r`.execute(
    tx,
  );
}

function badRow(part: Part, line: number, what: string): AppError {
  const message = `line ${line}: ${what}`;
  return archivesError('bad_row', `${part.path}, ${message}. Nothing was written.`, [
    { field: part.name, row: line, message: what },
  ]);
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
