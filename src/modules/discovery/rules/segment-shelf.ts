import { clearBit, hasBit } from './bits.ts';
import { writeDisplay } from './display-record.ts';
import type { DisplayStore } from './display-store.ts';
import { findId, hashId } from './id-table.ts';
import type { IndexedCreator } from './indexed-creator.ts';
import type { Taken } from './merge-columns.ts';
import { mergeSegments, takeLiving } from './merge-segments.ts';
import { type Segment, segmentMax, type Vocabulary } from './segment.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { shareSegment } from './shared-segment.ts';

/** Changed creators are kept apart until there are so many, and built anew with every change; then they become segments. */
export const deltaMax = 128;
/** So many segments of one size are merged into one of the next size, four times as large. */
const mergeAtOnce = 4;
const smallestSize = 64;

/** Where a creator goes: persons with one profile, or none, stand apart from those with more. */
type Kind = 'flat' | 'deep';
const kindOf = (creator: IndexedCreator): Kind => (creator.profiles.length > 1 ? 'deep' : 'flat');

interface Merge {
  taken: Taken[];
  steps: Generator<undefined, Segment, undefined>;
}

/** The segments of an index: takes creators in, marks what they replace, and merges small segments step by step. */
export class SegmentShelf {
  private readonly vocabulary: Vocabulary;
  private readonly display: DisplayStore;
  /** Segments of so many persons stand in shared memory. */
  private readonly sharedFrom: number;
  private segments: Segment[] = [];
  private delta = new Map<string, { creator: IndexedCreator; display: number }>();
  private deltaSegments: Segment[] = [];
  private loading = new Map<Kind, SegmentBuilder>();
  private merge: Merge | null = null;

  constructor(vocabulary: Vocabulary, options: { display: DisplayStore; sharedFrom: number | null }) {
    this.vocabulary = vocabulary;
    this.display = options.display;
    this.sharedFrom = options.sharedFrom ?? Number.POSITIVE_INFINITY;
  }

  /** A finished segment, in memory that other threads can read when it is large enough. */
  private settle(segment: Segment): Segment {
    return segment.persons < this.sharedFrom ? segment : shareSegment(segment);
  }

  /** Takes creators of a first load; they are found once `finishLoad` was called. */
  load(creators: readonly IndexedCreator[]): void {
    for (const creator of creators) this.push(this.loading, creator, this.display.put(writeDisplay(creator)));
  }

  finishLoad(): void {
    this.segments.push(...sealed(this.loading).map((segment) => this.settle(segment)));
    this.loading = new Map();
  }

  private push(builders: Map<Kind, SegmentBuilder>, creator: IndexedCreator, display: number): void {
    const kind = kindOf(creator);
    let builder = builders.get(kind);
    if (builder?.isFullFor(creator.profiles.length) === true) {
      this.segments.push(this.settle(builder.seal()));
      builder = undefined;
    }
    if (builder === undefined) {
      builder = new SegmentBuilder(this.vocabulary, kind === 'flat');
      builders.set(kind, builder);
    }
    builder.push(creator, display);
  }

  /** The newest state of creators; ids without a creator are gone. */
  apply(change: { creators: readonly IndexedCreator[]; removedIds: readonly string[] }): void {
    for (const creator of change.creators) {
      this.forget(creator.personId);
      this.delta.set(creator.personId, { creator, display: this.display.put(writeDisplay(creator)) });
    }
    for (const id of change.removedIds) {
      this.forget(id);
      this.delta.delete(id);
    }
    const builders = new Map<Kind, SegmentBuilder>();
    for (const { creator, display } of this.delta.values()) this.push(builders, creator, display);
    this.deltaSegments = sealed(builders);
    if (this.delta.size > deltaMax) this.flush();
  }

  /** Makes segments of the changed creators that are kept apart. */
  flush(): void {
    this.segments.push(...this.deltaSegments);
    this.delta = new Map();
    this.deltaSegments = [];
  }

