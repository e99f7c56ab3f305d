import { z } from 'zod';

/**
 * Boosted trees as columns, one entry a node; a leaf has feature -1. `value` is what the node would say were it a leaf, so that a path tells
 * what each split added. Children come after their parent; `roots` says where each tree begins.
 */
export const boostedTreesSchema = z.object({
  bias: z.number(),
  roots: z.array(z.number().int()),
  feature: z.array(z.number().int()),
  threshold: z.array(z.number()),
  missingLeft: z.array(z.number().int()),
  left: z.array(z.number().int()),
  right: z.array(z.number().int()),
  value: z.array(z.number()),
});
export type PackedTrees = z.infer<typeof boostedTreesSchema>;

/** The same, in typed arrays for scoring. */
export interface BoostedTrees {
  bias: number;
  roots: Int32Array;
  feature: Int16Array;
  threshold: Float64Array;
  missingLeft: Uint8Array;
  left: Int32Array;
  right: Int32Array;
  value: Float64Array;
}

export function unpackTrees(packed: PackedTrees): BoostedTrees {
  return {
    bias: packed.bias,
    roots: Int32Array.from(packed.roots),
    feature: Int16Array.from(packed.feature),
    threshold: Float64Array.from(packed.threshold),
    missingLeft: Uint8Array.from(packed.missingLeft),
    left: Int32Array.from(packed.left),
    right: Int32Array.from(packed.right),
    value: Float64Array.from(packed.value),
  };
}

/** Log-odds of a case. NaN is not known and goes where its split sends the unknown. */
export function scoreTrees(trees: BoostedTrees, row: Float64Array): number {
  // The columns as locals: this loop runs a million times for a sample of a thousand accounts.
  const { roots, feature, threshold, missingLeft, left, right, value } = trees;
  let sum = trees.bias;
  for (let tree = 0; tree < roots.length; tree += 1) {
    let at = roots[tree] ?? 0;
    let asked = feature[at] ?? -1;
    while (asked >= 0) {
      const known = row[asked] ?? Number.NaN;
      const goesLeft = known <= (threshold[at] ?? 0) || (Number.isNaN(known) && missingLeft[at] === 1);
      at = (goesLeft ? left[at] : right[at]) ?? 0;
      asked = feature[at] ?? -1;
    }
    sum += value[at] ?? 0;
  }
  return sum;
}

/**
 * What each feature added to the log-odds: along every path, the change of the node's value is put down to the feature that was asked (Saabas 2014).
 * `base` plus all additions is the score.
 */
export function explainTrees(trees: BoostedTrees, row: Float64Array): { base: number; added: Float64Array } {
  const added = new Float64Array(row.length);
  let base = trees.bias;
  for (const root of trees.roots) {
    let at = root;
    base += trees.value[at] ?? 0;
    for (let feature = trees.feature[at] ?? -1; feature >= 0; feature = trees.feature[at] ?? -1) {
      const to = next(trees, at, row[feature] ?? Number.NaN);
      added[feature] = (added[feature] ?? 0) + (trees.value[to] ?? 0) - (trees.value[at] ?? 0);
      at = to;
    }
  }
  return { base, added };
}

function next(trees: BoostedTrees, at: number, value: number): number {
  const goesLeft = Number.isNaN(value) ? trees.missingLeft[at] === 1 : value <= (trees.threshold[at] ?? 0);
  return (goesLeft ? trees.left[at] : trees.right[at]) ?? 0;
}
