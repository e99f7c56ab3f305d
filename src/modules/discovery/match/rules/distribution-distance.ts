import type { TargetAudience } from '../../api.ts';

/** Shares by dimension and value; undefined where the source tells none. */
export type Shares = { [dimension: string]: Record<string, number> | undefined };

export interface DimensionFit {
  dimension: string;
  /** Jensen-Shannon distance, 0 equal to 1 nothing in common. */
  distance: number;
  /** Wanted values with the wanted share and the audience's. */
  values: { value: string; wanted: number; has: number }[];
}

/**
 * Jensen-Shannon distance: the square root of the divergence in bits (Lin 1991; Endres and Schindelin 2003 show that it is a metric). Shares that do
 * not add up to 1 leave a rest, which is compared as one more value.
 */
export function jensenShannonDistance(p: readonly number[], q: readonly number[]): number {
  let divergence = 0;
  for (let i = 0; i < Math.max(p.length, q.length); i += 1) {
    const a = p[i] ?? 0;
    const b = q[i] ?? 0;
    const middle = (a + b) / 2;
    if (a > 0) divergence += (a / 2) * Math.log2(a / middle);
    if (b > 0) divergence += (b / 2) * Math.log2(b / middle);
  }
  return Math.sqrt(Math.min(1, Math.max(0, divergence)));
}

/** Each wanted dimension against the audience's; dimensions the audience is not known in are left out. */
export function compareAudience(target: TargetAudience, audience: Shares): DimensionFit[] {
  return Object.entries(target).flatMap(([dimension, wanted]) => {
    const has = audience[dimension];
    if (has === undefined || Object.keys(has).length === 0 || wanted === undefined) return [];
    const names = Object.keys(wanted).sort();
    const distanceIn = (values: string[]): number =>
      dimension === 'interest'
        ? mean(values.map((value) => distanceOf([wanted[value] ?? 0], [has[value] ?? 0])))
        : distanceOf(
            values.map((value) => wanted[value] ?? 0),
            values.map((value) => has[value] ?? 0),
          );
    return [
      {
        dimension,
        distance: distanceIn(names),
        values: names.map((value) => ({ value, wanted: wanted[value] ?? 0, has: has[value] ?? 0 })),
      },
    ];
  });
}

/** How alike two whole audiences are: 1 minus the mean distance over the dimensions both are known in; null when there is none. */
export function audienceLikeness(a: Shares, b: Shares): { likeness: number; dimensions: string[] } | null {
  const dimensions = Object.keys(a)
    .filter((dimension) => Object.keys(a[dimension] ?? {}).length > 0 && Object.keys(b[dimension] ?? {}).length > 0)
    .sort();
  if (dimensions.length === 0) return null;
  const distances = dimensions.map((dimension) => {
    const left = a[dimension] ?? {};
    const right = b[dimension] ?? {};
    const values = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
    return distanceOf(
      values.map((value) => left[value] ?? 0),
      values.map((value) => right[value] ?? 0),
    );
  });
  return { likeness: 1 - mean(distances), dimensions };
}

/** Above 1 in all they are scaled to it, below the rest is a value of its own. */
function distanceOf(p: readonly number[], q: readonly number[]): number {
  return jensenShannonDistance(withRest(p), withRest(q));
}

function withRest(shares: readonly number[]): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return total >= 1 ? [...shares.map((share) => share / total), 0] : [...shares, 1 - total];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