  /** What there is of a creator so far is found and shown no more. */
  private forget(personId: string): void {
    const changed = this.delta.get(personId);
    if (changed !== undefined) this.display.drop(changed.display);
    this.bury(personId);
  }

  private bury(personId: string): void {
    const hash = hashId(personId);
    for (const segment of this.segments) {
      const at = findId(segment.idTable, segment.personIds, personId, hash);
      if (at < 0 || !hasBit(segment.living, at)) continue;
      clearBit(segment.living, at);
      segment.deadCount += 1;
      this.display.drop(segment.display[at] ?? 0);
    }
  }

  /** All segments, the changed creators last. */
  all(): readonly Segment[] {
    return this.deltaSegments.length === 0 ? this.segments : [...this.segments, ...this.deltaSegments];
  }

  /** Takes segments back as they were saved. */
  restore(segments: readonly Segment[]): void {
    this.segments = segments.map((segment) => this.settle(segment));
    this.delta = new Map();
    this.deltaSegments = [];
    this.merge = null;
  }

  /** One step of merging, a few ms; false when there is nothing to merge. */
  step(): boolean {
    this.merge ??= this.nextMerge();
    if (this.merge === null) return false;
    const next = this.merge.steps.next();
    if (next.done !== true) return true;
    const { taken } = this.merge;
    this.merge = null;
    const merged = this.settle(next.value);
    buryMeanwhile(taken, merged);
    const sources = new Set(taken.map((one) => one.segment));
    const kept = this.segments.filter((segment) => !sources.has(segment));
    this.segments = merged.persons === 0 ? kept : [merged, ...kept];
    return true;
  }

  private nextMerge(): Merge | null {
    const chosen = chooseMerge(this.segments);
    if (chosen === null) return null;
    const taken = takeLiving(chosen);
    return { taken, steps: mergeSegments(taken) };
  }
}

function sealed(builders: ReadonlyMap<Kind, SegmentBuilder>): Segment[] {
  return [...builders.values()].filter((builder) => builder.count > 0).map((builder) => builder.seal());
}

/** Who was replaced or removed while segments were merged is dead in the result too. */
function buryMeanwhile(taken: readonly Taken[], merged: Segment): void {
  let offset = 0;
  for (const { segment, persons } of taken) {
    persons.forEach((person, index) => {
      if (hasBit(segment.living, person)) return;
      clearBit(merged.living, offset + index);
      merged.deadCount += 1;
    });
    offset += persons.length;
  }
}

const livingIn = (segment: Segment) => segment.persons - segment.deadCount;

/** Segments to merge next: four of about one size, or one of which a third is dead; null when all is well. */
function chooseMerge(segments: readonly Segment[]): Segment[] | null {
  for (const isFlat of [true, false]) {
    const bySize = new Map<number, Segment[]>();
    for (const segment of segments) {
      if (segment.isFlat !== isFlat) continue;
      if (segment.deadCount * 3 > segment.persons) return [segment];
      const size = Math.max(0, Math.floor(Math.log(livingIn(segment) / smallestSize) / Math.log(mergeAtOnce)));
      bySize.set(size, [...(bySize.get(size) ?? []), segment]);
    }
    for (const [, same] of [...bySize].sort(([a], [b]) => a - b)) {
      const chosen = fitting(same);
      if (chosen.length >= mergeAtOnce) return chosen;
    }
  }
  return null;
}

/** As many, the smallest first, as fit into one segment. */
function fitting(segments: readonly Segment[]): Segment[] {
  const chosen: Segment[] = [];
  let persons = 0;
  let rows = 0;
  for (const segment of [...segments].sort((a, b) => livingIn(a) - livingIn(b))) {
    persons += livingIn(segment);
    rows += segment.rows;
    if (persons > segmentMax || rows > segmentMax) break;
    chosen.push(segment);
  }
  return chosen;
}
