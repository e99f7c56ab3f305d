import { type FieldTests, textBit } from './compile-filters.ts';
import { type FailedBits, markDead, markFilters } from './filter-rows.ts';
import type { Segment } from './segment.ts';
import { type CompiledText, matchText } from './text-match.ts';

/** What a segment answers to filters and text, before sorting and counting. Valid until the next query of that segment. */
export interface SegmentHits {
  segment: Segment;
  personBad: Uint32Array;
  rowBad: Uint32Array;
  /** Persons that match, ascending. */
  hits: Uint32Array;
  /** Persons that match but for at most one field: what facets count over. */
  candidates: Uint32Array;
  /** Persons nothing rejects, left out since something is not known; how many of them for each bit. */
  leftOut: number;
  leftOutByBit: Uint32Array;
  weights: Float32Array | null;
}

interface Scratch extends FailedBits {
  hits: Uint32Array;
  candidates: Uint32Array;
}

// Arrays as long as a segment, used again by the next query: making them anew costs more than the query.
const scratches = new WeakMap<Segment, Scratch>();

function scratchOf(segment: Segment): Scratch {
  let scratch = scratches.get(segment);
  if (scratch === undefined) {
    scratch = {
      personBad: new Uint32Array(segment.persons),
      personRejected: new Uint32Array(segment.persons),
      rowBad: new Uint32Array(segment.rows),
      rowRejected: new Uint32Array(segment.rows),
      hits: new Uint32Array(segment.persons),
      candidates: new Uint32Array(segment.persons),
    };
    scratches.set(segment, scratch);
    return scratch;
  }
  for (const bits of [scratch.personBad, scratch.personRejected, scratch.rowBad, scratch.rowRejected]) bits.fill(0);
  return scratch;
}

export function findHits(segment: Segment, groups: readonly FieldTests[], text: CompiledText | null): SegmentHits {
  const scratch = scratchOf(segment);
  markDead(segment, scratch);
  const weights = text === null ? null : markText(segment, text, scratch);
  markFilters(segment, groups, scratch);
  return { segment, personBad: scratch.personBad, rowBad: scratch.rowBad, weights, ...judge(segment, scratch) };
}

function markText(segment: Segment, text: CompiledText, bits: FailedBits): Float32Array {
  const { matched, weights } = matchText(segment, text);
  for (let person = 0; person < segment.persons; person += 1) {
    if (matched[person] !== 0) continue;
    bits.personBad[person] = (bits.personBad[person] ?? 0) | textBit;
    bits.personRejected[person] = (bits.personRejected[person] ?? 0) | textBit;
  }
  return weights;
}

function judge(
  segment: Segment,
  scratch: Scratch,
): Pick<SegmentHits, 'hits' | 'candidates' | 'leftOut' | 'leftOutByBit'> {
  const { personBad, personRejected, rowBad, rowRejected, hits, candidates } = scratch;
  const { rowStarts, dead } = segment;
  const leftOutByBit = new Uint32Array(32);
  let leftOut = 0;
  let hitCount = 0;
  let candidateCount = 0;
  for (let person = 0; person < segment.persons; person += 1) {
    const own = personBad[person] ?? 0;
    const ownRejected = personRejected[person] ?? 0;
    if ((own & (own - 1)) !== 0 && ownRejected !== 0) continue;
    if (dead[person] !== 0) continue;
    const end = rowStarts[person + 1] ?? 0;
    let isHit = false;
    let isCandidate = false;
    let possible = 0;
    for (let row = rowStarts[person] ?? 0; row < end; row += 1) {
      const failed = own | (rowBad[row] ?? 0);
      if (failed === 0) isHit = true;
      if ((failed & (failed - 1)) === 0) isCandidate = true;
      if (failed !== 0 && (ownRejected | (rowRejected[row] ?? 0)) === 0) possible |= failed;
    }
    if (isCandidate) {
      candidates[candidateCount] = person;
      candidateCount += 1;
    }
    if (isHit) {
      hits[hitCount] = person;
      hitCount += 1;
    } else if (possible !== 0) {
      leftOut += 1;
      for (let bit = 0; bit < 32; bit += 1)
        if ((possible & (1 << bit)) !== 0) leftOutByBit[bit] = (leftOutByBit[bit] ?? 0) + 1;
    }
  }
  return {
    hits: hits.subarray(0, hitCount),
    candidates: candidates.subarray(0, candidateCount),
    leftOut,
    leftOutByBit,
  };
}
