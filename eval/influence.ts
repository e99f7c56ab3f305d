import { binFeatures } from '../models/fit/bin-features.ts';
import { answerOf, growTree, type Tree } from '../models/fit/grow-tree.ts';

/** Scores one account; who scores higher is held for more influential, so the answer is symmetric by construction. */
export interface InfluenceModel {
  scoreOf(figures: readonly number[]): number;
  /** How a difference of scores becomes a likelihood: 1 / (1 + exp(-steepness * difference)). */
  steepness: number;
}

/** Places of the figures in a row of the eval's file. */
const followers = 0;
const following = 1;
const listed = 2;
const mentioned = 3;
const retweeted = 4;
const mentions = 5;
const retweets = 6;
const posts = 7;

const ln = (value: number) => Math.log(Math.max(0, value) + 0.1);

/**
 * The formula that needs no training: half the orders of magnitude of followers, mentions received and retweets received, and those of lists in
 * full, since being put on a list is a choice of somebody else that cannot be had by following back. It rises with followers.
 */
export const priorInfluence: InfluenceModel = {
  scoreOf: (row) =>
    0.5 * ln(row[followers] ?? 0) +
    ln(row[listed] ?? 0) +
    0.5 * ln(row[mentioned] ?? 0) +
    0.5 * ln(row[retweeted] ?? 0),
  steepness: 0.25,
};

const options = { rounds: 120, leavesMax: 8, rate: 0.07, leafMin: 60, shrinkage: 10, rising: [0, 11, 16] };

export interface Pair {
  a: number[];
  b: number[];
  /** True when people chose the first. */
  isA: boolean;
}

/**
 * Boosted trees that score single accounts so that the chosen of a pair scores higher (logistic loss on the difference, as RankNet, Burges et al.
 * 2005). No tree falls with followers. The same pairs give the same model.
 */
export function fitInfluence(pairs: readonly Pair[]): InfluenceModel {
  const rows = pairs.flatMap(({ a, b }) => [featuresOf(a), featuresOf(b)]);
  const bins = binFeatures(rows);
  const scores = new Float64Array(rows.length);
  const trees: Tree[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const gradient = new Float64Array(rows.length);
    const curvature = new Float64Array(rows.length);
    pairs.forEach(({ isA }, at) => {
      const likely = 1 / (1 + Math.exp((scores[2 * at + 1] ?? 0) - (scores[2 * at] ?? 0)));
      gradient[2 * at] = Number(isA) - likely;
      gradient[2 * at + 1] = likely - Number(isA);
      curvature[2 * at] = likely * (1 - likely);
      curvature[2 * at + 1] = likely * (1 - likely);
    });
    const tree = growTree(bins, { gradient, curvature }, options);
    trees.push(tree);
    rows.forEach((row, at) => {
      scores[at] = (scores[at] ?? 0) + answerOf(tree, row);
    });
  }
  return {
    scoreOf: (figures) => {
      const row = featuresOf(figures);
      return trees.reduce((sum, tree) => sum + answerOf(tree, row), 0);
    },
    steepness: 1,
  };
}

/**
 * Logarithms of the figures, and of ratios that do not hold followers: a ratio to followers would fall as they rise, and the answer with it.
 */
function featuresOf(row: readonly number[]): number[] {
  const log = row.map(ln);
  const at = (place: number) => log[place] ?? 0;
  return [
    ...log,
    at(followers) - at(following),
    at(mentioned) - at(mentions),
    at(retweeted) - at(retweets),
    at(retweeted) - at(posts),
    at(listed) + at(mentioned),
    at(followers) + at(listed) + at(mentioned) + at(retweeted),
  ];
}
