import type { Segment } from './segment.ts';
import type { TermDictionary } from './term-dictionary.ts';
import { wordsIn } from './text-builder.ts';
import { type CompiledTerm, countIn } from './text-match.ts';
import { type Zone, zones, zoneWeights } from './tokens.ts';

interface TermPlace {
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
  const id = wordsIn(segment.text, where.person, where.zone).find((word) => wanted.has(word));
  return id === undefined ? null : where.terms.termOf(id);
}
