import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonLimit, type OverlapFigures, overlapFigures } from './overlap-figures.ts';
import { type AudienceSet, hashSpace, tallySets } from './set-tally.ts';

function figuresOf(sets: AudienceSet[]): OverlapFigures {
  const tally = tallySets(sets, commonLimit(sets));
  while (!tally.step(7));
  return overlapFigures(sets, tally.sums);
}

const whole = (ids: Iterable<number>): AudienceSet => {
  const hashes = Float64Array.from(new Set(ids)).sort();
  return { hashes, total: hashes.length, chance: 1, limit: Number.POSITIVE_INFINITY };
};

/** A generator that gives the same numbers at every run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const audiences = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 }), {
  minLength: 2,
  maxLength: 7,
});

describe('overlap of complete audiences', () => {
  it('equals a plain computation on sets', () => {
    fc.assert(
      fc.property(audiences, (lists) => {
        const figures = figuresOf(lists.map(whole));
        const sets = lists.map((list) => new Set(list));
        const all = new Set(lists.flat());
        expect(figures.method).toBe('exact');
        expect(figures.totalUnique?.value).toBe(all.size);
        expect(figures.totalFollowers).toBe(sets.reduce((sum, set) => sum + set.size, 0));
        for (const [at, set] of sets.entries()) {
          const unique = [...set].filter((id) => sets.every((other, place) => place === at || !other.has(id))).length;
          expect(figures.creators[at]?.unique?.value).toBe(unique);
          expect(figures.creators[at]?.uniqueShare?.value).toBe(unique / set.size);
        }
        for (const { first, second, shared } of figures.pairs)
          expect(shared?.value).toBe([...(sets[first] ?? [])].filter((id) => sets[second]?.has(id)).length);
        const several = [...all].filter((id) => sets.filter((set) => set.has(id)).length > 1).length;
        expect(figures.sharedShare?.value).toBeCloseTo(several / all.size, 12);
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order of the creators, and unique followers never exceed the total', () => {
    fc.assert(
      fc.property(audiences, (lists) => {
        const forth = figuresOf(lists.map(whole));
        const back = figuresOf(lists.map(whole).reverse());
        expect(back.totalUnique).toEqual(forth.totalUnique);
        expect(back.creators.toReversed()).toEqual(forth.creators);
        const pairOf = (figures: OverlapFigures, a: number, b: number) =>
          figures.pairs.find((pair) => pair.first === Math.min(a, b) && pair.second === Math.max(a, b))?.shared;
        for (const { first, second, shared } of forth.pairs)
          expect(pairOf(back, lists.length - 1 - first, lists.length - 1 - second)).toEqual(shared);
        const uniques = forth.creators.reduce((sum, creator) => sum + (creator.unique?.value ?? 0), 0);
        expect(uniques).toBeLessThanOrEqual(forth.totalUnique?.value ?? 0);
      }),
    );
  });
});

/** Random audiences in one space of hashes, drawn so that they share followers. */
function sharing(sizes: readonly number[], pool: number, random: () => number): number[][] {
  const people = Array.from({ length: pool }, () => Math.floor(random() * hashSpace));
  return sizes.map((size) => {
    const from = Math.floor(random() * (pool - size));
    return people.slice(from, from + size);
  });
}

function sketchOf(ids: readonly number[], k: number): AudienceSet {
  const sorted = Float64Array.from(new Set(ids)).sort();
  return sorted.length <= k
    ? whole(ids)
    : { hashes: sorted.slice(0, k), total: sorted.length, chance: 1, limit: sorted[k] ?? 0 };
}

function sampleOf(ids: readonly number[], n: number, random: () => number): AudienceSet {
  const left = [...ids];
  const drawn: number[] = [];
  for (let taken = 0; taken < n; taken += 1) drawn.push(...left.splice(Math.floor(random() * left.length), 1));
  return {
    hashes: Float64Array.from(drawn).sort(),
    total: ids.length,
    chance: n / ids.length,
    limit: Number.POSITIVE_INFINITY,
  };
}

interface Coverage {
  within: number;
  said: number;
  runs: number;
  bias: number;
}

function coverageOf(runs: number, draw: (random: () => number) => { truth: number[][]; sets: AudienceSet[] }) {
  const random = randomOf(17);
  const total: Coverage = { within: 0, said: 0, runs, bias: 0 };
  const pair: Coverage = { within: 0, said: 0, runs, bias: 0 };
  for (let run = 0; run < runs; run += 1) {
    const { truth, sets } = draw(random);
    const figures = figuresOf(sets);
    const [a = [], b = []] = truth;
    const inB = new Set(b);
    note(total, figures.totalUnique, new Set(truth.flat()).size);
    note(pair, figures.pairs[0]?.shared ?? null, a.filter((id) => inB.has(id)).length);
  }
  return { total, pair };
}

