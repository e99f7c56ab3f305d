import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import { classify } from './classify.ts';
import type { Eval } from './eval.ts';
import { fitRanking } from './fit-ranking.ts';
import { matchingEval, measure } from './matching.ts';
import { nicheEval } from './niche.ts';
import { rankingEval } from './ranking.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-eval-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function refusalOf(task: Eval, data: string): Promise<string> {
  const error = await task
    .run({ data, train: null, seed: 7, label: null, expect: null })
    .catch((thrown: unknown) => thrown);
  if (error instanceof AppError) return error.message;
  throw new Error(`Expected a refusal, got ${String(error)}`);
}

describe('figures', () => {
  it('of a ranking are those worked out by hand', () => {
    const figures = measure([4, 3, 3, 1], [false, true, false, true]);
    expect(figures).toMatchObject({ auc: 0.125, mrr: 0.5, recall50: 1 });
  });

  it('of a perfect classifier are 1, and ties count by half', () => {
    expect(classify([0.9, 0.8, 0.1, 0.2], [true, true, false, false], 7)).toMatchObject({ auc: 1, ap: 1, f1: 1 });
    expect(classify([0.5, 0.5], [true, false], 7).auc).toBe(0.5);
  });

  it('a fitted ranking weighs what tells and leaves out what misleads', () => {
    const rows = [
      [2, -1],
      [0, 1],
      [-1, 2],
    ];
    const [first = 0, second = 0] = fitRanking([{ rows, isWanted: [true, false, false] }], [0.3, 0.05]);
    expect(first).toBeGreaterThan(0.3);
    expect(second).toBe(0);
  });
});

describe('files', () => {
  it('of an unknown format are refused with the formats that are known', async () => {
    const path = join(folder, 'a.csv');
    await writeFile(path, 'x,y\n1,2\n');
    expect(await refusalOf(nicheEval, path)).toContain('handle, category');
    expect(await refusalOf(rankingEval, path)).toContain('influence_pairs');
    expect(await refusalOf(matchingEval, folder)).toContain('creators_gvsi.jsonl');
    expect(await refusalOf(rankingEval, join(folder, 'none.csv'))).toContain('cannot be read');
  });

  it('with a value that is no number are refused with row and column', async () => {
    const names = ['follower', 'following', 'listed'].map((name) => `${name}_count`);
    const rest = ['mentions_received', 'retweets_received', 'mentions_sent', 'retweets_sent', 'posts'];
    const all = [...names, ...rest, 'network_feature_1', 'network_feature_2', 'network_feature_3'];
    const header = ['Choice', ...all.map((name) => `A_${name}`), ...all.map((name) => `B_${name}`)];
    const path = join(folder, 'pairs.csv');
    await writeFile(path, `${header.join(',')}\n1,many${',1'.repeat(21)}\n`);
    expect(await refusalOf(rankingEval, path)).toContain('row 2, A_follower_count: "many" is not a number');
  });
});

const pairs = sharedData('labelled/influence_pairs.csv');
describe.skipIf(pairs === null)('on the real pairs', () => {
  it('the formula that ships beats followers alone, is symmetric and rises with followers', async () => {
    const { figures } = await rankingEval.run({ data: pairs ?? '', train: null, seed: 7, label: null, expect: null });
    expect(figures.auc).toBeGreaterThan(0.85);
    expect(figures).toMatchObject({ symmetric: true, monotone_in_followers: true });
  });
});
