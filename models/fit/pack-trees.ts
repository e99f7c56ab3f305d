import type { PackedTrees } from '../../src/modules/vetting/trees/boosted-trees.ts';
import type { Boosted } from './boost.ts';
import type { Tree } from './grow-tree.ts';

/** A booster as columns, numbers to six digits, so that the file is small and the same on every machine. */
export function packTrees(model: Boosted): PackedTrees {
  const packed: PackedTrees = {
    bias: round(model.bias),
    roots: [],
    feature: [],
    threshold: [],
    missingLeft: [],
    left: [],
    right: [],
    value: [],
  };
  for (const tree of model.trees) packed.roots.push(addNode(packed, tree));
  return packed;
}

function addNode(packed: PackedTrees, tree: Tree): number {
  const at = packed.feature.length;
  const isSplit = 'feature' in tree;
  packed.feature.push(isSplit ? tree.feature : -1);
  packed.threshold.push(isSplit && Number.isFinite(tree.threshold) ? round(tree.threshold) : 0);
  packed.missingLeft.push(isSplit && tree.missingLeft ? 1 : 0);
  packed.value.push(round(tree.value));
  packed.left.push(0);
  packed.right.push(0);
  if (isSplit) {
    packed.left[at] = addNode(packed, tree.left);
    packed.right[at] = addNode(packed, tree.right);
  }
  return at;
}

const round = (value: number) => Number(value.toPrecision(6));

/** Several boosters whose log-odds are added, each with its weight. */
export function addBoosters(parts: readonly { model: Boosted; weight: number }[]): Boosted {
  return {
    bias: parts.reduce((sum, { model, weight }) => sum + model.bias * weight, 0),
    trees: parts.flatMap(({ model, weight }) => model.trees.map((tree) => weighted(tree, weight))),
  };
}

function weighted(tree: Tree, weight: number): Tree {
  const value = tree.value * weight;
  return 'feature' in tree
    ? { ...tree, value, left: weighted(tree.left, weight), right: weighted(tree.right, weight) }
    : { value };
}
