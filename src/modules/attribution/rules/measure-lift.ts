import { studentQuantile } from './normal.ts';

/** One arm of an experiment in numbers: how many units, their mean and the variance between them. */
export interface Arm {
  n: number;
  mean: number;
  /** With n - 1 below. */
  variance: number;
}

export interface Effect {
  /** Mean of the treated less mean of the control, in the outcome's own unit, per unit of the experiment. */
  effect: number;
  low: number;
  high: number;
  standardError: number;
  /** effect / mean of the control; null where that is nothing. */
  lift: number | null;
}

/** Units an arm needs before an interval is said at all. */
export const armUnitsMin = 5;

export function armOf(values: ArrayLike<number>): Arm {
  const n = values.length;
  let sum = 0;
  for (let at = 0; at < n; at += 1) sum += values[at] ?? 0;
  const mean = n === 0 ? 0 : sum / n;
  let squares = 0;
  for (let at = 0; at < n; at += 1) squares += ((values[at] ?? 0) - mean) ** 2;
  return { n, mean, variance: n < 2 ? 0 : squares / (n - 1) };
}

/**
 * Difference of two means with its 95 % interval by Welch (1947): variances may differ, degrees of freedom by Satterthwaite.
 * Null when an arm has fewer than `armUnitsMin` units.
 */
export function measureEffect(treated: Arm, control: Arm): Effect | null {
  if (treated.n < armUnitsMin || control.n < armUnitsMin) return null;
  const a = treated.variance / treated.n;
  const b = control.variance / control.n;
  const standardError = Math.sqrt(a + b);
  const degrees = a + b === 0 ? 1e9 : (a + b) ** 2 / (a ** 2 / (treated.n - 1) + b ** 2 / (control.n - 1));
  const margin = studentQuantile(0.975, degrees) * standardError;
  const effect = treated.mean - control.mean;
  return {
    effect,
    low: effect - margin,
    high: effect + margin,
    standardError,
    lift: control.mean === 0 ? null : effect / control.mean,
  };
}

export interface Unit {
  value: number;
  /** The same measure before the experiment; null where it is not known. */
  before: number | null;
}

/**
 * Takes out of each value what its own past foretells (CUPED, Deng et al. 2013): y - theta (x - mean of x), theta pooled within the arms, so that
 * the effect stays the same in expectation and the interval narrows by the square of the correlation. Null when a unit has no past or the past never varies.
 */
export function adjustForPast(
  arms: readonly (readonly Unit[])[],
): { values: number[][]; theta: number; varianceLeft: number } | null {
  const units = arms.flat();
  if (units.length < 3 || units.some((unit) => unit.before === null)) return null;
  const overall = units.reduce((sum, unit) => sum + (unit.before ?? 0), 0) / units.length;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const arm of arms) {
    const meanX = arm.reduce((sum, unit) => sum + (unit.before ?? 0), 0) / Math.max(1, arm.length);
    const meanY = arm.reduce((sum, unit) => sum + unit.value, 0) / Math.max(1, arm.length);
    for (const unit of arm) {
      const x = (unit.before ?? 0) - meanX;
      const y = unit.value - meanY;
      xx += x * x;
      xy += x * y;
      yy += y * y;
    }
  }
  if (xx === 0) return null;
  const theta = xy / xx;
  return {
    theta,
    values: arms.map((arm) => arm.map((unit) => unit.value - theta * ((unit.before ?? 0) - overall))),
    varianceLeft: yy === 0 ? 1 : 1 - (xy * xy) / (xx * yy),
  };
}
