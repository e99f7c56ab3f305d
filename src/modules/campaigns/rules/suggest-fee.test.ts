import { describe, expect, it } from 'vitest';
import { type Deal, engagementsPerPiece, feeByHistory, feeByRate } from './suggest-fee.ts';

const deal = (feeMinor: bigint, pieces: number, engagements: number | null, isTheirs = false): Deal => ({
  feeMinor,
  pieces,
  engagements,
  isTheirs,
});

describe('a suggested fee', () => {
  it('follows what the creator was paid for a piece before', () => {
    const deals = [deal(20_000n, 1, null, true), deal(60_000n, 2, null, true), deal(999_999n, 1, null)];
    expect(feeByHistory(deals, 2)).toEqual({ lowMinor: 40_000n, middleMinor: 50_000n, highMinor: 60_000n, n: 2 });
    expect(feeByHistory([deal(20_000n, 1, null)], 1)).toBeNull();
  });

  it('follows what own deals paid for an engagement, and says nothing from a few', () => {
    const deals = [10_000n, 20_000n, 30_000n, 40_000n, 50_000n].map((fee) => deal(fee, 1, 1000));
    const of = { pieces: 1, perPiece: 500, dealsMin: 5 };
    expect(feeByRate(deals, of)).toEqual({ lowMinor: 10_000n, middleMinor: 15_000n, highMinor: 20_000n, n: 5 });
    expect(feeByRate(deals.slice(1), of)).toBeNull();
    expect(feeByRate([...deals.slice(1), deal(1n, 1, null)], of)).toBeNull();
    expect(feeByRate(deals, { ...of, perPiece: null })).toBeNull();
  });

  it('takes what is reached from measured pieces of the creator alone', () => {
    expect(engagementsPerPiece([deal(1n, 2, 800, true), deal(1n, 1, 600, true), deal(1n, 1, 9000)])).toBe(500);
    expect(engagementsPerPiece([deal(1n, 1, null, true)])).toBeNull();
  });
});
