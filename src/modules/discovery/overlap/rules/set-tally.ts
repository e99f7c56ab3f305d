/** Hashes are spread evenly from 0 up to this, exclusive. */
export const hashSpace = 2 ** 53;

/** The share of all followers whose hash lies below the limit. */
export function shareBelow(limit: number): number {
  return limit === Number.POSITIVE_INFINITY ? 1 : limit / hashSpace;
}

/** What is known of one audience for a comparison. */
export interface AudienceSet {
  /** Hashes of followers, ascending, each from 0 up to 2^53; without repeats. */
  hashes: Float64Array;
  /** Followers it stands for. */
  total: number;
  /** Share of the followers that a random sample holds; 1 when every follower below `limit` is there. */
  chance: number;
  /** Hashes below it are all there (as far as `chance` goes); infinite when none was dropped. */
  limit: number;
}

/** Sums over all followers seen, from which every figure is made. Lists have one entry a set, in the given order. */
export interface TallySums {
  /** Followers seen of each set below the common limit. */
  seen: number[];
  /** Of these, seen in no other set. */
  alone: number[];
  /** Sum of 1 / (sets the follower is in), and of its square. */
  inverse: number[];
  inverseSquared: number[];
  /** Followers seen in both, by the two places. */
  pairs: number[][];
  /** Estimate of followers shared with any other set, from samples, and the sum of squares of its parts. */
  shared: number[];
  sharedSquared: number[];
  /** What the sum of the sets counts more than once, from samples, and the sum of squares of its parts. */
  excess: number;
  excessSquared: number;
}

export interface Tally {
  /** Takes the next followers; true when all were taken. */
  step(followersMax: number): boolean;
  sums: TallySums;
}

/** Goes through all sets at once in the order of the hashes, up to `limit`, in steps that leave room for other work. */
export function tallySets(sets: readonly AudienceSet[], limit: number): Tally {
  const zeros = () => new Array<number>(sets.length).fill(0);
  const sums: TallySums = {
    seen: zeros(),
    alone: zeros(),
    inverse: zeros(),
    inverseSquared: zeros(),
    pairs: sets.map(zeros),
    shared: zeros(),
    sharedSquared: zeros(),
    excess: 0,
    excessSquared: 0,
  };
  const chances = sets.map((set) => set.chance);
  const below = shareBelow(limit);
  const isSampled = chances.some((chance) => chance < 1);
  const front = createFront(sets, limit);
  const holders: number[] = [];
  return {
    sums,
    step: (followersMax) => {
      for (let taken = 0; taken < followersMax; taken += 1) {
        if (!front.next(holders)) return true;
        addFollower(sums, holders);
        if (isSampled && holders.length > 1) addSampled(sums, holders, { chances, below });
      }
      return false;
    },
  };
}

function addFollower(sums: TallySums, holders: readonly number[]): void {
  const share = 1 / holders.length;
  for (const set of holders) {
    sums.seen[set] = (sums.seen[set] ?? 0) + 1;
    if (holders.length === 1) sums.alone[set] = (sums.alone[set] ?? 0) + 1;
    sums.inverse[set] = (sums.inverse[set] ?? 0) + share;
    sums.inverseSquared[set] = (sums.inverseSquared[set] ?? 0) + share * share;
    const row = sums.pairs[set];
    if (row !== undefined) for (const other of holders) row[other] = (row[other] ?? 0) + 1;
  }
}

/**
 * Horvitz and Thompson over independent samples: a follower seen in the sets S counts 1 - product of (1 - 1 / chance) over S, whose expectation is 1
 * for everybody who is in any set. Checked against all samples of small sets in the test.
 */
function addSampled(
  sums: TallySums,
  holders: readonly number[],
  { chances, below }: { chances: readonly number[]; below: number },
): void {
  let all = 1;
  let once = 0;
  let drawn = 1;
  for (const set of holders) {
    const chance = chances[set] ?? 1;
    all *= 1 - 1 / chance;
    once += 1 / chance;
    drawn *= chance;
  }
  const open = 1 - drawn * below;
  const excess = once - (1 - all);
  sums.excess += excess;
  sums.excessSquared += excess * excess * open;
  for (const set of holders) {
    const chance = chances[set] ?? 1;
    let others = 1;
    for (const other of holders) if (other !== set) others *= 1 - 1 / (chances[other] ?? 1);
    const shared = (1 - others) / chance;
    sums.shared[set] = (sums.shared[set] ?? 0) + shared;
    sums.sharedSquared[set] = (sums.sharedSquared[set] ?? 0) + shared * shared * open;
  }
}

/** A heap of the sets by their next hash. `next` fills the places of all sets that hold the smallest one. */
function createFront(sets: readonly AudienceSet[], limit: number) {
  const at = sets.map(() => 0);
  const heap: number[] = [];
  const headOf = (set: number) => {
    const hash = sets[set]?.hashes[at[set] ?? 0] ?? Number.POSITIVE_INFINITY;
    return hash < limit ? hash : Number.POSITIVE_INFINITY;
  };
  const keys = sets.map((_, set) => headOf(set));
  const keyAt = (place: number) => keys[heap[place] ?? -1] ?? Number.POSITIVE_INFINITY;
  const sink = (from: number) => {
    let place = from;
    for (;;) {
      const left = 2 * place + 1;
      if (left >= heap.length) return;
      const smaller = left + 1 < heap.length && keyAt(left + 1) < keyAt(left) ? left + 1 : left;
      if (keyAt(place) <= keyAt(smaller)) return;
      const set = heap[place] ?? 0;
      heap[place] = heap[smaller] ?? 0;
      heap[smaller] = set;
      place = smaller;
    }
  };
  heap.push(...sets.keys());
  for (let place = Math.floor(heap.length / 2); place >= 0; place -= 1) sink(place);
  const next = (holders: number[]): boolean => {
    holders.length = 0;
    const hash = keyAt(0);
    if (hash === Number.POSITIVE_INFINITY) return false;
    while (keyAt(0) === hash) {
      const set = heap[0] ?? 0;
      holders.push(set);
      at[set] = (at[set] ?? 0) + 1;
      keys[set] = headOf(set);
      sink(0);
    }
    return true;
  };
  return { next };
}
