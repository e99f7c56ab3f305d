import { createHash } from 'node:crypto';
import type { Platform } from '#kernel/platform.ts';
import type { ColumnPlanJson, ImportPreview } from './api.ts';
import { creatorsError } from './errors.ts';
import type { DetectedFile } from './files/detect-file.ts';
import { type FileRow, openRows } from './files/read-rows.ts';
import {
  commentTargets,
  creatorTargets,
  type FileKind,
  normaliseHeading,
  postTargets,
  type Target,
} from './rules/header-synonyms.ts';
import { mapCreatorRow } from './rules/map-creator-row.ts';
import { mapCommentRow, mapPostRow } from './rules/map-post-row.ts';
import { proposeMapping } from './rules/propose-mapping.ts';
import { type Cell, type ColumnPlan, decideReading, readCell } from './rules/read-cell.ts';
import { isStatementTarget } from './rules/statement-target.ts';

const rowsLookedAtMax = 5000;
const rowsShown = 20;
const samplesShown = 5;

export const targetsOf: Record<FileKind, readonly Target[]> = {
  creators: creatorTargets,
  posts: postTargets,
  comments: commentTargets,
};

// A remembered mapping fits a file whose headings are only spelled otherwise.
const columnKey = (column: string) => normaliseHeading(column) || column;

/** What is known of a file after a look at its first rows. */
export interface FileLook {
  columns: string[];
  renamed: string[];
  rows: FileRow[];
  isWhole: boolean;
}

/** Reads the first rows of a file. Errors: bad_file. */
export async function lookAtFile(path: string, detected: DetectedFile): Promise<FileLook> {
  const { columns, renamed, batches } = await openRows(path, detected);
  const rows: FileRow[] = [];
  let isWhole = true;
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length < rowsLookedAtMax) continue;
    isWhole = false;
    break;
  }
  return { columns, renamed, rows: rows.slice(0, rowsLookedAtMax), isWhole };
}

/** The same for every file with these headings, in any case or spelling. */
export function headerKeyOf(columns: readonly string[]): string {
  return createHash('sha1').update(columns.map(normaliseHeading).join('\n')).digest('hex');
}

export interface Planned {
  kind: FileKind;
  plans: (ColumnPlan & { confidence: number; reason: string })[];
}

/** Proposes the mapping, or takes the given one, and decides how each column writes numbers and dates. */
export function planColumns(
  look: FileLook,
  wanted: { kind?: FileKind | undefined; columns?: ColumnPlanJson[] | undefined },
): Planned {
  const cellsOf = (at: number) => look.rows.flatMap((row) => ('cells' in row ? [row.cells[at] ?? null] : []));
  const proposal = proposeMapping(
    look.columns,
    look.rows.slice(0, 200).flatMap((row) => ('cells' in row ? [row.cells.map((cell) => String(cell ?? ''))] : [])),
    wanted.kind,
  );
  const given =
    wanted.columns === undefined ? null : new Map(wanted.columns.map((column) => [columnKey(column.column), column]));
  const plans = proposal.columns.map((column, at) => {
    const chosen = given?.get(columnKey(column.column));
    const target = given === null ? column.target : toTarget(proposal.kind, chosen?.target ?? null, column.column);
    const decided = decideReading(target, cellsOf(at));
    return {
      column: column.column,
      target,
      platform: given === null ? column.platform : (chosen?.platform ?? null),
      decimal: chosen?.decimal ?? decided.decimal,
      scale: chosen?.scale ?? decided.scale,
      dateOrder: chosen?.dateOrder ?? decided.dateOrder,
      confidence: given === null ? column.confidence : 1,
      reason: given === null ? column.reason : 'chosen',
    };
  });
  return { kind: proposal.kind, plans: withOneScale(plans) };
}

/** The shares of one dimension are written alike: where one column of them shows percents, all are. */
function withOneScale(plans: Planned['plans']): Planned['plans'] {
  const groupOf = (plan: ColumnPlan) => /^audience\.\w+(?=:)/.exec(plan.target ?? '')?.[0] ?? null;
  const percents = new Set(plans.filter((plan) => plan.scale === 'percent').map(groupOf));
  return plans.map((plan) => {
    const group = groupOf(plan);
    return group !== null && percents.has(group) ? { ...plan, scale: 'percent' as const } : plan;
  });
}

