import { tallyShares } from './audience-facet.ts';
import { type CountedRows, countedRows } from './counted-rows.ts';
import { binCodes, type CodeSource, lastPostCode, noCode, tierCodes } from './facet-codes.ts';
import type { FacetPlan } from './facet-plan.ts';
import { lastRows, membersIn } from './filter-rows.ts';
import type { SegmentHits } from './find-hits.ts';
import { tallyPrices } from './price-facet.ts';
import type { Segment } from './segment.ts';
import { newTally, type Tally, tallyBits, tallyPersons, tallyPostings, tallyRows } from './tally.ts';

/** Counts one field over the persons that match all other filters. A person with several values counts once under each. */
export function tallyFacet(
  plan: FacetPlan,
  found: readonly SegmentHits[],
  lists: ReadonlyMap<string, ReadonlySet<string>>,
): Tally {
  const sums = newTally(plan.size);
  for (const hits of found) {
    if (plan.kind === 'lists') tallyLists(plan.lists, hits, { lists, sums });
    else if (plan.kind === 'shares') tallyShares(plan, hits, sums);
    else if (plan.kind === 'prices') tallyPrices(plan, hits, sums);
    else tallyCodes(plan, hits, sums);
  }
  return sums;
}

type CodedPlan = Exclude<FacetPlan, { kind: 'lists' | 'shares' | 'prices' }>;

/** From so large a part of all rows on, several codes a row are counted by their lists. */
const mostRowsShare = 0.2;

function tallyCodes(plan: CodedPlan, hits: SegmentHits, sums: Tally): void {
  const { segment } = hits;
  const rows = countedRows(hits, plan.field);
  if (rows.count === 0) return;
  const codes = codesOf(plan, segment);
  const isPerson = 'isPerson' in plan && plan.isPerson;
  if ((codes.kind === 'one' || codes.kind === 'many') && plan.size * rows.bits.length < rows.count) {
    tallyBits(rows.bits, { codes, lastRows: segment.isFlat ? null : lastRows(segment) }, sums);
  } else if (!segment.isFlat && !isPerson) tallyPersons(rows.positions, { codes, segment }, sums);
  // What is known of a person stands in every row: any one of them is enough.
  else tallyOnes(segment.isFlat ? rows : rows.onePerPerson(segment), { codes, segment }, sums);
}

function tallyOnes(rows: CountedRows, over: { codes: CodeSource; segment: Segment }, sums: Tally): void {
  const { codes, segment } = over;
  if (codes.kind === 'many' && rows.count > segment.rows * mostRowsShare) tallyPostings(rows.bits, codes.column, sums);
  else tallyRows(rows.positions, codes, sums);
}

function codesOf(plan: CodedPlan, segment: Segment): CodeSource {
  const { field } = plan;
  switch (plan.kind) {
    case 'tiers': {
      const followers = segment.numbers.get('followers');
      if (followers === undefined) return { kind: 'none' };
      return { kind: 'one', codes: tierCodes(followers, plan.tiers), none: noCode };
    }
    case 'date': {
      const posted = segment.numbers.get(field);
      if (posted === undefined) return { kind: 'none' };
      return { kind: 'read', codeAt: (at) => lastPostCode(posted, at, plan.nowMs), none: noCode };
    }
    case 'flags': {
      const codes = segment.flags.get(field);
      return codes === undefined ? { kind: 'none' } : { kind: 'one', codes, none: 2 };
    }
    case 'bins': {
      const numbers = segment.numbers.get(plan.column);
      return numbers === undefined ? { kind: 'none' } : { kind: 'one', codes: binCodes(numbers, field), none: noCode };
    }
    case 'codes': {
      const column = segment.sets.get(field);
      if (column === undefined) return { kind: 'none' };
      if (column.starts === null) return { kind: 'one', codes: column.codes, none: 0 };
      return { kind: 'many', starts: column.starts, column };
    }
  }
}

/** By the place of a list among those of the plan. */
function tallyLists(
  ids: readonly string[],
  hits: SegmentHits,
  { lists, sums }: { lists: ReadonlyMap<string, ReadonlySet<string>>; sums: Tally },
): void {
  const { segment } = hits;
  const marks = new Uint8Array(segment.persons);
  for (const row of countedRows(hits, 'list').positions)
    marks[segment.isFlat ? row : (segment.rowPerson[row] ?? 0)] = 1;
  ids.forEach((id, at) => {
    let count = 0;
    for (const person of membersIn(segment, lists.get(id) ?? nobody)) count += marks[person] ?? 0;
    sums.counts[at] = (sums.counts[at] ?? 0) + count;
  });
}

const nobody: ReadonlySet<string> = new Set();
