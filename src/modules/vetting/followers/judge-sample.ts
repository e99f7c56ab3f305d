import { type Platform, platformNames } from '#kernel/platform.ts';
import type { AudienceKind, SampledAccount } from '#modules/creators/api.ts';
import type { AudienceSample } from '../api.ts';
import { wilsonInterval } from '../rules/statistics.ts';
import type { AccountFacts } from './account-features.ts';
import { type AccountModel, explainAccount } from './account-model.ts';
import { credibilityBands } from './credibility-bands.ts';
import { type AudienceShares, estimateShares, massFolloweesFrom } from './estimate-shares.ts';
import { noName, shapeOfName } from './name-shape.ts';
import { factWords, reasonText } from './reason-words.ts';

/** Fewer accounts that can be judged: no shares. Of 50 accounts a share of one half is known to within 12 points at best. */
export const judgedMin = 50;
/** An interval of suspicious accounts wider than this says nothing. */
const widthMax = 0.5;
/** Published as the start of "notable": followers from 1,000 on (GRIN). */
const notableFrom = 1000;
const shownMax = 25;
const reasonsShown = 5;
const reasonMin = 0.05;

export interface StoredAudience {
  kind: AudienceKind;
  takenAt: string;
  source: string;
  method: string;
  size: number;
  accounts: readonly Partial<SampledAccount>[];
}

interface Known {
  row: number;
  account: Partial<SampledAccount>;
  facts: AccountFacts;
}

/**
 * What a stored sample says of its audience: shares with intervals, reachability, notable and suspicious accounts with reasons, published bands. Rows
 * of which nothing the model asks is known are left out and counted. The same sample gives the same answer.
 */
export function judgeSample(
  sample: StoredAudience,
  { platform, model, version }: { platform: Platform; model: AccountModel; version: string },
): AudienceSample {
  const all = sample.accounts.map((account, at): Known => ({ row: at + 1, account, facts: factsOf(account) }));
  const known = all.filter(({ facts }) => isJudgeable(facts));
  const estimate =
    known.length < judgedMin
      ? null
      : estimateShares(
          known.map((one) => one.facts),
          { platform, model },
        );
  const { state, text } = stateOf(estimate, { judged: known.length, size: all.length, platform });
  const shares = state === 'too_small' || state === 'unknown' ? null : sharesOf(estimate);
  const { kind, takenAt, source, method, size } = sample;
  return {
    kind,
    takenAt,
    source,
    method,
    size,
    judged: known.length,
    state,
    text,
    coverage: 0.9,
    shares,
    missing: missingOf(estimate),
    reachability: reachabilityOf(all),
    notable: notableOf(all, platform),
    suspicious: suspiciousOf(known, estimate, { platform, model }),
    bands: shares === null || state !== 'estimated' ? [] : credibilityBands(shares, kind),
    model: {
      version,
      trainedOn: 'hand-rated followers of Swiss influencers on Instagram and accounts of Twitter',
      n: model.measured.n,
      auc: model.measured.auc,
    },
  };
}

/** At least two of followers, followed accounts and posts: from a name or a picture alone the model would guess. */
function isJudgeable({ followers, following, posts }: AccountFacts): boolean {
  return [followers, following, posts].filter((value) => value !== null).length >= 2;
}

function stateOf(
  estimate: AudienceShares | null,
  { judged, size, platform }: { judged: number; size: number; platform: Platform },
): Pick<AudienceSample, 'state' | 'text'> {
  if (estimate === null && size >= judgedMin)
    return {
      state: 'unknown',
      text: `Of ${size} accounts ${judged} can be judged: too little is known of the others. Two of followers, followed accounts and posts are needed.`,
    };
  if (estimate === null)
    return {
      state: 'too_small',
      text: `${judged} ${judged === 1 ? 'account' : 'accounts'} can be judged; at least ${judgedMin} are needed to tell a share.`,
    };
  const { suspicious } = estimate.shares;
  if (suspicious === null || suspicious.high - suspicious.low > widthMax)
    return {
      state: 'unknown',
      text: 'Too little is known of the accounts: the share of suspicious ones could be nearly anything. Followers, followed accounts, posts and pictures would tell.',
    };
  if (!estimate.calibrated)
    return {
      state: 'uncalibrated',
      text: `Uncalibrated: nobody published labelled accounts of ${platformNames[platform]}, so the order of accounts carries over and the shares may not. They are not part of the score.`,
    };
  return {
    state: 'estimated',
    text: `Adjusted count over ${judged} accounts; the interval holds the chance of the sample and the measured error of the model.`,
  };
}

