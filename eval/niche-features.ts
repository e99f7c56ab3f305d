import { loadTopics } from '#modules/discovery/match/load-topics.ts';
import { loadWordModel } from '#modules/discovery/match/load-word-model.ts';
import { vectorOfWords } from '#modules/discovery/match/rules/encode-text.ts';
import { countTerms } from '#modules/discovery/match/rules/sparse.ts';
import { topicEvidence } from '#modules/discovery/match/rules/topics.ts';
import { wordsOfHandle, wordsOfText } from '#modules/discovery/match/rules/words-of-text.ts';
import { foldText } from '#modules/discovery/rules/tokens.ts';
import type { Features } from './fit-classes.ts';

export interface NicheCase {
  handle: string;
  /** Name, bio, captions: whatever texts the file has. */
  text: string;
  /** Followers, followed, posts; null where the file has no such column. */
  figures: (number | null)[];
  category: string;
}

export const tableSize = 1 << 18;
const gramsFrom = 2;
const gramsTo = 5;

/** Words of handle and texts with how often they stand there: what the shipped taxonomy reads. */
export function wordsOfCase(one: NicheCase): Map<string, number> {
  const model = loadWordModel();
  const rankOf = (word: string) => model.places.get(word);
  return countTerms([...wordsOfHandle(one.handle, rankOf), ...wordsOfText(one.text, rankOf).words]);
}

/** Letter runs of the handle, words, topics, the vector of the words, and sizes in bins: what a trained classifier reads. */
export function featuresOf(one: NicheCase): Features {
  const values = new Map<number, number>();
  const add = (name: string, value: number) => {
    const place = hash(name);
    values.set(place, (values.get(place) ?? 0) + value);
  };
  add('always', 1);
  const grams = gramsOf(one.handle);
  for (const gram of grams) add(`g:${gram}`, 1 / Math.sqrt(grams.length || 1) + 0.1);
  const words = wordsOfCase(one);
  for (const [word, times] of words) add(`w:${word}`, 0.5 * (1 + Math.log(times)));
  topicEvidence(loadTopics(), words).forEach(({ sum }, topic) => {
    if (sum > 0) add(`t:${topic}`, Math.min(2, sum));
  });
  const vector = vectorOfWords(loadWordModel(), words);
  vector?.forEach((value, i) => {
    add(`v:${i}`, value);
  });
  one.figures.forEach((figure, at) => {
    if (figure === null) return;
    const size = Math.log10(Math.max(0, figure) + 1);
    add(`f:${at}`, size / 5);
    add(`f:${at}:${Math.round(size * 4)}`, 0.5);
  });
  return { at: Int32Array.from(values.keys()), value: Float32Array.from(values.values()) };
}

function gramsOf(handle: string): string[] {
  const text = `^${foldText(handle).replace(/\d/g, '0')}$`;
  const grams: string[] = [];
  for (let size = gramsFrom; size <= gramsTo; size += 1)
    for (let at = 0; at + size <= text.length; at += 1) grams.push(text.slice(at, at + size));
  return grams;
}

/** FNV-1a into the table. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0) % tableSize;
}
