import type { Token } from './comment-tokens.ts';
import type { TextFeatures } from './text-features.ts';
import type { Valence } from './valence.ts';
import { grammars } from './valence-words.ts';

/** The languages with feeling words and settings of their own, in the order of the weights. */
export const sentimentLanguages = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'pt'] as const;

/** Figures of a comment beside its words, in the order of the weights. */
export const figureNames = [
  'valence',
  'positive words',
  'negative words',
  'positive emoji',
  'negative emoji',
  'last valence',
  'best',
  'worst',
  'positive pieces',
  'negative pieces',
  'no feeling',
  'share of feeling',
  'turned',
  'negators',
  'exclamation',
  'question',
  'dots',
  'capitals',
  'drawn out',
  'link',
  'mentions',
  'hashtags',
  'length',
  'emoji',
  'exclaimed valence',
  'mixed',
] as const;
export type FigureName = (typeof figureNames)[number];

/** Sum of valences to -1 to 1 (Hutto and Gilbert 2014). */
export const squash = (sum: number) => sum / Math.sqrt(sum * sum + 15);

/** The figures of a comment, each about 0 to 4 (docs/methods/sentiment.md). */
export function figuresOf(tokens: readonly Token[], valence: Valence): Float64Array {
  const counts = countTokens(tokens);
  const { positive, negative, emojiPositive, emojiNegative } = valence;
  const total = positive + negative + emojiPositive + emojiNegative;
  const pieces = countPieces(valence);
  // In the order of `figureNames`.
  return Float64Array.of(
    squash(total),
    squash(positive),
    squash(negative),
    squash(emojiPositive),
    squash(emojiNegative),
    squash(valence.last),
    pieces.best,
    pieces.worst,
    Math.min(pieces.positive, 4),
    Math.min(pieces.negative, 4),
    valence.pieces.length === 0 ? 1 : 0,
    Math.min(1, valence.pieces.length / (counts.word + 1)),
    Math.min(valence.turned, 2),
    Math.min(valence.negators, 3),
    Math.log1p(Math.min(counts.exclamation, 20)),
    Math.log1p(Math.min(counts.question, 20)),
    Math.min(counts.dots, 2),
    Math.log1p(Math.min(counts.loud, 20)),
    counts.drawnOut > 0 ? 1 : 0,
    counts.link > 0 ? 1 : 0,
    Math.min(counts.mention, 3),
    Math.min(counts.hashtag, 4),
    Math.log1p(counts.word),
    Math.min(counts.emoji, 3),
    squash(total) * Math.min(1, counts.exclamation),
    total > 0 && negative < -1 ? 1 : 0,
  );
}

/** Plain counters: this runs for every comment, and counting under a name that is only known at run time costs more than all the rest of it. */
function countTokens(tokens: readonly Token[]) {
  let word = 0;
  let hashtag = 0;
  let mention = 0;
  let link = 0;
  let emoji = 0;
  let exclamation = 0;
  let question = 0;
  let dots = 0;
  let loud = 0;
  let drawnOut = 0;
  for (const token of tokens) {
    if (token.isLoud) loud += 1;
    if (token.isDrawnOut) drawnOut += 1;
    switch (token.kind) {
      case 'word':
        word += 1;
        break;
      case 'hashtag':
        hashtag += 1;
        break;
      case 'mention':
        mention += 1;
        break;
      case 'link':
        link += 1;
        break;
      case 'emoji':
        emoji += 1;
        break;
      case 'emoticon':
        break;
      case 'stop':
        if (token.text.includes('!')) exclamation += token.text.length;
        if (token.text.includes('?')) question += token.text.length;
        if (token.text.startsWith('..') || token.text === '…') dots += 1;
    }
  }
  return { word, hashtag, mention, link, emoji, exclamation, question, dots, loud, drawnOut };
}

function countPieces({ pieces }: Valence) {
  const counts = { positive: 0, negative: 0, best: 0, worst: 0 };
  for (const { valence } of pieces) {
    if (valence > 0) counts.positive += 1;
    else counts.negative += 1;
    counts.best = Math.max(counts.best, valence);
    counts.worst = Math.min(counts.worst, valence);
  }
  return counts;
}

