import { fieldUnder } from '../api.ts';
import type { FilterWorld, ShareTest } from './compile-filters.ts';
import { foldValue } from './dictionary.ts';
import { fieldOf } from './field-kind.ts';
import { shareAt } from './filter-rows.ts';
import type { SegmentHits } from './find-hits.ts';
import { shareWhole } from './indexed-creator.ts';
import { type NumberColumn, numberAt } from './number-column.ts';
import { stringAt } from './packed-strings.ts';
import { personIdAt, type Segment, type Vocabulary } from './segment.ts';

/** What a row is sorted by; null where it is not known. */
export type Key = number | string | null;
type KeyReader = (person: number, row: number) => Key;

export interface Order {
  field: string;
  direction: 'asc' | 'desc';
}

export interface KeyWorld extends Pick<FilterWorld, 'vocabulary' | 'calculation'> {
  /** Values of an audience whose shares are sorted by. */
  share: ShareTest | null;
}

export function keyReader(hits: SegmentHits, field: string, world: KeyWorld): KeyReader {
  const { segment, weights } = hits;
  if (field === 'relevance') return (person) => weights?.[person] ?? 0;
  if (field === 'name') return (person) => foldOrNull(stringAt(segment.names, person));
  if (field === 'handle') return (_, row) => foldOrNull(stringAt(segment.handles, row));
  if (field === 'creator') return (person) => personIdAt(segment, person);
  if (world.share !== null) return shareReader(segment, field, world.share);
  const plain = plainReader(segment, field === 'tier' ? 'followers' : fieldUnder(field, world.calculation));
  if (!field.startsWith('fact.')) return plain ?? setReader(segment, field, world.vocabulary);
  // A fact may be a figure for one creator and a word for another, whatever else its segment holds.
  const words = setReader(segment, field, world.vocabulary);
  return plain === null ? words : (person, row) => plain(person, row) ?? words(person, row);
}

/** The numbers a field is sorted by; null when it is sorted by something else, or by more than numbers. */
export function numbersOf(segment: Segment, field: string, world: KeyWorld): NumberColumn | null {
  if (world.share !== null || field.startsWith('fact.')) return null;
  return segment.numbers.get(field === 'tier' ? 'followers' : fieldUnder(field, world.calculation)) ?? null;
}

function shareReader(segment: Segment, field: string, test: ShareTest): KeyReader {
  const column = segment.shares.get(field);
  if (column === undefined) return () => null;
  return (_, row) => {
    const share = shareAt(column, row, test);
    return share === null ? null : share / shareWhole;
  };
}

function plainReader(segment: Segment, field: string): KeyReader | null {
  const numbers = segment.numbers.get(field);
  const flags = segment.flags.get(field);
  if (numbers === undefined) return flags === undefined ? null : (_, row) => flagOrNull(flags[row]);
  const readNumber = numberReader(numbers);
  return flags === undefined ? readNumber : (_, row) => readNumber(_, row) ?? flagOrNull(flags[row]);
}

function numberReader(column: NumberColumn): KeyReader {
  return (_, row) => {
    const value = numberAt(column, row);
    return Number.isNaN(value) ? null : value;
  };
}

/** Of several values the first in the alphabet. */
function setReader(segment: Segment, field: string, vocabulary: Vocabulary): KeyReader {
  const column = segment.sets.get(field);
  const dictionary = vocabulary.sets.get(field);
  if (column === undefined || dictionary === undefined) return () => null;
  const { starts, codes } = column;
  return (_, row) => {
    if (starts === null) return codes[row] === 0 ? null : dictionary.keyAt(codes[row] ?? 0);
    let first: string | null = null;
    const end = starts[row + 1] ?? 0;
    for (let i = starts[row] ?? 0; i < end; i += 1) {
      const value = dictionary.keyAt(codes[i] ?? 0);
      if (first === null || value < first) first = value;
    }
    return first;
  };
}

function flagOrNull(value: number | undefined): number | null {
  return value === 0 || value === 1 ? value : null;
}

function foldOrNull(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : foldValue(text);
}

/** Below 0 when a comes first. Unknown is last whatever the direction; a number comes before a word. */
export function compareKeys(a: Key, b: Key, direction: Order['direction']): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (a === b) return 0;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return (a < b ? -1 : 1) * (direction === 'asc' ? 1 : -1);
}

/** Whether the values of a field are compared as words, whose spelling is in the vocabulary. */
export function isSortedByWords(field: string, world: Pick<KeyWorld, 'share'>): boolean {
  if (world.share !== null || field === 'tier') return false;
  const kind = fieldOf(field)?.kind;
  return kind !== undefined && kind !== 'number' && kind !== 'date' && kind !== 'flag';
}
