import { type RawBuilder, sql } from 'kysely';
import { searchFields } from '../api.ts';
import { fieldOf } from '../rules/field-kind.ts';

/** Where a field stands in the tables. `p` is search_person, `r` search_profile. */
export interface Column {
  name: string;
  level: 'person' | 'profile';
  /** The column of a statement that names the tables p and r. */
  ref: RawBuilder<unknown>;
}

/** Kinds of field that have a column of their own; the others are read from words, shares and prices. */
const columnKinds: ReadonlySet<string> = new Set(['set', 'place', 'price', 'number', 'date', 'flag']);
/** Fields worked out from other columns or tables. */
const derived: ReadonlySet<string> = new Set(['creator', 'tier', 'list']);

const columns: ReadonlyMap<string, Column> = new Map(
  Object.entries(searchFields)
    .filter(([field, { kind }]) => columnKinds.has(kind) && !derived.has(field))
    .map(([field, { level }]) => {
      const name = field.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
      return [field, { name, level, ref: sql.ref(`${level === 'person' ? 'p' : 'r'}.${name}`) }];
    }),
);

/** The column of a field of the catalogue; null for one that has none. Names come from the catalogue, never from a query. */
export function columnOf(field: string): Column | null {
  return columns.get(field) ?? null;
}

/** All columns by field: what a test holds against the tables. */
export function allColumns(): ReadonlyMap<string, Column> {
  return columns;
}

/** The name of a fact a field stands for; null for a field of the catalogue. */
export function factOf(field: string): string | null {
  return fieldOf(field)?.kind === 'fact' ? field.slice('fact.'.length) : null;
}

/** Numbers as the tables hold them. */
export function float(value: number): RawBuilder<number> {
  return sql<number>`${value}::float8`;
}

export function texts(values: readonly string[]): RawBuilder<string[]> {
  return sql<string[]>`${[...values]}::text[]`;
}
