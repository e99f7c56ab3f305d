import { createHash } from 'node:crypto';
import { AppError } from '#kernel/errors.ts';
import { loadWordModel } from '#modules/discovery/match/load-word-model.ts';
import {
  backgroundOf,
  shippedTasteWeights,
  standardise,
  sumFeatures,
  type TasteDocument,
  type TasteFeature,
  type TasteWeights,
  tasteFeatures,
  tasteOf,
} from '#modules/discovery/match/rules/taste.ts';
import { weightOfWord } from '#modules/discovery/match/rules/word-model.ts';
import type { Eval } from './eval.ts';
import { fitRanking } from './fit-ranking.ts';
import { meanWithInterval, seededRandom } from './interval.ts';
import { documentOf, isForScoring, type MatchingData, readMatchingData } from './matching-data.ts';

/** One brand: the candidates' features, and which of them mention it. */
interface Case {
  brand: string;
  isWanted: boolean[];
  features: Record<TasteFeature, number>[];
  lexical: number[];
  followers: number[];
}

const metricNames = ['auc', 'mrr', 'recall50', 'ndcg100'] as const;

/** Given half of a brand's creators, are the others found? The brand's own posts are taken out of the candidates. */
export const matchingEval: Eval = {
  task: 'matching',
  run: async ({ data, train, seed }) => {
    const held = await readMatchingData(data);
    const scored = [...held.brands.keys()].filter((brand) => train === null || isForScoring(brand));
    if (scored.length === 0) {
      throw new AppError(
        'invalid',
        'eval.no_cases',
        `${data}: no brand is mentioned by 6 or more creators${train === null ? '' : ' and for scoring'}.`,
      );
    }
    const weights = train === null ? shippedTasteWeights : fitWeights(await readMatchingData(train), seed);
    const cases = buildCases(held, scored, seed);
    return {
      protocol: train === null ? 'shipped' : 'fresh',
      n: cases.length,
      figures: {
        ...figuresOf(cases, (one) => sumFeatures(one.features, tasteFeatures, weights), seed),
        brands: cases.length,
        creators: held.creators.length,
        weights,
        baselines: {
          lexical: figuresOf(cases, (one) => one.lexical, seed),
          vector: figuresOf(cases, (one) => one.features.map((row) => row.vector), seed),
          co_mentions: figuresOf(cases, (one) => one.features.map((row) => row.walk), seed),
          followers: figuresOf(cases, (one) => one.followers, seed),
        },
        ...(train === null
          ? {}
          : {
              shipped: figuresOf(cases, (one) => sumFeatures(one.features, tasteFeatures, shippedTasteWeights), seed),
            }),
      },
    };
  },
};

function fitWeights(data: MatchingData, seed: number): TasteWeights {
  const brands = [...data.brands.keys()].filter((brand) => !isForScoring(brand));
  if (brands.length === 0)
    throw new AppError('invalid', 'eval.no_cases', 'The training folder has no brand that may be trained on.');
  const cases = buildCases(data, brands, seed);
  const fitted = fitRanking(
    cases.map((one) => ({
      rows: one.features.map((row) => tasteFeatures.map((feature) => row[feature])),
      isWanted: one.isWanted,
    })),
    tasteFeatures.map((feature) => shippedTasteWeights[feature]),
  );
  const at = (feature: TasteFeature) => fitted[tasteFeatures.indexOf(feature)] ?? 0;
  return {
    words: at('words'),
    vector: at('vector'),
    direct: at('direct'),
    walk: at('walk'),
    second: at('second'),
    hashtags: at('hashtags'),
  };
}

function buildCases(data: MatchingData, brands: readonly string[], seed: number): Case[] {
  const whole = data.creators.map((creator) => documentOf(creator, null));
  const background = backgroundOf(whole, (word) => weightOfWord(loadWordModel(), word));
  return brands.map((brand) => {
    const members = shuffled(data.brands.get(brand) ?? [], seed, brand);
    const examples = new Set(members.slice(0, Math.floor(members.length / 2)));
    const wanted = new Set(members.slice(examples.size));
    const pool: TasteDocument[] = data.creators.flatMap((creator, at) => {
      const own = whole[at];
      if (creator.handle === brand || own === undefined) return [];
      return [wanted.has(creator.handle) ? documentOf(creator, brand) : own];
    });
    const taste = tasteOf(pool, { examples, brief: null, without: new Set([brand]) }, background);
    const candidates = data.creators.filter(({ handle }) => handle !== brand && !examples.has(handle));
    const rows = candidates.flatMap(({ handle }) => taste.get(handle) ?? []);
    return {
      brand,
      isWanted: candidates.map(({ handle }) => wanted.has(handle)),
      features: standardise(rows),
      lexical: rows.map((row) => row.words ?? 0),
      followers: candidates.map(({ followers }) => followers),
    };
  });
}

/** The same order for the same brand and seed, whatever other brands a file holds. */
function shuffled(members: readonly string[], seed: number, brand: string): string[] {
  const random = seededRandom(seed + Number.parseInt(createHash('sha1').update(brand).digest('hex').slice(0, 6), 16));
  const order = [...members];
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [order[i], order[j]];
    if (a !== undefined && b !== undefined) [order[i], order[j]] = [b, a];
  }
  return order;
}

function figuresOf(cases: readonly Case[], scoresOf: (one: Case) => number[], seed: number): Record<string, number> {
  const measured = cases.map((one) => measure(scoresOf(one), one.isWanted));
  return Object.assign(
    {},
    ...metricNames.map((name) =>
      meanWithInterval(
        name,
        measured.map((one) => one[name]),
        seed,
      ),
    ),
  );
}

/** Area under the ROC curve (ties by half), reciprocal rank of the first, share among the first 50, discounted gain of the first 100. */
export function measure(
  scores: readonly number[],
  isWanted: readonly boolean[],
): Record<(typeof metricNames)[number], number> {
  const order = scores.map((score, at) => ({ score, at, isWanted: isWanted[at] ?? false }));
  order.sort((a, b) => b.score - a.score || a.at - b.at);
  const all = order.filter((one) => one.isWanted).length;
  const others = order.length - all;
  let pairs = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]?.score === order[from]?.score) to += 1;
    const tied = order.slice(from, to);
    const good = tied.filter((one) => one.isWanted).length;
    const below = order.slice(to).filter((one) => !one.isWanted).length;
    pairs += good * (below + (tied.length - good) / 2);
    from = to;
  }
  const first = order.findIndex((one) => one.isWanted);
  const gain = (place: number) => 1 / Math.log2(place + 2);
  const found = order.slice(0, 100).reduce((sum, one, place) => sum + (one.isWanted ? gain(place) : 0), 0);
  const best = Array.from({ length: Math.min(all, 100) }, (_, place) => gain(place)).reduce((a, b) => a + b, 0);
  return {
    auc: pairs / (all * others),
    mrr: 1 / (first + 1),
    recall50: order.slice(0, 50).filter((one) => one.isWanted).length / all,
    ndcg100: found / best,
  };
}
