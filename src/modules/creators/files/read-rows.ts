import { normaliseHeading } from '../rules/header-synonyms.ts';
import { parseHandle } from '../rules/parse-handle.ts';
import { proposeMapping } from '../rules/propose-mapping.ts';
import type { Cell } from '../rules/read-cell.ts';
import { readStatementHeading } from '../rules/statement-columns.ts';
import type { DetectedFile } from './detect-file.ts';
import { badFile, columnsMax } from './file-error.ts';
import { openText, type ReadProgress } from './open-text.ts';
import { readDelimited } from './read-delimited.ts';
import { type JsonItem, readArray, readLines } from './read-json.ts';
import { readSheet, readWorkbook } from './read-xlsx.ts';

/** A row of any format by the columns of its file, or what is wrong with it as a whole. */
export type FileRow = { row: number; cells: Cell[] } | { row: number; problem: string; raw: Record<string, string> };

export interface FileRows {
  columns: string[];
  /** Headings that stood there twice, as they are called now. */
  renamed: string[];
  batches: AsyncGenerator<FileRow[]>;
}

const headerRowsSearched = 10;
const jsonRowsSearched = 200;

export interface ReadingWays {
  progress?: ReadProgress;
  /** How many of some headings are known, by which the header is found among the first rows; those of creators when left out. */
  countKnown?: (headings: string[]) => number;
}

/** Opens a file as columns and rows in batches, streaming. Errors: bad_file with the row. */
export async function openRows(path: string, detected: DetectedFile, ways: ReadingWays = {}): Promise<FileRows> {
  const { progress, countKnown } = ways;
  switch (detected.format) {
    case 'delimited':
      return openTable(readDelimited(openText(path, detected, progress), detected.delimiter), 'strict', countKnown);
    case 'xlsx': {
      const workbook = await readWorkbook(path);
      const sheet = workbook.sheets.find((one) => one.name === detected.sheet) ?? workbook.sheets[0];
      if (sheet === undefined) throw badFile('The spreadsheet has no sheet.');
      return openTable(readSheet(path, workbook, sheet, progress), 'padded', countKnown);
    }
    case 'ndjson':
      return openObjects(readLines(openText(path, detected, progress)));
    case 'json':
      return openObjects(readArray(openText(path, detected, progress)));
  }
}

type RawRow = { row: number; cells: Cell[] };

async function openTable(
  source: AsyncGenerator<RawRow[]>,
  width: 'strict' | 'padded',
  countKnown?: (headings: string[]) => number,
): Promise<FileRows> {
  const first: RawRow[] = [];
  for (;;) {
    const next = await source.next();
    if (next.done === true) break;
    first.push(...next.value);
    if (first.length >= headerRowsSearched) break;
  }
  const { header, skip } = findHeader(first, countKnown);
  const { columns, renamed } = nameColumns(header);
  async function* batches(): AsyncGenerator<FileRow[]> {
    yield first.slice(skip).map((row) => toWidth(row, columns, width));
    for await (const rows of source) yield rows.map((row) => toWidth(row, columns, width));
  }
  return { columns, renamed, batches: batches() };
}

/** The header is the first row, or the row of the first ten in which most headings are known; a bare list of handles has none. */
function findHeader(rows: RawRow[], countKnown?: (headings: string[]) => number): { header: string[]; skip: number } {
  const [first] = rows;
  if (first === undefined)
    throw badFile('The file holds no rows. Choose a file with a header line and at least one row.');
  let best = { at: 0, known: 0 };
  rows.slice(0, headerRowsSearched).forEach((row, at) => {
    if (row.cells.length > columnsMax) return;
    const headings = row.cells.map((cell) => String(cell ?? ''));
    const most = (countKnown ?? countKnownToCreators)(headings);
    if (most > best.known) best = { at, known: most };
  });
  const isSeparatorLine = first.cells.length <= 2 && /^sep=/i.test(String(first.cells[0] ?? ''));
  if (best.known === 0) {
    const firstCell = String(first.cells[0] ?? '');
    const isHandle = firstCell.startsWith('@') || /^https?:\/\//i.test(firstCell);
    if (countKnown === undefined && isHandle && parseHandle(firstCell, 'instagram').ok)
      return { header: ['handle', ...first.cells.slice(1).map((_, at) => `column ${at + 2}`)], skip: 0 };
    return { header: first.cells.map((cell) => String(cell ?? '')), skip: isSeparatorLine ? 2 : 1 };
  }
  return { header: (rows[best.at]?.cells ?? []).map((cell) => String(cell ?? '')), skip: best.at + 1 };
}

