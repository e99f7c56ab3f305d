import type { TermDictionary } from './term-dictionary.ts';
import { type CompiledTerm, countIn } from './text-match.ts';
import { type Zone, zones, zoneWeights } from './tokens.ts';

interface TermPlace {
  zone: Zone;
  count: number;
  of: number;
  /** The word as the index has it, for a prefix or a corrected slip. */
  word: string | null;
}

/** Where a person, whose words are given by zone, holds a term: the weightiest zone first. */
export function placesOf(
  words: readonly (readonly number[])[],
  compiled: CompiledTerm,
  terms: TermDictionary,
): TermPlace[] {
  const places: TermPlace[] = [];
  zones.forEach((zone, index) => {
    if ((compiled.term.zones & (1 << index)) === 0) return;
    const inOrder = words[index] ?? [];
    const { count, of } = countIn(inOrder, compiled);
    if (count > 0) places.push({ zone, count, of, word: firstWord(inOrder, compiled, terms) });
  });
  return places.sort((a, b) => zoneWeights[b.zone] - zoneWeights[a.zone]);
}

function firstWord(inOrder: readonly number[], compiled: CompiledTerm, terms: TermDictionary): string | null {
  const wanted = compiled.words[0];
  if (compiled.words.length !== 1 || wanted === undefined) return null;
  const id = inOrder.find((word) => wanted.has(word));
  return id === undefined ? null : terms.termOf(id);
}
