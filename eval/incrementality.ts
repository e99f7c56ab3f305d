import { AppError } from '#kernel/errors.ts';
import { armOf, measureEffect } from '../src/modules/attribution/rules/measure-lift.ts';
import type { Eval } from './eval.ts';
import { seededRandom } from './interval.ts';
import { readTable } from './read-rows.ts';

const outcomes = ['visit', 'conversion', 'spend'];
const formats = { experiment: ['segment', ...outcomes] };
const resamples = 500;
/** What is added in the resamples with an injected lift: this share of the mean of the outcome. */
const injectedLift = 0.2;

/**
 * The effect of each arm of a randomised test against its control with its interval, and how often such intervals hold the truth: 500 resamples without any
 * effect (A/A), 500 with a lift put in, and 500 of each real arm, for each outcome.
 */
export const incrementalityEval: Eval = {
  task: 'incrementality',
  run: async ({ data, seed }) => {
    const arms = await readArms(data);
    const control = [...arms.keys()].find((name) => /^(no\b|control|none|hold)/i.test(name));
    if (control === undefined)
      throw new AppError(
        'invalid',
        'eval.unknown_format',
        `${data}: no arm is the control. Name it "No ..." or "control".`,
      );
    const random = seededRandom(seed);
    const effects = { effect: {}, effect_lo: {}, effect_hi: {}, standard_error: {} } as Record<
      string,
      Record<string, Record<string, number>>
    >;
    const counts = { aa: 0, injected: 0, arms: 0 };
    const trials = { aa: 0, injected: 0, arms: 0 };
    for (const outcome of outcomes) {
      const base = valuesOf(arms, control, outcome);
      for (const arm of arms.keys()) {
        if (arm === control) continue;
        const values = valuesOf(arms, arm, outcome);
        const measured = measureEffect(armOf(values), armOf(base));
        if (measured === null) continue;
        put(effects, { arm, outcome }, measured);
        const truth = measured.effect;
        for (let at = 0; at < resamples; at += 1) {
          counts.arms += covers(draw(values, random), draw(base, random), truth);
          trials.arms += 1;
        }
      }
      const lift = injectedLift * armOf(base).mean;
      for (let at = 0; at < resamples; at += 1) {
        counts.aa += covers(draw(base, random), draw(base, random), 0);
        counts.injected += covers(inject(draw(base, random), { outcome, lift, random }), draw(base, random), lift);
        trials.aa += 1;
        trials.injected += 1;
      }
    }
    const all = counts.aa + counts.injected + counts.arms;
    return {
      protocol: 'shipped',
      n: [...arms.values()].reduce((sum, rows) => sum + rows.length, 0),
      figures: {
        ...effects,
        coverage95: all / (trials.aa + trials.injected + trials.arms),
        coverage95_aa: counts.aa / trials.aa,
        coverage95_injected: counts.injected / trials.injected,
        coverage95_arms: counts.arms / trials.arms,
        resamples,
      },
    };
  },
};

async function readArms(file: string): Promise<Map<string, Record<string, string>[]>> {
  const rows = await readTable(file, formats);
  return new Map([...Map.groupBy(rows, (row) => row.segment ?? '')].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function valuesOf(arms: ReadonlyMap<string, Record<string, string>[]>, arm: string, outcome: string): Float64Array {
  return Float64Array.from(arms.get(arm) ?? [], (row, at) => {
    const value = Number(row[outcome]);
    if (Number.isFinite(value)) return value;
    throw new AppError(
      'invalid',
      'eval.unknown_format',
      `Arm ${arm}, row ${at + 1}: ${outcome} "${row[outcome]}" is no number.`,
    );
  });
}

function put(
  into: Record<string, Record<string, Record<string, number>>>,
  of: { arm: string; outcome: string },
  measured: { effect: number; low: number; high: number; standardError: number },
): void {
  const values = {
    effect: measured.effect,
    effect_lo: measured.low,
    effect_hi: measured.high,
    standard_error: measured.standardError,
  };
  for (const [key, value] of Object.entries(values)) {
    const ofKey = into[key] ?? {};
    ofKey[of.arm] = { ...ofKey[of.arm], [of.outcome]: value };
    into[key] = ofKey;
  }
}

function draw(values: Float64Array, random: () => number): Float64Array {
  const drawn = new Float64Array(values.length);
  for (let at = 0; at < drawn.length; at += 1) drawn[at] = values[Math.floor(random() * values.length)] ?? 0;
  return drawn;
}

/** A yes-or-no outcome turns from no to yes at random; an amount grows by the same share everywhere. Either raises the mean by `lift` in expectation. */
function inject(values: Float64Array, of: { outcome: string; lift: number; random: () => number }): Float64Array {
  if (of.outcome === 'spend') return values.map((value) => value * (1 + injectedLift));
  const share = of.lift / (1 - of.lift / injectedLift);
  return values.map((value) => (value === 0 && of.random() < share ? 1 : value));
}

function covers(treated: Float64Array, control: Float64Array, truth: number): number {
  const measured = measureEffect(armOf(treated), armOf(control));
  return measured !== null && measured.low <= truth && truth <= measured.high ? 1 : 0;
}
