import { classify } from '../../eval/classify.ts';
import {
  type AccountFacts,
  coreFactNames,
  factGroups,
  featureNames,
  featureRow,
  neverLess,
  neverMore,
  withoutFacts,
} from '../../src/modules/vetting/followers/account-features.ts';
import type { PackedAccountModel } from '../../src/modules/vetting/followers/account-model.ts';
import { scoreTrees, unpackTrees } from '../../src/modules/vetting/trees/boosted-trees.ts';
import { type Boosted, type BoostOptions, boost } from '../fit/boost.ts';
import { fitCalibration } from '../fit/calibrate.ts';
import { foldsOf } from '../fit/folds.ts';
import { addBoosters, packTrees } from '../fit/pack-trees.ts';
import { seededRandom } from '../fit/seeded-random.ts';
import type { LabelledAccount } from './read-accounts.ts';

const places = (names: readonly string[]) => names.map((name) => featureNames.indexOf(name));
const common = { rounds: 150, leavesMax: 8, rising: places(neverLess), falling: places(neverMore) };
/** For one file alone: cautious steps, since most files hold some hundred accounts. */
const freshOptions = { ...common, bags: 4, columnShare: 0.25, rowShare: 0.5, leafMin: 3, rate: 0.03, shrinkage: 0.5 };
/** For the weights that ship. */
const shippedOptions = { ...common, bags: 2, columnShare: 0.3, rowShare: 0.6, leafMin: 5, rate: 0.04, shrinkage: 1 };
const foldCount = 5;
const binCount = 12;
/** Copies of an account with facts taken away, and how often each group of facts is: so that missing facts are learnt and not guessed. */
const maskedCopies = 2;
const maskShare = 0.3;

const basic = [
  'hasPicture',
  'ln_posts',
  'ln_followers',
  'ln_following',
  'ln_followers_per_following',
  'nameDigitShare',
  'bioLength',
  'hasLink',
];
const instagramOnly = [
  ...basic,
  'ln_posts_per_following',
  'nameLength',
  'nameTrailingDigits',
  'nameSeparators',
  'nameVowelShare',
  'nameDistinctShare',
  'nameSwitches',
];

type Fit = (accounts: readonly LabelledAccount[]) => Boosted;

/** The method on one file alone, all features. The same accounts and seed give the same model. */
export function fitFresh(accounts: readonly LabelledAccount[], seed: number): PackedAccountModel {
  return finish(accounts, {
    features: featureNames,
    seed,
    fitTo: (some) => fitBooster(some, featureNames, { ...freshOptions, seed }),
  });
}

/**
 * The heads that ship. Instagram: the sum of a booster of the Swiss followers and one of the Twitter accounts that sees only what both kinds of
 * accounts have, which carries to other Instagram sets (CARD.md). Twitter: its own booster. Calibrated on the accounts of the platform.
 */
export function fitShipped(
  { instagram, twitter }: { instagram: readonly LabelledAccount[]; twitter: readonly LabelledAccount[] },
  seed: number,
): { instagram: PackedAccountModel; twitter: PackedAccountModel } {
  const shared = fitMasked(twitter, basic, seed);
  const fitInstagram: Fit = (some) =>
    addBoosters([
      { model: fitMasked(some, instagramOnly, seed), weight: 1 },
      { model: shared, weight: 1 },
    ]);
  return {
    instagram: finish(instagram, { features: instagramOnly, seed, fitTo: fitInstagram }),
    twitter: finish(twitter, { features: featureNames, seed, fitTo: (some) => fitMasked(some, featureNames, seed) }),
  };
}

/** Scores of accounts in turn left out give the calibration and the bins; the booster itself is then fitted to all. */
function finish(
  accounts: readonly LabelledAccount[],
  { features, seed, fitTo }: { features: readonly string[]; seed: number; fitTo: Fit },
): PackedAccountModel {
  const labels = accounts.map((account) => account.isSuspicious);
  const scoresOf = crossScores(accounts, labels, { seed, fitTo });
  const scores = scoresOf.get('') ?? [];
  const calibration = fitCalibration(scores, labels);
  const { slope, intercept } = calibration;
  const likely = scores.map((score) => 1 / (1 + Math.exp(-(slope * score + intercept))));
  const { auc = 0, ap = 0, ece = 0 } = classify(likely, labels, seed);
  const suspicious = labels.filter(Boolean).length;
  return {
    features: [...features],
    trees: packTrees(fitTo(accounts)),
    calibration: { slope: round(slope), intercept: round(intercept) },
    bins: Object.fromEntries([...scoresOf].map(([lack, some]) => [lack, binScores(some, labels)])),
    measured: { n: labels.length, suspicious, auc: round(auc), ap: round(ap), ece: round(ece) },
  };
}

