import type { Evidence, Interval, Point, Signal } from '../api.ts';
import { type SignalName, weights } from './reference.ts';

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

/** Points in tenths, so that sums of what is shown are exact. */
export const toTenths = (points: number) => Math.round(points * 10) / 10;

export function known(spec: SignalSpec, finding: Finding): Signal {
  const { min, max } = weights[spec.name];
  const evidence = finding.evidence ?? [];
  return {
    ...spec,
    ...limits(spec),
    state: 'known',
    text: finding.text,
    value: finding.value,
    display: finding.display,
    contribution: toTenths(Math.min(max, Math.max(min, finding.contribution))),
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

/** What is missing counts as the worst it could be until it is known: missing data never improves a score. */
export function unknown(spec: SignalSpec, text: string, needs: string): Signal {
  return { ...empty(spec), state: 'unknown', text, needs, contribution: weights[spec.name].min };
}

/** The question does not arise: nothing added, nothing taken. */
export function notApplicable(spec: SignalSpec, text: string): Signal {
  return { ...empty(spec), state: 'not_applicable', text, contribution: 0 };
}

function limits(spec: SignalSpec) {
  const { min, max } = weights[spec.name];
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
