import type { Report, Signal } from '../api.ts';
import { peersNeeded } from './reference.ts';

/** What the newest reports of the peers found, by name of the signal or figure. */
export interface PeerFindings {
  /** Ascending, the own one among them where it was vetted before. */
  values: ReadonlyMap<string, ArrayLike<number>>;
  /** What the own report before said, to leave it out. */
  ownBefore(name: string): number | undefined;
}

interface PeerPlace {
  n: number;
  median: number;
  /** Share of peers below, ties by half, 0 to 100. */
  percentile: number;
}

/** Where a value lies among the peers, the vetted profile left out; null with fewer than 20 of them. */
export function placeAmong(found: PeerFindings | undefined, name: string, value: number): PeerPlace | null {
  const all = found?.values.get(name);
  if (found === undefined || all === undefined) return null;
  const own = found.ownBefore(name);
  const skipped = own === undefined ? -1 : firstAtLeast(all, own);
  const isThere = own !== undefined && all[skipped] === own;
  const n = all.length - (isThere ? 1 : 0);
  if (n < peersNeeded) return null;
  const at = (place: number) => all[isThere && place >= skipped ? place + 1 : place] ?? 0;
  const median = n % 2 === 1 ? at((n - 1) / 2) : (at(n / 2 - 1) + at(n / 2)) / 2;
  let below = firstAtLeast(all, value);
  let upTo = below;
  while (upTo < all.length && all[upTo] === value) upTo += 1;
  if (isThere && own < value) below -= 1;
  if (isThere && own <= value) upTo -= 1;
  return { n, median, percentile: (100 * (below + (upTo - below) / 2)) / n };
}

function firstAtLeast(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Every known signal with its place among the peers' own; those that already stand among measured peers keep theirs. */
export function placeSignals(signals: readonly Signal[], found: PeerFindings | undefined): Signal[] {
  return signals.map((signal) => {
    if (signal.state !== 'known' || signal.value === null) return signal;
    const place = placeAmong(found, signal.name, signal.value);
    if (place === null) return signal;
    const { n, median, percentile } = place;
    return { ...signal, percentile: signal.percentile ?? percentile, peers: { n, median } };
  });
}

const worthwhile = ['conversation', 'specific_praise'];
/** Fewer comments than this are no share. */
const commentsNeeded = 20;

/** Figures of a report that are no signal, but are worth a look beside those of peers. */
export function figuresOf(report: Pick<Report, 'comments' | 'audience'>): Record<string, number> {
  const { comments, audience } = report;
  const kinds = comments?.kinds;
  const shares = audience?.authenticity?.state === 'estimated' ? audience.authenticity.shares : null;
  const known: Record<string, number | undefined> = {
    comments_worthwhile:
      comments == null || kinds === undefined || comments.n < commentsNeeded
        ? undefined
        : worthwhile.reduce((sum, kind) => sum + (kinds[kind] ?? 0), 0) / comments.n,
    audience_real: shares?.real.share,
    audience_mass: shares?.massFollower?.share,
    audience_influencer: shares?.influencer?.share,
    audience_suspicious: shares?.suspicious.share,
  };
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Those figures with the median of peers that have them. */
export function placeFigures(
  report: Pick<Report, 'comments' | 'audience'>,
  found: PeerFindings | undefined,
): NonNullable<Report['besidePeers']> {
  return Object.entries(figuresOf(report)).map(([name, value]) => {
    const place = placeAmong(found, name, value);
    return {
      name,
      value,
      peers: place === null ? null : { n: place.n, median: place.median },
      percentile: place?.percentile ?? null,
    };
  });
}
