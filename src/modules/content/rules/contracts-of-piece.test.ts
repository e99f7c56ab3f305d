import { describe, expect, it } from 'vitest';
import { contractsOfPiece } from './contracts-of-piece.ts';

const first = { contractId: 'one', renewsId: null, startsOn: null };
const renewal = { contractId: 'two', renewsId: 'one', startsOn: '2026-08-01' };
const beside = { contractId: 'three', renewsId: null, startsOn: null };
const idsOf = (contracts: (typeof first | typeof renewal)[], piece: { owedBy: string | null; day: string | null }) =>
  contractsOfPiece(contracts, piece).map((one) => one.contractId);

describe('the contract whose rights a piece has', () => {
  it('is the one it is owed by, whenever it was posted', () => {
    expect(idsOf([first, renewal], { owedBy: 'one', day: '2026-09-10' })).toEqual(['one']);
    expect(idsOf([first, renewal], { owedBy: 'two', day: '2026-05-10' })).toEqual(['two']);
  });
  it('is the first one for what was posted before the renewal began, and the renewal from its first day on', () => {
    expect(idsOf([first, renewal], { owedBy: null, day: '2026-07-31' })).toEqual(['one']);
    expect(idsOf([first, renewal], { owedBy: null, day: '2026-08-01' })).toEqual(['two']);
  });
  it('is each of two that hold beside each other', () => {
    expect(idsOf([first, beside], { owedBy: null, day: '2026-07-31' })).toEqual(['one', 'three']);
  });
});
