import { foldText, tokenise } from '../../rules/tokens.ts';

const links = /(?:https?:\/\/|www\.)\S+/giu;
const marked = /([#@])([\p{L}\p{N}\p{M}_.]+)/gu;
const splitCharsMax = 40;
const wordCharsMax = 24;

/** Place of a word in a list by frequency, smallest is most frequent; undefined when it is not known. */
export type WordRank = (word: string) => number | undefined;

export interface TextWords {
  /** Words of the running text and those in hashtags, in order. */
  words: string[];
  hashtags: string[];
  /** Handles without @, lower case. */
  mentions: string[];
}

/**
 * Words of a text as the encoder reads them: links are dropped, handles are set apart (who is named says little of what is meant),
 * hashtags are split into known words ("veganfoodlover": vegan food lover).
 */
export function wordsOfText(text: string, rankOf: WordRank): TextWords {
  const words: string[] = [];
  const hashtags: string[] = [];
  const mentions: string[] = [];
  const plain = text.replace(links, ' ').replace(marked, (_, sign: string, name: string) => {
    const folded = foldText(name).replace(/\.+$/, '');
    if (sign === '@') {
      if (folded !== '') mentions.push(folded);
      return ' ';
    }
    hashtags.push(folded);
    return ` ${splitJoined(folded, rankOf).join(' ')} `;
  });
  for (const word of tokenise(plain)) words.push(word);
  return { words, hashtags, mentions };
}

/** Words of a handle: parts between signs and digits, each split into known words. */
export function wordsOfHandle(handle: string, rankOf: WordRank): string[] {
  return foldText(handle)
    .split(/[^\p{L}\p{M}]+/u)
    .filter((part) => part !== '')
    .flatMap((part) => splitJoined(part, rankOf));
}

/**
 * Splits joined words where the product of their frequencies is largest (dynamic programming over all splits); letters that fit no word
 * cost much. A known word stays whole when that is likelier than its parts.
 */
export function splitJoined(joined: string, rankOf: WordRank): string[] {
  let kept = splits.get(rankOf);
  if (kept === undefined || kept.size >= splitsMax) {
    kept = new Map();
    splits.set(rankOf, kept);
  }
  let pieces = kept.get(joined);
  if (pieces === undefined) {
    pieces = splitAnew(joined, rankOf);
    kept.set(joined, pieces);
  }
  return pieces;
}

// The same tags and handles come again and again; splitting one costs as much as reading a page.
const splits = new WeakMap<WordRank, Map<string, string[]>>();
const splitsMax = 50_000;

function splitAnew(joined: string, rankOf: WordRank): string[] {
  const text = [...joined].slice(0, splitCharsMax);
  const plain = text.length === joined.length ? joined : null;
  const pieceAt = (start: number, end: number) =>
    plain === null ? text.slice(start, end).join('') : plain.slice(start, end);
  const cost = new Float64Array(text.length + 1).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(text.length + 1);
  cost[0] = 0;
  for (let end = 1; end <= text.length; end += 1) {
    for (let start = Math.max(0, end - wordCharsMax); start < end; start += 1) {
      const piece = pieceAt(start, end);
      const price = (cost[start] ?? 0) + pieceCost(piece, rankOf(piece));
      if (price < (cost[end] ?? 0)) {
        cost[end] = price;
        from[end] = start;
      }
    }
  }
  const pieces: string[] = [];
  for (let end = text.length; end > 0; end = from[end] ?? 0) pieces.push(pieceAt(from[end] ?? 0, end));
  return joinUnknown(pieces.reverse(), rankOf);
}

/** Minus the logarithm of a word's share; short words are seldom meant inside a tag, so they cost more than their share. */
function pieceCost(piece: string, rank: number | undefined): number {
  if (rank === undefined) return 9 + 7 * piece.length;
  const short = piece.length === 1 ? 9 : piece.length === 2 ? 4 : piece.length === 3 ? 1.5 : 0;
  return Math.log(rank + 3) + 3.5 + short;
}

/** Unknown letters side by side are one unknown word. */
function joinUnknown(pieces: readonly string[], rankOf: WordRank): string[] {
  const joined: string[] = [];
  let open = false;
  for (const piece of pieces) {
    const isUnknown = rankOf(piece) === undefined;
    if (isUnknown && open) joined.push((joined.pop() ?? '') + piece);
    else joined.push(piece);
    open = isUnknown;
  }
  return joined;
}
