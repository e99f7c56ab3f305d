import { addDays } from '#kernel/time.ts';

/** A right as it was signed. Days are YYYY-MM-DD in the workspace's time zone, both included. */
export interface SignedRight {
  startsAt: 'signed' | 'live' | 'date';
  /** Days it lasts from its start; null: without end. */
  days: number | null;
  from: string | null;
  until: string | null;
  contractTitle: string;
  brokenOffOn: string | null;
}

export interface RightsEnd {
  /** The last day a right held. */
  endedOn: string;
  contractTitle: string;
  isBrokenOff: boolean;
}

/**
 * When the last right to a piece ended; null while one holds or is still to start, and where none was ever signed. A right that starts with the
 * post counts from the piece's own day.
 */
export function rightsEnd(
  rights: readonly SignedRight[],
  of: { liveOn: string | null; today: string },
): RightsEnd | null {
  let last: RightsEnd | null = null;
  for (const right of rights) {
    const end = endOf(right, of.liveOn);
    if (end === null || (!end.isBrokenOff && end.endedOn >= of.today)) return null;
    if (last === null || end.endedOn > last.endedOn) last = end;
  }
  return last;
}

function endOf(right: SignedRight, liveOn: string | null): RightsEnd | null {
  const { contractTitle, brokenOffOn, days } = right;
  const from = right.from ?? (right.startsAt === 'live' ? liveOn : null);
  const until = right.until ?? (from === null || days === null ? null : addDays(from, days - 1));
  if (brokenOffOn !== null && (until === null || brokenOffOn <= until))
    return { endedOn: brokenOffOn, contractTitle, isBrokenOff: true };
  return until === null ? null : { endedOn: until, contractTitle, isBrokenOff: false };
}
