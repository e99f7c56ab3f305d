import type { Facet, Tier } from '../api.ts';
import {
  binCodes,
  type Codes,
  histogramEdges,
  lastPostBuckets,
  lastPostCodes,
  noCode,
  tierCodes,
} from './facet-codes.ts';
import { fieldOf } from './field-kind.ts';
import type { SegmentHits } from './find-hits.ts';
import { findId } from './id-table.ts';
import type { Segment, Vocabulary } from './segment.ts';

export const facetValuesMax = 60;

export interface FacetWorld {
  vocabulary: Vocabulary;
  tiers: readonly Tier[];
  lists: ReadonlyMap<string, ReadonlySet<string>>;
  nowMs: number;
  /** Values listed; the rest are counted as others. */
  valuesMax: number;
  /** Bit of each filtered field; a facet looks past its own. */
  bits: ReadonlyMap<string, number>;
}

/** Counts one field over the persons that match all other filters. A person with several values counts once under each. */
export function countFacet(field: string, found: readonly SegmentHits[], world: FacetWorld): Facet {
  if (field === 'list') return countLists(found, world);
  const kind = fieldOf(field)?.kind ?? 'fact';
  const isNumber =
    kind === 'number' || (kind === 'fact' && found.some(({ segment }) => segment.personNumbers.has(field)));
  return isNumber ? countHistogram(field, found, world) : countValues(field, found, world);
}

/** Persons that match all filters but those of the facet's own field. */
function matching(found: SegmentHits, bit: number): Uint32Array {
  if (bit === 0) return found.hits;
  const { segment, personBad, rowBad, candidates } = found;
  const keep = ~bit;
  return candidates.filter((person) => {
    if (((personBad[person] ?? 0) & keep) !== 0) return false;
    const end = segment.rowStarts[person + 1] ?? 0;
    for (let row = segment.rowStarts[person] ?? 0; row < end; row += 1)
      if (((rowBad[row] ?? 0) & keep) === 0) return true;
    return false;
  });
}

interface Tally {
  counts: Uint32Array;
  /** Person + 1 that was counted last under a code, so that nobody counts twice. */
  stamps: Uint32Array;
  unknown: number;
}

function newTally(codes: number): Tally {
  return { counts: new Uint32Array(codes), stamps: new Uint32Array(codes), unknown: 0 };
}

function tally(found: SegmentHits, into: Tally, over: { codes: Codes; isPerson: boolean; bit: number }): void {
  const { codes, isPerson, bit } = over;
  const { counts, stamps } = into;
  const { rowStarts } = found.segment;
  const keep = ~bit;
  stamps.fill(0);
  for (const person of matching(found, bit)) {
    const start = isPerson ? person : (rowStarts[person] ?? 0);
    const end = isPerson ? person + 1 : (rowStarts[person + 1] ?? 0);
    let isKnown = false;
    for (let at = start; at < end; at += 1) {
      if (!isPerson && ((found.rowBad[at] ?? 0) & keep) !== 0) continue;
      if (codes.kind === 'plain') {
        const code = codes.codes[at] ?? noCode;
        if (code === noCode) continue;
        isKnown = true;
        if (stamps[code] === person + 1) continue;
        stamps[code] = person + 1;
        counts[code] = (counts[code] ?? 0) + 1;
      } else if (codes.kind === 'sets') {
        const last = codes.column.starts[at + 1] ?? 0;
        for (let i = codes.column.starts[at] ?? 0; i < last; i += 1) {
          const code = codes.column.codes[i] ?? 0;
          isKnown = true;
          if (stamps[code] === person + 1) continue;
          stamps[code] = person + 1;
          counts[code] = (counts[code] ?? 0) + 1;
        }
      }
    }
    if (!isKnown) into.unknown += 1;
  }
}

/** How a field is counted: codes of each segment, how many codes there are, what each is called (null: not shown). */
interface Counted {
  isPerson: boolean;
  size: number;
  codesOf(segment: Segment): Codes;
  nameOf(code: number): string | null;
}

