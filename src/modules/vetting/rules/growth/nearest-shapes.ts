/** How unlike the shape of the last rows is to the shapes seen before: the mean distance to its nearest ones. */
export interface NearestShapes {
  /** Null while it learns. */
  push(value: number): { distance: number; calibration: readonly number[] } | null;
}

interface Options {
  /** Rows in one shape. */
  rows: number;
  neighbours: number;
  /** Rows to learn from before the first answer; as many shapes stay in memory. */
  learningRows: number;
  /** Rows a shape waits before it counts as seen, so that an odd stretch does not excuse itself. */
  waitingRows: number;
}

const none: readonly number[] = [];

/**
 * Distances by the nearest neighbours over a sliding set of shapes, after KNN-CAD (Burnaev and Ishimtsev 2016, arXiv 1608.04585), Euclidean.
 * The first answer brings the distances among the shapes learnt from, each without itself, as a scale to judge by.
 */
export function createNearestShapes({ rows, neighbours, learningRows, waitingRows }: Options): NearestShapes {
  const recent: number[] = [];
  const known: Float64Array[] = [];
  const waiting: Float64Array[] = [];
  let oldestKnown = 0;
  let oldestWaiting = 0;
  let seen = 0;
  let hasAnswered = false;
  const nearest = new Float64Array(neighbours);

  const learn = (shape: Float64Array) => {
    if (waiting.length < waitingRows) {
      waiting.push(shape);
      return;
    }
    const ripe = waiting[oldestWaiting] ?? shape;
    waiting[oldestWaiting] = shape;
    oldestWaiting = (oldestWaiting + 1) % waiting.length;
    known[oldestKnown] = ripe;
    oldestKnown = (oldestKnown + 1) % known.length;
  };

  return {
    push: (value) => {
      seen += 1;
      recent.push(value);
      if (recent.length > rows) recent.shift();
      if (recent.length < rows) return null;
      const shape = Float64Array.from(recent);
      if (seen <= learningRows || known.length <= neighbours) {
        known.push(shape);
        return null;
      }
      const calibration = hasAnswered ? none : known.map((one) => distanceTo(one, known, nearest));
      hasAnswered = true;
      const distance = distanceTo(shape, known, nearest);
      learn(shape);
      return { distance, calibration };
    },
  };
}

/** Mean distance to the nearest shapes, the shape itself left out. `nearest` is working space, as long as neighbours are wanted. */
function distanceTo(shape: Float64Array, known: readonly Float64Array[], nearest: Float64Array): number {
  nearest.fill(Number.POSITIVE_INFINITY);
  const last = nearest.length - 1;
  for (const one of known) {
    if (one === shape) continue;
    const limit = nearest[last] ?? 0;
    let sum = 0;
    for (let at = 0; at < shape.length && sum < limit; at += 1) {
      const step = (shape[at] ?? 0) - (one[at] ?? 0);
      sum += step * step;
    }
    if (sum >= limit) continue;
    let place = last;
    while (place > 0 && (nearest[place - 1] ?? 0) > sum) {
      nearest[place] = nearest[place - 1] ?? 0;
      place -= 1;
    }
    nearest[place] = sum;
  }
  let total = 0;
  for (const square of nearest) if (Number.isFinite(square)) total += Math.sqrt(square);
  return total / nearest.length;
}
