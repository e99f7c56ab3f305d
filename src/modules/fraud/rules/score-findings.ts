import type { FraudPolicy } from '../api/settings.ts';
import type { Evidence, FraudFinding, Mode } from '../api/shared.ts';
import { type AnyRule, accountRules, orderRules, trafficRules, trafficScore } from './all-rules.ts';
import type { Baseline } from './baseline.ts';
import type { AccountFacts, OrderFacts } from './facts.ts';
import type { SummedTraffic } from './sum-traffic.ts';
import type { Verdict } from './verdict.ts';

/** A finding with what follows of it. */
export interface Finding extends FraudFinding {
  mode: Mode;
  /** Whom it speaks against; null for nobody. */
  personId: string | null;
  /** The code it is about. */
  codeId: string | null;
}

export interface Judged {
  score: number;
  findings: Finding[];
}

export const modeOf = (rule: AnyRule, policy: FraudPolicy): Mode => policy.rules[rule.name]?.mode ?? rule.mode;
export const pointsOf = (rule: AnyRule, policy: FraudPolicy): number => policy.rules[rule.name]?.points ?? rule.points;

/** What the rules say of an order; the score is the sum of the points of those that speak. */
export function judgeOrder(order: OrderFacts, policy: FraudPolicy): Judged {
  return sum(
    orderRules.flatMap((rule) =>
      found(rule, rule.judge(order, policy), { policy, personId: order.personId, examples: [] }),
    ),
  );
}

/** What the rules say of a creator: their traffic, their codes and who they are, and the sum of it where it reaches the limit. */
export function judgeCreator(
  of: { personId: string; traffic: SummedTraffic; account: AccountFacts | null; baseline: Baseline },
  policy: FraudPolicy,
): Judged {
  const { personId, traffic, account, baseline } = of;
  const findings = [
    ...trafficRules.flatMap((rule) =>
      found(rule, rule.judge(traffic.figures, { baseline, policy }), {
        policy,
        personId,
        examples: traffic.examples[rule.name] ?? [],
      }),
    ),
    ...(account === null
      ? []
      : accountRules.flatMap((rule) => found(rule, rule.judge(account), { policy, personId, examples: [] }))),
  ];
  const judged = sum(findings);
  const spoke = judged.findings.filter((one) => one.state === 'hit' && one.points > 0);
  // One rule alone is told by itself.
  if (judged.score < policy.flagAt || spoke.length < 2 || modeOf(trafficScore, policy) === 'off') return judged;
  const says = `${spoke.length} signs come to ${judged.score} points; the limit is ${policy.flagAt}.`;
  const evidence = spoke.map(
    (one): Evidence => ({ kind: 'figure', id: null, label: `+${one.points} ${one.title}: ${one.says}`, at: null }),
  );
  const together: Finding = {
    rule: 'traffic-score',
    version: trafficScore.version,
    title: trafficScore.title,
    state: 'hit',
    points: 0,
    says,
    evidence,
    mode: modeOf(trafficScore, policy),
    personId,
    codeId: null,
  };
  return { score: judged.score, findings: [...judged.findings, together] };
}

function found(
  rule: AnyRule,
  verdict: Verdict,
  of: { policy: FraudPolicy; personId: string | null; examples: readonly Evidence[] },
): Finding[] {
  const mode = modeOf(rule, of.policy);
  if (verdict === null || mode === 'off') return [];
  const base = { rule: rule.name, version: rule.version, title: rule.title, mode };
  if (verdict.kind === 'unknown')
    return [
      { ...base, state: 'unknown', points: 0, says: verdict.needs, evidence: [], personId: of.personId, codeId: null },
    ];
  const evidence = [...verdict.evidence, ...of.examples];
  return [
    {
      ...base,
      state: 'hit',
      points: Math.round(pointsOf(rule, of.policy) * (verdict.weight ?? 1)),
      says: verdict.says,
      evidence,
      personId: verdict.personId ?? of.personId,
      codeId: rule.scope === 'code' ? (evidence.find((one) => one.kind === 'code')?.id ?? null) : null,
    },
  ];
}

function sum(findings: Finding[]): Judged {
  return { score: findings.reduce((total, one) => total + one.points, 0), findings };
}

/** Rules of which one finding about an order opens a group of its own. */
export const isTold = (finding: Pick<Finding, 'mode' | 'state'>): boolean =>
  finding.state === 'hit' && (finding.mode === 'watch' || finding.mode === 'enforce');

/**
 * The chance that a creator's traffic is fraudulent, by its score: a logistic curve fitted on simulated programs of other seeds than those it is measured on
 * (docs/methods/traffic-fraud.md). An estimate, no measurement.
 */
export function chanceOf(score: number): number {
  return 1 / (1 + Math.exp(-(score - calibration.middle) / calibration.width));
}

export const calibration = { middle: 19, width: 6.5 } as const;
