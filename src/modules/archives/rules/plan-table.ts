import { type CarriedTable, defaults, goneColumns } from './tables.ts';

export interface Column {
  name: string;
  /** As `format_type` writes it. */
  type: string;
  isRequired: boolean;
  hasDefault: boolean;
  isGenerated: boolean;
  /** Counted up by the database over all workspaces: numbered anew where it arrives, in the same order. */
  isNumbered: boolean;
}

export interface TablePlan {
  /** Columns to write, in the order of their values. */
  columns: string[];
  /** SQL beside each: from the row of the archive, a fixed value, or what the rules say. */
  values: string[];
}

/** Columns of a table that stand in an archive, in its order: all but the workspace, what is computed, and secrets. */
export function columnsInArchive(columns: readonly Column[], table: CarriedTable): Column[] {
  return columns.filter(
    ({ name, isGenerated }) => !isGenerated && name !== 'workspace_id' && table.secrets?.[name] === undefined,
  );
}

/**
 * How the rows of a part become rows of today's table: columns of the same name, secrets and changes by the rules, and for what is newer than
 * the archive the table's own default or a declared one. Text instead, when the archive cannot be brought forward.
 */
export function planTable(of: {
  name: string;
  table: CarriedTable;
  today: readonly Column[];
  archived: readonly string[];
}): TablePlan | string {
  const { name, table, today, archived } = of;
  const plan: TablePlan = { columns: [], values: [] };
  const known = new Set(today.map((column) => column.name));
  const strange = archived.filter((column) => !known.has(column) && goneColumns[name]?.[column] === undefined);
  if (strange.length > 0) return `${name} has the column ${strange.join(', ')}, which this version does not know`;
  for (const column of today) {
    if (column.isGenerated || column.isNumbered || column.name === 'workspace_id') continue;
    const value = sourceOf(column, { name, table, archived });
    if (value === null) continue;
    if (value === undefined)
      return `${name} has no ${column.name}, which this version needs, and nothing is declared to stand for it`;
    plan.columns.push(column.name);
    plan.values.push(value);
  }
  return plan;
}

/** Null leaves a column to its default. */
function sourceOf(
  column: Column,
  of: { name: string; table: CarriedTable; archived: readonly string[] },
): string | null | undefined {
  const secret = of.table.secrets?.[column.name];
  if (secret !== undefined) return secret;
  if (of.archived.includes(column.name)) return of.table.changed?.[column.name] ?? asArchived(column);
  const declared = defaults[of.name]?.[column.name];
  if (declared !== undefined) return declared;
  return column.isRequired && !column.hasDefault ? undefined : null;
}

/** Key of a row that lists its columns which hold JSON's null, as told from having no value. */
export const jsonNullKey = 'json_null';

function asArchived({ name, type }: Column): string {
  const value = `r.${quote(name)}`;
  if (type !== 'json' && type !== 'jsonb') return value;
  return `coalesce(${value}, case when (j->'${jsonNullKey}')::jsonb ? '${name}' then 'null'::${type} end)`;
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
