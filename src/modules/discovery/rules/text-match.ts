import { type Bits, setBit } from './bits.ts';
import { scratchBits } from './scratch.ts';
import type { Segment } from './segment.ts';
import type { TermDictionary } from './term-dictionary.ts';
import { findTerm, wordsIn } from './text-builder.ts';
import type { TextQuery, TextTerm } from './text-query.ts';
import {
  captionLevelBits,
  captionLevelShift,
  captionLevelWeight,
  type Zone,
  zoneMask,
  zones,
  zoneWeights,
} from './tokens.ts';

/** A term with the words of the index it stands for: one list of alternatives for each word in a row. */
export interface CompiledTerm {
  term: TextTerm;
  /** Alternatives for each word; more than one for a prefix or a corrected slip. */
  words: ReadonlySet<number>[];
}

export interface CompiledText {
  all: CompiledTerm[];
  none: CompiledTerm[];
}

export function compileTerm(
  term: TextTerm,
  terms: TermDictionary,
  instead: ReadonlyMap<string, readonly number[]> = new Map(),
): CompiledTerm {
  return {
    term,
    words: term.words.map((word, index) => {
      if (term.isPrefix && index === term.words.length - 1) return new Set(terms.idsWithPrefix(word));
      const id = terms.idOf(word);
      return new Set(id === 0 ? (instead.get(word) ?? []) : [id]);
    }),
  };
}

export function compileText(
  query: TextQuery,
  terms: TermDictionary,
  instead: ReadonlyMap<string, readonly number[]> = new Map(),
): CompiledText {
  const compile = (term: TextTerm) => compileTerm(term, terms, instead);
  return { all: query.all.map(compile), none: query.none.map(compile) };
}

/** What a match weighs, by its mask: the best of its zones, captions the more the more of them hold the word. */
const weightOfMask = Float32Array.from({ length: 256 }, (_, mask) =>
  zones.reduce((best, zone, index) => (mask & (1 << index) ? Math.max(best, weightIn(zone, mask)) : best), 0),
);

function weightIn(zone: Zone, mask: number): number {
  const level = zone === 'captions' ? mask >> captionLevelShift : 0;
  return zoneWeights[zone] + level * captionLevelWeight;
}

/** Which persons match, and what the matches of each of them weigh together, by person. */
interface TextMatches {
  persons: Bits;
  /** Used again by the next question to the same segment. */
  weights: Float32Array;
}

/** Weights of the last question to a segment, and whose of them are not 0: making room for all persons anew would take longer than matching a rare word. */
const lastWeights = new WeakMap<Segment, { weights: Float32Array; weighed: Uint16Array }>();

function noWeights(segment: Segment): { weights: Float32Array; weighed: Uint16Array } {
  let last = lastWeights.get(segment);
  if (last === undefined) {
    last = { weights: new Float32Array(segment.persons), weighed: new Uint16Array(0) };
    lastWeights.set(segment, last);
  }
  const { weights, weighed } = last;
  for (let i = 0; i < weighed.length; i += 1) weights[weighed[i] ?? 0] = 0;
  return last;
}

export function matchText(segment: Segment, query: CompiledText): TextMatches {
  const byLength = [...query.all].sort((a, b) => postingCount(segment, a) - postingCount(segment, b));
  const last = noWeights(segment);
  const { weights } = last;
  let among: Uint16Array | null = null;
  for (const term of byLength) {
    const found: Matches = matchTerm(segment, term, among);
    for (let i = 0; i < found.persons.length; i += 1) {
      const person = found.persons[i] ?? 0;
      weights[person] = (weights[person] ?? 0) + (weightOfMask[found.masks[i] ?? 0] ?? 0);
    }
    // Those of the first term are all that are weighed: the others are looked for among them.
    if (among === null) last.weighed = found.persons;
    among = found.persons;
  }
  const persons = scratchBits(segment.persons);
  if (among === null) persons.fill(0xffff_ffff);
  else for (const person of among) setBit(persons, person);
  for (const term of query.none) {
    for (const person of matchTerm(segment, term, among).persons)
      persons[person >>> 5] = (persons[person >>> 5] ?? 0) & ~(1 << (person & 31));
  }
  return { persons, weights };
}

/** Persons of a segment that hold a term. */
export function termPersons(segment: Segment, term: CompiledTerm): Bits {
  const bits = scratchBits(segment.persons);
  for (const person of matchTerm(segment, term, null).persons) setBit(bits, person);
  return bits;
}

/** Persons, ascending, with the mask of the zones in which each holds a term. */
interface Matches {
  persons: Uint16Array;
  masks: Uint8Array;
}

function postingCount(segment: Segment, term: CompiledTerm): number {
  return Math.min(...term.words.map((ids) => listsLength(segment, ids)));
}

function listsLength(segment: Segment, ids: ReadonlySet<number>): number {
  let sum = 0;
  for (const id of ids) {
    const at = findTerm(segment.text, id);
    if (at >= 0) sum += (segment.text.postingStarts[at + 1] ?? 0) - (segment.text.postingStarts[at] ?? 0);
  }
  return sum;
}

/** Persons of `among` (null: all) that hold the term; words in a row are checked in the order of the text. */
function matchTerm(segment: Segment, compiled: CompiledTerm, among: Uint16Array | null): Matches {
  const [first = new Set<number>()] = compiled.words;
  if (compiled.words.length <= 1) {
    // Only a term that may stand in captions carries how many of them hold it.
    const { zones: wanted } = compiled.term;
    const keep = wanted | ((wanted & zoneMask('captions')) === 0 ? 0 : captionLevelBits);
    return matchWord(segment, first, { wanted, keep, among });
  }
  const { zones: wanted } = compiled.term;
  const byLength = [...compiled.words].sort((a, b) => listsLength(segment, a) - listsLength(segment, b));
  let left = among;
  let found: Matches = { persons: new Uint16Array(0), masks: new Uint8Array(0) };
  for (const ids of byLength) {
    found = matchWord(segment, ids, { wanted, keep: wanted, among: left });
    left = found.persons;
  }
  return keepPhrases(segment, compiled, found);
}

