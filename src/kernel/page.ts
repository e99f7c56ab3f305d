import { z } from 'zod';

export const pageLimitMax = 500;

/** The two inputs every list takes. The cursor is opaque; it comes from the page before. */
export const pageInput = {
  limit: z.number().int().min(1).max(pageLimitMax).default(50).describe('Rows a page, at most 500'),
  cursor: z.string().max(2000).optional().describe('nextCursor of the page before'),
};

/** A page of a list: its rows and the cursor of the next page, null on the last. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), nextCursor: z.string().nullable() });
}

export interface Page<Row> {
  rows: Row[];
  nextCursor: string | null;
}

/** Packs the sort key of a row into an opaque cursor. */
export function encodeCursor(key: readonly (string | number | null)[]): string {
  return btoa(encodeURIComponent(JSON.stringify(key)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Reads a cursor back; null when it was not made by encodeCursor, which the caller answers as an invalid field. */
export function decodeCursor(cursor: string): (string | number | null)[] | null {
  try {
    const key: unknown = JSON.parse(decodeURIComponent(atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))));
    if (!Array.isArray(key)) return null;
    return key.every((part) => part === null || typeof part === 'string' || typeof part === 'number') ? key : null;
  } catch {
    return null;
  }
}
