import type { Signal } from '../api.ts';
import { type SignalName, type Weight, weights } from './reference.ts';

export interface Range {
  min: number;
  max: number;
}

export interface SetWeight extends Range {
  unknown: 'worst' | 'nothing';
}

/** The points of every signal under one version. Version 0 is the default of the rules. */
export interface WeightSet {
  version: number;
  points: Readonly<Record<string, SetWeight>>;
}

/** Points in tenths, so that sums of what is shown are exact. */
export const toTenths = (points: number) => Math.round(points * 10) / 10;

const defaults: Readonly<Record<string, Weight>> = weights;
const nothing: Weight = { min: 0, max: 0, unknown: 'nothing' };

/**
 * The range a judge writes the contribution of a signal in: always the default one, whatever the workspace has set. `weighSignals` turns
 * contributions into the workspace's points once all signals are there, so that no judge has to know them.
 */
export function defaultRange(name: SignalName): Range {
  const { min, max } = weights[name];
  return { min, max };
}

/** What an unknown contributes in default points. */
export function contributionOfUnknown(name: SignalName): number {
  const weight = defaults[name] ?? nothing;
  return weight.unknown === 'nothing' ? 0 : weight.min;
}

/** Share of the points a contribution takes (below 0) or adds (above), -1 to 1. */
export function strengthOf(name: SignalName, contribution: number): number {
  const { min, max } = defaultRange(name);
  if (contribution > 0) return max === 0 ? 0 : Math.min(1, contribution / max);
  if (contribution < 0) return min === 0 ? 0 : Math.max(-1, contribution / -min);
  return 0;
}

/** The default set, with a workspace's own points in place of those it changed. Names that no signal bears are left out. */
export function weightSet(version: number, own: Readonly<Record<string, Partial<SetWeight>>> = {}): WeightSet {
  const points = Object.fromEntries(
    Object.entries(defaults).map(([name, weight]) => [
      name,
      { min: weight.min, max: weight.max, unknown: weight.unknown ?? 'worst', ...own[name] },
    ]),
  );
  return { version, points };
}

export const defaultWeights = weightSet(0);

/** What all signals together may take and add. Too low and too high cannot both hold, so only the worse of the two is counted. */
export function totalsOf(set: WeightSet): Range {
  const all = Object.values(set.points);
  const sum = (values: readonly number[]) => toTenths(values.reduce((total, value) => total + value, 0));
  const low = set.points.engagement_level?.min ?? 0;
  const high = set.points.engagement_implausible?.min ?? 0;
  return {
    min: toTenths(sum(all.map((one) => one.min)) - Math.max(low, high)),
    max: sum(all.map((one) => one.max)),
  };
}

/** What is needed of a signal to weigh it again. */
export type Weighable = Pick<
  Signal,
  'name' | 'state' | 'contribution' | 'contributionMin' | 'contributionMax' | 'strength'
>;

/** The same findings under a set of points. With the points they already carry nothing changes. */
export function weighSignals<One extends Weighable>(signals: readonly One[], set: WeightSet): One[] {
  return signals.map((signal) => {
    const range = set.points[signal.name] ?? { min: 0, max: 0, unknown: 'nothing' as const };
    return {
      ...signal,
      contributionMin: range.min,
      contributionMax: range.max,
      contribution: contributionIn(signal, range),
    };
  });
}

function contributionIn(signal: Weighable, range: SetWeight): number {
  switch (signal.state) {
    case 'not_applicable':
      return 0;
    case 'unknown':
      return range.unknown === 'worst' ? range.min : 0;
    case 'known': {
      const isSame = range.min === signal.contributionMin && range.max === signal.contributionMax;
      if (isSame) return signal.contribution;
      const strength = signal.strength ?? strengthIn(signal);
      // Adding zero turns -0 into 0.
      return toTenths(strength > 0 ? strength * range.max : -strength * range.min) + 0;
    }
  }
}

/** A contribution in default points, in the points of a set; not rounded. */
export function weighContribution(name: SignalName, contribution: number, set: WeightSet): number {
  const range = set.points[name] ?? { min: 0, max: 0 };
  const strength = strengthOf(name, contribution);
  return strength > 0 ? strength * range.max : -strength * range.min;
}

/** For reports from before strengths were kept: from the points they carry, exact to their tenth. */
function strengthIn({ contribution, contributionMin, contributionMax }: Weighable): number {
  if (contribution > 0) return contributionMax === 0 ? 0 : contribution / contributionMax;
  return contributionMin === 0 ? 0 : contribution / -contributionMin;
}

/** How much of what matters is known, 0 to 1: the points of known signals over the points of all that could be asked. Null when nothing could. */
export function confidenceOf(signals: readonly Weighable[]): number | null {
  let known = 0;
  let asked = 0;
  for (const signal of signals) {
    if (signal.state === 'not_applicable') continue;
    const weight = signal.contributionMax - signal.contributionMin;
    asked += weight;
    if (signal.state === 'known') known += weight;
  }
  return asked === 0 ? null : known / asked;
}
