import { type Facet, type Filter, fieldUnder, type SearchQuery, type Tier } from '../api.ts';
import { countShares } from './audience-facet.ts';
import { type CountedRows, countedRows } from './counted-rows.ts';
import {
  binCodes,
  type CodeSource,
  histogramEdges,
  lastPostBuckets,
  lastPostCode,
  noCode,
  tierCodes,
} from './facet-codes.ts';
import { fieldOf } from './field-kind.ts';
import { lastRows, membersIn } from './filter-rows.ts';
import type { SegmentHits } from './find-hits.ts';
import { countPrices } from './price-facet.ts';
import type { Segment, Vocabulary } from './segment.ts';
import { newTally, type Tally, tallyBits, tallyPersons, tallyPostings, tallyRows } from './tally.ts';

export const facetValuesMax = 60;

export interface FacetWorld {
  vocabulary: Vocabulary;
  tiers: readonly Tier[];
  lists: ReadonlyMap<string, ReadonlySet<string>>;
  nowMs: number;
  /** Values listed; the rest are counted as others. */
  valuesMax: number;
  calculation: SearchQuery['calculation'];
  /** What is asked for: audiences and prices are counted as their filters read them. */
  filters: readonly Filter[];
  facetCurrency: string | undefined;
}

/** Counts one field over the persons that match all other filters. A person with several values counts once under each. */
export function countFacet(field: string, found: readonly SegmentHits[], world: FacetWorld): Facet {
  if (field === 'list') return countLists(found, world);
  const column = fieldUnder(field, world.calculation);
  const kind = fieldOf(field)?.kind ?? 'fact';
  if (kind === 'share') return countShares(field, found, world);
  if (kind === 'price') return countPrices(found, world);
  const isNumber = kind === 'number' || (kind === 'fact' && found.some(({ segment }) => segment.numbers.has(column)));
  return isNumber ? countHistogram(field, found, { column }) : countValues(field, found, world);
}

/** How a field is counted: codes of each segment, how many codes there are, what each is called (null: not shown). */
interface Counted {
  isPerson: boolean;
  size: number;
  codesOf(segment: Segment): CodeSource;
  nameOf(code: number): string | null;
}

/** From so large a part of all rows on, several codes a row are counted by their lists. */
const mostRowsShare = 0.2;

function tally(field: string, found: readonly SegmentHits[], counted: Counted): Tally {
  const sums = newTally(counted.size);
  for (const hits of found) {
    const { segment } = hits;
    const rows = countedRows(hits, field);
    if (rows.count === 0) continue;
    const codes = counted.codesOf(segment);
    const isByPerson = !segment.isFlat && !counted.isPerson;
    if ((codes.kind === 'one' || codes.kind === 'many') && counted.size * rows.bits.length < rows.count) {
      tallyBits(rows.bits, { codes, lastRows: segment.isFlat ? null : lastRows(segment) }, sums);
    } else if (isByPerson) tallyPersons(rows.positions, { codes, segment }, sums);
    // What is known of a person stands in every row: any one of them is enough.
    else tallyOnes(segment.isFlat ? rows : rows.onePerPerson(segment), { codes, segment }, sums);
  }
  return sums;
}

function tallyOnes(rows: CountedRows, over: { codes: CodeSource; segment: Segment }, sums: Tally): void {
  const { codes, segment } = over;
  if (codes.kind === 'many' && rows.count > segment.rows * mostRowsShare) tallyPostings(rows.bits, codes.column, sums);
  else tallyRows(rows.positions, codes, sums);
}

function countValues(field: string, found: readonly SegmentHits[], world: FacetWorld): Facet {
  const counted = countedOf(field, found, world);
  const sums = tally(field, found, counted);
  const values: { value: string; count: number }[] = [];
  sums.counts.forEach((count, code) => {
    const value = count === 0 ? null : counted.nameOf(code);
    if (value !== null) values.push({ value, count });
  });
  // Steps of a scale stand in their own order.
  if (field !== 'tier' && fieldOf(field)?.kind !== 'date') sortValues(values);
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
      codesOf: ({ numbers }) => {
        const followers = numbers.get('followers');
        if (followers === undefined) return { kind: 'none' };
        return { kind: 'one', codes: tierCodes(followers, world.tiers), none: noCode };
      },
      nameOf: (code) => world.tiers[code]?.name ?? null,
    };
  }
  if (fieldOf(field)?.kind === 'date') {
    return {
      isPerson: false,
      size: lastPostBuckets.length,
      codesOf: ({ numbers }) => {
        const posted = numbers.get(field);
        if (posted === undefined) return { kind: 'none' };
        return { kind: 'read', codeAt: (at) => lastPostCode(posted, at, world.nowMs), none: noCode };
      },
      nameOf: (code) => lastPostBuckets[code]?.name ?? null,
    };
  }
  const isPerson = fieldOf(field)?.level === 'person';
  if (found.some(({ segment }) => segment.flags.has(field))) return countedFlags(field, isPerson);
  return countedSets(field, isPerson, world.vocabulary);
}

function countedSets(field: string, isPerson: boolean, vocabulary: Vocabulary): Counted {
  const dictionary = vocabulary.sets.get(field);
  return {
    isPerson,
    size: dictionary?.size ?? 1,
    codesOf: (segment) => {
      const column = segment.sets.get(field);
      if (column === undefined) return { kind: 'none' };
      if (column.starts === null) return { kind: 'one', codes: column.codes, none: 0 };
      return { kind: 'many', starts: column.starts, column };
    },
    nameOf: (code) => dictionary?.valueOf(code) ?? null,
  };
}

function countedFlags(field: string, isPerson: boolean): Counted {
  return {
    isPerson,
    size: 3,
    codesOf: (segment) => {
      const codes = segment.flags.get(field);
      return codes === undefined ? { kind: 'none' } : { kind: 'one', codes, none: 2 };
    },
    nameOf: (code) => String(code === 1),
  };
}

function countHistogram(field: string, found: readonly SegmentHits[], { column }: { column: string }): Facet {
  const edges = histogramEdges(field);
  const isPerson = fieldOf(field)?.level === 'person';
  const sums = tally(field, found, {
    isPerson,
    size: edges.length + 1,
    codesOf: (segment) => {
      const numbers = segment.numbers.get(column);
      return numbers === undefined ? { kind: 'none' } : { kind: 'one', codes: binCodes(numbers, field), none: noCode };
    },
    nameOf: () => null,
  });
  const bins = Array.from(sums.counts, (count, bin) => ({
    from: edges[bin - 1] ?? null,
    to: edges[bin] ?? null,
    count,
  }));
  return { kind: 'histogram', field, bins, unknown: sums.unknown };
}

function countLists(found: readonly SegmentHits[], world: FacetWorld): Facet {
  const counts = new Map<string, number>([...world.lists.keys()].map((id) => [id, 0]));
  for (const hits of found) {
    const { segment } = hits;
    const marks = new Uint8Array(segment.persons);
    for (const row of countedRows(hits, 'list').positions)
      marks[segment.isFlat ? row : (segment.rowPerson[row] ?? 0)] = 1;
    for (const [id, members] of world.lists) {
      let count = 0;
      for (const person of membersIn(segment, members)) count += marks[person] ?? 0;
      counts.set(id, (counts.get(id) ?? 0) + count);
    }
  }
  const present = [...counts].map(([value, count]) => ({ value, count })).filter((one) => one.count > 0);
  sortValues(present);
  return {
    kind: 'values',
    field: 'list',
    values: present.slice(0, world.valuesMax),
    others: Math.max(0, present.length - world.valuesMax),
    unknown: 0,
  };
}
