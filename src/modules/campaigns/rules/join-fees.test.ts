import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideFees, type HeldFee, joinFees } from './join-fees.ts';

const fee: fc.Arbitrary<HeldFee> = fc
  .record({
    feeMinor: fc.option(fc.bigInt({ min: 0n, max: 10n ** 12n }), { nil: null }),
    paidOn: fc.constantFrom(null, '2026-05-01', '2026-06-01'),
    isAgreed: fc.boolean(),
    isRemoved: fc.boolean(),
  })
  .map((one) => (one.feeMinor === null ? { ...one, paidOn: null } : one));

/** What is owed or was paid. */
const owed = (one: HeldFee) => (one.feeMinor === null || (one.isRemoved && one.paidOn === null) ? 0n : one.feeMinor);
const paid = (one: { feeMinor: bigint | null; paidOn: string | null }) =>
  one.paidOn === null ? 0n : (one.feeMinor ?? 0n);

describe('the fees of two entries of one creator', () => {
  it('neither grow nor shrink when the entries become one, and what was paid stays paid', () => {
    fc.assert(
      fc.property(fee, fee, (kept, joined) => {
        const after = joinFees(kept, joined);
        const brings = joined.feeMinor !== null && !(joined.isRemoved && joined.paidOn === null);
        if (brings) expect((after.kept.feeMinor ?? 0n) + (after.joined.feeMinor ?? 0n)).toBe(owed(kept) + owed(joined));
        else expect(after).toMatchObject({ kept: { feeMinor: kept.feeMinor }, joined: { feeMinor: null } });
        expect(paid(after.kept) + paid(after.joined)).toBe(paid(kept) + paid(joined));
      }),
    );
  });

  it('add up without asking only when both were agreed', () => {
    const both = { feeMinor: 100n, paidOn: null, isAgreed: true, isRemoved: false };
    expect(joinFees(both, { ...both, feeMinor: 50n })).toEqual({
      kept: { feeMinor: 150n, paidOn: null },
      joined: { feeMinor: null, paidOn: null },
      isQuestion: false,
    });
    expect(joinFees(both, { ...both, isAgreed: false })).toMatchObject({ isQuestion: true });
    expect(joinFees(both, { ...both, feeMinor: 0n, isAgreed: false, isRemoved: true })).toMatchObject({
      isQuestion: false,
    });
  });

  it('are never decided against money that was paid', () => {
    const open = { feeMinor: 100n, paidOn: null };
    const done = { feeMinor: 70n, paidOn: '2026-05-01' };
    expect(decideFees(open, done, 'kept')).toBeNull();
    expect(decideFees(done, open, 'joined')).toBeNull();
    expect(decideFees(open, done, 'joined')).toEqual({ kept: done, joined: { feeMinor: null, paidOn: null } });
    expect(decideFees(done, open, 'both')).toEqual({ kept: open, joined: done });
  });
});
