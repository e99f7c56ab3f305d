import { type Binned, binsMax, missingBin } from './bin-features.ts';

/** Settings of a tree. */
export interface TreeOptions {
  leavesMax: number;
  rate: number;
  /** Cases a leaf holds at least. */
  leafMin: number;
  /** Added to the curvature of a leaf, so that small leaves say little. */
  shrinkage: number;
  /** Features along which the answer never falls. */
  rising: readonly number[];
  /** Features along which it never rises. */
  falling?: readonly number[];
  /** Share of the features a split may choose from, drawn anew for each; all when left out. */
  columnShare?: number;
  /** Needed with columnShare. */
  random?: () => number;
}

/** What a tree is fitted to: a Newton step a case. A case of no weight has curvature 0. */
export interface Slopes {
  gradient: Float64Array;
  curvature: Float64Array;
}

export interface TreeNode {
  feature: number;
  /** Up to and with it goes left. */
  threshold: number;
  missingLeft: boolean;
  left: Tree;
  right: Tree;
  value: number;
}
interface Leaf {
  value: number;
}
/** Every node carries the value it would have as a leaf, so that a path tells what each split added. */
export type Tree = TreeNode | Leaf;

interface Open {
  rows: Int32Array;
  low: number;
  high: number;
  place: (tree: Tree) => void;
  value: number;
  best: Split | null;
}
interface Split {
  gain: number;
  feature: number;
  bin: number;
  missingLeft: boolean;
  left: number;
  right: number;
}
interface Sums {
  g: number;
  h: number;
  n: number;
}

/**
 * A tree to gradients and curvatures, grown leaf by leaf where it gains most (histograms of 64 bins, as in LightGBM, Ke et al. 2017), never falling
 * along `rising` features: a split the wrong way round is refused, and what is under a split stays on its side of the middle. What is not known
 * goes to the side where it gains more, or, where nothing was missing in fitting, to the fuller side. `among` are the cases to fit; all when left out.
 */
export function growTree(bins: Binned, slopes: Slopes, options: TreeOptions, among?: Int32Array): Tree {
  let root: Tree = { value: 0 };
  const open: Open[] = [];
  const add = (rows: Int32Array, bounds: { low: number; high: number }, place: (tree: Tree) => void) => {
    const total = sumsOf(rows, slopes);
    const value = clamp((total.g / (total.h + options.shrinkage)) * options.rate, bounds.low, bounds.high);
    const best = bestSplit(bins, slopes, { rows, total, options });
    open.push({ rows, ...bounds, place, value, best });
    place({ value });
  };
  add(among ?? Int32Array.from({ length: bins.rows }, (_, row) => row), unbounded, (tree) => {
    root = tree;
  });
  for (let leaves = 1; leaves < options.leavesMax; leaves += 1) {
    const one = takeBest(open);
    if (one === null) break;
    splitOpen(one, { bins, options, add });
  }
  return root;
}

const unbounded = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

function takeBest(open: Open[]): (Open & { best: Split }) | null {
  let at = -1;
  let gain = 0;
  open.forEach((one, i) => {
    if (one.best !== null && one.best.gain > gain) {
      at = i;
      gain = one.best.gain;
    }
  });
  const [one] = at < 0 ? [] : open.splice(at, 1);
  return one === undefined || one.best === null ? null : { ...one, best: one.best };
}

type AddLeaf = (rows: Int32Array, bounds: { low: number; high: number }, place: (tree: Tree) => void) => void;

function splitOpen(
  one: Open & { best: Split },
  { bins, options, add }: { bins: Binned; options: TreeOptions; add: AddLeaf },
): void {
  const { feature, bin, missingLeft, left, right } = one.best;
  const column = bins.codes[feature];
  const threshold = bins.edges[feature]?.[bin] ?? Number.POSITIVE_INFINITY;
  const node: TreeNode = { feature, threshold, missingLeft, left: { value: 0 }, right: { value: 0 }, value: one.value };
  one.place(node);
  const goesLeft = (row: number) => {
    const code = column?.[row] ?? missingBin;
    return code === missingBin ? missingLeft : code <= bin;
  };
  const { low, high } = one;
  const middle = ((left + right) / 2) * options.rate;
  const rises = options.rising.includes(feature);
  const falls = options.falling?.includes(feature) ?? false;
  add(
    one.rows.filter(goesLeft),
    { low: falls ? Math.max(low, middle) : low, high: rises ? Math.min(high, middle) : high },
    (tree) => {
      node.left = tree;
    },
  );
  add(
    one.rows.filter((row) => !goesLeft(row)),
    { low: rises ? Math.max(low, middle) : low, high: falls ? Math.min(high, middle) : high },
    (tree) => {
      node.right = tree;
    },
  );
}

