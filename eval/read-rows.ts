import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { AppError } from '#kernel/errors.ts';

/** Text of a file, gzipped or not; told by its first bytes. Error: eval.no_file. */
export async function readText(path: string): Promise<string> {
  const raw = await readFile(path).catch(() => {
    throw new AppError(
      'invalid',
      'eval.no_file',
      `${path} cannot be read. Give --data and --train a file or folder that is there.`,
    );
  });
  const isGzip = raw[0] === 0x1f && raw[1] === 0x8b;
  return (isGzip ? gunzipSync(raw) : raw).toString('utf8').replace(/^\uFEFF/, '');
}

/** A JSON file as it stands, gzipped or not; null when it is no JSON, so that the caller names the format it wants. */
export async function readJsonRows(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A JSON array of cases. Error: eval.unknown_format, naming the fields that are wanted, when it is none. */
export async function readCases<Case extends z.ZodType>(
  path: string,
  schema: Case,
  fields: string,
): Promise<z.output<Case>[]> {
  const parsed = z
    .array(schema)
    .min(1)
    .safeParse(await readJsonRows(path));
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', 'eval.unknown_format', `${path}: expected a JSON array of objects with ${fields}.`);
}

/** Rows of a CSV by column name. Error: eval.unknown_format when a wanted column is missing, with the formats that are known. */
export async function readTable(path: string, formats: Record<string, string[]>): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = parse(await readText(path), {
    columns: (header: string[]) => header.map((name) => name.trim()),
    skip_empty_lines: true,
    relax_column_count: true,
  });
  const present = new Set(Object.keys(rows[0] ?? {}));
  const fits = Object.values(formats).some((columns) => columns.every((column) => present.has(column)));
  if (!fits) {
    const known = Object.entries(formats)
      .map(([name, columns]) => `${name} (${columns.join(', ')})`)
      .join('; ');
    throw new AppError(
      'invalid',
      'eval.unknown_format',
      `${path}: columns ${[...present].slice(0, 12).join(', ') || 'none'} are of no known format. Known: ${known}.`,
    );
  }
  return rows;
}

/** The lines of NAME or NAME.gz in a folder, parsed. Errors: eval.no_file, eval.unknown_format. */
export async function readJsonLines(folder: string, name: string): Promise<unknown[]> {
  const path = (await isFile(join(folder, name))) ? join(folder, name) : join(folder, `${name}.gz`);
  if (!(await isFile(path))) {
    throw new AppError(
      'invalid',
      'eval.no_file',
      `${folder} has no ${name} (or ${name}.gz). Matching takes a folder with creators_gvsi.jsonl and posts_gvsi.jsonl.`,
    );
  }
  const lines = (await readText(path)).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, at) => {
    try {
      return JSON.parse(line) as unknown;
    } catch {
      throw new AppError('invalid', 'eval.unknown_format', `${path}, line ${at + 1}: is not JSON.`);
    }
  });
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
