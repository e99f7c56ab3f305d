import { quantile } from '../bench/bench.ts';
import { seededRandom } from './interval.ts';

const resamples = 500;
const falseAlarmsAllowed = 0.05;

/** Scores of one case without and with fraud; a higher score speaks for fraud. */
export interface RankedCase {
  clean: readonly number[];
  fraud: readonly number[];
}

/** AUC and the recall at 5 % false alarms, with intervals by drawing whole cases. */
export function rankFigures(
  cases: readonly RankedCase[],
  seed: number,
): Record<'auc' | 'auc_lo' | 'auc_hi' | 'recall_at_5fpr' | 'recall_at_5fpr_lo' | 'recall_at_5fpr_hi', number> {
  const whole = measure(cases);
  const random = seededRandom(seed);
  const drawn = Array.from({ length: resamples }, () =>
    measure(cases.map((one) => cases[Math.floor(random() * cases.length)] ?? one)),
  );
  const aucs = drawn.map((one) => one.auc);
  const recalls = drawn.map((one) => one.recall);
  return {
    auc: whole.auc,
    auc_lo: quantile(aucs, 0.025),
    auc_hi: quantile(aucs, 0.975),
    recall_at_5fpr: whole.recall,
    recall_at_5fpr_lo: quantile(recalls, 0.025),
    recall_at_5fpr_hi: quantile(recalls, 0.975),
  };
}

function measure(cases: readonly RankedCase[]): { auc: number; recall: number } {
  const clean = cases.flatMap((one) => one.clean).sort((a, b) => a - b);
  const fraud = cases.flatMap((one) => one.fraud);
  const auc = fraud.reduce((sum, score) => sum + (below(clean, score) + upTo(clean, score)) / 2, 0);
  // The lowest limit that at most 5 % of the clean ones are above.
  const limit = clean[Math.ceil((1 - falseAlarmsAllowed) * clean.length) - 1] ?? Number.POSITIVE_INFINITY;
  return {
    auc: auc / (clean.length * fraud.length),
    recall: fraud.filter((score) => score > limit).length / fraud.length,
  };
}

/** How many of the sorted values lie below. */
function below(sorted: readonly number[], value: number): number {
  return firstWhere(sorted, (one) => one >= value);
}

/** How many of the sorted values lie at or below. */
function upTo(sorted: readonly number[], value: number): number {
  return firstWhere(sorted, (one) => one > value);
}

function firstWhere(sorted: readonly number[], holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}
