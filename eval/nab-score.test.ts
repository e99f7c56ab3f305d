import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import type { Eval } from './eval.ts';
import { fraudInjectionEval } from './fraud-injection.ts';
import { growthAnomalyEval } from './growth-anomaly.ts';
import { normaliseNab, probationRows, scoreFile } from './nab-score.ts';
import { rankFigures } from './rank-figures.ts';

const windows = [
  { first: 200, last: 299 },
  { first: 600, last: 699 },
];
const rows = 1000;
const scoreOf = (alarms: number[]) => scoreFile({ rows, windows, alarms });

describe('the score of NAB', () => {
  it('is 0 for silence and 100 for an alarm at the first row of each window', () => {
    expect(normaliseNab([scoreOf([])])).toBe(0);
    expect(normaliseNab([scoreOf([200, 600])])).toBeCloseTo(100, 10);
  });

  it('weighs a hit by its place in the window, the first one alone', () => {
    const middle = (2 / (1 + Math.exp(-2.5)) - 1) / (2 / (1 + Math.exp(-5)) - 1);
    expect(scoreOf([250]).raw).toBeCloseTo(middle - 1, 10);
    expect(scoreOf([250, 260, 299])).toEqual(scoreOf([250]));
    expect(scoreOf([250]).delays[0]).toBeCloseTo(50 / 99, 10);
  });

  it('charges a false alarm the full cost before any window, and more the farther it lies behind one', () => {
    const cost = (row: number) => scoreOf([row]).raw + 2;
    expect(cost(160)).toBeCloseTo(-0.11, 10);
    expect(cost(304)).toBeGreaterThan(cost(330));
    expect(cost(330)).toBeGreaterThan(cost(599));
    expect(cost(304)).toBeCloseTo(0.11 * (2 / (1 + Math.exp((5 * 5) / 99)) - 1), 10);
  });

  it('does not look at alarms in the rows to learn from: 15 %, at most 750', () => {
    expect(scoreOf([10, 149])).toEqual(scoreOf([]));
    expect([probationRows(1000), probationRows(999), probationRows(15_902)]).toEqual([150, 149, 750]);
  });

  it('never passes 100, and loses by every alarm outside of windows', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 150, max: 999 }), { maxLength: 30 }), (given) => {
        const alarms = given.sort((a, b) => a - b);
        const outside = alarms.filter((row) => !windows.some((one) => row >= one.first && row <= one.last));
        const inside = alarms.filter((row) => !outside.includes(row));
        expect(normaliseNab([scoreOf(alarms)])).toBeLessThanOrEqual(100 + 1e-9);
        expect(scoreOf(alarms).raw).toBeLessThanOrEqual(scoreOf(inside).raw + 1e-9);
        expect(scoreOf(alarms).falseAlarms).toBe(outside.length);
      }),
    );
  });
});

describe('ranking of fraud against clean', () => {
  it('is what counting pairs by hand gives', () => {
    const cases = [
      { clean: [1], fraud: [2] },
      { clean: [3], fraud: [3] },
    ];
    // Pairs: 2>1, 2<3, 3>1, 3=3 by half.
    expect(rankFigures(cases, 7)).toMatchObject({ auc: 2.5 / 4, recall_at_5fpr: 0 });
  });

  it('allows one of twenty clean ones above the limit', () => {
    const clean = Array.from({ length: 20 }, (_, at) => ({ clean: [at], fraud: [18.5] }));
    expect(rankFigures(clean, 7).recall_at_5fpr).toBe(1);
  });
});

describe('files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapport-eval-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const refusalOf = async (task: Eval, data: string) => {
    const error = await task
      .run({ data, train: null, seed: 7, label: null, expect: null })
      .catch((thrown: unknown) => thrown);
    if (error instanceof AppError) return error.message;
    throw new Error(`Expected a refusal, got ${String(error)}`);
  };

  it('that cannot be read are refused with what is known, the row and the field', async () => {
    expect(await refusalOf(growthAnomalyEval, folder)).toContain('windows.json');
    expect(await refusalOf(fraudInjectionEval, folder)).toContain('growth_micro_daily.csv');
    await writeFile(join(folder, 'windows.json'), '{"a.csv": []}');
    await writeFile(join(folder, 'a.csv'), 'timestamp,value\n2026-01-01 00:00:00,1\n2026-01-01 01:00:00,-3\n');
    expect(await refusalOf(growthAnomalyEval, folder)).toContain('row 3');
    const followers = join(folder, 'followers.csv');
    await writeFile(followers, 'Date,creator,Platform,Follower_Count\n2026-07-01,a,X,-5\n');
    expect(await refusalOf(fraudInjectionEval, followers)).toContain('row 2');
    const posts = join(folder, 'posts.jsonl');
    await writeFile(posts, '{"handle":"a","date":null,"likes":-1}\n');
    expect(await refusalOf(fraudInjectionEval, posts)).toContain('line 1, likes');
    await writeFile(join(folder, 'other.csv'), 'x,y\n1,2\n');
    expect(await refusalOf(fraudInjectionEval, join(folder, 'other.csv'))).toContain('growth_micro_daily');
  });
});

const real = sharedData('labelled/growth_micro_daily.csv');
if (real === null) process.stdout.write('bought followers in real series: skipped: no shared data\n');

describe.skipIf(real === null)('on real series (skipped: no shared data)', () => {
  it('ranks bought spikes far above clean series, repeats to the byte, and leaves viral posts alone', async () => {
    const options = { data: real ?? '', train: null, seed: 7, label: null, expect: null };
    const first = await fraudInjectionEval.run(options);

    expect(first.figures.auc).toBeGreaterThan(0.95);
    expect(first.figures.recall_at_5fpr).toBeGreaterThan(0.8);
    expect(first.figures.viral_unflagged).toBeGreaterThan(0.95);
    // Without it the line above would hold for a rule that never speaks.
    expect(first.figures.quiet_flagged).toBeGreaterThan(0.6);
    expect(await fraudInjectionEval.run(options)).toEqual(first);
  }, 60_000);
});
