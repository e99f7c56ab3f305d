import type {
  NeedStanding,
  Tier,
  TierEvidence,
  TierFact,
  TierMetric,
  TierNeed,
  TierOutcome,
  TierStanding,
} from '../api/ambassadors.ts';
import { metricLabels, sayBare, sayFact, sayMissing, sayNeed } from './tier-words.ts';

export interface Judged {
  toId: string;
  outcome: TierOutcome;
  tiers: TierStanding[];
  summary: string;
}

type Facts = ReadonlyMap<TierMetric, TierFact>;

/**
 * Where the rules put somebody. Up: to the highest tier whose every need is met. Down: one tier, when a need of their own tier is measured and not met over a
 * whole window. What is not measured neither lifts nor drops anybody; then, and for who joined within the window, it says "not enough data".
 * `tiers` are lowest first; the first one asks for nothing.
 */
export function judgeTier(of: {
  tiers: readonly Tier[];
  currentId: string;
  facts: readonly TierFact[];
  isWhole: boolean;
}): Judged {
  const facts: Facts = new Map(of.facts.map((fact) => [fact.metric, fact]));
  const tiers = of.tiers.map((tier) => standingOf(tier, facts));
  const place = Math.max(
    0,
    tiers.findIndex((tier) => tier.tierId === of.currentId),
  );
  const best = tiers.findLastIndex((tier) => tier.standing === 'met');
  const at = (index: number): TierStanding => {
    const tier = tiers[index];
    if (tier === undefined) throw new RangeError(`No tier stands at ${index}`);
    return tier;
  };
  const judged = (to: number, outcome: TierOutcome, summary: string): Judged => ({
    toId: at(to).tierId,
    outcome,
    tiers,
    summary,
  });
  if (best > place) return judged(best, 'up', `Meets ${at(best).name}: ${sayHave(at(best))}`);
  const own = at(place);
  if (own.standing === 'met' || place === 0) {
    const above = tiers[place + 1];
    if (above === undefined) return judged(place, 'stay', `Holds ${own.name}, the highest: ${sayHave(own)}`);
    if (above.standing === 'unknown' && place === 0)
      return judged(place, 'not_enough_data', `Not enough data for ${above.name}: ${sayUnknown(above, facts)}`);
    return judged(place, 'stay', `Stays ${own.name}. For ${above.name}: ${sayOpen(above, facts)}`);
  }
  if (own.standing === 'unknown')
    return judged(place, 'not_enough_data', `Not enough data to judge ${own.name}: ${sayUnknown(own, facts)}`);
  if (!of.isWhole)
    return judged(place, 'not_enough_data', `Not enough data to judge ${own.name}: joined within the days that count`);
  return judged(place - 1, 'down', `Does not hold ${own.name}: ${sayOpen(own, facts)}`);
}

function standingOf(tier: Tier, facts: Facts): TierStanding {
  const needs = tier.needs.map((need) => needStanding(need, facts.get(need.metric)));
  const standing = needs.some((need) => need.isMet === false)
    ? 'not_met'
    : needs.some((need) => need.isMet === null)
      ? 'unknown'
      : 'met';
  return { tierId: tier.id, name: tier.name, standing, needs };
}

function needStanding(need: TierNeed, fact: TierFact | undefined): NeedStanding {
  const isMet = fact === undefined ? null : isNeedMet(need, fact);
  return {
    metric: need.metric,
    label: metricLabels[need.metric],
    needed: sayNeed(need),
    bare: sayBare(need),
    have: fact === undefined ? null : sayFact(fact),
    isMet,
    missing: isMet === true || fact === undefined || isMet === null ? null : sayMissing(need, fact),
  };
}

/** Null: nothing is measured, so nothing is said. */
function isNeedMet(need: TierNeed, fact: TierFact): boolean | null {
  if (need.metric === 'revenue') {
    if (fact.amount === null || fact.amount.currency !== need.atLeast.currency) return null;
    return BigInt(fact.amount.amountMinor) >= BigInt(need.atLeast.amountMinor);
  }
  return fact.value === null ? null : fact.value >= need.atLeast;
}

function sayHave(tier: TierStanding): string {
  return tier.needs.length === 0 ? 'it asks for nothing' : tier.needs.map(sayBeside).join(', ');
}

function sayBeside(need: NeedStanding): string {
  return `${need.have ?? 'not measured'} (${need.bare} needed)`;
}

function sayOpen(tier: TierStanding, facts: Facts): string {
  return tier.needs
    .filter((need) => need.isMet !== true)
    .map((need) => (need.isMet === null ? sayUnmeasured(need, facts) : sayBeside(need)))
    .join(', ');
}

function sayUnmeasured(need: NeedStanding, facts: Facts): string {
  return `${need.label.toLowerCase()} ${facts.get(need.metric)?.reason ?? 'not measured'}`;
}

function sayUnknown(tier: TierStanding, facts: Facts): string {
  return tier.needs
    .filter((need) => need.isMet === null)
    .map((need) => sayUnmeasured(need, facts))
    .join(', ');
}

/** The evidence as it is kept and shown. */
export function evidenceOf(
  judged: Judged,
  of: Pick<TierEvidence, 'from' | 'until' | 'memberSince' | 'isWhole' | 'facts'>,
): TierEvidence {
  return { ...of, tiers: judged.tiers, summary: judged.summary };
}
