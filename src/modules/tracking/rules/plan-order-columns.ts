import { neededOrderFields, type OrderField, type OrderMapping, orderFieldNames, orderFields } from '../api.ts';
import { orderColumns } from './read-order-row.ts';
import { findColumns, headerKey } from './read-table.ts';

export interface PlannedColumn {
  column: string;
  field: OrderField | null;
  reason: string;
}

/** Which column of a file is read as what: as somebody said it, or by the names shops give their columns. Columns that were not spoken of are left out. */
export function planOrderColumns(
  headings: readonly string[],
  said: Pick<OrderMapping, 'columns'> | null,
): PlannedColumn[] {
  if (said !== null) {
    const fieldOf = new Map(said.columns.map(({ column, field }) => [headerKey(column), field]));
    return headings.map((column) => ({ column, field: fieldOf.get(headerKey(column)) ?? null, reason: 'chosen' }));
  }
  const found = findColumns(headings, orderColumns);
  return headings.map((column, at) => {
    const field = orderFields.find((one) => found[one] === at) ?? null;
    return { column, field, reason: field === null ? 'not known' : `the heading "${column}"` };
  });
}

/** How many of some headings are known; by it the header is found among the first rows of a file. */
export function countOrderHeadings(headings: readonly string[]): number {
  return Object.keys(findColumns(headings, orderColumns)).length;
}

/** The same for every file with these headings, however they are spelled. */
export function orderHeaderText(headings: readonly string[]): string {
  return headings.map((heading) => headerKey(heading) || heading).join('\n');
}

/** Where each field stands in a row. */
export function columnsOf(plan: readonly PlannedColumn[]): Partial<Record<OrderField, number>> {
  return Object.fromEntries(plan.flatMap(({ field }, at) => (field === null ? [] : [[field, at] as const])));
}

/** What keeps a plan from being used; empty when nothing does. */
export function orderPlanProblems(plan: readonly PlannedColumn[]): { field: string; message: string }[] {
  const missing = neededOrderFields.filter((field) => plan.every((column) => column.field !== field));
  const twice = orderFields.filter((field) => plan.filter((column) => column.field === field).length > 1);
  const headings = plan
    .map((column) => column.column)
    .slice(0, 30)
    .join(', ')
    .slice(0, 500);
  return [
    ...missing.map((field) => ({
      field,
      message: `No column for "${orderFieldNames[field]}". The header has: ${headings}. Say which of them it is, or name one of them ${orderColumns[field].slice(0, 4).join(', ')}.`,
    })),
    ...twice.map((field) => ({
      field,
      message: `Two columns are read as "${orderFieldNames[field]}". Leave one of them out.`,
    })),
  ];
}
