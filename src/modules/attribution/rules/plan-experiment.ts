import { normalQuantile } from './normal.ts';

export interface PlannedUnit {
  key: string;
  before: number | null;
}

/** A small seeded generator (mulberry32, public domain): the same seed gives the same arms on every machine. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Puts each unit into an arm by the seed alone, whatever order the units come in. Units are sorted by their past, then dealt out in blocks of neighbours, so that the arms
 * have about the same past; within a block chance decides. Arms get their share up to one unit in each block.
 */
export function assignArms(
  units: readonly PlannedUnit[],
  shares: readonly number[],
  seed: number,
): Map<string, number> {
  const random = seeded(seed);
  const sorted = units.toSorted(
    (a, b) => (b.before ?? 0) - (a.before ?? 0) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  const given = shares.map(() => 0);
  const arms = new Map<string, number>();
  const blockSize = Math.max(shares.length, Math.round(total / Math.min(...shares)));
  for (let at = 0; at < sorted.length; at += blockSize) {
    const block = shuffled(sorted.slice(at, at + blockSize), random);
    for (const unit of block) {
      // The arm that is furthest behind its share; of equals the one chance names.
      const due = shares.map((share, arm) => (share / total) * (arms.size + 1) - (given[arm] ?? 0));
      const most = Math.max(...due);
      const behind = due.flatMap((one, arm) => (most - one < 1e-9 ? [arm] : []));
      const arm = behind[Math.floor(random() * behind.length)] ?? 0;
      given[arm] = (given[arm] ?? 0) + 1;
      arms.set(unit.key, arm);
    }
  }
  return arms;
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const result = [...items];
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const [a, b] = [result[at], result[other]];
    if (a === undefined || b === undefined) continue;
    result[at] = b;
    result[other] = a;
  }
  return result;
}

/**
 * The smallest difference of two means that a test of these sizes sees in `power` of all tests at 95 %: (z.975 + z.power) sd sqrt(1/n1 + 1/n2).
 */
export function detectableEffect(of: { deviation: number; treated: number; control: number; power: number }): number {
  const z = normalQuantile(0.975) + normalQuantile(of.power);
  return z * of.deviation * Math.sqrt(1 / of.treated + 1 / of.control);
}

/** Units of both arms together, half and half, that see a difference of this size in `power` of all tests. */
export function unitsFor(of: { deviation: number; effect: number; power: number }): number {
  const z = normalQuantile(0.975) + normalQuantile(of.power);
  return 2 * Math.ceil((2 * z * z * of.deviation ** 2) / of.effect ** 2);
}