function countKnownToCreators(headings: string[]): number {
  const known = (['creators', 'posts', 'comments'] as const).map(
    (kind) =>
      proposeMapping(headings, [], kind).columns.filter(
        (column) => column.target !== null && column.target !== 'custom',
      ).length,
  );
  return Math.max(...known);
}

function nameColumns(header: string[]): { columns: string[]; renamed: string[] } {
  const trimmed = header.map((heading) => heading.trim().slice(0, 200));
  while (trimmed.length > 1 && trimmed.at(-1) === '') trimmed.pop();
  const seen = new Map<string, number>();
  const renamed: string[] = [];
  const columns = trimmed.map((heading, at) => {
    const name = heading === '' ? `column ${at + 1}` : heading;
    const key = normaliseHeading(name) || name;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    if (count === 1) return name;
    renamed.push(`${name} (${count})`);
    return `${name} (${count})`;
  });
  return { columns, renamed };
}

function toWidth(row: RawRow, columns: string[], width: 'strict' | 'padded'): FileRow {
  const { cells } = row;
  if (cells.length === columns.length) return row;
  if (
    cells.length > columns.length &&
    cells.slice(columns.length).every((cell) => cell === null || String(cell).trim() === '')
  )
    return { row: row.row, cells: cells.slice(0, columns.length) };
  if (width === 'padded' && cells.length < columns.length)
    return { row: row.row, cells: [...cells, ...Array<Cell>(columns.length - cells.length).fill(null)] };
  const raw = Object.fromEntries(
    cells.slice(0, 50).map((cell, at) => [columns[at] ?? `column ${at + 1}`, String(cell ?? '')]),
  );
  return {
    row: row.row,
    raw,
    problem: `The row has ${cells.length} cells, the header has ${columns.length}. A delimiter is missing or too many, or a quotation mark.`,
  };
}

async function openObjects(source: AsyncGenerator<JsonItem[]>): Promise<FileRows> {
  const first: JsonItem[] = [];
  for (;;) {
    const next = await source.next();
    if (next.done === true) break;
    first.push(...next.value);
    if (first.length >= jsonRowsSearched) break;
  }
  if (first.length === 0) throw badFile('The file holds no rows: the JSON is empty.');
  const found = new Set<string>();
  for (const item of first.slice(0, jsonRowsSearched)) if ('value' in item) collectPaths(item.value, '', found);
  const columns = [...found].slice(0, columnsMax);
  const paths = columns.map((column) => column.split('.'));
  const toRow = (item: JsonItem): FileRow => {
    if ('problem' in item)
      return { row: item.row, problem: `Row ${item.row} ${item.problem}`, raw: { text: item.text } };
    return { row: item.row, cells: paths.map((path, at) => cellAt(item.value, columns[at] ?? '', path)) };
  };
  async function* batches(): AsyncGenerator<FileRow[]> {
    yield first.map(toRow);
    for await (const items of source) yield items.map(toRow);
  }
  return { columns, renamed: [], batches: batches() };
}

const pathDepthMax = 6;

/** Dotted paths of everything that is a value or a list of values: `profile.follower_count`. */
function collectPaths(value: Record<string, unknown>, prefix: string, found: Set<string>, depth = 1): void {
  for (const [key, inner] of Object.entries(value)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
      if (depth < pathDepthMax) collectPaths(inner as Record<string, unknown>, path, found, depth + 1);
    } else if (!Array.isArray(inner) || inner.every((item) => typeof item !== 'object') || isStatedList(path))
      found.add(path);
  }
}

/** Lists of objects are read where the path says what they state: shares of an audience, or contacts. */
function isStatedList(path: string): boolean {
  return readStatementHeading(path) !== null || /(^|\.)contact(?:s|_details)?$/i.test(path);
}

function cellAt(value: Record<string, unknown>, column: string, path: string[]): Cell {
  let current: unknown = value;
  // A key may itself hold a point.
  if (Object.hasOwn(value, column)) current = value[column];
  else {
    for (const key of path) {
      if (typeof current !== 'object' || current === null || Array.isArray(current) || !Object.hasOwn(current, key))
        return null;
      current = (current as Record<string, unknown>)[key];
    }
  }
  if (current === null || current === undefined) return null;
  if (typeof current === 'string' || typeof current === 'number' || typeof current === 'boolean') return current;
  return Array.isArray(current) && current.length > 0 ? JSON.stringify(current) : null;
}
