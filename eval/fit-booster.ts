/** Settings of a booster; small trees, many of them. */
export interface BoosterOptions {
  rounds: number;
  leavesMax: number;
  rate: number;
  /** Cases a leaf holds at least. */
  leafMin: number;
  /** Added to the curvature of a leaf, so that small leaves say little. */
  shrinkage: number;
  /** Features along which the answer never falls. */
  rising: readonly number[];
}

interface Node {
  feature: number;
  threshold: number;
  left: Node | Leaf;
  right: Node | Leaf;
}
interface Leaf {
  value: number;
}
export type Tree = Node | Leaf;

const binsMax = 64;

interface Open {
  rows: number[];
  low: number;
  high: number;
  place: (tree: Tree) => void;
  best: Split | null;
}
interface Split {
  gain: number;
  feature: number;
  bin: number;
  left: number;
  right: number;
}

/**
 * A tree to gradients and curvatures, grown leaf by leaf where it gains most (histograms of 64 bins, as in LightGBM, Ke et al. 2017), never falling
 * along `rising` features: a split the wrong way round is refused, and what is under a split stays on its side of the middle.
 */
export function growTree(
  bins: Binned,
  slopes: { gradient: Float64Array; curvature: Float64Array },
  options: BoosterOptions,
): Tree {
  let root: Tree = { value: 0 };
  const open: Open[] = [];
  const add = (rows: number[], bounds: { low: number; high: number }, place: (tree: Tree) => void) => {
    const one: Open = { rows, ...bounds, place, best: null };
    one.best = bestSplit(bins, slopes, { open: one, options });
    open.push(one);
    place({ value: clamp(leafValue(rows, slopes, options) * options.rate, one.low, one.high) });
  };
  add(
    Array.from({ length: bins.rows }, (_, row) => row),
    { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY },
    (tree) => {
      root = tree;
    },
  );
  for (let leaves = 1; leaves < options.leavesMax; leaves += 1) {
    open.sort((a, b) => (b.best?.gain ?? 0) - (a.best?.gain ?? 0));
    const one = open.shift();
    if (one === undefined || one.best === null) break;
    const { feature, bin, left, right } = one.best;
    const column = bins.codes[feature];
    const node: Node = {
      feature,
      threshold: bins.edges[feature]?.[bin] ?? 0,
      left: { value: 0 },
      right: { value: 0 },
    };
    one.place(node);
    const isRising = options.rising.includes(feature);
    const middle = ((left + right) / 2) * options.rate;
    add(
      one.rows.filter((row) => (column?.[row] ?? 0) <= bin),
      { low: one.low, high: isRising ? Math.min(one.high, middle) : one.high },
      (tree) => {
        node.left = tree;
      },
    );
    add(
      one.rows.filter((row) => (column?.[row] ?? 0) > bin),
      { low: isRising ? Math.max(one.low, middle) : one.low, high: one.high },
      (tree) => {
        node.right = tree;
      },
    );
  }
  return root;
}

function bestSplit(
  bins: Binned,
  slopes: { gradient: Float64Array; curvature: Float64Array },
  of: { open: Open; options: BoosterOptions },
): Split | null {
  const { rows } = of.open;
  const { options } = of;
  if (rows.length < 2 * options.leafMin) return null;
  let best: Split | null = null;
  const total = sums(rows, slopes);
  const score = (g: number, h: number) => (g * g) / (h + options.shrinkage);
  bins.codes.forEach((column, feature) => {
    const g = new Float64Array(binsMax);
    const h = new Float64Array(binsMax);
    const n = new Int32Array(binsMax);
    for (const row of rows) {
      const bin = column[row] ?? 0;
      g[bin] = (g[bin] ?? 0) + (slopes.gradient[row] ?? 0);
      h[bin] = (h[bin] ?? 0) + (slopes.curvature[row] ?? 0);
      n[bin] = (n[bin] ?? 0) + 1;
    }
    let leftG = 0;
    let leftH = 0;
    let leftN = 0;
    for (let bin = 0; bin < binsMax - 1; bin += 1) {
      leftG += g[bin] ?? 0;
      leftH += h[bin] ?? 0;
      leftN += n[bin] ?? 0;
      if (leftN < options.leafMin) continue;
      if (rows.length - leftN < options.leafMin) break;
      const left = leftG / (leftH + options.shrinkage);
      const right = (total.g - leftG) / (total.h - leftH + options.shrinkage);
      if (options.rising.includes(feature) && left > right) continue;
      const gain = score(leftG, leftH) + score(total.g - leftG, total.h - leftH) - score(total.g, total.h);
      if (gain > 1e-9 && gain > (best?.gain ?? 0)) best = { gain, feature, bin, left, right };
    }
  });
  return best;
}

function sums(rows: readonly number[], slopes: { gradient: Float64Array; curvature: Float64Array }) {
  let g = 0;
  let h = 0;
  for (const row of rows) {
    g += slopes.gradient[row] ?? 0;
    h += slopes.curvature[row] ?? 0;
  }
  return { g, h };
}

function leafValue(
  rows: readonly number[],
  slopes: { gradient: Float64Array; curvature: Float64Array },
  options: BoosterOptions,
): number {
  const { g, h } = sums(rows, slopes);
  return g / (h + options.shrinkage);
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** Features as bin numbers, by column, with the upper edge of each bin. */
export interface Binned {
  rows: number;
  codes: Uint8Array[];
  edges: number[][];
}

/** Bins of equal mass. */
export function binFeatures(rows: readonly (readonly number[])[]): Binned {
  const width = rows[0]?.length ?? 0;
  const edges: number[][] = [];
  const codes: Uint8Array[] = [];
  for (let feature = 0; feature < width; feature += 1) {
    const sorted = rows.map((row) => row[feature] ?? 0).sort((a, b) => a - b);
    const cuts = [
      ...new Set(
        Array.from({ length: binsMax - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / binsMax)] ?? 0),
      ),
    ];
    edges.push(cuts);
    codes.push(Uint8Array.from(rows, (row) => binOf(cuts, row[feature] ?? 0)));
  }
  return { rows: rows.length, codes, edges };
}

function binOf(cuts: readonly number[], value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function answerOf(tree: Tree, row: readonly number[]): number {
  let at = tree;
  while ('feature' in at) at = (row[at.feature] ?? 0) <= at.threshold ? at.left : at.right;
  return at.value;
}
