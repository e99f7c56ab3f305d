import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../rules/statistics.ts';
import type { AccountFacts } from './account-features.ts';
import { featureRow } from './account-features.ts';
import { explainAccount, judgeAccount } from './account-model.ts';
import { credibilityBands } from './credibility-bands.ts';
import { estimateShares } from './estimate-shares.ts';
import { factsOf, judgeSample, type StoredAudience } from './judge-sample.ts';
import { loadFollowerModels } from './load-follower-model.ts';
import { mixtureShare } from './mixture-share.ts';
import { noName, shapeOfName } from './name-shape.ts';
import { reasonText } from './reason-words.ts';

const { instagram: model, version } = loadFollowerModels();
const plainAccount = {
  handle: 'marla_bakes',
  hasPicture: true,
  isPrivate: false,
  posts: 240,
  followers: 900,
  following: 380,
};
const boughtAccount = {
  handle: 'kx20487731',
  hasPicture: false,
  isPrivate: false,
  posts: 0,
  followers: 3,
  following: 4200,
};
const audience = (accounts: StoredAudience['accounts'], change: Partial<StoredAudience> = {}): StoredAudience => ({
  kind: 'followers',
  takenAt: '2026-05-06T00:00:00.000Z',
  source: 'Export',
  method: 'random',
  size: accounts.length,
  accounts,
  ...change,
});
const of = { platform: 'instagram', model, version } as const;
const mixed = (n: number, bought: number) =>
  Array.from({ length: n }, (_, at) =>
    at < bought ? boughtAccount : { ...plainAccount, handle: `person.${'abcdefgh'[at % 8]}${at % 3 === 0 ? 'x' : ''}` },
  );

describe('one account', () => {
  it('looks suspicious when empty, following thousands and named by digits, and says so', () => {
    expect(judgeAccount(model, factsOf(boughtAccount)).probability).toBeGreaterThan(0.7);
    expect(judgeAccount(model, factsOf(plainAccount)).probability).toBeLessThan(0.05);
    const { reasons } = explainAccount(model, factsOf(boughtAccount));
    const against = reasons.filter((one) => one.added > 0).map((one) => reasonText(one.reason, factsOf(boughtAccount)));
    expect(against).toContain('Never posted');
    expect(against.join()).toContain('8 digits');
  });

  const count = fc.option(fc.nat({ max: 1_000_000 }), { nil: null });
  const flag = fc.option(fc.boolean(), { nil: null });
  const facts: fc.Arbitrary<AccountFacts> = fc
    .record({
      handle: fc.option(fc.string({ minLength: 1, maxLength: 40 }), { nil: null }),
      hasPicture: flag,
      isPrivate: flag,
      isVerified: flag,
      hasLink: flag,
      posts: count,
      followers: count,
      following: count,
      bioLength: count,
      ageDays: count,
    })
    .map((account) => factsOf(account));

  it('has reasons that add up to its probability, whatever is known of it', () => {
    fc.assert(
      fc.property(facts, (one) => {
        const { base, reasons } = explainAccount(model, one);
        const sum = reasons.reduce((total, reason) => total + reason.added, base);
        expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(judgeAccount(model, one).probability, 6);
      }),
    );
  });

  it('never looks more suspicious for having a picture', () => {
    fc.assert(
      fc.property(facts, (one) => {
        const better = { ...one, hasPicture: true };
        const worse = { ...one, hasPicture: false };
        expect(judgeAccount(model, better).score).toBeLessThanOrEqual(judgeAccount(model, worse).score + 1e-9);
      }),
    );
  });

  it('keeps what is not known apart from nothing', () => {
    const row = featureRow(factsOf({ posts: 0 }));
    expect(row[1]).toBe(0);
    expect(Number.isNaN(row[2] ?? 0)).toBe(true);
    expect(factsOf({})).toMatchObject({ ...noName, posts: null, hasPicture: null });
  });

  it('reads the shape of a name', () => {
    expect(shapeOfName('Anna_b.92')).toMatchObject({
      nameLength: 9,
      nameDigitShare: 2 / 9,
      nameTrailingDigits: 2,
      nameSeparators: 2,
      nameSwitches: 4,
    });
    expect(shapeOfName('')).toEqual(noName);
  });
});

