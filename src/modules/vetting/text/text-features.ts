import { allMarks, mark } from './text-marks.ts';

/** What is read off a text: part of a model, so that it is the same in training and in use. */
export interface TextFeatureOptions {
  /** Longest run of words that is a feature: 1 words, 2 pairs too; 0 none. */
  words: number;
  /** Shortest and longest run of letters inside a word (with its edges); null none. */
  characters: { from: number; to: number } | null;
  /** Places of the hashed table, a power of two. */
  buckets: number;
}

/** A text as places of a hashed table, each once, with their values. */
export interface TextFeatures {
  indices: Uint32Array;
  values: Float32Array;
}

/** A feature of the caller's own, by name: a count, a flag. Small values, about 0 to 2. */
export type NamedFeature = readonly [name: string, value: number];

/** No more of a text is read: a comment of 100,000 characters costs what one of 2,000 does. */
export const textCharactersMax = 2000;
const runMax = 3;
const offset = 0x811c9dc5;
const prime = 0x01000193;
const wordSalt = 0x9e3779b9;
const characterSalt = 0x85ebca6b;

/**
 * Words, pairs of words and letter runs of a text, hashed (Weinberger et al. 2009, FNV-1a). Case, width, addresses, numbers and drawn-out letters are
 * evened out (`plainText`). Each of the two groups is scaled to length 1, repeated features count 1 + ln(times); own features come as they are.
 */
export function hashedFeatures(
  text: string,
  options: TextFeatureOptions,
  named: readonly NamedFeature[] = [],
): TextFeatures {
  return featuresOfTokens(tokensOf(plainText(text)), options, named);
}

/** The same of a text already cut into tokens. */
export function featuresOfTokens(
  tokens: readonly string[],
  options: TextFeatureOptions,
  named: readonly NamedFeature[] = [],
): TextFeatures {
  const bag = bagOf(options.buckets);
  if (options.words > 0) addWords(bag, tokens, options.words);
  const wordsEnd = bag.length;
  if (options.characters !== null) addCharacters(bag, tokens, { ...options.characters, kept: keptRuns(options) });
  const charactersEnd = bag.length;
  const indices = new Uint32Array(bag.length + named.length);
  const values = new Float32Array(bag.length + named.length);
  for (let at = 0; at < charactersEnd; at += 1) {
    const place = bag.places[at] ?? 0;
    indices[at] = place;
    values[at] = 1 + Math.log(bag.times[place] ?? 1);
    bag.times[place] = 0;
  }
  scale(values, 0, wordsEnd);
  scale(values, wordsEnd, charactersEnd);
  named.forEach(([name, value], at) => {
    indices[charactersEnd + at] = hashText(name, offset) & bag.mask;
    values[charactersEnd + at] = value;
  });
  return { indices, values };
}

const { beyondAscii, digit, at } = mark;
const colonOrPoint = mark.colon | mark.point;
const address = /(?:https?:\/\/|www\.)\S+/gu;
const mention = /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_.]+/gu;
const number = /\p{Nd}+(?:[.,]\p{Nd}+)*/gu;
const drawnOut = /(\P{N})\1{3,}/gu;

/**
 * The text as the models read it: NFKC, lower case, addresses, names and numbers as one sign each, no letter more than three times in a row. `marks`
 * of `readCommentText`, where they are known, say which of these need not be looked for.
 */
export function plainText(text: string, marks = allMarks): string {
  const some = text.slice(0, textCharactersMax);
  // Signs beyond ASCII may become any sign by NFKC.
  const has = (bits: number) => (marks & (bits | beyondAscii)) !== 0;
  let plain = (has(0) ? some.normalize('NFKC') : some).toLowerCase();
  if (has(colonOrPoint)) plain = plain.replace(address, ' ⓤ ');
  if (has(at)) plain = plain.replace(mention, ' ⓜ ');
  if (has(digit)) plain = plain.replace(number, '0');
  return plain.replace(drawnOut, (_, sign: string) => sign.repeat(runMax));
}

type CharacterKind = 0 | 1 | 2;
const space: CharacterKind = 0;
const letter: CharacterKind = 1;
const sign: CharacterKind = 2;

