import type { Filter } from '../api.ts';
import { countedRows } from './counted-rows.ts';
import { fieldOf } from './field-kind.ts';
import type { SegmentHits } from './find-hits.ts';
import type { ShareColumn } from './segment.ts';
import type { Tally } from './tally.ts';

/** The least share that counts of an audience field: what its first filter that is not turned round asks for, else the field's default. A fraction. */
export function leastShareOf(field: string, filters: readonly Filter[]): number {
  for (const filter of filters)
    if (filter.op === 'share' && filter.field === field && filter.not !== true && filter.min !== undefined)
      return filter.min;
  return fieldOf(field)?.minShare ?? 0;
}

/** Of each row the codes of the values whose share reaches the least. */
interface ReachedColumn {
  min: number;
  starts: Uint32Array;
  codes: Uint32Array;
}

// Worked out once for a column, which never changes; a column keeps those of the least share asked for last.
const reached = new WeakMap<ShareColumn, ReachedColumn>();

function reachedOf(column: ShareColumn, min: number, isLargest: boolean): ReachedColumn {
  const kept = reached.get(column);
  if (kept?.min === min) return kept;
  const { starts, codes } = column;
  const own = { min, starts: new Uint32Array(starts.length), codes: new Uint32Array(codes.length) };
  let used = 0;
  for (let row = 0; row + 1 < starts.length; row += 1) {
    const start = starts[row] ?? 0;
    const end = starts[row + 1] ?? 0;
    for (let i = start; i < end; i += 1) {
      const code = codes[i] ?? 0;
      if (codes.indexOf(code, start) === i && shareOfCode(column, { from: i, end, isLargest }) >= min) {
        own.codes[used] = code;
        used += 1;
      }
    }
    own.starts[row + 1] = used;
  }
  own.codes = own.codes.slice(0, used);
  reached.set(column, own);
  return own;
}

/** The share of the value that first stands at a place; one that was written in two ways stands twice in a row. */
function shareOfCode(
  { codes, shares }: ShareColumn,
  { from, end, isLargest }: { from: number; end: number; isLargest: boolean },
): number {
  let share = shares[from] ?? 0;
  for (let i = from + 1; i < end; i += 1) {
    if (codes[i] !== codes[from]) continue;
    const other = shares[i] ?? 0;
    share = isLargest ? Math.max(share, other) : share + other;
  }
  return share;
}

/** How many of the persons found reach the least share of an audience with each value; unknown are those of whose audience nothing is known. */
export function tallyShares(
  plan: { field: string; min: number; isLargest: boolean },
  hits: SegmentHits,
  sums: Tally,
): void {
  const column = hits.segment.shares.get(plan.field);
  const own = column === undefined ? null : reachedOf(column, plan.min, plan.isLargest);
  const rows = countedRows(hits, plan.field).positions;
  sums.unknown += addReached(hits, { rows, column, own, counts: sums.counts });
}

/** Adds the persons of a segment; answers how many of them are not known. A person with several profiles counts once under each value. */
function addReached(
  { segment }: SegmentHits,
  at: { rows: Uint16Array; column: ShareColumn | undefined; own: ReachedColumn | null; counts: Uint32Array },
): number {
  const { rows, column, own, counts } = at;
  // Person + 1 that was counted last under a code.
  const stamps = segment.isFlat ? null : new Uint32Array(counts.length);
  let unknown = 0;
  let last = -1;
  let isKnown = true;
  for (const row of rows) {
    const person = segment.isFlat ? row : (segment.rowPerson[row] ?? 0);
    if (person !== last) {
      if (!isKnown) unknown += 1;
      isKnown = false;
      last = person;
    }
    if (column === undefined || own === null || column.starts[row] === column.starts[row + 1]) continue;
    isKnown = true;
    const end = own.starts[row + 1] ?? 0;
    for (let i = own.starts[row] ?? 0; i < end; i += 1) {
      const code = own.codes[i] ?? 0;
      if (stamps !== null) {
        if (stamps[code] === person + 1) continue;
        stamps[code] = person + 1;
      }
      counts[code] = (counts[code] ?? 0) + 1;
    }
  }
  return isKnown ? unknown : unknown + 1;
}
