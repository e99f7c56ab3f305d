import { decodeCursor, encodeCursor } from '#kernel/page.ts';

/** What hits are sorted by. */
interface Order {
  field: string;
  direction: 'asc' | 'desc';
}

/** Where a page ended: the key of its last hit, null when it is not known, and the person. */
export interface Place {
  key: number | string | null;
  personId: string;
}

export function writeCursor(order: Order, { key, personId }: Place): string {
  return encodeCursor([order.field, order.direction, key, personId]);
}

/** Null when the cursor is of another order. */
export function readCursor(cursor: string, order: Order): Place | null {
  const [field, direction, key, personId, ...rest] = decodeCursor(cursor) ?? [];
  if (field !== order.field || direction !== order.direction || rest.length > 0) return null;
  return typeof personId !== 'string' || key === undefined ? null : { key, personId };
}
