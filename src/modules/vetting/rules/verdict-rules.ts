import type { Flag, FlagTreatment, VerdictLimit, VerdictRules } from '../api.ts';
import type { Weighable } from './weights.ts';

/** The rules of the verdict as data; a workspace may save its own. */
export const defaultVerdictRules: VerdictRules = {
  pass: 65,
  reject: 40,
  confidenceForPass: 0.5,
  staleAfterDays: 90,
  flags: {},
  limits: [],
};

/** What a flag does to the verdict: as the workspace says, else red rejects and amber asks for a review. */
export function treatmentOf(rules: VerdictRules, flag: Pick<Flag, 'name' | 'severity'>): FlagTreatment {
  return rules.flags[flag.name] ?? (flag.severity === 'red' ? 'reject' : 'review');
}

/** The limits that a known value of a signal breaks. What is not known breaks none: it is asked for by the confidence. */
export function brokenLimits(
  rules: VerdictRules,
  signals: readonly (Pick<Weighable, 'name' | 'state'> & { value: number | null })[],
): { limit: VerdictLimit; value: number }[] {
  return rules.limits.flatMap((limit) => {
    const signal = signals.find((one) => one.name === limit.signal);
    if (signal?.state !== 'known' || signal.value === null) return [];
    const isBroken = limit.when === 'above' ? signal.value > limit.value : signal.value < limit.value;
    return isBroken ? [{ limit, value: signal.value }] : [];
  });
}

/** Flags the rules can raise by themselves, for the page on which their weight is set; others are added as reports raise them. */
export const knownFlags: readonly Pick<Flag, 'name' | 'title' | 'severity'>[] = [
  { name: 'engagement_too_low', title: 'Hardly anybody reacts', severity: 'red' },
  { name: 'engagement_too_high', title: 'Engagement too high', severity: 'amber' },
  { name: 'bought_step', title: 'A step in followers that nothing explains', severity: 'amber' },
  { name: 'mass_following', title: 'Follows a great many accounts', severity: 'amber' },
  { name: 'private', title: 'The account is private', severity: 'amber' },
  { name: 'undisclosed_ads', title: 'Ads without a label', severity: 'amber' },
  { name: 'no_go', title: 'Uses a no-go word', severity: 'amber' },
  { name: 'competitor', title: 'Posts about a competitor', severity: 'amber' },
  { name: 'future_posts', title: 'Posts dated in the future', severity: 'amber' },
  { name: 'absurd_figures', title: 'Figures that cannot be', severity: 'amber' },
  { name: 'stale_data', title: 'The data are old', severity: 'amber' },
];
