import { quantile } from '../bench/bench.ts';
import { seededRandom } from '../models/fit/seeded-random.ts';

export { seededRandom };

const resamples = 1000;

/** Mean of per-case scores with its 95 % percentile bootstrap interval, as KEY, KEY_lo and KEY_hi. */
export function meanWithInterval(key: string, scores: readonly number[], seed: number): Record<string, number> {
  const random = seededRandom(seed);
  const n = scores.length;
  const mean = scores.reduce((sum, score) => sum + score, 0) / n;
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < n; i += 1) sum += scores[Math.floor(random() * n)] ?? 0;
    return sum / n;
  });
  return { [key]: mean, [`${key}_lo`]: quantile(means, 0.025), [`${key}_hi`]: quantile(means, 0.975) };
}
