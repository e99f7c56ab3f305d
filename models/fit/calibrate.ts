const steps = 50;

/**
 * Slope and intercept that turn scores into probabilities (logistic regression with Platt's smoothed targets, Platt 1999; Newton steps).
 * The scores must be of cases the model had not seen.
 */
export function fitCalibration(
  scores: readonly number[],
  labels: readonly boolean[],
): { slope: number; intercept: number } {
  const wanted = labels.filter(Boolean).length;
  const high = (wanted + 1) / (wanted + 2);
  const low = 1 / (labels.length - wanted + 2);
  let slope = 1;
  let intercept = 0;
  for (let step = 0; step < steps; step += 1) {
    const sums = { a: 0, b: 0, aa: 1e-9, ab: 0, bb: 1e-9 };
    scores.forEach((score, at) => {
      const likely = 1 / (1 + Math.exp(-(slope * score + intercept)));
      const wrong = (labels[at] ? high : low) - likely;
      const weight = likely * (1 - likely);
      sums.a += wrong * score;
      sums.b += wrong;
      sums.aa += weight * score * score;
      sums.ab += weight * score;
      sums.bb += weight;
    });
    const determinant = sums.aa * sums.bb - sums.ab * sums.ab;
    if (!(Math.abs(determinant) > 1e-12)) break;
    slope += (sums.a * sums.bb - sums.b * sums.ab) / determinant;
    intercept += (sums.b * sums.aa - sums.a * sums.ab) / determinant;
  }
  return { slope, intercept };
}
