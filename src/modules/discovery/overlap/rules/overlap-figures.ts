import { type AudienceSet, shareBelow, type TallySums } from './set-tally.ts';

/** A number with what is known of its error; `standardError` is null for one that was counted. */
export interface Reckoned {
  value: number;
  standardError: number | null;
  /** Ends of the 95 % interval; the value itself when it was counted. */
  low: number;
  high: number;
  isEstimated: boolean;
}

export interface OverlapFigures {
  method: OverlapMethod;
  totalFollowers: number;
  /** Null when too little was seen to say. */
  totalUnique: Reckoned | null;
  /** Of all unique followers, the share that follows two or more. */
  sharedShare: Reckoned | null;
  creators: { unique: Reckoned | null; uniqueShare: Reckoned | null }[];
  /** A figure lies beyond what is possible by far more than its error, so a sample was hardly drawn at random. */
  isContradictory: boolean;
  /** One for each two sets, in their order. */
  pairs: { first: number; second: number; shared: Reckoned | null }[];
}

/** exact: every follower of every set is there; sketch: the smallest hashes stand for the rest; samples: random followers do. */
export type OverlapMethod = 'exact' | 'sketch' | 'samples';

/** Shares are said when their 95 % interval is at most this wide to either side. */
export const halfWidthMax = 0.1;
/** Followers a sketch must see of an audience before anything is said of it. */
export const sketchSeenMin = 100;
const z95 = 1.959964;
/** Standard errors beyond which a value is not taken for chance. */
const errorsFarOff = 4;

export function methodOf(sets: readonly AudienceSet[]): OverlapMethod {
  if (sets.some((set) => set.chance < 1)) return 'samples';
  return sets.some((set) => set.limit !== Number.POSITIVE_INFINITY) ? 'sketch' : 'exact';
}

/** The hash below which all sets are complete; infinite when none was cut. */
export function commonLimit(sets: readonly AudienceSet[]): number {
  return Math.min(...sets.map((set) => set.limit));
}

const counted = (value: number): Reckoned => ({
  value,
  standardError: null,
  low: value,
  high: value,
  isEstimated: false,
});

interface Bounds {
  low: number;
  high: number;
  widest: number;
}

/** True when the value lies beyond its bounds by more than chance explains: once in 15,000 draws at a bound. */
function contradicts(value: number, error: number, bounds: Bounds): boolean {
  return value < bounds.low - errorsFarOff * error || value > bounds.high + errorsFarOff * error;
}

/** An estimate held to what it can be; null when its interval is wider than `widest` to either side, or when it contradicts its bounds. */
function estimated(value: number, error: number, bounds: Bounds): Reckoned | null {
  if (!Number.isFinite(value) || !Number.isFinite(error) || z95 * error > bounds.widest) return null;
  if (contradicts(value, error, bounds)) return null;
  const hold = (number: number) => Math.min(bounds.high, Math.max(bounds.low, number));
  const at = hold(value);
  return {
    value: at,
    standardError: error,
    low: hold(Math.min(at, value - z95 * error)),
    high: hold(Math.max(at, value + z95 * error)),
    isEstimated: true,
  };
}

const scaled = (figure: Reckoned | null, by: number): Reckoned | null =>
  figure === null
    ? null
    : {
        value: figure.value * by,
        standardError: figure.standardError === null ? null : figure.standardError * by,
        low: figure.low * by,
        high: figure.high * by,
        isEstimated: figure.isEstimated,
      };

/** Makes the figures from the sums over all followers seen. Formulas and their errors: docs/methods/audience-overlap.md. */
export function overlapFigures(sets: readonly AudienceSet[], sums: TallySums): OverlapFigures {
  const method = methodOf(sets);
  switch (method) {
    case 'exact':
      return exactFigures(sets, sums);
    case 'sketch':
      return sketchFigures(sets, sums);
    case 'samples':
      return sampleFigures(sets, sums);
  }
}

function exactFigures(sets: readonly AudienceSet[], sums: TallySums): OverlapFigures {
  const totalUnique = Math.round(sums.inverse.reduce((sum, part) => sum + part, 0));
  const alone = sums.alone.reduce((sum, part) => sum + part, 0);
  return {
    method: 'exact',
    isContradictory: false,
    totalFollowers: sumOf(sets),
    totalUnique: counted(totalUnique),
    sharedShare: counted((totalUnique - alone) / totalUnique),
    creators: sets.map((set, at) => {
      const unique = sums.alone[at] ?? 0;
      return { unique: counted(unique), uniqueShare: counted(unique / set.total) };
    }),
    pairs: pairsOf(sets, (first, second) => counted(sums.pairs[first]?.[second] ?? 0)),
  };
}

/** Standard error of a mean over `n` of `total` drawn without putting back. */
function errorOfMean(mean: number, meanOfSquares: number, of: { n: number; total: number }): number {
  const spread = Math.max(0, meanOfSquares - mean * mean);
  return Math.sqrt((spread / Math.max(1, of.n - 1)) * Math.max(0, 1 - of.n / of.total));
}

