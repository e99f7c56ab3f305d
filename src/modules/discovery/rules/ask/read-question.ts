import type { Filter, SavedSearch } from '../../api.ts';
import { idleWords, joiners, peopleNouns } from './lexicon.ts';
import { readAudience } from './read-audience.ts';
import { readDate } from './read-dates.ts';
import {
  isNegation,
  readCalculation,
  readFlag,
  readLikeness,
  readList,
  readRelation,
  readSort,
  readSponsor,
} from './read-flags.ts';
import { readLabelled } from './read-labelled.ts';
import { readGrowth, readLostNumber, readNumber } from './read-numbers.ts';
import { readLanguage, readNear, readPeople, readPlace } from './read-places.ts';
import { readPrice } from './read-price.ts';
import { readGender, readNiche, readPlatform, readSmallSets, readTag, readTier } from './read-topics.ts';
import { type AskWords, type Draft, keyAt, type Reader } from './reading.ts';
import { type Word, wordsOf } from './words.ts';

/** From the surest to the vaguest: the first that reads the words at a place has them. */
const readers: readonly Reader[] = [
  readLabelled,
  readTag,
  readLikeness,
  readSort,
  readCalculation,
  readGrowth,
  readPrice,
  readAudience,
  readNumber,
  readDate,
  readRelation,
  readList,
  readSponsor,
  readNear,
  readLanguage,
  readFlag,
  readPlatform,
  readTier,
  readSmallSets,
  readPlace,
  readPeople,
  readGender,
  readNiche,
  readLostNumber,
];

export interface ReadPart {
  /** What came of the words. */
  kind: 'filter' | 'text' | 'about' | 'sort' | 'calculation' | 'similarTo' | 'audienceLike';
  /** Place of the filter in the query. */
  filter: number | null;
  words: string;
  at: number;
  length: number;
  remark: string | null;
}

export interface ReadQuestion {
  query: SavedSearch['query'];
  parts: ReadPart[];
  unclear: { words: string; at: number; length: number; message: string }[];
}

const topicWords = new Set(['about', 'regarding', 'covering']);
const endOfTopic = new Set([
  'with',
  'who',
  'whose',
  'from',
  'between',
  'under',
  'over',
  'at',
  'no',
  'not',
  'without',
  'mostly',
  ';',
  '.',
  ',',
  'in',
  'near',
  'on',
]);

interface Run {
  question: string;
  words: readonly Word[];
  known: AskWords;
  out: ReadQuestion;
  /** Words of no filter, as runs that stand together. */
  left: { from: number; to: number; isNot: boolean }[];
  /** What was taken last: its words, and how much there was before it. */
  last: { from: number; to: number; filters: number; parts: number } | null;
}

/**
 * Reads a question by rules: filters with the words each came from, what is left to search for, and what was not understood.
 * Nothing is asked for that the words do not say.
 */
export function readQuestion(question: string, known: AskWords): ReadQuestion {
  const run: Run = {
    question,
    words: wordsOf(question),
    known,
    out: { query: { filters: [] }, parts: [], unclear: [] },
    left: [],
    last: null,
  };
  let at = 0;
  let notAt: number | null = null;
  let isTopic = false;
  while (at < run.words.length) {
    const word = run.words[at];
    if (word === undefined) break;
    if (isTopic && endOfTopic.has(word.key)) isTopic = false;
    if (topicWords.has(word.key) && keyAt(run.words, at + 1) !== '') {
      isTopic = true;
      at += 1;
      continue;
    }
    const to: number | null = isTopic ? null : readAt(run, at, notAt);
    if (to !== null) {
      at = to;
      // "no ads or affiliate links": both are kept out.
      if (!['or', 'nor'].includes(keyAt(run.words, at))) notAt = null;
      continue;
    }
    if (!isTopic && isNegation(run.words, at)) notAt = at;
    else if (word.kind === 'sign' && !joiners.has(word.key)) notAt = null;
    else if (word.key === ',') notAt = null;
    else if (isLeftOver(word, isTopic)) {
      addLeft(run, at, notAt !== null);
      if (notAt !== null && !isLeftOver(run.words[at + 1], isTopic)) notAt = null;
    }
    at += 1;
  }
  takeLeft(run);
  mergeSame(run.out);
  return run.out;
}

function isLeftOver(word: Word | undefined, isTopic: boolean): boolean {
  if (word === undefined || word.kind === 'sign') return false;
  if (word.kind !== 'word') return true;
  return !idleWords.has(word.key) && !(peopleNouns.has(word.key) && !isTopic);
}

/** Lets the readers try the words at a place; the word after what was read, or null. */
function readAt(run: Run, at: number, notAt: number | null): number | null {
  for (const reader of readers) {
    const step = reader({ words: run.words, at, known: run.known, isNot: notAt !== null });
    if (step === null || step.to <= at) continue;
    const from = notAt ?? at;
    if ('unclear' in step) run.out.unclear.push({ ...spanOf(run, from, step.to), message: step.unclear });
    else if (notAt === null && isEither(run, from, step.draft)) leaveOut(run, step.to);
    else take(run, step.draft, { from, to: step.to });
    return step.to;
  }
  return null;
}

