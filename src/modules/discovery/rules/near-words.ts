import { editDistance, slipsAllowed } from './near-miss.ts';
import type { TermDictionary } from './term-dictionary.ts';
import type { TextQuery } from './text-query.ts';

const correctionsPerWord = 3;

/** Ids of the words nearest to one that nobody uses, at most 3: the fewest edits first, then by the alphabet. */
export function nearestWords(word: string, terms: TermDictionary): number[] {
  let most = slipsAllowed(word);
  if (most === 0) return [];
  let near: { id: number; term: string }[] = [];
  for (const id of terms.idsLike(word, most)) {
    const term = terms.termOf(id);
    const distance = editDistance(word, term, most);
    if (distance > most) continue;
    if (distance < most) {
      most = distance;
      near = [];
    }
    near.push({ id, term });
  }
  near.sort((a, b) => (a.term < b.term ? -1 : 1));
  return near.slice(0, correctionsPerWord).map((one) => one.id);
}

/** For each wanted word that nobody uses, the ids of those nearest to it; words without any are left out. */
export function wordsInstead(parsed: TextQuery, terms: TermDictionary): Map<string, number[]> {
  const instead = new Map<string, number[]>();
  for (const { words } of parsed.all) {
    for (const word of words) {
      if (terms.idOf(word) !== 0 || instead.has(word)) continue;
      const near = nearestWords(word, terms);
      if (near.length > 0) instead.set(word, near);
    }
  }
  return instead;
}
