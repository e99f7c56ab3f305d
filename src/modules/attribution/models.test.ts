import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelTermsSchema, shareModels } from './api.ts';
import { creditByData, creditByParticipation, creditByShare } from './rules/credit-paths.ts';
import { type CountedPath, markovCredit } from './rules/markov-credit.ts';
import { shapleyCredit } from './rules/shapley-credit.ts';
import { defaultTerms, shareWeights } from './rules/share-weights.ts';
import { splitAmount } from './rules/split-amount.ts';

const channelCount = 4;
const pathsArbitrary = fc.array(
  fc.record({
    channels: fc.array(fc.integer({ min: 0, max: channelCount - 1 }), { minLength: 1, maxLength: 6 }),
    conversions: fc.integer({ min: 0, max: 5 }),
    nulls: fc.integer({ min: 0, max: 5 }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Removal effects by Gaussian elimination on the whole chain, written apart from the product's sparse solution. */
function exactMarkov(paths: readonly CountedPath[], order: number): number[] | null {
  const total = paths.reduce((sum, path) => sum + path.conversions, 0);
  if (total === 0) return null;
  const keys: string[] = [];
  const counts = new Map<string, Map<string, number>>();
  const add = (from: string, to: string, times: number) => {
    const row = counts.get(from) ?? new Map<string, number>();
    row.set(to, (row.get(to) ?? 0) + times);
    counts.set(from, row);
    if (from !== 'start' && !keys.includes(from)) keys.push(from);
  };
  for (const { channels, conversions, nulls } of paths) {
    if (conversions + nulls === 0) continue;
    let state = 'start';
    for (let at = 0; at < channels.length; at += 1) {
      const next = channels.slice(Math.max(0, at + 1 - order), at + 1).join('-');
      add(state, next, conversions + nulls);
      state = next;
    }
    add(state, 'won', conversions);
    add(state, 'lost', nulls);
  }
  const chanceToWin = (removed: number | null): number => {
    const alive = ['start', ...keys].filter((key) => removed === null || !key.split('-').includes(String(removed)));
    const n = alive.length;
    const matrix = alive.map((key, at) => {
      const row = counts.get(key) ?? new Map<string, number>();
      const all = [...row.values()].reduce((sum, one) => sum + one, 0);
      return [
        ...alive.map((to, other) => (at === other ? 1 : 0) - (row.get(to) ?? 0) / all),
        (row.get('won') ?? 0) / all,
      ];
    });
    for (let column = 0; column < n; column += 1) {
      const pivot = matrix
        .slice(column)
        .reduce(
          (best, row, at) => (Math.abs(row[column] ?? 0) > Math.abs(matrix[best]?.[column] ?? 0) ? column + at : best),
          column,
        );
      [matrix[column], matrix[pivot]] = [matrix[pivot] ?? [], matrix[column] ?? []];
      for (let row = 0; row < n; row += 1) {
        if (row === column) continue;
        const factor = (matrix[row]?.[column] ?? 0) / (matrix[column]?.[column] ?? 1);
        matrix[row] = (matrix[row] ?? []).map((value, at) => value - factor * (matrix[column]?.[at] ?? 0));
      }
    }
    return (matrix[0]?.[n] ?? 0) / (matrix[0]?.[0] ?? 1);
  };
  const whole = chanceToWin(null);
  const effects = Array.from({ length: channelCount }, (_, channel) => 1 - chanceToWin(channel) / whole);
  const sum = effects.reduce((total_, one) => total_ + one, 0);
  return effects.map((one) => (one / sum) * total);
}

/** Shapley values from the definition: the mean gain of a channel over all orders in which channels could join. */
function exactShapley(paths: readonly CountedPath[]): number[] {
  const worth = (set: number) =>
    paths
      .filter((path) => path.channels.every((channel) => (set & (1 << channel)) !== 0))
      .reduce((sum, path) => sum + path.conversions, 0);
  const values = Array.from({ length: channelCount }, () => 0);
  let orders = 0;
  const join = (left: number[], set: number) => {
    if (left.length === 0) orders += 1;
    for (const channel of left) {
      const rest = left.filter((one) => one !== channel);
      const ways = rest.reduce((product, _, at) => product * (at + 1), 1);
      values[channel] = (values[channel] ?? 0) + ways * (worth(set | (1 << channel)) - worth(set));
      join(rest, set | (1 << channel));
    }
  };
  join(
    Array.from({ length: channelCount }, (_, at) => at),
    0,
  );
  return values.map((value) => value / orders);
}

describe('models made from data', () => {
  it.each([1, 2, 3] as const)('solve the Markov chain of order %i as elimination does, to a millionth', (order) => {
    fc.assert(
      fc.property(pathsArbitrary, (paths) => {
        const exact = exactMarkov(paths, order);
        const found = markovCredit(paths, channelCount, order);
        expect(found === null).toBe(exact === null);
        for (const [channel, value] of (exact ?? []).entries()) expect(found?.credit[channel]).toBeCloseTo(value, 6);
      }),
      { numRuns: 60 },
    );
  });

  it('give Shapley values as their definition over all orders of joining does', () => {
    fc.assert(
      fc.property(pathsArbitrary, (paths) => {
        const found = shapleyCredit(paths, channelCount);
        for (const [channel, value] of exactShapley(paths).entries()) expect(found[channel]).toBeCloseTo(value, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('sum to the orders, whatever the order of the rows, and double when every journey happens twice', () => {
    fc.assert(
      fc.property(
        pathsArbitrary.chain((paths) =>
          fc.tuple(fc.constant(paths), fc.shuffledSubarray(paths, { minLength: paths.length })),
        ),
        ([paths, shuffled]) => {
          const total = paths.reduce((sum, path) => sum + path.conversions, 0);
          for (const model of ['markov1', 'markov2', 'markov3', 'shapley'] as const) {
            const found = creditByData(paths, channelCount, model);
            if (found === null) continue;
            expect(found.reduce((sum, one) => sum + one, 0)).toBeCloseTo(total, 6);
            const again = creditByData(shuffled, channelCount, model);
            const twice = creditByData([...paths, ...shuffled], channelCount, model);
            for (const [channel, value] of found.entries()) {
              expect(again?.[channel]).toBeCloseTo(value, 6);
              expect(twice?.[channel]).toBeCloseTo(2 * value, 6);
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('models that divide each order by itself', () => {
  it('weigh the touches of a path so that they sum to one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shareModels),
        fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 40 }),
        (model, ages, firstPercent, minimumPercent) => {
          const terms = modelTermsSchema.parse({ firstPercent, lastPercent: 100 - firstPercent, minimumPercent });
          const weights = shareWeights(
            model,
            ages.toSorted((a, b) => b - a),
            terms,
          );
          expect(weights).toHaveLength(ages.length);
          expect(weights.every((weight) => weight >= 0)).toBe(true);
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it('divide 40, 20 and 40 per cent by position, and halve with each half-life', () => {
    expect(shareWeights('position', [3, 2, 1, 0], defaultTerms).map((one) => one.toFixed(2))).toEqual([
      '0.40',
      '0.10',
      '0.10',
      '0.40',
    ]);
    expect(shareWeights('position', [1, 0], defaultTerms)).toEqual([0.5, 0.5]);
    const [old = 0, recent = 0] = shareWeights('time_decay', [7, 0], defaultTerms);
    expect(recent / old).toBeCloseTo(2, 12);
  });

  it('pay the split commission of the published example: 30, 5, 5, 5 and 55 of 100', () => {
    const weights = shareWeights('split', [4, 3, 2, 1, 0], defaultTerms);
    expect(splitAmount(10_000n, weights)).toEqual([3000n, 500n, 500n, 500n, 5500n]);
    const least = shareWeights('split', [4, 3, 2, 1, 0], { ...defaultTerms, minimumPercent: 8 });
    // A pot of 25 and a least part of 8: three share it, the first and the two last ones.
    expect(splitAmount(10_000n, least)).toEqual([3333n, 0n, 0n, 833n, 5834n]);
  });

  it('count each order whole for everybody who took part', () => {
    const paths = [{ channels: [0, 1, 0], conversions: 3, nulls: 0 }];
    expect([...creditByParticipation(paths, 2)]).toEqual([3, 3]);
    expect([...creditByShare(paths, 2, { model: 'linear', terms: defaultTerms })].map((one) => one.toFixed(3))).toEqual(
      ['2.000', '1.000'],
    );
  });
});

describe('splitting money', () => {
  it('loses and makes no minor unit, whatever the amount and the weights, and never gives more than one unit too much', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 20 }),
        (amount, parts1000) => {
          const weights = parts1000.map((part) => part / 1000);
          const parts = splitAmount(amount, weights);
          expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount);
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          if (total === 0) return;
          for (const [at, part] of parts.entries()) {
            const exact = (Number(amount) * (weights[at] ?? 0)) / total;
            expect(Math.abs(Number(part) - exact)).toBeLessThan(1 + Math.abs(Number(amount)) * 1e-9);
          }
        },
      ),
    );
  });

  it('is the same for a yen, a cent and a fil: thirds of 100 are 34, 33 and 33', () => {
    expect(splitAmount(100n, [1, 1, 1])).toEqual([34n, 33n, 33n]);
    expect(splitAmount(1n, [0.5, 0.5])).toEqual([1n, 0n]);
    expect(splitAmount(7n, [0, 0])).toEqual([7n, 0n]);
  });
});
