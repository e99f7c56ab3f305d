/** What a word can be in a comment; a word may be several. */
export const wordKinds = ['praise', 'wish', 'noun', 'address', 'filler', 'first', 'question', 'tell', 'thing'] as const;
export type WordKind = (typeof wordKinds)[number];

/** Words and word beginnings by folded form, each with a bit per kind, and the parts looked for inside texts without blanks. */
export interface CommentWords {
  words: ReadonlyMap<string, number>;
  /** Beginnings that take any ending, by folded form. */
  stems: ReadonlyMap<string, number>;
  insidePraise: RegExp;
  insideTalk: RegExp;
  insideThing: RegExp;
  /** Kinds of words already looked up, as they stood in comments. */
  lookedUp: Map<string, number>;
}

export const bitOf = (kind: WordKind) => 1 << wordKinds.indexOf(kind);

const stemMin = 2;
/** A short Latin beginning says little: from so many letters on a star counts. */
const latinStemMin = 4;
const stemMax = 12;

/** Reads models/comment-quality/words.txt: sections in brackets, lines of "language: words", a star for any ending. */
export function readCommentWords(text: string): CommentWords {
  const words = new Map<string, number>();
  const stems = new Map<string, number>();
  const inside: Record<string, string[]> = { praise: [], talk: [], thing: [] };
  let section = '';
  for (const line of text.split('\n')) {
    const heading = /^\[([a-z ]+)\]$/u.exec(line);
    if (heading !== null) section = heading[1] ?? '';
    if (heading !== null || line.startsWith('#') || !line.includes(':')) continue;
    const own = line
      .slice(line.indexOf(':') + 1)
      .split(' ')
      .filter((word) => word !== '');
    if (section.startsWith('inside ')) inside[section.slice(7)]?.push(...own);
    const kind = wordKinds.find((name) => name === section);
    if (kind === undefined) continue;
    for (const word of own) {
      const isStem = word.endsWith('*');
      const key = foldWord(isStem ? word.slice(0, -1) : word);
      const table = isStem ? stems : words;
      table.set(key, (table.get(key) ?? 0) | bitOf(kind));
    }
  }
  return {
    words,
    stems,
    insidePraise: anyOf(inside.praise ?? []),
    insideTalk: anyOf(inside.talk ?? []),
    insideThing: anyOf(inside.thing ?? []),
    lookedUp: new Map(),
  };
}

const anyOf = (parts: readonly string[]) => new RegExp([...new Set(parts)].join('|'), 'u');

const accents = /[\u0300-\u036f]/gu;
const repeated = /(.)\1+/gu;
const plain = /^[a-z]*$/u;

/** A word without case and accents, each drawn-out letter once, so that "Soooo" is "so" and "schön" is "schon". */
export function foldWord(word: string): string {
  const low = word.toLowerCase().replace(/’/gu, "'");
  const bare = plain.test(low) ? low : low.normalize('NFKD').replace(accents, '').normalize('NFC');
  return bare.replace(repeated, '$1');
}

/** Words remembered at most; then the memory starts anew. */
const lookedUpMax = 20_000;
/** Longer ones would keep the whole comment in memory (V8 shares the letters of cuts from 13 on). */
const rememberedLettersMax = 12;

/** Kinds of a word as bits; 0 when nothing is known of it. */
export function kindsOfWord(known: CommentWords, word: string): number {
  const before = known.lookedUp.get(word);
  if (before !== undefined) return before;
  const folded = foldWord(word);
  let bits = known.words.get(folded) ?? 0;
  const shortest = plain.test(folded) ? latinStemMin : stemMin;
  const longest = Math.min(stemMax, folded.length);
  for (let length = shortest; length <= longest; length += 1) bits |= known.stems.get(folded.slice(0, length)) ?? 0;
  if (word.length > rememberedLettersMax) return bits;
  if (known.lookedUp.size >= lookedUpMax) known.lookedUp.clear();
  known.lookedUp.set(word, bits);
  return bits;
}
