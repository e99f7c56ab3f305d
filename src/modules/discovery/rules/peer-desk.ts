import type { Tier } from '../api.ts';
import { buildPeerTable, type PeerTable } from './peers.ts';
import type { Segment } from './segment.ts';

/** Up to so many creators the table is always that of this moment: reading it takes a few ms. */
const smallIndex = 20_000;
/** In a larger index it is read again, step by step, once so large a share of the creators has changed. */
const staleShare = 1 / 1000;

/** Keeps the table of peers: exact in a small index, at most a thousandth of the creators behind in a large one. */
export class PeerDesk {
  private current: PeerTable | null = null;
  private changed = 0;
  private reading: Generator<undefined, PeerTable, undefined> | null = null;

  forget(): void {
    this.current = null;
    this.reading = null;
  }

  /** Notes that so many creators have changed. */
  note(changed: number): void {
    this.changed += changed;
  }

  table(segments: readonly Segment[], tiers: readonly Tier[], size: number): PeerTable {
    const isCurrent =
      this.current !== null && areSame(this.current.tiers, tiers) && (this.changed === 0 || size > smallIndex);
    if (isCurrent && this.current !== null) return this.current;
    const steps = buildPeerTable(segments, tiers);
    let next = steps.next();
    while (next.done !== true) next = steps.next();
    this.take(next.value);
    return next.value;
  }

  /** One step of reading a stale table anew; false when there is nothing to do. */
  step(segments: readonly Segment[], size: number): boolean {
    if (this.reading === null) {
      if (this.current === null || size <= smallIndex || this.changed <= size * staleShare) return false;
      this.reading = buildPeerTable(segments, this.current.tiers);
      this.changed = 0;
    }
    const next = this.reading.next();
    if (next.done !== true) return true;
    const { changed } = this;
    this.take(next.value);
    this.changed = changed;
    return true;
  }

  private take(table: PeerTable): void {
    this.current = table;
    this.changed = 0;
    this.reading = null;
  }
}

function areSame(some: readonly Tier[], others: readonly Tier[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ name, followersMin, followersMax }, at) => {
      const other = others[at];
      return other?.name === name && other.followersMin === followersMin && other.followersMax === followersMax;
    })
  );
}