function keepPhrases(segment: Segment, compiled: CompiledTerm, { persons, masks }: Matches): Matches {
  let used = 0;
  for (let i = 0; i < persons.length; i += 1) {
    const person = persons[i] ?? 0;
    // The mask is that of one of the words: the phrase can stand in no other zone.
    const mask = phraseZones(segment, person, compiled, masks[i] ?? 0);
    if (mask === 0) continue;
    persons[used] = person;
    masks[used] = mask;
    used += 1;
  }
  return { persons: persons.subarray(0, used), masks: masks.subarray(0, used) };
}

interface WordSearch {
  wanted: number;
  keep: number;
  among: Uint16Array | null;
}

function matchWord(segment: Segment, ids: ReadonlySet<number>, how: WordSearch): Matches {
  const lists: { from: number; to: number }[] = [];
  for (const id of ids) {
    const at = findTerm(segment.text, id);
    if (at < 0) continue;
    lists.push({ from: segment.text.postingStarts[at] ?? 0, to: segment.text.postingStarts[at + 1] ?? 0 });
  }
  const [only] = lists;
  if (only === undefined) return { persons: new Uint16Array(0), masks: new Uint8Array(0) };
  if (lists.length > 1) return matchMany(segment, lists, how);
  return how.among === null ? takeList(segment, only, how) : meetList(segment, only, { ...how, among: how.among });
}

function takeList(segment: Segment, { from, to }: { from: number; to: number }, { wanted, keep }: WordSearch): Matches {
  const { postings, postingZones } = segment.text;
  const persons = new Uint16Array(to - from);
  const masks = new Uint8Array(to - from);
  let used = 0;
  for (let i = from; i < to; i += 1) {
    const mask = (postingZones[i] ?? 0) & keep;
    if ((mask & wanted) === 0) continue;
    persons[used] = postings[i] ?? 0;
    masks[used] = mask;
    used += 1;
  }
  return { persons: persons.subarray(0, used), masks: masks.subarray(0, used) };
}

/** Of a list much longer than the persons asked for, each is looked for by halves; else both are walked together. */
const muchLonger = 24;

function meetList(
  segment: Segment,
  { from, to }: { from: number; to: number },
  { wanted, keep, among }: WordSearch & { among: Uint16Array },
): Matches {
  const { postings, postingZones } = segment.text;
  const persons = new Uint16Array(Math.min(among.length, to - from));
  const masks = new Uint8Array(persons.length);
  const isMuchLonger = to - from > among.length * muchLonger;
  let used = 0;
  let at = from;
  for (let i = 0; i < among.length && at < to; i += 1) {
    const person = among[i] ?? 0;
    if (isMuchLonger) at = firstFrom(postings, { person, from: at, to });
    else while (at < to && (postings[at] ?? 0) < person) at += 1;
    if (at >= to || postings[at] !== person) continue;
    const mask = (postingZones[at] ?? 0) & keep;
    if ((mask & wanted) === 0) continue;
    persons[used] = person;
    masks[used] = mask;
    used += 1;
  }
  return { persons: persons.subarray(0, used), masks: masks.subarray(0, used) };
}

function firstFrom(postings: Uint16Array, where: { person: number; from: number; to: number }): number {
  let low = where.from;
  let high = where.to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((postings[middle] ?? 0) < where.person) low = middle + 1;
    else high = middle;
  }
  return low;
}

function matchMany(
  segment: Segment,
  lists: readonly { from: number; to: number }[],
  { wanted, keep, among }: WordSearch,
): Matches {
  const { postings, postingZones } = segment.text;
  const found = new Uint8Array(segment.persons);
  for (const { from, to } of lists) {
    for (let i = from; i < to; i += 1) {
      const mask = (postingZones[i] ?? 0) & keep;
      const person = postings[i] ?? 0;
      if ((mask & wanted) !== 0) found[person] = (found[person] ?? 0) | mask;
    }
  }
  const persons = new Uint16Array(among === null ? segment.persons : among.length);
  const masks = new Uint8Array(persons.length);
  let used = 0;
  const count = persons.length;
  for (let i = 0; i < count; i += 1) {
    const person = among === null ? i : (among[i] ?? 0);
    if (found[person] === 0) continue;
    persons[used] = person;
    masks[used] = found[person] ?? 0;
    used += 1;
  }
  return { persons: persons.subarray(0, used), masks: masks.subarray(0, used) };
}

function phraseZones(segment: Segment, person: number, compiled: CompiledTerm, candidates: number): number {
  let mask = 0;
  zones.forEach((_, zone) => {
    if ((candidates & (1 << zone)) === 0) return;
    if (countIn(wordsIn(segment.text, person, zone), compiled).count > 0) mask |= 1 << zone;
  });
  return mask;
}

/** How many texts of a zone, given by its words, hold the term, of how many. Words stand in a row within one text. */
export function countIn(inOrder: readonly number[], { words }: CompiledTerm): { count: number; of: number } {
  let count = 0;
  let of = 0;
  let isFound = false;
  for (let i = 0; i < inOrder.length; i += 1) {
    if (inOrder[i] === 0) {
      of += 1;
      if (isFound) count += 1;
      isFound = false;
    } else if (!isFound) isFound = words.every((ids, offset) => ids.has(inOrder[i + offset] ?? 0));
  }
  return { count, of };
}
