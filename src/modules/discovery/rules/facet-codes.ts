import type { Tier } from '../api.ts';
import type { Segment, SetColumn } from './segment.ts';

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

/** Steps of the histograms: sixths of a power of ten for counts, half per cents for engagement, twentieths for growth and facts. */
export function histogramEdges(field: string): number[] {
  if (field === 'engagementRate') return Array.from({ length: 24 }, (_, step) => ((step + 1) * 5) / 1000);
  if (field.startsWith('growth')) return Array.from({ length: 21 }, (_, step) => (step - 6) / 20);
  if (field.startsWith('fact.')) return Array.from({ length: 19 }, (_, step) => (step + 1) / 20);
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

// Codes worked out once for a segment, which never changes.
const kept = new WeakMap<Segment, Map<string, Uint8Array>>();

function keptCodes(segment: Segment, key: string, make: () => Uint8Array): Uint8Array {
  let codes = kept.get(segment);
  if (codes === undefined) {
    codes = new Map();
    kept.set(segment, codes);
  }
  let found = codes.get(key);
  if (found === undefined) {
    found = make();
    codes.set(key, found);
  }
  return found;
}

function codesFrom(column: Float64Array | undefined, count: number, codeOf: (value: number) => number): Uint8Array {
  const codes = new Uint8Array(count).fill(noCode);
  if (column === undefined) return codes;
  for (let at = 0; at < count; at += 1) {
    const value = column[at] ?? Number.NaN;
    if (!Number.isNaN(value)) codes[at] = codeOf(value);
  }
  return codes;
}

export function binCodes(segment: Segment, field: string, isPerson: boolean): Uint8Array {
  return keptCodes(segment, `bins ${field}`, () => {
    const edges = histogramEdges(field);
    const column = (isPerson ? segment.personNumbers : segment.rowNumbers).get(field);
    return codesFrom(column, isPerson ? segment.persons : segment.rows, (value) => binOf(edges, value));
  });
}

/** The first tier that holds the followers; tiers never overlap. */
export function tierCodes(segment: Segment, tiers: readonly Tier[]): Uint8Array {
  return keptCodes(segment, `tiers ${JSON.stringify(tiers)}`, () =>
    codesFrom(segment.rowNumbers.get('followers'), segment.rows, (value) => {
      const tier = tiers.findIndex(
        (one) => value >= one.followersMin && value < (one.followersMax ?? Number.POSITIVE_INFINITY),
      );
      return tier < 0 ? tiers.length : tier;
    }),
  );
}

export function lastPostCodes(segment: Segment, nowMs: number): Uint8Array {
  return codesFrom(segment.rowNumbers.get('lastPost'), segment.rows, (value) =>
    lastPostBuckets.findIndex((bucket) => nowMs - value <= bucket.days * dayMs),
  );
}

/** Codes of a position: a column of sets, or one code each with 255 for none. */
export type Codes = { kind: 'sets'; column: SetColumn } | { kind: 'plain'; codes: Uint8Array } | { kind: 'none' };
