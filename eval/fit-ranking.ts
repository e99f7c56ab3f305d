const steps = 400;
const rate = 0.3;
/** A few dozen cases fit six weights loosely: they are drawn back to where they began. */
const shrinkage = 1;

/** One question of a ranking: rows of features, and which rows are wanted. */
export interface RankingCase {
  rows: number[][];
  isWanted: boolean[];
}

/**
 * Weights of a linear ranking, none below 0, that make the wanted rows likely (softmax over the rows of a case, ListNet with one level; Cao et al.
 * 2007), by projected gradient ascent, drawn back to the weights it begins with. The same cases give the same weights.
 */
export function fitRanking(cases: readonly RankingCase[], begin: readonly number[]): number[] {
  let weights = [...begin];
  for (let step = 0; step < steps; step += 1) {
    const slope = weights.map(() => 0);
    for (const one of cases) addSlope(one, weights, slope);
    weights = weights.map((weight, i) =>
      Math.max(0, weight + rate * ((slope[i] ?? 0) / cases.length - shrinkage * (weight - (begin[i] ?? 0)))),
    );
  }
  return weights;
}

function addSlope({ rows, isWanted }: RankingCase, weights: readonly number[], slope: number[]): void {
  const scores = rows.map((row) => row.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0));
  const highest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const likely = scores.map((score) => Math.exp(score - highest));
  const total = likely.reduce((sum, value) => sum + value, 0);
  const wanted = isWanted.filter(Boolean).length;
  rows.forEach((row, at) => {
    const pull = (isWanted[at] ? 1 / wanted : 0) - (likely[at] ?? 0) / total;
    row.forEach((value, i) => {
      slope[i] = (slope[i] ?? 0) + pull * value;
    });
  });
}