/** "bakers or in Leipzig": alternatives that no filter can hold. Under a "no" both are kept out, which filters can say. */
function isEither(run: Run, at: number, draft: Draft): boolean {
  if (run.last === null || draft.filters.length === 0 || keyAt(run.words, at - 1) !== 'or') return false;
  const before = run.words.slice(run.last.to, at - 1);
  return before.every((word) => word.key === ',' || (word.kind === 'word' && idleWords.has(word.key)));
}

/** Asks for neither of two alternatives rather than for both at once, and says so. */
function leaveOut(run: Run, to: number): void {
  const { out, last } = run;
  if (last === null) return;
  out.query.filters.length = last.filters;
  out.parts.length = last.parts;
  out.unclear = out.unclear.filter((one) => one.message !== eitherMessage || one.at !== run.words[last.from]?.at);
  out.unclear.push({ ...spanOf(run, last.from, to), message: eitherMessage });
  run.last = { ...last, to };
}

const eitherMessage =
  '“or” works between values of one filter, not between two: neither was asked for. Search for one after the other, or write “and”.';

function spanOf(run: Run, from: number, to: number): { words: string; at: number; length: number } {
  const start = run.words[from]?.at ?? 0;
  const end = run.words[to - 1]?.end ?? start;
  return { words: run.question.slice(start, end), at: start, length: end - start };
}

function take(run: Run, draft: Draft, span: { from: number; to: number }): void {
  const { query, parts } = run.out;
  const { missed } = draft;
  run.last = draft.filters.length === 0 ? null : { ...span, filters: query.filters.length, parts: parts.length };
  if (missed !== undefined) run.out.unclear.push({ ...spanOf(run, missed.from, missed.to), message: missed.message });
  // The joiner before what is missed belongs to neither.
  const to = missed === undefined ? span.to : missed.from - 1;
  const base = { ...spanOf(run, span.from, to), remark: draft.remark ?? null };
  for (const filter of draft.filters) {
    query.filters.push(filter);
    parts.push({ kind: 'filter', filter: query.filters.length - 1, ...base });
  }
  if (draft.sort !== undefined) {
    query.sort = draft.sort;
    parts.push({ kind: 'sort', filter: null, ...base });
  }
  if (draft.calculation !== undefined) {
    query.calculation = draft.calculation;
    parts.push({ kind: 'calculation', filter: null, ...base });
  }
  for (const kind of ['similarTo', 'audienceLike'] as const) {
    const id = draft[kind];
    if (id === undefined) continue;
    if (query.similarTo !== undefined || query.audienceLike !== undefined) {
      run.out.unclear.push({ ...base, message: 'One creator at a time can be the pattern.' });
      continue;
    }
    query[kind] = id;
    parts.push({ kind, filter: null, ...base });
  }
}

function addLeft(run: Run, at: number, isNot: boolean): void {
  const last = run.left.at(-1);
  if (last !== undefined && last.to === at && last.isNot === isNot) last.to = at + 1;
  else run.left.push({ from: at, to: at + 1, isNot });
}

/** What no reader took is searched for: by meaning where there are vectors, else as words; what stands under a "no" is kept out. */
function takeLeft(run: Run): void {
  const wanted = run.left.filter((part) => !part.isNot);
  const isExact = wanted.some((part) =>
    run.words.slice(part.from, part.to).some((word) => word.kind === 'quoted' || word.kind === 'handle'),
  );
  const byMeaning =
    run.known.hasVectors &&
    !isExact &&
    run.out.query.similarTo === undefined &&
    run.out.query.audienceLike === undefined;
  const texts: string[] = [];
  const abouts: string[] = [];
  for (const part of run.left) {
    const span = spanOf(run, part.from, part.to);
    if (!part.isNot && byMeaning) abouts.push(span.words);
    else texts.push(...run.words.slice(part.from, part.to).map((word) => searchWord(word, part.isNot)));
    const isSecond = texts.length + abouts.length > 1;
    const isOr = !part.isNot && keyAt(run.words, part.from - 1) === 'or' && !(byMeaning && isSecond);
    const remark = part.isNot
      ? 'Kept out wherever the word stands in names, bios or captions.'
      : isOr
        ? 'Asked for beside what stands before it: “or” works between values of one filter.'
        : null;
    run.out.parts.push({ kind: !part.isNot && byMeaning ? 'about' : 'text', filter: null, ...span, remark });
  }
  if (texts.length > 0) run.out.query.text = texts.join(' ');
  if (abouts.length > 0) run.out.query.about = abouts.join(', ');
}

function searchWord(word: Word, isNot: boolean): string {
  const text = word.kind === 'quoted' ? `"${word.text}"` : word.kind === 'handle' ? `@${word.text}` : word.text;
  return isNot ? `-${text}` : text;
}

/** Two filters that say the same are one; its words are the first ones. */
function mergeSame(out: ReadQuestion): void {
  const seen = new Map<string, number>();
  const kept: Filter[] = [];
  const parts: ReadPart[] = [];
  for (const part of out.parts) {
    const filter = part.filter === null ? undefined : out.query.filters[part.filter];
    if (filter === undefined) {
      parts.push(part);
      continue;
    }
    const key = JSON.stringify(filter);
    if (seen.has(key)) continue;
    seen.set(key, kept.length);
    kept.push(filter);
    parts.push({ ...part, filter: kept.length - 1 });
  }
  out.query.filters = kept;
  out.parts = parts.sort((a, b) => a.at - b.at);
}