/** Every set of core facts that may be lacking, none first. */
const lacks = Array.from({ length: 2 ** coreFactNames.length }, (_, bits) =>
  coreFactNames.filter((_name, at) => (bits >> at) & 1),
);

/** Scores of every account by a booster that did not see it, as it is and with each set of core facts taken away. */
function crossScores(
  accounts: readonly LabelledAccount[],
  labels: readonly boolean[],
  { seed, fitTo }: { seed: number; fitTo: Fit },
): Map<string, number[]> {
  const folds = foldsOf(labels, foldCount, seed);
  const scores = new Map(lacks.map((lack) => [lack.join('+'), labels.map(() => 0)]));
  for (let fold = 0; fold < foldCount; fold += 1) {
    const trees = unpackTrees(packTrees(fitTo(accounts.filter((_, at) => folds[at] !== fold))));
    accounts.forEach(({ facts }, at) => {
      if (folds[at] !== fold) return;
      for (const lack of lacks) {
        const some = scores.get(lack.join('+'));
        if (some !== undefined) some[at] = scoreTrees(trees, featureRow(withoutFacts(facts, lack)));
      }
    });
  }
  return scores;
}

/** Bins that hold equal parts when both kinds of accounts weigh the same. */
function binScores(scores: readonly number[], labels: readonly boolean[]): PackedAccountModel['bins'][string] {
  const wanted = labels.filter(Boolean).length;
  const ordered = scores
    .map((score, at) => ({ score, isSuspicious: labels[at] ?? false }))
    .sort((a, b) => a.score - b.score);
  const edges: number[] = [];
  let mass = 0;
  for (const { score, isSuspicious } of ordered) {
    mass += isSuspicious ? 1 / wanted : 1 / (labels.length - wanted);
    if (mass >= (2 * (edges.length + 1)) / binCount && edges.length < binCount - 1) edges.push(round(score));
  }
  const countOf = (kind: boolean) => {
    const counts = Array.from({ length: edges.length + 1 }, () => 0);
    for (const { score, isSuspicious } of ordered) {
      const bin = edges.findIndex((edge) => score <= edge);
      const at = bin < 0 ? edges.length : bin;
      if (isSuspicious === kind) counts[at] = (counts[at] ?? 0) + 1;
    }
    return counts;
  };
  return { edges, suspicious: countOf(true), genuine: countOf(false) };
}

const rowOf = (facts: AccountFacts, features: readonly string[]) =>
  [...featureRow(facts)].map((value, at) => (features.includes(featureNames[at] ?? '') ? value : Number.NaN));

function fitBooster(accounts: readonly LabelledAccount[], features: readonly string[], options: BoostOptions): Boosted {
  const rows = accounts.map(({ facts }) => rowOf(facts, features));
  return boost({ rows, labels: accounts.map((account) => account.isSuspicious) }, options);
}

/** A booster that also saw every account with facts missing, such copies weighing as much as the whole ones together. */
function fitMasked(accounts: readonly LabelledAccount[], features: readonly string[], seed: number): Boosted {
  const random = seededRandom(seed);
  const copies = Array.from({ length: maskedCopies }, () =>
    accounts.map(({ facts, isSuspicious }) => ({ facts: withoutSome(facts, random), isSuspicious })),
  ).flat();
  const all = [...accounts, ...copies];
  const rows = all.map(({ facts }) => rowOf(facts, features));
  const weights = all.map((_, at) => (at < accounts.length ? 1 : 1 / maskedCopies));
  return boost({ rows, labels: all.map((one) => one.isSuspicious), weights }, { ...shippedOptions, seed });
}

function withoutSome(facts: AccountFacts, random: () => number): AccountFacts {
  const gone = factGroups.filter(() => random() < maskShare).flat();
  return { ...facts, ...Object.fromEntries(gone.map((name) => [name, null])) };
}

const round = (value: number) => Number(value.toPrecision(6));
