import { type Arm, adjustForPast, armOf, armUnitsMin, type Effect, measureEffect, type Unit } from './measure-lift.ts';
import { detectableEffect, unitsFor } from './plan-experiment.ts';

export interface MeasuredUnit {
  arm: string;
  before: number | null;
  outcome: number | null;
}

export interface ArmResult {
  name: string;
  units: number;
  measured: number;
  mean: number | null;
  raw: Effect | null;
  adjusted: Effect | null;
}

export interface ExperimentResult {
  arms: ArmResult[];
  varianceLeft: number | null;
  plan: { detectable: number; detectableShare: number | null; unitsForFivePercent: number | null } | null;
  why: string | null;
}

/** Share of tests that shall see the effect planned for. */
const power = 0.8;

/**
 * What each arm of an experiment came to against the first one, its control. Units without an outcome are missing, never zero; with an arm of which
 * some units are missing the result says so, since who is missing may not be chance.
 */
export function measureExperiment(names: readonly string[], units: readonly MeasuredUnit[]): ExperimentResult {
  const ofArm = names.map((name) => units.filter((unit) => unit.arm === name));
  const measured = ofArm.map((arm) =>
    arm.flatMap((unit): Unit[] => (unit.outcome === null ? [] : [{ value: unit.outcome, before: unit.before }])),
  );
  const adjusted = adjustForPast(measured);
  const arms = measured.map((arm) => armOf(arm.map((unit) => unit.value)));
  const adjustedArms = adjusted?.values.map((values) => armOf(values)) ?? null;
  const missing = units.filter((unit) => unit.outcome === null).length;
  const smallest = Math.min(...arms.map((arm) => arm.n));
  return {
    arms: names.map((name, at) => ({
      name,
      units: ofArm[at]?.length ?? 0,
      measured: arms[at]?.n ?? 0,
      mean: (arms[at]?.n ?? 0) === 0 ? null : (arms[at]?.mean ?? null),
      raw: at === 0 ? null : against(arms, at),
      adjusted: at === 0 || adjustedArms === null ? null : against(adjustedArms, at),
    })),
    varianceLeft: adjusted?.varianceLeft ?? null,
    plan: planOf(ofArm),
    why:
      smallest < armUnitsMin
        ? `Not enough data: each arm needs outcomes of at least ${armUnitsMin} units, one has ${smallest}.`
        : missing > 0
          ? `${missing} of ${units.length} units have no outcome yet; the result rests on the others.`
          : null,
  };
}

function against(arms: readonly Arm[], at: number): Effect | null {
  const [control] = arms;
  const treated = arms[at];
  return control === undefined || treated === undefined ? null : measureEffect(treated, control);
}

function planOf(arms: readonly (readonly MeasuredUnit[])[]): ExperimentResult['plan'] {
  const before = arms.flat().flatMap((unit) => (unit.before === null ? [] : [unit.before]));
  const all = armOf(before);
  const [control, treated] = arms;
  if (before.length < arms.flat().length || all.n < 4 || all.variance === 0) return null;
  if (control === undefined || treated === undefined || control.length === 0 || treated.length === 0) return null;
  const deviation = Math.sqrt(all.variance);
  const detectable = detectableEffect({ deviation, treated: treated.length, control: control.length, power });
  return {
    detectable,
    detectableShare: all.mean === 0 ? null : detectable / Math.abs(all.mean),
    unitsForFivePercent: all.mean === 0 ? null : unitsFor({ deviation, effect: 0.05 * Math.abs(all.mean), power }),
  };
}
