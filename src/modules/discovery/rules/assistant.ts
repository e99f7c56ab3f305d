import type { PartAnswer, PartQuestion } from './answer-part.ts';
import type { Segment } from './segment.ts';

/** Answers for some segments of an index at the same time as the index does for the others. */
export interface Assistant {
  /** Persons of a segment from which on it is worth being answered for; such segments are in shared memory. */
  readonly personsMin: number;
  /** Begins to answer, and says for which of the segments; for none of them when the set is empty. */
  begin(segments: readonly Segment[], question: PartQuestion): ReadonlySet<Segment>;
  /** Whether `finish` would answer without waiting. */
  readonly isDone: boolean;
  /** The answer to what was begun, waited for; null when none comes: who asked answers for those segments too. */
  finish(): PartAnswer | null;
  /** Members of the lists of an index have changed. */
  setList(listId: string, members: ReadonlySet<string> | null): void;
}