interface Candidate {
  rows: Int32Array;
  total: Sums;
  options: TreeOptions;
}

function bestSplit(bins: Binned, slopes: Slopes, of: Candidate): Split | null {
  if (of.total.n < 2 * of.options.leafMin) return null;
  let best: Split | null = null;
  const { columnShare = 1, random } = of.options;
  for (let feature = 0; feature < bins.codes.length; feature += 1) {
    if (columnShare < 1 && random !== undefined && random() >= columnShare) continue;
    const found = bestBin(bins, slopes, { ...of, feature });
    if (found !== null && found.gain > (best?.gain ?? 0)) best = found;
  }
  return best;
}

function bestBin(bins: Binned, slopes: Slopes, of: Candidate & { feature: number }): Split | null {
  const { feature, total, options } = of;
  const sums = histogramOf(bins.codes[feature] ?? new Uint8Array(), slopes, of.rows);
  const lost = { g: sums.g[missingBin] ?? 0, h: sums.h[missingBin] ?? 0, n: sums.n[missingBin] ?? 0 };
  const score = (g: number, h: number) => (g * g) / (h + options.shrinkage);
  const whole = score(total.g, total.h);
  const rises = options.rising.includes(feature);
  const falls = options.falling?.includes(feature) ?? false;
  let best: Split | null = null;
  const seen = { g: 0, h: 0, n: 0 };
  const cuts = bins.edges[feature]?.length ?? 0;
  const consider = (bin: number, missingLeft: boolean) => {
    const g = seen.g + (missingLeft ? lost.g : 0);
    const h = seen.h + (missingLeft ? lost.h : 0);
    const n = seen.n + (missingLeft ? lost.n : 0);
    if (n < options.leafMin || total.n - n < options.leafMin) return;
    const left = g / (h + options.shrinkage);
    const right = (total.g - g) / (total.h - h + options.shrinkage);
    if ((rises && left > right) || (falls && left < right)) return;
    const gain = score(g, h) + score(total.g - g, total.h - h) - whole;
    if (gain > 1e-9 && gain > (best?.gain ?? 0)) best = { gain, feature, bin, missingLeft, left, right };
  };
  for (let bin = 0; bin < cuts; bin += 1) {
    seen.g += sums.g[bin] ?? 0;
    seen.h += sums.h[bin] ?? 0;
    seen.n += sums.n[bin] ?? 0;
    if (lost.n === 0) consider(bin, seen.n * 2 >= total.n);
    else {
      consider(bin, true);
      consider(bin, false);
    }
  }
  return best;
}

function histogramOf(column: Uint8Array, slopes: Slopes, rows: Int32Array) {
  const g = new Float64Array(binsMax);
  const h = new Float64Array(binsMax);
  const n = new Int32Array(binsMax);
  for (const row of rows) {
    const bin = column[row] ?? 0;
    g[bin] = (g[bin] ?? 0) + (slopes.gradient[row] ?? 0);
    h[bin] = (h[bin] ?? 0) + (slopes.curvature[row] ?? 0);
    n[bin] = (n[bin] ?? 0) + 1;
  }
  return { g, h, n };
}

function sumsOf(rows: Int32Array, slopes: Slopes): Sums {
  const sums = { g: 0, h: 0, n: rows.length };
  for (const row of rows) {
    sums.g += slopes.gradient[row] ?? 0;
    sums.h += slopes.curvature[row] ?? 0;
  }
  return sums;
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** What a tree says of a case; NaN is not known. */
export function answerOf(tree: Tree, row: readonly number[]): number {
  let at = tree;
  while ('feature' in at) {
    const value = row[at.feature] ?? Number.NaN;
    at = (Number.isNaN(value) ? at.missingLeft : value <= at.threshold) ? at.left : at.right;
  }
  return at.value;
}
