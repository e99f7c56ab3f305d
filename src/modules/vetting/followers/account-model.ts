import { z } from 'zod';
import {
  type BoostedTrees,
  boostedTreesSchema,
  explainTrees,
  scoreTrees,
  unpackTrees,
} from '../trees/boosted-trees.ts';
import { type AccountFacts, featureNames, featureRow, featureSpecs, type Reason } from './account-features.ts';

/** One booster with what was measured of it on accounts it had not seen. */
export const accountModelSchema = z.object({
  /** Features it may ask, by name. */
  features: z.array(z.string()),
  trees: boostedTreesSchema,
  /** Probability = 1 / (1 + exp(-(slope * log-odds + intercept))). */
  calibration: z.object({ slope: z.number(), intercept: z.number() }),
  /** Of the uncalibrated log-odds of accounts in turn left out, for every lack of core facts (`lackOf`). */
  bins: z.record(
    z.string(),
    z.object({ edges: z.array(z.number()), suspicious: z.array(z.number()), genuine: z.array(z.number()) }),
  ),
  measured: z.object({ n: z.number(), suspicious: z.number(), auc: z.number(), ap: z.number(), ece: z.number() }),
});
export const followerWeightsSchema = z.object({
  version: z.string(),
  trainedOn: z.array(z.string()),
  heads: z.object({ instagram: accountModelSchema, twitter: accountModelSchema }),
});
export type PackedAccountModel = z.infer<typeof accountModelSchema>;
export type PackedFollowerWeights = z.infer<typeof followerWeightsSchema>;

export interface AccountModel extends Omit<PackedAccountModel, 'trees'> {
  trees: BoostedTrees;
  /** Facts its features are computed from. */
  asks: readonly (keyof AccountFacts)[];
}

/** Error: when the weights were fitted to features this program no longer has. */
export function readAccountModel(packed: PackedAccountModel): AccountModel {
  const unknown = packed.features.filter((name) => !featureNames.includes(name));
  if (unknown.length > 0) throw new Error(`The follower model asks ${unknown.join(', ')}; train it again.`);
  const asked = featureSpecs.filter((spec) => packed.features.includes(spec.name)).flatMap((spec) => spec.needs);
  return { ...packed, trees: unpackTrees(packed.trees), asks: [...new Set(asked)] };
}

export interface AccountReason {
  reason: Reason;
  /** Added to the calibrated log-odds. */
  added: number;
}

export interface JudgedAccount {
  /** Uncalibrated log-odds. */
  score: number;
  /** As calibrated on the labelled accounts, among which the share of suspicious ones is theirs and not this audience's. */
  probability: number;
}

/** How suspicious an account looks. Facts that are not known count for what the trees learnt of accounts without them. */
export function judgeAccount(model: AccountModel, facts: AccountFacts): JudgedAccount {
  const score = scoreTrees(model.trees, featureRow(facts));
  return { score, probability: probabilityOf(model, score) };
}

/** The same sum by reasons, greatest part first: base and parts add up to the log-odds of the probability. */
export function explainAccount(model: AccountModel, facts: AccountFacts): { base: number; reasons: AccountReason[] } {
  const { slope, intercept } = model.calibration;
  const { base, added } = explainTrees(model.trees, featureRow(facts));
  const byReason = new Map<Reason, number>();
  featureSpecs.forEach(({ reason }, at) => {
    const part = added[at] ?? 0;
    if (part !== 0) byReason.set(reason, (byReason.get(reason) ?? 0) + part * slope);
  });
  const reasons = [...byReason].map(([reason, part]) => ({ reason, added: part }));
  reasons.sort((a, b) => Math.abs(b.added) - Math.abs(a.added) || a.reason.localeCompare(b.reason));
  return { base: base * slope + intercept, reasons };
}

/** Facts the model would have asked and that are not known. */
export function missingFacts(model: AccountModel, facts: AccountFacts): (keyof AccountFacts)[] {
  return model.asks.filter((name) => facts[name] === null);
}

export function probabilityOf(model: Pick<AccountModel, 'calibration'>, score: number): number {
  return 1 / (1 + Math.exp(-(model.calibration.slope * score + model.calibration.intercept)));
}
