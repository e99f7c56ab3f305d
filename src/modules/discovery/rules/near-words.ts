import { countWord } from './bits.ts';
import { editDistance, slipsAllowed } from './near-miss.ts';
import type { TermDictionary } from './term-dictionary.ts';

const correctionsPerWord = 3;

/** Ids of the words nearest to one that nobody uses, at most 3: the fewest edits first, then by the alphabet. */
export function nearestWords(word: string, terms: TermDictionary): number[] {
  let most = slipsAllowed(word);
  if (most === 0) return [];
  let letters = 0;
  for (let i = 0; i < word.length; i += 1) letters |= 1 << (word.charCodeAt(i) & 31);
  let near: { id: number; term: string }[] = [];
  for (let id = 1; id < terms.size; id += 1) {
    if (Math.abs(terms.lengthOf(id) - word.length) > most) continue;
    if (countWord(terms.lettersOf(id) ^ letters) > most * 2) continue;
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
