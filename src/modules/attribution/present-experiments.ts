import type { Refs } from '#modules/tracking/index.ts';
import type { Experiment } from './api.ts';
import type { ExperimentRow, UnitRow } from './queries/experiments.ts';
import { measureExperiment } from './rules/measure-experiment.ts';
import type { Effect } from './rules/measure-lift.ts';

export function presentExperiment(row: ExperimentRow, of: { units: readonly UnitRow[]; refs: Refs }): Experiment {
  const result = measureExperiment(
    row.arms.map((arm) => arm.name),
    of.units.map((unit) => ({ arm: unit.arm, before: unit.before_value, outcome: unit.outcome_value })),
  );
  return {
    id: row.id,
    campaign: of.refs.campaignOf(row.campaign_id),
    name: row.name,
    unit: row.unit,
    outcome: row.outcome,
    currency: row.currency,
    seed: row.seed,
    state: row.state,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    units: of.units.length,
    plan: result.plan,
    arms: result.arms.map((arm, at) => ({
      name: arm.name,
      share: row.arms[at]?.share ?? 0,
      isControl: at === 0,
      units: arm.units,
      measured: arm.measured,
      mean: arm.mean,
      raw: presentEffect(arm.raw, arm.measured),
      adjusted: presentEffect(arm.adjusted, arm.measured),
    })),
    varianceLeft: result.varianceLeft,
    why: result.why,
    assignedAt: row.assigned_at?.toISOString() ?? null,
    outcomesAt: row.outcomes_at?.toISOString() ?? null,
    madeBy: row.created_by_name,
    madeAt: row.created_at.toISOString(),
  };
}

function presentEffect(effect: Effect | null, units: number): Experiment['arms'][number]['raw'] {
  if (effect === null) return null;
  return {
    effect: effect.effect,
    low: effect.low,
    high: effect.high,
    lift: effect.lift,
    total: effect.effect * units,
    totalLow: effect.low * units,
    totalHigh: effect.high * units,
  };
}
