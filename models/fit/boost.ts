import { binFeatures } from './bin-features.ts';
import { answerOf, growTree, type Tree, type TreeOptions } from './grow-tree.ts';
import { seededRandom } from './seeded-random.ts';

/** Settings of a booster; small trees, many of them. */
export interface BoostOptions extends Omit<TreeOptions, 'random'> {
  rounds: number;
  /** Boosters fitted to different draws of cases and features, and averaged. */
  bags: number;
  /** Share of the cases each tree sees. */
  rowShare: number;
  seed: number;
}

export interface Boosted {
  bias: number;
  /** All bags' trees, already divided by their number: the log-odds are bias plus their sum. */
  trees: Tree[];
}

/**
 * Log-odds of a label by gradient boosting (logistic loss, Newton steps; Friedman 2001), several boosters averaged. The same cases, weights and
 * seed give the same model.
 */
export function boost(
  cases: { rows: readonly (readonly number[])[]; labels: readonly boolean[]; weights?: readonly number[] },
  options: BoostOptions,
): Boosted {
  const { rows, labels } = cases;
  const weights = Float64Array.from(rows, (_, at) => cases.weights?.[at] ?? 1);
  const bins = binFeatures(rows);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const wanted = weights.reduce((sum, weight, at) => sum + (labels[at] ? weight : 0), 0);
  const bias = Math.log((wanted + 0.5) / (total - wanted + 0.5));
  const trees: Tree[] = [];
  const random = seededRandom(options.seed);
  for (let bag = 0; bag < options.bags; bag += 1) {
    const scores = new Float64Array(rows.length).fill(bias);
    const gradient = new Float64Array(rows.length);
    const curvature = new Float64Array(rows.length);
    for (let round = 0; round < options.rounds; round += 1) {
      for (let at = 0; at < rows.length; at += 1) {
        const likely = 1 / (1 + Math.exp(-(scores[at] ?? 0)));
        gradient[at] = (weights[at] ?? 1) * (Number(labels[at]) - likely);
        curvature[at] = (weights[at] ?? 1) * likely * (1 - likely);
      }
      const among = drawRows(rows.length, options.rowShare, random);
      const tree = growTree(bins, { gradient, curvature }, { ...options, random }, among);
      for (let at = 0; at < rows.length; at += 1) scores[at] = (scores[at] ?? 0) + answerOf(tree, rows[at] ?? []);
      trees.push(scaled(tree, 1 / options.bags));
    }
  }
  return { bias, trees };
}

function drawRows(length: number, share: number, random: () => number): Int32Array {
  const all = Int32Array.from({ length }, (_, row) => row);
  return share >= 1 ? all : all.filter(() => random() < share);
}

function scaled(tree: Tree, factor: number): Tree {
  return 'feature' in tree
    ? { ...tree, value: tree.value * factor, left: scaled(tree.left, factor), right: scaled(tree.right, factor) }
    : { value: tree.value * factor };
}

/** Log-odds of a case. */
export function logOddsOf(model: Boosted, row: readonly number[]): number {
  return model.trees.reduce((sum, tree) => sum + answerOf(tree, row), model.bias);
}