const offset = 0x811c9dc5;
const prime = 0x01000193;
const wordSalt = 0x12d687;
const pairSalt = 0xf1206;
const tagSalt = 0x4d;
const runSalt = 0x14568b60;
const runFrom = 2;
const runTo = 5;
const negationReach = 3;

/** How often each place was met in this text; all 0 between texts. One table a size. */
const tables = new Map<number, Uint8Array>();
const timesMax = 255;

function tableOf(size: number): Uint8Array {
  const table = tables.get(size) ?? new Uint8Array(size);
  tables.set(size, table);
  return table;
}

/**
 * Words, pairs of words, words behind a negation once more as such, and runs of 2 to 5 letters, hashed into 2^`bits` places (FNV-1a). Both groups
 * (words, letters) have length 1.
 */
export function wordFeatures(tokens: readonly Token[], language: string | null, bits: number): TextFeatures {
  const times = tableOf(2 ** bits);
  const places: number[] = [];
  const negators = (grammars[language ?? 'en'] ?? grammars.en)?.negators;
  let before = '^';
  let negatedLeft = 0;
  for (const token of tokens) {
    const word = wordOf(token);
    if (token.kind === 'hashtag') put(times, places, hash(word, tagSalt));
    put(times, places, hash(word, wordSalt));
    if (negatedLeft > 0 && token.kind === 'word') put(times, places, hash(`!${word}`, wordSalt));
    put(times, places, hash(word, hash(before, pairSalt) ^ 0x20));
    if (token.kind === 'stop') negatedLeft = 0;
    else if (token.kind === 'word') negatedLeft = negators?.has(word) ? negationReach : negatedLeft - 1;
    before = word;
  }
  const wordsEnd = places.length;
  const wordTimes = takeTimes(times, places, 0);
  for (const token of tokens) putRuns(times, places, wordOf(token));
  const values = new Float32Array(places.length);
  fill(values, 0, wordTimes);
  fill(values, wordsEnd, takeTimes(times, places, wordsEnd));
  return { indices: Uint32Array.from(places), values };
}

/** How often each place from `start` on was met; the table is empty again behind it. */
function takeTimes(times: Uint8Array, places: readonly number[], start: number): Uint8Array {
  const taken = new Uint8Array(places.length - start);
  for (let i = start; i < places.length; i += 1) {
    const place = places[i] ?? 0;
    taken[i - start] = times[place] ?? 0;
    times[place] = 0;
  }
  return taken;
}

function wordOf({ kind, text }: Token): string {
  if (kind === 'link') return '<link>';
  if (kind === 'mention') return '<name>';
  return kind === 'stop' ? text.slice(0, 2) : text;
}

function put(times: Uint8Array, places: number[], hashed: number): void {
  const place = (hashed ^ (hashed >>> 15)) & (times.length - 1);
  const met = times[place] ?? 0;
  if (met === 0) places.push(place);
  if (met < timesMax) times[place] = met + 1;
}

function putRuns(times: Uint8Array, places: number[], word: string): void {
  const length = word.length + 2;
  for (let from = 0; from < length; from += 1) {
    let hashed = offset ^ runSalt;
    const end = Math.min(length, from + runTo);
    for (let at = from; at < end; at += 1) {
      const unit = at === 0 || at === length - 1 ? 0x20 : word.charCodeAt(at - 1);
      hashed = Math.imul(hashed ^ unit, prime);
      if (at - from + 1 >= runFrom) put(times, places, hashed ^ (at - from));
    }
  }
}

function hash(text: string, start: number): number {
  let value = start;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), prime);
  return value;
}

/** 1 + ln(times) from `start` on, together of length 1. */
function fill(values: Float32Array, start: number, times: Uint8Array): void {
  let squares = 0;
  for (let i = 0; i < times.length; i += 1) {
    const met = times[i] ?? 1;
    const value = met === 1 ? 1 : 1 + Math.log(met);
    values[start + i] = value;
    squares += value * value;
  }
  const length = Math.sqrt(squares) || 1;
  for (let i = 0; i < times.length; i += 1) values[start + i] = (values[start + i] ?? 0) / length;
}
