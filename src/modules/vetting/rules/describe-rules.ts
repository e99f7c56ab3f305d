import type { ErrorDetail } from '#kernel/errors.ts';
import type { OwnWeight, Signal, VerdictRules, VettingRules } from '../api.ts';
import { computeReport } from './compute-report.ts';
import { knownFlags } from './verdict-rules.ts';
import { defaultWeights, type SetWeight, totalsOf, type WeightSet } from './weights.ts';

let catalogue: readonly Signal[] | null = null;

/** Every signal there is with its title, point and formula: what a report on nobody consists of. */
export function signalCatalogue(): readonly Signal[] {
  const none = { values: [] };
  catalogue ??= computeReport(
    {
      profile: { platform: 'instagram', handle: 'nobody', bio: null, category: null, isPrivate: null },
      niches: [],
      followers: null,
      following: null,
      postCount: null,
      avgLikes: null,
      avgComments: null,
      avgViews: null,
      engagementRate: null,
      lastPostAt: null,
      posts: [],
      followerSeries: [],
      seriesSource: '',
      followerSample: null,
      peers: { label: '', engagement: none, commentsPerLike: none, followersPerPost: none },
      brand: null,
    },
    { now: '2026-01-01T00:00:00.000Z', seed: 1 },
  ).signals;
  return catalogue;
}

/** Weights for the page that edits them: own and default points of every signal. */
export function describeWeights(set: WeightSet): Pick<VettingRules, 'weights' | 'totals'> {
  const weights = signalCatalogue().flatMap((signal) => {
    const own = set.points[signal.name];
    const defaults = defaultWeights.points[signal.name];
    if (own === undefined || defaults === undefined) return [];
    const { name, title, point, formula } = signal;
    return [{ signal: name, title, point, formula, ...own, defaults }];
  });
  return { weights, totals: totalsOf(set) };
}

/** What cannot be saved, by field; empty when all can. */
export function problemsOf(input: { weights: readonly OwnWeight[]; verdict: VerdictRules }): ErrorDetail[] {
  const names = new Set(Object.keys(defaultWeights.points));
  const problems: ErrorDetail[] = [];
  const seen = new Set<string>();
  for (const [i, weight] of input.weights.entries()) {
    if (!names.has(weight.signal))
      problems.push({ field: `weights.${i}.signal`, message: `No signal is called ${weight.signal}` });
    if (seen.has(weight.signal))
      problems.push({ field: `weights.${i}.signal`, message: `${weight.signal} is listed twice` });
    seen.add(weight.signal);
    for (const side of ['min', 'max'] as const) {
      if (Math.abs(weight[side] * 10 - Math.round(weight[side] * 10)) > 1e-6)
        problems.push({ field: `weights.${i}.${side}`, message: 'Points have one decimal at most' });
    }
  }
  if (input.verdict.reject > input.verdict.pass)
    problems.push({
      field: 'verdict.reject',
      message: `Must not be above the score that passes, ${input.verdict.pass}`,
    });
  for (const [i, limit] of input.verdict.limits.entries()) {
    if (!names.has(limit.signal))
      problems.push({ field: `verdict.limits.${i}.signal`, message: `No signal is called ${limit.signal}` });
  }
  return problems;
}

/** Points by signal, without those equal to the default: a later default then still reaches signals nobody touched. */
export function changedPoints(weights: readonly OwnWeight[]): Record<string, SetWeight> {
  return Object.fromEntries(
    weights.flatMap(({ signal, min, max, unknown }) => {
      const usual = defaultWeights.points[signal];
      const isSame = usual?.min === min && usual.max === max && usual.unknown === unknown;
      return isSame ? [] : [[signal, { min: min + 0, max, unknown }] as const];
    }),
  );
}

/** The flags whose effect can be set: those the rules know and those the workspace's reports have raised. */
export function flagsToSet(raised: VettingRules['flags']): VettingRules['flags'] {
  const known = new Set(knownFlags.map((flag) => flag.name));
  return [...knownFlags, ...raised.filter((flag) => !known.has(flag.name))];
}