function toTarget(kind: FileKind, target: string | null, column: string): Target | null {
  if (target === null) return null;
  if (kind === 'creators' && isStatementTarget(target)) return target;
  const found = targetsOf[kind].find((one) => one === target);
  if (found !== undefined) return found;
  const message = `"${target}" is not a field of ${kind}; use one of ${targetsOf[kind].join(', ')}`;
  throw creatorsError('bad_mapping', `Column "${column}": ${message}`, [{ field: column, message }]);
}

/** What keeps a plan from being used at all: without these a row cannot be told from another. */
export function planProblems(kind: FileKind, plans: readonly ColumnPlan[]): string[] {
  const has = (...targets: Target[]) => plans.some((plan) => plan.target !== null && targets.includes(plan.target));
  switch (kind) {
    case 'creators':
      return has('handle', 'url') ? [] : ['No column is read as the handle or the address of the profile. Choose one.'];
    case 'posts':
      return [
        ...(has('handle', 'profileUrl', 'url') ? [] : ['No column says whose post it is. Choose the handle.']),
        ...(has('externalId', 'url') ? [] : ['No column names the post. Choose its id or its address.']),
      ];
    case 'comments':
      return [
        ...(has('text') ? [] : ['No column holds the text of the comment. Choose one.']),
        ...(has('postExternalId', 'postUrl')
          ? []
          : ['No column names the post of the comment. Choose its id or its address.']),
      ];
  }
}

export type MapRow = (
  plans: readonly ColumnPlan[],
  cells: readonly Cell[],
  by: { row: number; platform: Platform },
) => { ok: boolean };

const mapperOf = { creators: mapCreatorRow, posts: mapPostRow, comments: mapCommentRow } satisfies Record<
  FileKind,
  MapRow
>;

type Looked = Pick<ImportPreview, 'columns' | 'rows' | 'rowsLookedAt' | 'rowsReadable' | 'isWhole' | 'problems'>;

/** How the first rows would be read by the plan: samples and problems per column, and what is to be known before the start. */
export function describePlan(look: FileLook, planned: Planned, platform: Platform): Looked {
  const readable = look.rows.filter(
    (row) => 'cells' in row && mapperOf[planned.kind](planned.plans, row.cells, { row: row.row, platform }).ok,
  ).length;
  const broken = look.rows.filter((row) => 'problem' in row);
  const problems = planProblems(planned.kind, planned.plans);
  if (look.rows.length === 0) problems.push('There are no rows below the header.');
  for (const name of look.renamed)
    problems.push(`Two columns bear the same heading; the later one is called "${name}" here.`);
  const [first] = broken;
  if (first !== undefined && 'problem' in first)
    problems.push(
      `${broken.length} of the first ${look.rows.length} rows cannot be parted into columns. Row ${first.row}: ${first.problem}`,
    );
  for (const plan of planned.plans)
    if (plan.dateOrder === null && hasSlashedDates(look, planned, plan))
      problems.push(`"${plan.column}": no date tells whether day or month comes first; read with the day first.`);
  return {
    columns: planned.plans.map((plan, at) => describeColumn(look, plan, at)),
    rows: look.rows
      .flatMap((row) =>
        'cells' in row ? [{ row: row.row, cells: row.cells.map((cell) => String(cell ?? '').slice(0, 200)) }] : [],
      )
      .slice(0, rowsShown),
    rowsLookedAt: look.rows.length,
    rowsReadable: readable,
    isWhole: look.isWhole,
    problems,
  };
}

function hasSlashedDates(look: FileLook, planned: Planned, plan: ColumnPlan): boolean {
  if (plan.target === null || !/At$/.test(plan.target)) return false;
  const at = planned.plans.findIndex((one) => one.column === plan.column);
  return look.rows.some(
    (row) => 'cells' in row && /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/.test(String(row.cells[at] ?? '')),
  );
}

function describeColumn(look: FileLook, plan: Planned['plans'][number], at: number): ImportPreview['columns'][number] {
  let filled = 0;
  let problems = 0;
  let firstProblem: string | null = null;
  const samples: string[] = [];
  for (const row of look.rows) {
    if (!('cells' in row)) continue;
    const cell = row.cells[at] ?? null;
    if (cell === null || cell === '') continue;
    filled += 1;
    if (samples.length < samplesShown) samples.push(String(cell).slice(0, 200));
    const result = readCell(plan, cell);
    if (result.ok) continue;
    problems += 1;
    firstProblem ??= `Row ${row.row}: ${result.message}`;
  }
  return { ...plan, samples, filled, problems, firstProblem };
}
