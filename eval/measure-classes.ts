import { quantile } from '../bench/bench.ts';
import { calibrationError } from './classify.ts';
import { seededRandom } from './interval.ts';

const resamples = 500;

export interface Judged {
  label: string;
  said: string;
}

type Measure = (cases: readonly Judged[]) => number;

/** Share judged rightly. */
export const accuracyOf: Measure = (cases) => cases.filter(({ label, said }) => label === said).length / cases.length;

/** F1 of the cases whose class is among `wanted`, which count as one class. */
export const f1Of =
  (wanted: readonly string[]): Measure =>
  (cases) => {
    let right = 0;
    let named = 0;
    for (const { label, said } of cases) {
      const isWanted = wanted.includes(label);
      const isSaid = wanted.includes(said);
      right += Number(isWanted && isSaid);
      named += Number(isWanted) + Number(isSaid);
    }
    return named === 0 ? 0 : (2 * right) / named;
  };

/** Mean F1 over the classes that stand in the labels. */
export const macroF1Of =
  (classes: readonly string[]): Measure =>
  (cases) => {
    const present = classes.filter((name) => cases.some(({ label }) => label === name));
    return present.reduce((sum, name) => sum + f1Of([name])(cases), 0) / present.length;
  };

/** Each measure with its 95 % bootstrap interval over cases, as KEY, KEY_lo and KEY_hi. */
export function measureClasses(
  cases: readonly Judged[],
  measures: Record<string, Measure>,
  seed: number,
): Record<string, number> {
  const random = seededRandom(seed);
  const draws = Array.from({ length: resamples }, () =>
    cases.map(() => cases[Math.floor(random() * cases.length)] ?? { label: '', said: '' }),
  );
  return Object.fromEntries(
    Object.entries(measures).flatMap(([key, measure]) => {
      const drawn = draws.map(measure);
      return [
        [key, measure(cases)],
        [`${key}_lo`, quantile(drawn, 0.025)],
        [`${key}_hi`, quantile(drawn, 0.975)],
      ];
    }),
  );
}

/**
 * Calibration error of classes: how sure the class was that was said, against how often it was right, in 10 bins of equal mass, with its interval. Cases
 * without a stated confidence are left out.
 */
export function measureCalibration(
  cases: readonly (Judged & { confidence: number | null })[],
  seed: number,
): Record<string, number> {
  const told = cases.flatMap(({ confidence, label, said }) =>
    confidence === null ? [] : [{ value: confidence, label: label === said }],
  );
  if (told.length === 0) return {};
  const errorOf = (some: readonly (typeof told)[number][]) =>
    calibrationError([...some].sort((a, b) => a.value - b.value));
  const random = seededRandom(seed);
  const drawn = Array.from({ length: resamples }, () =>
    errorOf(told.map(() => told[Math.floor(random() * told.length)] ?? { value: 0, label: false })),
  );
  return { ece: errorOf(told), ece_lo: quantile(drawn, 0.025), ece_hi: quantile(drawn, 0.975), ece_n: told.length };
}

/** How often each label was judged as each class. */
export function confusionOf(
  cases: readonly Judged[],
  classes: readonly string[],
): Record<string, Record<string, number>> {
  return Object.fromEntries(
    classes.map((label) => [
      label,
      Object.fromEntries(
        classes.map((said) => [said, cases.filter((one) => one.label === label && one.said === said).length]),
      ),
    ]),
  );
}
