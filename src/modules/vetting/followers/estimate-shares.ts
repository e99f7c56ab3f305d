import type { Platform } from '#kernel/platform.ts';
import { mulberry32 } from '../rules/statistics.ts';
import { type AccountFacts, lackOf } from './account-features.ts';
import { type AccountModel, type JudgedAccount, judgeAccount, missingFacts, probabilityOf } from './account-model.ts';
import { drawDirichlet, mixtureShare, type ScoredGroup, type ShareEstimate } from './mixture-share.ts';

/** Followees beyond which an account counts as a mass follower (HypeAuditor, trendHERO). */
export const massFolloweesFrom = 1500;
/** From here on an account is an influencer for sure; from the lower bound on when twice as many follow it as it follows (trendHERO). */
const influencerSureFrom = 100_000;
const influencerFrom = 5000;
const influencerRatio = 2;

export const audienceTypes = ['real', 'influencer', 'massFollower', 'suspicious'] as const;
export type AudienceType = (typeof audienceTypes)[number];

export interface TypeShare {
  share: number;
  low: number;
  high: number;
}

export interface AudienceShares {
  /** Accounts that were judged. */
  n: number;
  /** Of the intervals. */
  coverage: number;
  shares: Record<AudienceType, TypeShare | null>;
  /** False on a platform without labelled accounts: then the shares are a reading and no measurement. */
  calibrated: boolean;
  /** For how many accounts a fact the model asks is not known. */
  missing: { fact: keyof AccountFacts; accounts: number }[];
  judged: JudgedInAudience[];
}

export interface JudgedInAudience extends JudgedAccount {
  /** How likely it is suspicious given the share of suspicious accounts in this audience. */
  suspicion: number;
  type: Exclude<AudienceType, 'suspicious'> | null;
}

const coverage = 0.9;
const draws = 400;
const seed = 7;
/** Fewer accounts whose kind is known: only real (of any kind) and suspicious are told apart. */
const typedMin = 50;

/** Platforms whose accounts the weights were calibrated on. */
export function isCalibratedOn(platform: Platform): boolean {
  return platform === 'instagram';
}

/**
 * Shares of real accounts, influencers, mass followers and suspicious accounts among those the sample was drawn from, adding up to 1. Suspicious: by
 * the adjusted count of `mixtureShare`. The others: each account counts as far as it is not suspicious. Intervals hold the chance of the sample and
 * the measured error of the model. The same accounts give the same answer.
 */
export function estimateShares(
  accounts: readonly AccountFacts[],
  { platform, model }: { platform: Platform; model: AccountModel },
): AudienceShares {
  const scored = accounts.map((facts) => ({ ...judgeAccount(model, facts), lack: lackOf(facts) }));
  const random = mulberry32(seed);
  const suspicious = mixtureShare(groupsOf(model, scored), random);
  const shift = logit(suspicious.share) - logit(model.measured.suspicious / model.measured.n);
  const { slope, intercept } = model.calibration;
  const judged = scored.map(({ score, probability }, at) => ({
    score,
    probability,
    suspicion: probabilityOf({ calibration: { slope, intercept: intercept + shift } }, score),
    type: typeOf(accounts[at]),
  }));
  const counts = new Map<keyof AccountFacts, number>();
  for (const facts of accounts)
    for (const fact of missingFacts(model, facts)) counts.set(fact, (counts.get(fact) ?? 0) + 1);
  return {
    n: accounts.length,
    coverage,
    shares: sharesOf(judged, suspicious, random),
    calibrated: isCalibratedOn(platform),
    missing: [...counts].map(([fact, n]) => ({ fact, accounts: n })),
    judged,
  };
}

/** Scores by the facts that lack, each with what was measured of accounts like these. */
export function groupsOf(model: AccountModel, scored: readonly { score: number; lack: string }[]): ScoredGroup[] {
  return [...Map.groupBy(scored, (one) => one.lack)].flatMap(([lack, some]) => {
    const bins = model.bins[lack];
    return bins === undefined ? [] : [{ scores: some.map((one) => one.score), bins }];
  });
}

function typeOf(facts: AccountFacts | undefined): JudgedInAudience['type'] {
  const { followers = null, following = null } = facts ?? {};
  if (followers !== null && followers >= influencerSureFrom) return 'influencer';
  if (followers === null || following === null) return null;
  if (followers >= influencerFrom && followers >= influencerRatio * following) return 'influencer';
  return following > massFolloweesFrom ? 'massFollower' : 'real';
}

/** Shares of all types from draws of the suspicious share and of the types among the others. */
function sharesOf(
  judged: readonly JudgedInAudience[],
  suspicious: ShareEstimate,
  random: () => number,
): AudienceShares['shares'] {
  const weights = { real: 0, influencer: 0, massFollower: 0 };
  let typed = 0;
  for (const { type, suspicion } of judged) {
    if (type === null) continue;
    weights[type] += 1 - suspicion;
    typed += 1;
  }
  const share = { share: suspicious.share, low: suspicious.low, high: suspicious.high };
  if (typed < typedMin)
    return {
      real: { share: 1 - share.share, low: 1 - share.high, high: 1 - share.low },
      influencer: null,
      massFollower: null,
      suspicious: share,
    };
  const total = weights.real + weights.influencer + weights.massFollower;
  const drawn = Array.from({ length: draws }, () => {
    const genuine = 1 - suspicious.draw(random);
    const parts = drawDirichlet([weights.real + 0.5, weights.influencer + 0.5, weights.massFollower + 0.5], random);
    return {
      real: genuine * (parts[0] ?? 0),
      influencer: genuine * (parts[1] ?? 0),
      massFollower: genuine * (parts[2] ?? 0),
    };
  });
  const shareOf = (type: 'real' | 'influencer' | 'massFollower') => {
    const sorted = drawn.map((one) => one[type]).sort((a, b) => a - b);
    const point = (1 - suspicious.share) * (weights[type] / Math.max(total, 1e-9));
    const low = sorted[Math.floor(draws * 0.05)] ?? 0;
    const high = sorted[Math.floor(draws * 0.95)] ?? 1;
    return { share: point, low: Math.min(low, point), high: Math.max(high, point) };
  };
  return {
    real: shareOf('real'),
    influencer: shareOf('influencer'),
    massFollower: shareOf('massFollower'),
    suspicious: share,
  };
}

const logit = (share: number) => {
  const bounded = Math.min(0.999, Math.max(0.001, share));
  return Math.log(bounded / (1 - bounded));
};
