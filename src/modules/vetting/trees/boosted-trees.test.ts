import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boost, logOddsOf } from '../../../../models/fit/boost.ts';
import { packTrees } from '../../../../models/fit/pack-trees.ts';
import { seededRandom } from '../../../../models/fit/seeded-random.ts';
import { explainTrees, scoreTrees, unpackTrees } from './boosted-trees.ts';

const options = {
  rounds: 30,
  leavesMax: 8,
  rate: 0.1,
  leafMin: 5,
  shrinkage: 1,
  rising: [0],
  falling: [1],
  columnShare: 0.7,
  rowShare: 0.8,
  bags: 2,
  seed: 7,
};

/** The label follows the first feature up and the second down; the third is noise; a fifth of all values is not known. */
function cases(seed: number, n = 300) {
  const random = seededRandom(seed);
  const rows = Array.from({ length: n }, () => [random(), random(), random()]);
  const labels = rows.map(([a = 0, b = 0]) => a - b + 0.3 * (random() - 0.5) > 0);
  return { rows: rows.map((row) => row.map((value) => (random() < 0.2 ? Number.NaN : value))), labels };
}

describe('boosted trees', () => {
  const data = cases(3);
  const model = boost(data, options);
  const trees = unpackTrees(packTrees(model));
  const value = fc.oneof(fc.double({ min: -1, max: 2, noNaN: true }), fc.constant(Number.NaN));
  const row = fc.tuple(value, value, value);

  it('learn what tells and leave out noise', () => {
    const fresh = cases(4);
    const right = fresh.rows.filter((one, at) => logOddsOf(model, one) > 0 === fresh.labels[at]).length;
    expect(right / fresh.rows.length).toBeGreaterThan(0.75);
  });

  it('are the same to the byte for the same cases and seed, and others for another seed', () => {
    expect(JSON.stringify(packTrees(boost(data, options)))).toBe(JSON.stringify(packTrees(model)));
    expect(JSON.stringify(packTrees(boost(data, { ...options, seed: 8 })))).not.toBe(JSON.stringify(packTrees(model)));
  });

  it('score the same packed as grown, whatever is known', () => {
    fc.assert(
      fc.property(row, (one) => {
        expect(scoreTrees(trees, Float64Array.from(one))).toBeCloseTo(logOddsOf(model, one), 3);
      }),
    );
  });

  it('tell what each feature added, adding up to the score', () => {
    fc.assert(
      fc.property(row, (one) => {
        const { base, added } = explainTrees(trees, Float64Array.from(one));
        const sum = added.reduce((total, part) => total + part, base);
        expect(sum).toBeCloseTo(scoreTrees(trees, Float64Array.from(one)), 9);
      }),
    );
  });

  it('never fall along a feature that may only raise, and never rise along one that may only lower', () => {
    const known = fc.double({ min: -1, max: 2, noNaN: true });
    fc.assert(
      fc.property(row, known, known, (one, x, y) => {
        const [low, high] = x < y ? [x, y] : [y, x];
        const with0 = (v: number) => scoreTrees(trees, Float64Array.from([v, one[1], one[2]]));
        const with1 = (v: number) => scoreTrees(trees, Float64Array.from([one[0], v, one[2]]));
        expect(with0(high)).toBeGreaterThanOrEqual(with0(low) - 1e-9);
        expect(with1(high)).toBeLessThanOrEqual(with1(low) + 1e-9);
      }),
    );
  });

  it('answer for cases of one label or one value without splits that divide by nothing', () => {
    const rows = Array.from({ length: 40 }, () => [1, Number.NaN, 2]);
    const one = boost({ rows, labels: rows.map(() => true) }, options);
    expect(Number.isFinite(logOddsOf(one, [1, 1, 1]))).toBe(true);
    expect(logOddsOf(one, [1, 1, 1])).toBeGreaterThan(0);
  });
});
