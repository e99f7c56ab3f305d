import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import { discoveryError } from './errors.ts';

const offsetMax = 100_000;

/** Where a page by rank begins. Error: cursor. */
export function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const [offset, ...rest] = decodeCursor(cursor) ?? [];
  if (typeof offset === 'number' && Number.isInteger(offset) && offset >= 0 && offset <= offsetMax && rest.length === 0)
    return offset;
  throw discoveryError('cursor', 'This cursor is not one of this list. Start again without it.', [
    { field: 'cursor', message: 'is not valid here' },
  ]);
}

/** The cursor of the next page by rank; null on the last, and beyond 100,000 rows. */
export function nextOffset(at: number, page: { limit: number; hasMore: boolean }): string | null {
  return page.hasMore && at + page.limit <= offsetMax ? encodeCursor([at + page.limit]) : null;
}
