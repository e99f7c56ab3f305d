import { type IndexState, restoreSegment, type VocabularyState } from '../rules/index-state.ts';
import type { Segment } from '../rules/segment.ts';
import type { SavedValue } from './saved-tree.ts';

/** An index as parts of a snapshot: first what all segments share, then a part for each, so that reading needs room for one at a time. */
export function partsOf({ vocabulary, segments }: IndexState): SavedValue[] {
  const shared = { sets: vocabulary.sets, terms: { ...vocabulary.terms } };
  // A segment is plain columns all through, which the writer checks again. Marks of who is gone are copied: the index sets them in place.
  return [shared, ...segments.map((one) => ({ ...one, living: one.living.slice() }) as unknown as SavedValue)];
}

/** Puts an index together from the parts in their order. Bytes and version were checked before: the shapes are those that were written. */
export class PartsReader {
  private vocabulary: VocabularyState | null = null;
  private readonly segments: Segment[] = [];

  take(part: SavedValue): void {
    if (this.vocabulary === null) this.vocabulary = part as unknown as VocabularyState;
    else this.segments.push(restoreSegment(part as unknown as Segment));
  }

  state(): IndexState {
    if (this.vocabulary === null) throw new Error('The snapshot has no parts.');
    return { vocabulary: this.vocabulary, segments: this.segments };
  }
}
