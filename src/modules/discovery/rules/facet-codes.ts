import type { Tier } from '../api.ts';
import { type NumberColumn, numberAt } from './number-column.ts';
import type { Codes, SetColumn } from './set-column.ts';

const dayMs = 86_400_000;
export const noCode = 255;

/** Buckets of the last post, by the most days ago. */
export const lastPostBuckets = [
  { name: '7 days', days: 7 },
  { name: '30 days', days: 30 },
  { name: '90 days', days: 90 },
  { name: '1 year', days: 365 },
  { name: 'longer ago', days: Number.POSITIVE_INFINITY },
] as const;

/** Figures that are parts of a whole. */
const parts: ReadonlySet<string> = new Set(['adultShare', 'sponsoredShare', 'audienceCredibility']);

/** Steps of the histograms: sixths of a power of ten for counts, half per cents for engagement, twentieths for growth, shares and facts. */
export function histogramEdges(field: string): number[] {
  if (field === 'engagementRate') return Array.from({ length: 24 }, (_, step) => ((step + 1) * 5) / 1000);
  if (field.startsWith('growth')) return Array.from({ length: 21 }, (_, step) => (step - 6) / 20);
  if (field.startsWith('fact.') || parts.has(field)) return Array.from({ length: 19 }, (_, step) => (step + 1) / 20);
  const from = field === 'followers' ? 3 : 0;
  const steps = field === 'followers' ? 21 : 30;
  return Array.from({ length: steps + 1 }, (_, step) => Number((10 ** (from + step / 6)).toPrecision(2)));
}

/** The bin of a value: edges[bin - 1] <= value < edges[bin]. */
export function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value < (edges[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

// Codes worked out once for a column, which never changes.
const kept = new WeakMap<NumberColumn, Map<string, Uint16Array>>();

function keptCodes(column: NumberColumn, key: string, codeOf: (value: number) => number): Uint16Array {
  let codes = kept.get(column);
  if (codes === undefined) {
    codes = new Map();
    kept.set(column, codes);
  }
  let found = codes.get(key);
  if (found === undefined) {
    found = codesFrom(column, codeOf);
    // Bounds of tiers may change now and then: what was worked out for the old ones goes.
    for (const other of codes.keys()) if (other.split(' ')[0] === key.split(' ')[0]) codes.delete(other);
    codes.set(key, found);
  }
  return found;
}

/** As wide as most codes of sets are, so that counting meets one kind of array. */
function codesFrom(column: NumberColumn, codeOf: (value: number) => number): Uint16Array {
  const codes = new Uint16Array(column.data.length).fill(noCode);
  for (let at = 0; at < codes.length; at += 1) {
    const value = numberAt(column, at);
    if (!Number.isNaN(value)) codes[at] = codeOf(value);
  }
  return codes;
}

/** The bin of each position; 255 for not known. */
export function binCodes(column: NumberColumn, field: string): Uint16Array {
  const edges = histogramEdges(field);
  return keptCodes(column, `bins ${field}`, (value) => binOf(edges, value));
}

/** The first tier that holds the followers; tiers never overlap. One more than the last for a size in none. */
export function tierCodes(followers: NumberColumn, tiers: readonly Tier[]): Uint16Array {
  return keptCodes(followers, `tiers ${JSON.stringify(tiers)}`, (value) => {
    const tier = tiers.findIndex(
      (one) => value >= one.followersMin && value < (one.followersMax ?? Number.POSITIVE_INFINITY),
    );
    return tier < 0 ? tiers.length : tier;
  });
}

/** The bucket of the last post at a position; 255 for not known. */
export function lastPostCode(column: NumberColumn, at: number, nowMs: number): number {
  const value = numberAt(column, at);
  if (Number.isNaN(value)) return noCode;
  return lastPostBuckets.findIndex((bucket) => nowMs - value <= bucket.days * dayMs);
}

/** How the codes of a position are had: several from starts, one each where 0 is none, one each where 255 is none, or worked out. */
export type CodeSource =
  | { kind: 'many'; starts: Uint32Array; column: SetColumn }
  | { kind: 'one'; codes: Codes | Uint8Array; none: number }
  | { kind: 'read'; codeAt: (at: number) => number; none: number }
  | { kind: 'none' };