/** Kind of each UTF-16 unit; made once. */
const kinds = (() => {
  const table = new Uint8Array(65_536);
  const inWord = /^[\p{L}\p{M}\p{N}_'’]$/u;
  const blank = /^[\s\p{C}]$/u;
  const isVariation = (unit: number) => unit >= 0xfe00 && unit <= 0xfe0f;
  for (let unit = 0; unit < table.length; unit += 1) {
    const text = String.fromCharCode(unit);
    const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
    table[unit] = isSurrogate
      ? sign
      : isVariation(unit) || blank.test(text)
        ? space
        : inWord.test(text)
          ? letter
          : sign;
  }
  return table;
})();

/** Words, and every emoji and sign of punctuation alone. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at);
    const kind = kinds[unit];
    let end = at + 1;
    if (kind === letter) while (end < text.length && kinds[text.charCodeAt(end)] === letter) end += 1;
    else if (unit >= 0xd800 && unit <= 0xdbff && end < text.length) end += 1;
    if (kind !== space) tokens.push(text.slice(at, end));
    at = end;
  }
  return tokens;
}

interface Bag {
  /** Distinct places, in order of first use. */
  places: number[];
  length: number;
  /** How often each place was met in this text; all 0 between texts. */
  times: Uint8Array;
  mask: number;
}

const tables = new Map<number, Uint8Array>();

function bagOf(buckets: number): Bag {
  const times = tables.get(buckets) ?? new Uint8Array(buckets);
  tables.set(buckets, times);
  return { places: [], length: 0, times, mask: buckets - 1 };
}

const placeOf = (hash: number, mask: number) => (hash ^ (hash >>> 15)) & mask;

function putPlace(bag: Bag, place: number): void {
  const times = bag.times[place] ?? 0;
  if (times === 0) {
    bag.places.push(place);
    bag.length += 1;
  }
  if (times < 255) bag.times[place] = times + 1;
}

function addWords(bag: Bag, tokens: readonly string[], longest: number): void {
  for (let at = 0; at < tokens.length; at += 1) {
    let hash = offset ^ wordSalt;
    for (let end = at; end < tokens.length && end < at + longest; end += 1) {
      hash = Math.imul(hashText(tokens[end] ?? '', hash) ^ 0x20, prime);
      putPlace(bag, placeOf(hash, bag.mask));
    }
  }
}

/** Places of the runs of tokens met before, by the options they were made by: most tokens are the words of every comment. */
const runsByOptions = new WeakMap<TextFeatureOptions, Map<string, Uint32Array>>();
const keptTokensMax = 20_000;
/** Longer ones would keep the whole comment in memory (V8 shares the letters of cuts from 13 on). */
const keptLettersMax = 12;

function keptRuns(options: TextFeatureOptions): Map<string, Uint32Array> {
  const kept = runsByOptions.get(options) ?? new Map<string, Uint32Array>();
  runsByOptions.set(options, kept);
  if (kept.size >= keptTokensMax) kept.clear();
  return kept;
}

/** Runs of letters of each token with a blank on both sides, as scikit-learn's char_wb. */
function addCharacters(
  bag: Bag,
  tokens: readonly string[],
  of: { from: number; to: number; kept: Map<string, Uint32Array> },
): void {
  for (const token of tokens) {
    const known = of.kept.get(token);
    const places = known ?? placesOfRuns(token, of, bag.mask);
    if (known === undefined && token.length <= keptLettersMax) of.kept.set(token, places);
    for (let i = 0; i < places.length; i += 1) putPlace(bag, places[i] ?? 0);
  }
}

function placesOfRuns(token: string, { from, to }: { from: number; to: number }, mask: number): Uint32Array {
  const padded = ` ${token} `;
  const places: number[] = [];
  for (let at = 0; at < padded.length; at += 1) {
    let hash = offset ^ characterSalt;
    const end = Math.min(padded.length, at + to);
    for (let next = at; next < end; next += 1) {
      hash = Math.imul(hash ^ padded.charCodeAt(next), prime);
      if (next - at + 1 >= from) places.push(placeOf(hash ^ (next - at), mask));
    }
  }
  return Uint32Array.from(places);
}

function hashText(text: string, start: number): number {
  let hash = start;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), prime);
  return hash;
}

function scale(values: Float32Array, from: number, to: number): void {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += (values[at] ?? 0) ** 2;
  const length = Math.sqrt(sum);
  for (let at = from; at < to; at += 1) values[at] = (values[at] ?? 0) / length;
}
