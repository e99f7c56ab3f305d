import type { Filter, SavedSearch } from '../../api.ts';
import type { Word } from './words.ts';

type Query = SavedSearch['query'];

/** What is known where the question is asked: the words it may hold. All pure data. */
export interface AskWords {
  niches: readonly string[];
  categories: readonly string[];
  cities: readonly string[];
  accountTypes: readonly string[];
  sponsors: readonly string[];
  interests: readonly string[];
  tags: readonly string[];
  formats: readonly string[];
  genders: readonly string[];
  tiers: readonly string[];
  lists: readonly { id: string; name: string }[];
  /** Brands the workspace calls its rivals. */
  rivals: readonly string[];
  /** Codes by small-letter English name. */
  countries: ReadonlyMap<string, string>;
  languages: ReadonlyMap<string, string>;
  /** Ids of creators by small-letter handle, of those named after "like" or "similar to". */
  personOfHandle: ReadonlyMap<string, string>;
  currency: string;
  /** Today where the workspace is, YYYY-MM-DD. */
  today: string;
  /** Whether words that are no filter can be compared by meaning; else they are searched as words. */
  hasVectors: boolean;
}

/** One part of the question that was understood. */
export interface Draft {
  /** Filters that came of it; usually one. */
  filters: Filter[];
  sort?: NonNullable<Query['sort']>;
  calculation?: 'median';
  similarTo?: string;
  audienceLike?: string;
  /** Words to search for, as they are typed. */
  text?: string;
  /** Words of the same list that are nothing here, by place of the word. */
  missed?: { from: number; to: number; message: string };
  /** Said beside it: how an unclear word was read. */
  remark?: string;
}

/** A draft, or why the words make none; and the word after the last one read. */
export type Step = { to: number; draft: Draft } | { to: number; unclear: string };

export interface Place {
  words: readonly Word[];
  at: number;
  known: AskWords;
  isNot: boolean;
}

export type Reader = (place: Place) => Step | null;

/** Reads phrases: the word after them when the words from `at` are these. */
export function follows(words: readonly Word[], at: number, phrase: readonly string[]): number | null {
  for (let i = 0; i < phrase.length; i += 1) {
    const word = words[at + i];
    if (word === undefined || word.kind === 'quoted' || word.key !== phrase[i]) return null;
  }
  return at + phrase.length;
}

/** The first of the phrases that stands at `at`. Give the longest first. */
export function phraseAt<Phrase extends { words: readonly string[] }>(
  words: readonly Word[],
  at: number,
  phrases: readonly Phrase[],
): { phrase: Phrase; to: number } | null {
  for (const phrase of phrases) {
    const to = follows(words, at, phrase.words);
    if (to !== null) return { phrase, to };
  }
  return null;
}

/** Skips words of a set. */
export function skip(words: readonly Word[], at: number, idle: ReadonlySet<string>): number {
  let to = at;
  while (to < words.length && words[to]?.kind !== 'quoted' && idle.has(words[to]?.key ?? '')) to += 1;
  return to;
}

export function keyAt(words: readonly Word[], at: number): string {
  const word = words[at];
  return word === undefined || word.kind === 'quoted' ? '' : word.key;
}

export function filterStep(to: number, filter: Filter, more: Omit<Draft, 'filters'> = {}): Step {
  return { to, draft: { filters: [filter], ...more } };
}

/** `not: true` or nothing. */
export function notOf(isNot: boolean): { not?: true } {
  return isNot ? { not: true } : {};
}