function sketchFigures(sets: readonly AudienceSet[], sums: TallySums): OverlapFigures {
  const seenAll = sums.seen.every((seen) => seen >= sketchSeenMin);
  const creators = sets.map((set, at) => {
    const n = sums.seen[at] ?? 0;
    const share = (sums.alone[at] ?? 0) / n;
    const error = errorOfMean(share, share, { n, total: set.total });
    const uniqueShare = n < sketchSeenMin ? null : estimated(share, error, { low: 0, high: 1, widest: halfWidthMax });
    return { unique: scaled(uniqueShare, set.total), uniqueShare };
  });
  let unique = 0;
  let alone = 0;
  let error = 0;
  let aloneError = 0;
  for (const [at, set] of sets.entries()) {
    const n = sums.seen[at] ?? 0;
    const mean = (sums.inverse[at] ?? 0) / n;
    const share = (sums.alone[at] ?? 0) / n;
    unique += set.total * mean;
    alone += set.total * share;
    // The same followers are seen in several sets, so the errors may all lean one way: they are added, which is the most they can come to.
    error += set.total * errorOfMean(mean, (sums.inverseSquared[at] ?? 0) / n, { n, total: set.total });
    aloneError += set.total * errorOfMean(share, share, { n, total: set.total });
  }
  const bounds = { low: largest(sets), high: sumOf(sets), widest: halfWidthMax * unique };
  return {
    method: 'sketch',
    isContradictory: false,
    totalFollowers: sumOf(sets),
    totalUnique: seenAll ? estimated(unique, error, bounds) : null,
    sharedShare: seenAll
      ? estimated(1 - alone / unique, (error + aloneError) / unique, { low: 0, high: 1, widest: halfWidthMax })
      : null,
    creators,
    pairs: pairsOf(sets, (first, second) => sketchPair(sets, sums, [first, second])),
  };
}

function sketchPair(sets: readonly AudienceSet[], sums: TallySums, [first, second]: readonly [number, number]) {
  const smaller = (sets[first]?.total ?? 0) <= (sets[second]?.total ?? 0) ? first : second;
  const total = sets[smaller]?.total ?? 0;
  const n = sums.seen[smaller] ?? 0;
  if (n < sketchSeenMin) return null;
  const share = (sums.pairs[first]?.[second] ?? 0) / n;
  const error = errorOfMean(share, share, { n, total });
  return scaled(estimated(share, error, { low: 0, high: 1, widest: halfWidthMax }), total);
}

function sampleFigures(sets: readonly AudienceSet[], sums: TallySums): OverlapFigures {
  const below = shareBelow(commonLimit(sets));
  const chances = sets.map((set) => set.chance);
  // The variance of a rare count is no smaller than one more follower would make it: seeing nothing is no proof of nothing.
  const oneMore = (chance: number) => {
    const all = chance * below;
    return all >= 1 ? 0 : (1 - all) / (all * all);
  };
  const sum = sumOf(sets);
  let isContradictory = false;
  const hold = (value: number, variance: number, bounds: Bounds): Reckoned | null => {
    if (variance === 0) return counted(value);
    isContradictory ||= contradicts(value, Math.sqrt(variance), bounds);
    return estimated(value, Math.sqrt(variance), bounds);
  };
  const creators = sets.map((set, at) => {
    const others = chances.filter((_, other) => other !== at);
    const variance = (sums.sharedSquared[at] ?? 0) / (below * below) + oneMore(set.chance * Math.max(...others));
    // Nobody can share more followers than all the others have.
    const low = Math.max(0, 2 * set.total - sum);
    const bounds = { low, high: set.total, widest: halfWidthMax * set.total };
    const unique = hold(set.total - (sums.shared[at] ?? 0) / below, variance, bounds);
    return { unique, uniqueShare: scaled(unique, 1 / set.total) };
  });
  const [most = 1, next = 1] = [...chances].sort((a, b) => a - b);
  const variance = sums.excessSquared / (below * below) + oneMore(most * next);
  const value = sum - sums.excess / below;
  const uniques = creators.reduce((total, { unique }) => total + (unique?.value ?? 0), 0);
  const bounds = {
    low: Math.max(largest(sets), uniques),
    high: Math.max(sum, uniques),
    widest: halfWidthMax * Math.max(value, largest(sets)),
  };
  const totalUnique = hold(value, variance, bounds);
  const isWhole = creators.every(({ unique }) => unique !== null);
  const errors = creators.reduce((total, { unique }) => total + (unique?.standardError ?? 0), Math.sqrt(variance));
  return {
    method: 'samples',
    isContradictory,
    totalFollowers: sum,
    totalUnique,
    sharedShare:
      totalUnique === null || !isWhole
        ? null
        : estimated(1 - uniques / totalUnique.value, errors / totalUnique.value, {
            low: 0,
            high: 1,
            widest: halfWidthMax,
          }),
    creators,
    pairs: pairsOf(sets, (first, second) => samplePair(sets, sums, { first, second, below })),
  };
}

function samplePair(
  sets: readonly AudienceSet[],
  sums: TallySums,
  { first, second, below }: { first: number; second: number; below: number },
): Reckoned | null {
  const a = sets[first];
  const b = sets[second];
  if (a === undefined || b === undefined) return null;
  const found = sums.pairs[first]?.[second] ?? 0;
  const chance = a.chance * b.chance * below;
  if (chance >= 1) return counted(found);
  const smaller = Math.min(a.total, b.total);
  const error = Math.sqrt((found + 1) * (1 - chance)) / chance;
  return estimated(found / chance, error, { low: 0, high: smaller, widest: halfWidthMax * smaller });
}

function pairsOf(sets: readonly AudienceSet[], shared: (first: number, second: number) => Reckoned | null) {
  return sets.flatMap((_, first) =>
    sets.slice(first + 1).map((_, at) => ({
      first,
      second: first + 1 + at,
      shared: shared(first, first + 1 + at),
    })),
  );
}

const sumOf = (sets: readonly AudienceSet[]) => sets.reduce((sum, set) => sum + set.total, 0);
const largest = (sets: readonly AudienceSet[]) => Math.max(...sets.map((set) => set.total));