function note(coverage: Coverage, figure: OverlapFigures['totalUnique'], truth: number): void {
  if (figure === null) return;
  expect(figure.isEstimated).toBe(true);
  coverage.said += 1;
  coverage.bias += (figure.value - truth) / truth / coverage.runs;
  if (truth >= figure.low && truth <= figure.high) coverage.within += 1;
}

describe('overlap estimated', () => {
  it('from sketches: the stated interval holds the truth in at least 93 % of draws, and the mean is right', () => {
    const { total, pair } = coverageOf(150, (random) => {
      const truth = sharing([9000, 7000, 5000], 14_000, random);
      return { truth, sets: truth.map((ids) => sketchOf(ids, 800)) };
    });
    expect(total.said).toBe(150);
    expect(total.within / total.said).toBeGreaterThan(0.93);
    expect(pair.within / pair.said).toBeGreaterThan(0.93);
    expect(Math.abs(total.bias)).toBeLessThan(0.01);
  });

  it('from samples: the stated interval holds the truth in at least 93 % of draws, and the mean is right', () => {
    const { total, pair } = coverageOf(120, (random) => {
      const truth = sharing([4000, 3500, 3000], 6500, random);
      return {
        truth,
        sets: truth.map((ids, at) => (at === 2 ? whole(ids) : sampleOf(ids, Math.floor(ids.length * 0.35), random))),
      };
    });
    expect(total.said).toBeGreaterThan(110);
    expect(total.within / total.said).toBeGreaterThan(0.93);
    expect(pair.within / pair.said).toBeGreaterThan(0.93);
    expect(Math.abs(total.bias)).toBeLessThan(0.015);
  });

  it('from small samples says nothing: 300 of 20,000 cannot tell', () => {
    const random = randomOf(3);
    const truth = sharing([20_000, 20_000], 30_000, random);
    const figures = figuresOf(truth.map((ids) => sampleOf(ids, 300, random)));
    expect(figures.totalUnique).toBeNull();
    expect(figures.pairs[0]?.shared).toBeNull();
    expect(figures.creators.map((creator) => creator.unique)).toEqual([null, null]);
  });

  it('says so when a sample contradicts the others, and gives no figure that cannot be', () => {
    const random = randomOf(9);
    const [ids = []] = sharing([9000], 9000, random);
    // Drawn from the followers of the other one alone, though it is said to stand for 30,000.
    const odd = { ...whole(ids.slice(0, 8000)), total: 30_000, chance: 8000 / 30_000 };
    const figures = figuresOf([whole(ids), odd]);
    expect(figures.isContradictory).toBe(true);
    expect(figures.creators[1]?.unique).toBeNull();
    expect(figures.pairs[0]?.shared).toBeNull();
  });

  it('keeps counted and estimated apart: two complete audiences beside a sample stay counted', () => {
    const random = randomOf(5);
    const truth = sharing([3000, 3000, 3000], 5000, random);
    const [a = [], b = [], c = []] = truth;
    const figures = figuresOf([whole(a), whole(b), sampleOf(c, 1500, random)]);
    expect(figures.method).toBe('samples');
    expect(figures.pairs[0]?.shared?.isEstimated).toBe(false);
    expect(figures.pairs[1]?.shared?.isEstimated).toBe(true);
    expect(figures.totalUnique?.isEstimated).toBe(true);
  });

  it('is unbiased over every possible sample of small audiences', () => {
    // Each follower is in the sample with the chance 1/2, independently: all 2^6 outcomes, equally likely.
    const a = [1, 2, 3];
    const b = [2, 3, 4];
    let mean = 0;
    for (let mask = 0; mask < 64; mask += 1) {
      const drawn = (ids: number[], shift: number) => ids.filter((_, at) => (mask >> (at + shift)) & 1);
      const sets = [drawn(a, 0), drawn(b, 3)].map((ids) => ({ ...whole(ids), total: 3, chance: 0.5 }));
      const tally = tallySets(sets, Number.POSITIVE_INFINITY);
      while (!tally.step(10));
      mean += (6 - tally.sums.excess) / 64;
    }
    expect(mean).toBeCloseTo(4, 10);
  });
});
