import type { Evidence, Interval, Point, Signal } from '../api.ts';
import type { SignalName } from './reference.ts';
import { contributionOfUnknown, defaultRange, strengthOf, toTenths } from './weights.ts';

/** What does not change with the creator: name, question, formula. */
export interface SignalSpec {
  name: SignalName;
  point: Point;
  title: string;
  formula: string;
}

export interface Finding {
  text: string;
  value: number;
  display: string;
  contribution: number;
  source: string;
  n: number;
  sample: string;
  asOf: string | null;
  interval?: Interval | null;
  percentile?: number | null;
  threshold?: string;
  evidence?: Evidence[];
}

/** What was found. The contribution is written in the default points; a workspace's own are applied afterwards (weights.ts). */
export function known(spec: SignalSpec, finding: Finding): Signal {
  const { min, max } = defaultRange(spec.name);
  const evidence = finding.evidence ?? [];
  return {
    ...spec,
    ...limits(spec),
    state: 'known',
    text: finding.text,
    value: finding.value,
    display: finding.display,
    contribution: toTenths(Math.min(max, Math.max(min, finding.contribution))),
    strength: strengthOf(spec.name, finding.contribution),
    source: finding.source,
    n: finding.n,
    sample: finding.sample,
    asOf: finding.asOf,
    interval: finding.interval ?? null,
    percentile: finding.percentile ?? null,
    threshold: finding.threshold ?? null,
    needs: null,
    evidenceTotal: evidence.length,
    evidence,
  };
}

/** What is missing counts as the worst it could be until it is known, or as nothing where the weight says so; never as clean. */
export function unknown(spec: SignalSpec, text: string, needs: string): Signal {
  return { ...empty(spec), state: 'unknown', text, needs, contribution: contributionOfUnknown(spec.name) };
}

/** The question does not arise: nothing added, nothing taken. */
export function notApplicable(spec: SignalSpec, text: string): Signal {
  return { ...empty(spec), state: 'not_applicable', text, contribution: 0 };
}

function limits(spec: SignalSpec) {
  const { min, max } = defaultRange(spec.name);
  return { contributionMin: min, contributionMax: max };
}

function empty(spec: SignalSpec): Signal {
  return {
    ...spec,
    ...limits(spec),
    text: '',
    state: 'unknown',
    value: null,
    display: null,
    contribution: 0,
    strength: null,
    source: '',
    n: null,
    sample: '',
    asOf: null,
    interval: null,
    percentile: null,
    threshold: null,
    needs: null,
    evidenceTotal: 0,
    evidence: [],
  };
}
