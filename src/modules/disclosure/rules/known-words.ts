/**
 * Words that some part of the reading asks for. A caption's word is looked up once, while its letters are read, and known by its number from then on:
 * most words of a caption are of no interest to anybody, and to be told so is most of the time of a check.
 */
const words: string[] = [''];
const byWord = new Map<string, number>();
const slots = 1 << 14;
const table = new Uint16Array(slots);

/** The number of a folded word, given to it when it has none yet: above 0, the same for ever in this process. */
export function knownWord(word: string): number {
  const before = byWord.get(word);
  if (before !== undefined) return before;
  const made = words.push(word) - 1;
  byWord.set(word, made);
  let hash = hashStart;
  for (let i = 0; i < word.length; i += 1) hash = hashNext(hash, word.charCodeAt(i));
  let slot = slotOf(hash);
  while (table[slot] !== 0) slot = (slot + 1) & (slots - 1);
  table[slot] = made;
  return made;
}

/** The number of a folded word, 0 when nobody asks for it. */
export const numberOf = (word: string): number => byWord.get(word) ?? 0;

/** The word of a number. */
export const wordOf = (number: number): string => words[number] ?? '';

/** What is known of words, by their numbers. */
export function numbered<Value>(entries: Iterable<readonly [string, Value]>): Value[] {
  const values: Value[] = [];
  for (const [word, value] of entries) values[knownWord(word)] = value;
  return values;
}

export const hashStart = 7;

/** Takes one more UTF-16 code unit of a folded word into its hash. */
export const hashNext = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;

const slotOf = (hash: number): number => (hash ^ (hash >>> 15)) & (slots - 1);

/** The number of the word with that hash that stands there in plain letters, capitals or not; 0 when nobody asks for it. */
export function numberAt(caption: string, place: { start: number; end: number }, hash: number): number {
  const { start, end } = place;
  for (let slot = slotOf(hash); ; slot = (slot + 1) & (slots - 1)) {
    const number = table[slot] ?? 0;
    if (number === 0) return 0;
    const word = words[number] ?? '';
    if (word.length === end - start && isSame(caption, start, word)) return number;
  }
}

function isSame(caption: string, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i += 1) {
    const code = caption.charCodeAt(start + i);
    const folded = code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
    if (folded !== word.charCodeAt(i)) return false;
  }
  return true;
}