function countValues(field: string, found: readonly SegmentHits[], world: FacetWorld): Facet {
  const counted = countedOf(field, found, world);
  const sums = newTally(counted.size);
  const bit = world.bits.get(field) ?? 0;
  for (const hits of found)
    tally(hits, sums, { codes: counted.codesOf(hits.segment), isPerson: counted.isPerson, bit });
  const values: { value: string; count: number }[] = [];
  sums.counts.forEach((count, code) => {
    const value = count === 0 ? null : counted.nameOf(code);
    if (value !== null) values.push({ value, count });
  });
  // Steps of a scale stand in their own order.
  if (field !== 'tier' && field !== 'lastPost') sortValues(values);
  return {
    kind: 'values',
    field,
    values: values.slice(0, world.valuesMax),
    others: Math.max(0, values.length - world.valuesMax),
    unknown: sums.unknown,
  };
}

function sortValues(values: { value: string; count: number }[]): void {
  values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function countedOf(field: string, found: readonly SegmentHits[], world: FacetWorld): Counted {
  if (field === 'tier') {
    return {
      isPerson: false,
      size: world.tiers.length + 1,
      codesOf: (segment) => ({ kind: 'plain', codes: tierCodes(segment, world.tiers) }),
      nameOf: (code) => world.tiers[code]?.name ?? null,
    };
  }
  if (field === 'lastPost') {
    return {
      isPerson: false,
      size: lastPostBuckets.length,
      codesOf: (segment) => ({ kind: 'plain', codes: lastPostCodes(segment, world.nowMs) }),
      nameOf: (code) => lastPostBuckets[code]?.name ?? null,
    };
  }
  const isPerson = fieldOf(field)?.level === 'person';
  if (found.some(({ segment }) => (isPerson ? segment.personFlags : segment.rowFlags).has(field)))
    return countedFlags(field, isPerson);
  const dictionary = world.vocabulary.sets.get(field);
  return {
    isPerson,
    size: dictionary?.size ?? 1,
    codesOf: (segment) => {
      const column = (isPerson ? segment.personSets : segment.rowSets).get(field);
      return column === undefined ? { kind: 'none' } : { kind: 'sets', column };
    },
    nameOf: (code) => dictionary?.valueOf(code) ?? null,
  };
}

function countedFlags(field: string, isPerson: boolean): Counted {
  return {
    isPerson,
    size: 3,
    codesOf: (segment) => {
      const flags = (isPerson ? segment.personFlags : segment.rowFlags).get(field);
      return flags === undefined
        ? { kind: 'none' }
        : { kind: 'plain', codes: flags.map((flag) => (flag === 2 ? noCode : flag)) };
    },
    nameOf: (code) => String(code === 1),
  };
}

function countHistogram(field: string, found: readonly SegmentHits[], world: FacetWorld): Facet {
  const edges = histogramEdges(field);
  const isPerson = fieldOf(field)?.level === 'person';
  const sums = newTally(edges.length + 1);
  const bit = world.bits.get(field) ?? 0;
  for (const hits of found)
    tally(hits, sums, { codes: { kind: 'plain', codes: binCodes(hits.segment, field, isPerson) }, isPerson, bit });
  const bins = Array.from(sums.counts, (count, bin) => ({
    from: edges[bin - 1] ?? null,
    to: edges[bin] ?? null,
    count,
  }));
  return { kind: 'histogram', field, bins, unknown: sums.unknown };
}

function countLists(found: readonly SegmentHits[], world: FacetWorld): Facet {
  const bit = world.bits.get('list') ?? 0;
  const marked = found.map((hits) => {
    const marks = new Uint8Array(hits.segment.persons);
    for (const person of matching(hits, bit)) marks[person] = 1;
    return { segment: hits.segment, marks };
  });
  const values = [...world.lists].map(([value, members]) => {
    let count = 0;
    for (const id of members) {
      if (marked.some(({ segment, marks }) => marks[findId(segment.idTable, segment.personIds, id)] === 1)) count += 1;
    }
    return { value, count };
  });
  const present = values.filter((one) => one.count > 0);
  sortValues(present);
  return {
    kind: 'values',
    field: 'list',
    values: present.slice(0, world.valuesMax),
    others: Math.max(0, present.length - world.valuesMax),
    unknown: 0,
  };
}
