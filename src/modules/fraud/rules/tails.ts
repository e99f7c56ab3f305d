const terms = 4000;

/** P(X >= k) for X of Poisson with mean lambda; exact by its sum, to the precision of doubles. */
export function poissonAtLeast(k: number, lambda: number): number {
  if (k <= 0) return 1;
  if (lambda <= 0) return 0;
  // The smaller side is summed, so that tiny tails keep their digits.
  if (k > lambda) {
    let term = Math.exp(-lambda + k * Math.log(lambda) - logFactorial(k));
    let sum = 0;
    for (let at = k; at < k + terms && term > 1e-300; at += 1) {
      sum += term;
      term *= lambda / (at + 1);
    }
    return Math.min(1, sum);
  }
  return 1 - poissonAtMost(k - 1, lambda);
}

/** P(X <= k) for X of Poisson with mean lambda. */
export function poissonAtMost(k: number, lambda: number): number {
  if (k < 0) return 0;
  if (lambda <= 0) return 1;
  let term = Math.exp(-lambda + k * Math.log(lambda) - logFactorial(k));
  let sum = 0;
  for (let at = k; at >= 0 && at > k - terms; at -= 1) {
    sum += term;
    term *= at / lambda;
  }
  return Math.min(1, sum);
}

/** P(X >= k) for X of a binomial of n draws with chance p. */
export function binomialAtLeast(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  let sum = 0;
  const logs = Math.log(p);
  const logq = Math.log1p(-p);
  for (let at = k; at <= n; at += 1) {
    const term = Math.exp(logFactorial(n) - logFactorial(at) - logFactorial(n - at) + at * logs + (n - at) * logq);
    sum += term;
    if (at > n * p && term < sum * 1e-16) break;
  }
  return Math.min(1, sum);
}

const logs: number[] = [0, 0];
const exactMax = 2000;

/** ln(n!): summed up to 2,000, by Stirling's series above (error below 1e-12 there). */
function logFactorial(n: number): number {
  if (n <= exactMax) {
    for (let at = logs.length; at <= n; at += 1) logs.push((logs[at - 1] ?? 0) + Math.log(at));
    return logs[n] ?? 0;
  }
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3);
}

export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
