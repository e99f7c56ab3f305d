/** The creators of one commenter, ready to be held against others. */
export interface PreparedSet {
  /** Of all visits, those to these creators. */
  share: number;
  /** Elementary symmetric polynomials of the creators' weights, by degree. */
  polynomials: Float64Array;
}

/** More creators of one commenter than this count as so many. */
const degreeMax = 400;
/** Weights are scaled to this sum, so that polynomials up to the degree above stay within a double. */
const weightSum = 50;

/**
 * How likely two commenters share so many creators by chance: the creators of one are given, the other draws as many different ones as it has, a
 * creator the likelier the more commenters it has (conditional Bernoulli sampling; Chen and Liu 1997). With weights w, chance of h hits among A in
 * d draws is e_h(A) e_(d-h)(rest) / e_d(all); `all` stands for `rest`, which makes the answer a little too high and never too low.
 */
export class OverlapChance {
  readonly #weights: Map<string, number>;
  readonly #all: Float64Array;

  /** `audiences`: how many different commenters each creator has. */
  constructor(audiences: ReadonlyMap<string, number>) {
    const visits = [...audiences.values()].reduce((sum, size) => sum + size, 0);
    this.#weights = new Map([...audiences].map(([id, size]) => [id, (weightSum * size) / visits]));
    this.#all = polynomialsOf([...this.#weights.values()], degreeMax);
  }

  prepare(profileIds: readonly string[]): PreparedSet {
    const weights = profileIds.slice(0, degreeMax).map((id) => this.#weights.get(id) ?? 0);
    const share = weights.reduce((sum, weight) => sum + weight, 0) / weightSum;
    return { share, polynomials: polynomialsOf(weights, weights.length) };
  }

  /** Chance of `hits` or more creators of the set among `draws`. */
  chanceOf(hits: number, set: PreparedSet, draws: number): number {
    const degree = Math.min(draws, degreeMax);
    const whole = this.#all[degree] ?? 0;
    if (whole === 0) return 1;
    let sum = 0;
    for (let j = hits; j <= Math.min(degree, set.polynomials.length - 1); j += 1)
      sum += (set.polynomials[j] ?? 0) * (this.#all[degree - j] ?? 0);
    return Math.min(1, sum / whole);
  }
}

/** e_0 to e_n of the weights. */
function polynomialsOf(weights: readonly number[], degree: number): Float64Array {
  const result = new Float64Array(degree + 1);
  result[0] = 1;
  for (const [at, weight] of weights.entries())
    for (let j = Math.min(degree, at + 1); j > 0; j -= 1) result[j] = (result[j] ?? 0) + weight * (result[j - 1] ?? 0);
  return result;
}
