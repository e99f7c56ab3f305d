import { quantile } from '../bench/bench.ts';
import { seededRandom } from './interval.ts';

const resamples = 500;
const bins = 10;

/** Accuracy, precision, recall, F1 at one half, AUC, average precision, and calibration error in 10 bins of equal mass, each with its interval. */
export function classify(likely: readonly number[], labels: readonly boolean[], seed: number): Record<string, number> {
  const cases = likely.map((value, at) => ({ value, label: labels[at] ?? false }));
  const whole = measureAll(cases);
  const random = seededRandom(seed);
  const drawn = Array.from({ length: resamples }, () =>
    measureAll(Array.from(cases, () => cases[Math.floor(random() * cases.length)] ?? { value: 0, label: false })),
  );
  const figures: Record<string, number> = {};
  for (const [key, value] of Object.entries(whole)) {
    const values = drawn.map((one) => one[key] ?? 0).filter((one) => !Number.isNaN(one));
    figures[key] = value;
    figures[`${key}_lo`] = quantile(values, 0.025);
    figures[`${key}_hi`] = quantile(values, 0.975);
  }
  return figures;
}

function measureAll(cases: readonly { value: number; label: boolean }[]): Record<string, number> {
  const said = cases.filter((one) => one.value >= 0.5);
  const right = said.filter((one) => one.label).length;
  const wanted = cases.filter((one) => one.label).length;
  const precision = said.length === 0 ? 0 : right / said.length;
  const recall = wanted === 0 ? 0 : right / wanted;
  const ordered = [...cases].sort((a, b) => a.value - b.value);
  return {
    accuracy: cases.filter((one) => one.value >= 0.5 === one.label).length / cases.length,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    auc: areaUnder(ordered),
    ap: averagePrecision(ordered, wanted),
    ece: calibrationError(ordered),
  };
}

/** Share of pairs in the right order, ties by half (Mann and Whitney). */
function areaUnder(ordered: readonly { value: number; label: boolean }[]): number {
  let below = 0;
  let sum = 0;
  let wanted = 0;
  for (let from = 0; from < ordered.length; ) {
    let to = from;
    let good = 0;
    while (to < ordered.length && ordered[to]?.value === ordered[from]?.value) {
      good += Number(ordered[to]?.label);
      to += 1;
    }
    const bad = to - from - good;
    sum += good * (below + bad / 2);
    below += bad;
    wanted += good;
    from = to;
  }
  return sum / (wanted * below);
}

function averagePrecision(ordered: readonly { label: boolean }[], wanted: number): number {
  let found = 0;
  let sum = 0;
  ordered.toReversed().forEach((one, at) => {
    if (!one.label) return;
    found += 1;
    sum += found / (at + 1);
  });
  return sum / wanted;
}

/** Expected calibration error in 10 bins of equal mass; cases ascending by what was said of them. */
export function calibrationError(ordered: readonly { value: number; label: boolean }[]): number {
  let error = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const some = ordered.slice(
      Math.floor((bin * ordered.length) / bins),
      Math.floor(((bin + 1) * ordered.length) / bins),
    );
    if (some.length === 0) continue;
    const said = some.reduce((sum, one) => sum + one.value, 0) / some.length;
    const held = some.filter((one) => one.label).length / some.length;
    error += (Math.abs(said - held) * some.length) / ordered.length;
  }
  return error;
}
