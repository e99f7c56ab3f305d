import type { Report, VerdictRules } from '../api.ts';
import { bestScoreOf, type Judgement, judge, scoreOf } from './judge.ts';
import { figuresOf } from './peer-findings.ts';
import type { Weighable } from './weights.ts';
import { type WeightSet, weighSignals } from './weights.ts';

type StoredSignal = Weighable & { title: string; value: number | null };
type StoredFlag = Pick<Report['flags'][number], 'name' | 'severity' | 'title' | 'reason'>;

/** What is kept of a report to weigh and judge it again without its evidence. */
export interface Findings {
  signals: StoredSignal[];
  flags: StoredFlag[];
  /** Posts that count for the score. */
  measured: number;
  /** What is no signal, but stands beside that of peers. */
  figures?: Record<string, number>;
}

export function findingsOf(
  report: Pick<Report, 'signals' | 'flags' | 'engagement' | 'comments' | 'audience'>,
): Findings {
  return {
    signals: report.signals.map(
      ({ name, title, state, value, contribution, contributionMin, contributionMax, strength }) => ({
        name,
        title,
        state,
        value,
        contribution,
        contributionMin,
        contributionMax,
        strength: strength ?? null,
      }),
    ),
    flags: report.flags.map(({ name, severity, title, reason }) => ({ name, severity, title, reason })),
    measured: report.engagement.measured ?? report.signals.find((signal) => signal.name === 'engagement_level')?.n ?? 0,
    figures: figuresOf(report),
  };
}

export interface Rescored extends Judgement {
  score: number | null;
}

/** Score and verdict of stored findings under other points and rules: the same as a new computation on the same data gives. */
export function rescore(findings: Findings, set: WeightSet, rules: VerdictRules): Rescored {
  const signals = weighSignals(findings.signals, set);
  const score = scoreOf(signals);
  const best = bestScoreOf(signals);
  return { score, ...judge({ score, best, flags: findings.flags, signals, measured: findings.measured, rules }) };
}
