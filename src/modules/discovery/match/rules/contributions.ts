import { formatAmount, type Money } from '#kernel/money.ts';
import type { Contribution, MatchEvidence, MatchSignal, MatchWeights, TargetAudience } from '../../api.ts';
import type { IndexedProfile } from '../../rules/indexed-creator.ts';
import { compareAudience } from './distribution-distance.ts';
import { cleanShare, flagTexts } from './safety-words.ts';

/** What is said of one signal, before it is weighed. A null value is unknown and gives nothing. */
export interface Judgement {
  value: number | null;
  line: string;
  evidence: MatchEvidence[];
}

const shownMax = 5;
const money = (amount: Money) => `${formatAmount(amount)} ${amount.currency}`;
const percent = (share: number) => `${Math.round(share * 100)} %`;
export const unknown = (line: string): Judgement => ({ value: null, line, evidence: [] });

/** A signal as a part of the sum. */
export function contribute(signal: MatchSignal, judgement: Judgement, weights: MatchWeights): Contribution {
  const value =
    judgement.value === null ? null : Math.round(Math.min(1, Math.max(0, judgement.value)) * 10_000) / 10_000;
  const weight = weights[signal];
  return {
    signal,
    value,
    weight,
    points: value === null ? 0 : Math.round(value * weight * 100) / 100,
    line: judgement.line,
    evidence: judgement.evidence.slice(0, shownMax),
  };
}

/** 1 minus the mean Jensen-Shannon distance over the dimensions asked for that are known. */
export function judgeAudience(
  target: TargetAudience | null,
  audience: IndexedProfile['audience'],
  source: string | null,
): Judgement {
  if (target === null || Object.keys(target).length === 0) return unknown('No audience was asked for.');
  if (audience === null || audience === undefined) return unknown('Nothing is known of the audience.');
  const fits = compareAudience(target, audience.distributions);
  if (fits.length === 0) return unknown('The audience is not known in any dimension asked for.');
  const value = 1 - fits.reduce((sum, fit) => sum + fit.distance, 0) / fits.length;
  const asked = Object.keys(target).length;
  return {
    value,
    line: `Audience is ${percent(value)} alike in ${fits.map((fit) => fit.dimension).join(', ')}${fits.length < asked ? ` (${asked - fits.length} not known)` : ''}.`,
    evidence: fits.flatMap((fit) =>
      fit.values.map(({ value: name, wanted, has }) => ({
        kind: 'figure' as const,
        text: `${fit.dimension} ${name}: ${percent(has)}, wanted ${percent(wanted)}`,
        source,
        n: audience.n,
      })),
    ),
  };
}

/** Where the engagement stands among creators of the same platform and size. */
export function judgeEngagement(
  peers: { percentile: number; n: number; platform: string; tier: string } | null,
  rate: number | null,
): Judgement {
  if (rate === null) return unknown('No engagement is known.');
  if (peers === null) return unknown('Not enough data: fewer than 20 creators of this platform and size are known.');
  return {
    value: peers.percentile / 100,
    line: `Engagement is higher than that of ${Math.round(peers.percentile)} % of ${peers.n} ${peers.tier} creators on ${peers.platform}.`,
    evidence: [{ kind: 'figure', text: `Engagement rate ${(rate * 100).toFixed(2)} %`, source: null, n: peers.n }],
  };
}

/** Our own vetting score where there is one, else the share of credible followers that a source states. */
export function judgeCredibility(
  facts: Record<string, unknown>,
  imported: { share: number; n: number | null } | null,
): Judgement {
  const score = numberOf(facts.vetting_score);
  if (score !== null)
    return {
      value: score / 100,
      line: `Vetting score ${Math.round(score)} of 100.`,
      evidence: [{ kind: 'figure', text: `Vetting score ${Math.round(score)} of 100`, source: 'vetting', n: null }],
    };
  if (imported === null) return unknown('Not vetted yet, and no source states how credible the followers are.');
  return {
    value: imported.share,
    line: `${percent(imported.share)} of the followers are credible, as the source states.`,
    evidence: [
      { kind: 'figure', text: `Credible followers ${percent(imported.share)}`, source: 'import', n: imported.n },
    ],
  };
}

export interface PriceOffer {
  currency: string;
  lowMinor: number;
  origin: string;
  format: string | null;
}

/** 1 within the budget; above it the share of the price that the budget pays. Published bands are estimates of others and do not count. */
export function judgePrice(budget: Money | null, prices: readonly PriceOffer[]): Judgement {
  if (budget === null) return unknown('No budget was given.');
  const stated = prices.filter((price) => price.origin === 'rate_card' || price.origin === 'creator');
  if (stated.length === 0) return unknown('No price is known; bands that others publish do not count.');
  const [offer] = stated
    .filter((price) => price.currency === budget.currency)
    .sort((a, b) => a.lowMinor - b.lowMinor || ((a.format ?? '') < (b.format ?? '') ? -1 : 1));
  if (offer === undefined)
    return unknown(
      `Prices are known in ${[...new Set(stated.map((price) => price.currency))].sort().join(', ')} only; amounts are not converted.`,
    );
  const price = money({ amountMinor: BigInt(Math.round(offer.lowMinor)), currency: offer.currency });
  const most = money(budget);
  const value = offer.lowMinor <= 0 ? 1 : Math.min(1, Number(budget.amountMinor) / offer.lowMinor);
  return {
    value,
    line: value >= 1 ? `${price} is within the budget of ${most}.` : `${price} is above the budget of ${most}.`,
    evidence: [
      {
        kind: 'figure',
        text: `${offer.format ?? 'a post'}: ${price}`,
        source: offer.origin === 'rate_card' ? 'rate card' : 'set by the creator',
        n: null,
      },
    ],
  };
}

/** Share of texts without words of subjects that many brands avoid. */
export function judgeSafety(texts: readonly ReadonlySet<string>[]): Judgement {
  if (texts.length === 0) return unknown('No posts are known, so nothing was looked through.');
  const flags = flagTexts(texts);
  const subjects = [...new Set(flags.map((flag) => flag.subject))];
  return {
    value: cleanShare(texts),
    line:
      flags.length === 0
        ? `No flagged words in ${texts.length} texts (English words only).`
        : `Look at: ${subjects.join(', ')} in ${texts.length} texts.`,
    evidence: flags.map((flag) => ({
      kind: 'words' as const,
      text: `${flag.subject}: "${flag.word}" in ${flag.texts} of ${texts.length} texts`,
      source: null,
      n: texts.length,
    })),
  };
}

/** Worked with before, as campaigns state it. */
export function judgeCollaboration(facts: Record<string, unknown>): Judgement {
  const stated = facts.worked_with;
  if (stated === undefined || stated === null) return unknown('No earlier collaboration is recorded.');
  if (stated !== true) return { value: 0, line: 'Never worked with you.', evidence: [] };
  const campaigns = numberOf(facts.campaigns_count);
  const times = campaigns === null ? '' : ` on ${campaigns} ${campaigns === 1 ? 'campaign' : 'campaigns'}`;
  return {
    value: 1,
    line: `Works or worked with you${times}.`,
    evidence:
      campaigns === null ? [] : [{ kind: 'figure', text: `Collaborations${times}`, source: 'campaigns', n: campaigns }],
  };
}

function numberOf(fact: unknown): number | null {
  if (typeof fact === 'number' && Number.isFinite(fact)) return fact;
  if (typeof fact === 'object' && fact !== null && 'value' in fact) return numberOf(fact.value);
  return null;
}
