import { AppError } from '#kernel/errors.ts';
import { classify } from './classify.ts';
import type { Eval } from './eval.ts';
import { fitInfluence, type InfluenceModel, type Pair, priorInfluence } from './influence.ts';
import { readTable } from './read-rows.ts';

const figures = [
  'follower_count',
  'following_count',
  'listed_count',
  'mentions_received',
  'retweets_received',
  'mentions_sent',
  'retweets_sent',
  'posts',
  'network_feature_1',
  'network_feature_2',
  'network_feature_3',
] as const;
const checkedMax = 300;
const columns = figures.flatMap((name) => [`A_${name}`, `B_${name}`]);
const formats = { influence_pairs: ['Choice', ...columns] };

/** Which of two accounts people hold for the more influential one. */
export const rankingEval: Eval = {
  task: 'ranking',
  run: async ({ data, train, seed }) => {
    const pairs = await readPairs(data);
    const model = train === null ? priorInfluence : fitInfluence(await readPairs(train));
    const scores = pairs.map(({ a, b }) => model.scoreOf(a) - model.scoreOf(b));
    const likely = scores.map((score) => 1 / (1 + Math.exp(-model.steepness * score)));
    const labels = pairs.map((pair) => pair.isA);
    const followers = pairs.map(({ a, b }) => Math.log1p(a[0] ?? 0) - Math.log1p(b[0] ?? 0));
    return {
      protocol: train === null ? 'shipped' : 'fresh',
      n: pairs.length,
      figures: {
        ...classify(likely, labels, seed),
        baselines: {
          followers_auc: classify(
            followers.map((x) => 1 / (1 + Math.exp(-x))),
            labels,
            seed,
          ).auc,
        },
        ...holdsOf(model, pairs),
      },
    };
  },
};

/** What must hold whatever the data: swapping a pair turns the answer round, and more followers never lower a score. */
function holdsOf(
  model: InfluenceModel,
  pairs: readonly Pair[],
): { symmetric: boolean; monotone_in_followers: boolean } {
  const accounts = pairs.slice(0, checkedMax).flatMap(({ a, b }) => [a, b]);
  return {
    symmetric: pairs
      .slice(0, checkedMax)
      .every(({ a, b }) => model.scoreOf(a) - model.scoreOf(b) === -(model.scoreOf(b) - model.scoreOf(a))),
    monotone_in_followers: accounts.every((account) => {
      const [own = 0, ...rest] = account;
      const scores = [0, 1, 10, own, own * 2, own * 100, 1e9]
        .sort((x, y) => x - y)
        .map((size) => model.scoreOf([size, ...rest]));
      return scores.every((score, at) => at === 0 || score >= (scores[at - 1] ?? 0) - 1e-9);
    }),
  };
}

async function readPairs(path: string): Promise<Pair[]> {
  const rows = await readTable(path, formats);
  return rows.map((row, at) => {
    const read = (side: string) =>
      figures.map((name) => {
        const value = Number(row[`${side}_${name}`]);
        if (row[`${side}_${name}`] === '' || !Number.isFinite(value))
          throw new AppError(
            'invalid',
            'eval.bad_row',
            `${path}, row ${at + 2}, ${side}_${name}: "${row[`${side}_${name}`]}" is not a number.`,
          );
        return value;
      });
    if (row.Choice !== '0' && row.Choice !== '1')
      throw new AppError(
        'invalid',
        'eval.bad_row',
        `${path}, row ${at + 2}, Choice: "${row.Choice}" is neither 0 nor 1.`,
      );
    return { a: read('A'), b: read('B'), isA: row.Choice === '1' };
  });
}