function sharesOf(estimate: AudienceShares | null): AudienceSample['shares'] {
  const { real = null, suspicious = null, influencer = null, massFollower = null } = estimate?.shares ?? {};
  return real === null || suspicious === null ? null : { real, influencer, massFollower, suspicious };
}

function missingOf(estimate: AudienceShares | null): AudienceSample['missing'] {
  return (estimate?.missing ?? []).flatMap(({ fact, accounts }) => {
    const title = factWords[fact];
    return title === undefined ? [] : [{ fact, title, accounts }];
  });
}

/** What the model may ask of a stored account. */
export function factsOf(account: Partial<SampledAccount>): AccountFacts {
  const { handle = null } = account;
  return {
    ...(handle === null ? noName : shapeOfName(handle)),
    hasPicture: account.hasPicture ?? null,
    isPrivate: account.isPrivate ?? null,
    isVerified: account.isVerified ?? null,
    hasLink: account.hasLink ?? null,
    posts: account.posts ?? null,
    followers: account.followers ?? null,
    following: account.following ?? null,
    bioLength: account.bioLength ?? null,
    fullNameWords: account.fullNameWords ?? null,
    fullNameDigitShare: account.fullNameDigitShare ?? null,
    nameDistance: account.nameDistance ?? null,
    ageDays: account.ageDays ?? null,
    lists: null,
    likesGiven: null,
    hasDefaultTheme: null,
    saysBot: null,
  };
}

const followeeBins: readonly (readonly [title: string, from: number, to: number | null])[] = [
  ['Up to 500 accounts', 0, 500],
  ['501 to 1,000', 501, 1000],
  ['1,001 to 1,500', 1001, massFolloweesFrom],
  ['More than 1,500', massFolloweesFrom + 1, null],
];

/** Bins of HypeAuditor, trendHERO and GRIN. */
function reachabilityOf(all: readonly Known[]): AudienceSample['reachability'] {
  const values = all.flatMap(({ facts }) => (facts.following === null ? [] : [facts.following]));
  const n = values.length;
  if (n === 0) return null;
  const bins = followeeBins.map(([title, from, to]) => {
    const count = values.filter((value) => value >= from && (to === null || value <= to)).length;
    const interval = wilsonInterval(count, n);
    return { title, from, to, count, share: { share: count / n, low: interval?.low ?? 0, high: interval?.high ?? 1 } };
  });
  return { n, coverage: 0.95, bins };
}

function shown({ row, account, facts }: Known, platform: Platform) {
  const handle = account.handle ?? null;
  return {
    row,
    handle,
    url: handle === null ? null : profileUrlOf(platform, handle),
    followers: facts.followers,
    following: facts.following,
    posts: facts.posts,
  };
}

function profileUrlOf(platform: Platform, handle: string): string | null {
  const name = encodeURIComponent(handle);
  switch (platform) {
    case 'instagram':
      return `https://www.instagram.com/${name}/`;
    case 'tiktok':
      return `https://www.tiktok.com/@${name}`;
    case 'youtube':
      return `https://www.youtube.com/@${name}`;
    case 'pinterest':
      return `https://www.pinterest.com/${name}/`;
    case 'blog':
      return null;
  }
}

function notableOf(all: readonly Known[], platform: Platform): AudienceSample['notable'] {
  const notable = all.filter(({ facts }) => (facts.followers ?? 0) >= notableFrom);
  notable.sort((a, b) => (b.facts.followers ?? 0) - (a.facts.followers ?? 0) || a.row - b.row);
  return { total: notable.length, accounts: notable.slice(0, shownMax).map((one) => shown(one, platform)) };
}

function suspiciousOf(
  known: readonly Known[],
  estimate: AudienceShares | null,
  { platform, model }: { platform: Platform; model: AccountModel },
): AudienceSample['suspicious'] {
  if (estimate === null) return { total: 0, accounts: [] };
  const ordered = known
    .map((one, at) => ({ ...one, suspicion: estimate.judged[at]?.suspicion ?? 0 }))
    .filter((one) => one.suspicion >= 0.5)
    .sort((a, b) => b.suspicion - a.suspicion || a.row - b.row);
  const accounts = ordered.slice(0, shownMax).map((one) => ({
    ...shown(one, platform),
    suspicion: one.suspicion,
    reasons: explainAccount(model, one.facts)
      .reasons.filter(({ added }) => Math.abs(added) >= reasonMin)
      .slice(0, reasonsShown)
      .map(({ reason, added }) => ({
        name: reason,
        text: reasonText(reason, one.facts),
        added: Number(added.toFixed(2)),
      })),
  }));
  return { total: ordered.length, accounts };
}
