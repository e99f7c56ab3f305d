import type { FacetPlan } from './facet-plan.ts';
import { tallyFacet } from './facets.ts';
import { type Asked, findHits } from './find-hits.ts';
import { mergeRanked, type Ranked, rankHits, type Wanted } from './rank.ts';
import type { Segment } from './segment.ts';
import type { KeyWorld } from './sort-keys.ts';
import type { Tally } from './tally.ts';

/** A question ready for segments, all in codes: what is asked is the same whatever segments it is put to. */
export interface PartQuestion {
  asked: Asked;
  wanted: Wanted;
  keys: Pick<KeyWorld, 'calculation' | 'share'>;
  facets: readonly FacetPlan[];
}

/** What some of the segments answer. Parts are added up to the answer of all. */
export interface PartAnswer {
  /** Persons that match; those nothing rejects, left out since something is not known; how many of them for each field. */
  total: number;
  leftOut: number;
  leftOutOfField: ReadonlyMap<string, number>;
  ranked: readonly Ranked[];
  /** In the order of the question's facets. */
  tallies: readonly Tally[];
}

/** What is looked up while answering; sorting by words needs their spelling. */
export interface PartWorld {
  vocabulary: KeyWorld['vocabulary'];
  lists: ReadonlyMap<string, ReadonlySet<string>>;
}

export function answerPart(segments: readonly Segment[], question: PartQuestion, world: PartWorld): PartAnswer {
  const found = segments.map((segment) => findHits(segment, question.asked));
  const keys = { ...question.keys, vocabulary: world.vocabulary };
  const leftOutOfField = new Map<string, number>();
  let total = 0;
  let leftOut = 0;
  for (const hits of found) {
    total += hits.total;
    leftOut += hits.leftOut;
    addCounts(leftOutOfField, hits.leftOutOfField);
  }
  return {
    total,
    leftOut,
    leftOutOfField,
    ranked: rankHits(found, question.wanted, keys),
    tallies: question.facets.map((plan) => tallyFacet(plan, found, world.lists)),
  };
}

/** The answer of two parts that have no segment in common. */
export function joinParts(a: PartAnswer, b: PartAnswer, wanted: Wanted): PartAnswer {
  const leftOutOfField = new Map(a.leftOutOfField);
  addCounts(leftOutOfField, b.leftOutOfField);
  return {
    total: a.total + b.total,
    leftOut: a.leftOut + b.leftOut,
    leftOutOfField,
    ranked: mergeRanked([a.ranked, b.ranked], wanted),
    tallies: a.tallies.map((tally, at) => addTallies(tally, b.tallies[at])),
  };
}

function addTallies(a: Tally, b: Tally | undefined): Tally {
  if (b === undefined) return a;
  return { counts: a.counts.map((count, code) => count + (b.counts[code] ?? 0)), unknown: a.unknown + b.unknown };
}

function addCounts(into: Map<string, number>, counts: ReadonlyMap<string, number>): void {
  for (const [field, count] of counts) into.set(field, (into.get(field) ?? 0) + count);
}
