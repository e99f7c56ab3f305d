import { seededRandom } from './interval.ts';

/** A case as places of a hashed table with their values. */
export interface Features {
  at: Int32Array;
  value: Float32Array;
}

export interface ClassModel {
  /** Probability of each class, in the order of `classes`. */
  classify(features: Features): number[];
}

export interface ClassOptions {
  classes: number;
  size: number;
  epochs: number;
  rate: number;
  shrinkage: number;
  seed: number;
}

/**
 * Multinomial logistic regression by AdaGrad (Duchi, Hazan and Singer 2011) over sparse features. The same cases and seed give the same model.
 */
export function fitClasses(cases: readonly { features: Features; label: number }[], options: ClassOptions): ClassModel {
  const { classes, size } = options;
  const weights = new Float32Array(classes * size);
  const steps = new Float32Array(classes * size);
  const random = seededRandom(options.seed);
  const order = cases.map((_, at) => at);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    for (let i = order.length - 1; i > 0; i -= 1) {
      const j = Math.floor(random() * (i + 1));
      const [a = 0, b = 0] = [order[i], order[j]];
      order[i] = b;
      order[j] = a;
    }
    for (const at of order) {
      const one = cases[at];
      if (one !== undefined) learn(one, { weights, steps, options });
    }
  }
  return { classify: (features) => likely(features, weights, options) };
}

function learn(
  { features, label }: { features: Features; label: number },
  model: { weights: Float32Array; steps: Float32Array; options: ClassOptions },
): void {
  const { weights, steps, options } = model;
  const said = likely(features, weights, options);
  for (let k = 0; k < options.classes; k += 1) {
    const wrong = (said[k] ?? 0) - Number(k === label);
    for (let i = 0; i < features.at.length; i += 1) {
      const place = k * options.size + (features.at[i] ?? 0);
      const slope = wrong * (features.value[i] ?? 0) + options.shrinkage * (weights[place] ?? 0);
      steps[place] = (steps[place] ?? 0) + slope * slope;
      weights[place] = (weights[place] ?? 0) - (options.rate * slope) / (Math.sqrt(steps[place] ?? 0) + 1e-6);
    }
  }
}

function likely(features: Features, weights: Float32Array, { classes, size }: ClassOptions): number[] {
  const scores = Array.from({ length: classes }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < features.at.length; i += 1)
      sum += (weights[k * size + (features.at[i] ?? 0)] ?? 0) * (features.value[i] ?? 0);
    return sum;
  });
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, value) => sum + value, 0);
  return powers.map((value) => value / total);
}
