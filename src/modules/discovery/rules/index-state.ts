import { dictionaryOf } from './column-builders.ts';
import type { Segment, Vocabulary } from './segment.ts';
import { TermDictionary } from './term-dictionary.ts';
import { restoreVectors } from './vector-column.ts';

export interface VocabularyState {
  /** Values of each field in the order of their codes, from 1. */
  sets: Map<string, string[]>;
  terms: { units: Uint16Array; starts: Uint32Array };
}

/** An index as plain data: objects, maps, arrays, strings, numbers, booleans, null and typed arrays, to be written as they are. */
export interface IndexState {
  vocabulary: VocabularyState;
  /** Those that were read back have to go through `restoreSegment`. */
  segments: readonly Segment[];
}

export function saveVocabulary({ sets, terms }: Vocabulary): VocabularyState {
  return {
    sets: new Map([...sets].map(([field, dictionary]) => [field, dictionary.values()])),
    terms: terms.state(),
  };
}

export function restoreVocabulary(state: VocabularyState): Vocabulary {
  const vocabulary: Vocabulary = { sets: new Map(), terms: TermDictionary.of(state.terms) };
  for (const [field, values] of state.sets) {
    const dictionary = dictionaryOf(vocabulary.sets, field);
    for (const value of values) dictionary.add(value);
  }
  return vocabulary;
}

/** Vectors go where they are compared fast again; the other columns are taken as they are. */
export function restoreSegment(segment: Segment): Segment {
  return { ...segment, vectors: new Map([...segment.vectors].map(([key, column]) => [key, restoreVectors(column)])) };
}
