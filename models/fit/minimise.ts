/** Value and slope of a smooth function at a point; the slope is written into `slope`. */
export type Objective = (point: Float64Array, slope: Float64Array) => number;

const memory = 8;
const halvingsMax = 30;

/** Least point of a smooth convex function by L-BFGS (Liu and Nocedal 1989) with a backtracking line search. No chance in it. */
export function minimise(objective: Objective, start: Float64Array, roundsMax: number): Float64Array {
  let point = start.slice();
  let slope = new Float64Array(point.length);
  let value = objective(point, slope);
  const past: { step: Float64Array; change: Float64Array; curvature: number }[] = [];
  for (let round = 0; round < roundsMax; round += 1) {
    const direction = descend(slope, past);
    const fall = dot(direction, slope);
    if (!(fall < -1e-10)) break;
    let length = past.length === 0 ? Math.min(1, 1 / Math.sqrt(-fall)) : 1;
    const next = new Float64Array(point.length);
    const nextSlope = new Float64Array(point.length);
    let nextValue = Number.POSITIVE_INFINITY;
    for (let halving = 0; halving < halvingsMax; halving += 1) {
      for (let i = 0; i < point.length; i += 1) next[i] = (point[i] ?? 0) + length * (direction[i] ?? 0);
      nextValue = objective(next, nextSlope);
      if (nextValue <= value + 1e-4 * length * fall) break;
      length /= 2;
    }
    if (!(nextValue < value)) break;
    const step = next.map((x, i) => x - (point[i] ?? 0));
    const change = nextSlope.map((x, i) => x - (slope[i] ?? 0));
    const curvature = dot(step, change);
    if (curvature > 1e-12) past.push({ step, change, curvature });
    if (past.length > memory) past.shift();
    const gained = value - nextValue;
    point = next;
    slope = nextSlope;
    value = nextValue;
    if (gained < 1e-7 * Math.abs(value)) break;
  }
  return point;
}

/** Minus the slope, bent by the curvature seen on the last steps. */
function descend(
  slope: Float64Array,
  past: readonly { step: Float64Array; change: Float64Array; curvature: number }[],
): Float64Array {
  const direction = slope.map((x) => -x);
  const shares: number[] = [];
  for (const { step, change, curvature } of past.toReversed()) {
    const share = dot(step, direction) / curvature;
    shares.push(share);
    add(direction, change, -share);
  }
  const last = past.at(-1);
  if (last !== undefined) {
    const size = last.curvature / dot(last.change, last.change);
    for (let i = 0; i < direction.length; i += 1) direction[i] = (direction[i] ?? 0) * size;
  }
  for (const { step, change, curvature } of past) {
    const share = shares.pop() ?? 0;
    add(direction, step, share - dot(change, direction) / curvature);
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i += 1) to[i] = (to[i] ?? 0) + times * (what[i] ?? 0);
}