describe('the share of suspicious accounts', () => {
  const bins = { edges: [-1, 1], suspicious: [4, 16, 60], genuine: [300, 80, 20] };
  const draw = (share: number, n: number, seed: number) => {
    const random = mulberry32(seed);
    return Array.from({ length: n }, () => {
      const counts = random() < share ? bins.suspicious : bins.genuine;
      let left = random() * counts.reduce((sum, one) => sum + one, 0);
      const bin = counts.findIndex((one) => {
        left -= one;
        return left < 0;
      });
      return bin * 2 - 2;
    });
  };

  it('is not the share of accounts that look it: the model’s own errors are taken out', () => {
    const scores = draw(0.05, 4000, 1);
    const counted = scores.filter((score) => score > -1).length / scores.length;
    const { share } = mixtureShare([{ scores, bins }], mulberry32(1));
    expect(counted).toBeGreaterThan(0.25);
    expect(Math.abs(share - 0.05)).toBeLessThan(0.04);
  });

  it('lies within its 90 % interval in 85 to 97 of 100 samples, and a larger sample narrows it', () => {
    let covered = 0;
    const rounds = 60;
    for (let round = 0; round < rounds; round += 1) {
      const truth = 0.02 + (0.48 * round) / rounds;
      const { low, high } = mixtureShare([{ scores: draw(truth, 300, round + 10), bins }], mulberry32(round));
      if (low <= truth && truth <= high) covered += 1;
    }
    // The bins are the truth here, so the allowance for their error makes the interval too wide rather than too narrow.
    expect(covered / rounds).toBeGreaterThanOrEqual(0.85);
    const widthOf = (n: number) => {
      const { low, high } = mixtureShare([{ scores: draw(0.2, n, 5), bins }], mulberry32(5));
      return high - low;
    };
    expect(widthOf(1000)).toBeLessThan(widthOf(60));
  });

  it('grows with bought accounts, adds up to one, and is the same for the same sample', () => {
    const clean = estimateShares(mixed(400, 8).map(factsOf), of);
    const bought = estimateShares(mixed(400, 160).map(factsOf), of);
    expect(bought.shares.suspicious?.share ?? 0).toBeGreaterThan((clean.shares.suspicious?.share ?? 1) + 0.2);
    const { real, influencer, massFollower, suspicious } = bought.shares;
    const sum = [real, influencer, massFollower, suspicious].reduce((total, one) => total + (one?.share ?? 0), 0);
    expect(sum).toBeCloseTo(1, 6);
    expect(estimateShares(mixed(400, 160).map(factsOf), of)).toEqual(bought);
  });

  it('is wider for every fact that lacks, and says which lack', () => {
    const without = (...names: string[]) =>
      mixed(300, 60).map((account) =>
        factsOf(Object.fromEntries(Object.entries(account).filter(([name]) => !names.includes(name)))),
      );
    const widthOf = (facts: AccountFacts[]) => {
      const { suspicious } = estimateShares(facts, of).shares;
      return (suspicious?.high ?? 1) - (suspicious?.low ?? 0);
    };
    const whole = widthOf(without());
    const some = widthOf(without('posts', 'followers'));
    const most = widthOf(without('posts', 'followers', 'following', 'hasPicture'));
    expect(some).toBeGreaterThan(whole);
    expect(most).toBeGreaterThan(some);
    const missing = estimateShares(without('posts'), of).missing;
    expect(missing).toContainEqual({ fact: 'posts', accounts: 300 });
  });
});

describe('a judged sample', () => {
  it('of a platform without labelled accounts is uncalibrated, and decides nothing', () => {
    const judged = judgeSample(audience(mixed(200, 40)), { ...of, platform: 'tiktok' });
    expect(judged).toMatchObject({ state: 'uncalibrated', bands: [] });
    expect(judged.text).toContain('TikTok');
  });

  it('below 50 accounts tells no share', () => {
    expect(judgeSample(audience(mixed(49, 10)), of)).toMatchObject({ state: 'too_small', shares: null, judged: 49 });
    expect(judgeSample(audience(mixed(50, 10)), of).state).toBe('estimated');
    expect(judgeSample(audience([]), of)).toMatchObject({ state: 'too_small', judged: 0, reachability: null });
  });

  it('of which hardly anything is known says so instead of a share', () => {
    const private_ = Array.from({ length: 400 }, () => ({ isPrivate: true }));
    expect(judgeSample(audience(private_), of)).toMatchObject({ state: 'unknown', judged: 0, shares: null });
    const named = Array.from({ length: 400 }, (_, at) => ({ handle: `some${'abcdefg'[at % 7]}` }));
    expect(judgeSample(audience(named), of)).toMatchObject({ state: 'unknown', shares: null });
  });

  it('shows who is notable, who is suspicious with reasons, and how many they follow', () => {
    const star = { ...plainAccount, handle: 'star', followers: 250_000 };
    const judged = judgeSample(audience([...mixed(200, 40), star]), of);
    expect(judged.notable).toMatchObject({ total: 1, accounts: [{ handle: 'star', row: 201 }] });
    expect(judged.suspicious.total).toBe(40);
    expect(judged.suspicious.accounts).toHaveLength(25);
    for (const account of judged.suspicious.accounts)
      expect(account.reasons.some((reason) => reason.added > 0)).toBe(true);
    expect(judged.reachability?.bins.map((bin) => bin.count)).toEqual([161, 0, 0, 40]);
    expect(judged.shares?.influencer?.share ?? 0).toBeGreaterThan(0);
  });

  it('holds published limits open while the interval holds them', () => {
    const share = (low: number, high: number) => ({ share: (low + high) / 2, low, high });
    const shares = {
      real: share(0.7, 0.8),
      influencer: null,
      massFollower: share(0.12, 0.2),
      suspicious: share(0.05, 0.15),
    };
    const met = Object.fromEntries(
      credibilityBands(shares, 'followers').map((band) => [band.text.slice(0, 14), band.isMet]),
    );
    expect(met).toMatchObject({
      'at least 75 % ': true,
      'over 80 % cred': true,
      'over 90 % is v': null,
      'at most 10 % m': false,
    });
    expect(credibilityBands(shares, 'likers')).toHaveLength(4);
  });
});
