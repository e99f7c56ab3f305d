import type { TermDictionary } from './dictionary.ts';
import type { Segment } from './segment.ts';
import { findTerm } from './text-builder.ts';
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

export function compileText(
  query: TextQuery,
  terms: TermDictionary,
  instead: ReadonlyMap<string, readonly number[]> = new Map(),
): CompiledText {
  const compile = (term: TextTerm): CompiledTerm => ({
    term,
    words: term.words.map((word, index) => {
      if (term.isPrefix && index === term.words.length - 1) return new Set(terms.idsWithPrefix(word));
      const id = terms.idOf(word);
      return new Set(id === 0 ? (instead.get(word) ?? []) : [id]);
    }),
  });
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

/** Which persons match, 1 or 0, and what their matches weigh together. */
export interface TextMatches {
  matched: Uint8Array;
  weights: Float32Array;
}

export function matchText(segment: Segment, query: CompiledText): TextMatches {
  const matched = new Uint8Array(segment.persons).fill(1);
  const weights = new Float32Array(segment.persons);
  for (const term of [...query.all].sort((a, b) => postingCount(segment, a) - postingCount(segment, b))) {
    const found = personsOf(segment, term, matched);
    for (let person = 0; person < matched.length; person += 1) {
      const mask = found[person] ?? 0;
      if (mask === 0) matched[person] = 0;
      else weights[person] = (weights[person] ?? 0) + (weightOfMask[mask] ?? 0);
    }
  }
  for (const term of query.none) {
    const found = personsOf(segment, term, matched);
    for (let person = 0; person < matched.length; person += 1) if (found[person] !== 0) matched[person] = 0;
  }
  return { matched, weights };
}

function postingCount(segment: Segment, term: CompiledTerm): number {
  return Math.min(
    ...term.words.map((ids) => {
      let sum = 0;
      for (const id of ids) sum += listLength(segment, id);
      return sum;
    }),
  );
}

function listLength(segment: Segment, id: number): number {
  const at = findTerm(segment.text, id);
  return at < 0 ? 0 : (segment.text.postingStarts[at + 1] ?? 0) - (segment.text.postingStarts[at] ?? 0);
}

/** The zones in which each person holds the term, 0 for none; only persons of `among` are looked at. */
function personsOf(segment: Segment, compiled: CompiledTerm, among: Uint8Array): Uint8Array {
  const found = new Uint8Array(segment.persons);
  const first = compiled.words[0] ?? new Set<number>();
  const isSingle = compiled.words.length === 1;
  // Only a term that may stand in captions carries how many of them hold it.
  const keep = compiled.term.zones | ((compiled.term.zones & zoneMask('captions')) === 0 ? 0 : captionLevelBits);
  for (const id of first) {
    const at = findTerm(segment.text, id);
    if (at < 0) continue;
    const end = segment.text.postingStarts[at + 1] ?? 0;
    for (let i = segment.text.postingStarts[at] ?? 0; i < end; i += 1) {
      const person = segment.text.postings[i] ?? 0;
      if (among[person] === 0) continue;
      const mask = (segment.text.postingZones[i] ?? 0) & keep;
      if ((mask & compiled.term.zones) !== 0) found[person] = (found[person] ?? 0) | mask;
    }
  }
  if (isSingle) return found;
  for (let person = 0; person < found.length; person += 1) {
    if (found[person] !== 0) found[person] = phraseZones(segment, person, compiled, found[person] ?? 0);
  }
  return found;
}

function phraseZones(segment: Segment, person: number, compiled: CompiledTerm, candidates: number): number {
  let mask = 0;
  zones.forEach((_, zone) => {
    if ((candidates & (1 << zone)) !== 0 && countIn(segment, { person, zone, compiled }).count > 0) mask |= 1 << zone;
  });
  return mask;
}

/** How many texts of a zone hold the term, of how many. Words stand in a row within one text. */
export function countIn(
  segment: Segment,
  where: { person: number; zone: number; compiled: CompiledTerm },
): { count: number; of: number } {
  const { forward, forwardStarts } = segment.text;
  const at = where.person * zones.length + where.zone;
  const end = forwardStarts[at + 1] ?? 0;
  const { words } = where.compiled;
  let count = 0;
  let of = 0;
  let isFound = false;
  for (let i = forwardStarts[at] ?? 0; i < end; i += 1) {
    if (forward[i] === 0) {
      of += 1;
      if (isFound) count += 1;
      isFound = false;
    } else if (!isFound) {
      isFound = words.every((ids, offset) => i + offset < end && ids.has(forward[i + offset] ?? 0));
    }
  }
  return { count, of };
}

export interface TermPlace {
  zone: Zone;
  count: number;
  of: number;
  /** The word as the index has it, for a prefix or a corrected slip. */
  word: string | null;
}

/** Where a person holds a term, the weightiest zone first. */
export function placesOf(
  segment: Segment,
  where: { person: number; compiled: CompiledTerm; terms: TermDictionary },
): TermPlace[] {
  const { person, compiled, terms } = where;
  const places: TermPlace[] = [];
  zones.forEach((zone, index) => {
    if ((compiled.term.zones & (1 << index)) === 0) return;
    const { count, of } = countIn(segment, { person, zone: index, compiled });
    if (count > 0) places.push({ zone, count, of, word: firstWord(segment, { person, zone: index, compiled, terms }) });
  });
  return places.sort((a, b) => zoneWeights[b.zone] - zoneWeights[a.zone]);
}

function firstWord(
  segment: Segment,
  where: { person: number; zone: number; compiled: CompiledTerm; terms: TermDictionary },
): string | null {
  const wanted = where.compiled.words[0];
  if (where.compiled.words.length !== 1 || wanted === undefined) return null;
  const at = where.person * zones.length + where.zone;
  const end = segment.text.forwardStarts[at + 1] ?? 0;
  for (let i = segment.text.forwardStarts[at] ?? 0; i < end; i += 1) {
    const id = segment.text.forward[i] ?? 0;
    if (wanted.has(id)) return where.terms.termOf(id);
  }
  return null;
}
