import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costStates, stagePhases } from '../api.ts';
import { feeStanding, goodsStanding, sumBudget } from './sum-budget.ts';

const amount = fc.bigInt({ min: 0n, max: 10n ** 14n });
const enrolment = fc.record({
  phase: fc.constantFrom(...stagePhases),
  isRemoved: fc.boolean(),
  isPaid: fc.boolean(),
  feeMinor: amount,
  productCostMinor: amount,
  postageMinor: amount,
  postageAssumedMinor: amount,
});
const cost = fc.record({ state: fc.constantFrom(...costStates), amountMinor: amount });
const minor = (money: { amountMinor: string }) => BigInt(money.amountMinor);

describe('the budget', () => {
  it('loses and invents no amount: every one stands in exactly one place or is owed to nobody', () => {
    fc.assert(
      fc.property(fc.array(enrolment, { maxLength: 30 }), fc.array(cost, { maxLength: 10 }), (enrolments, costs) => {
        const budget = sumBudget({ currency: 'EUR', totalMinor: 1000n, enrolments, costs });
        const fees = enrolments.filter((one) => feeStanding(one) !== null).reduce((sum, one) => sum + one.feeMinor, 0n);
        const goods = enrolments
          .filter((one) => goodsStanding(one) !== null)
          .reduce((sum, one) => sum + one.productCostMinor + one.postageMinor, 0n);
        const other = costs.reduce((sum, one) => sum + one.amountMinor, 0n);
        expect(minor(budget.spent) + minor(budget.proposed)).toBe(fees + goods + other);
        expect(minor(budget.spent)).toBe(minor(budget.committed) + minor(budget.due) + minor(budget.paid));
      }),
    );
  });

  it('is over exactly when more is spent than there is, and then says by how much', () => {
    fc.assert(
      fc.property(amount, amount, (total, spent) => {
        const budget = sumBudget({
          currency: 'JPY',
          totalMinor: total,
          enrolments: [],
          costs: [{ state: 'paid', amountMinor: spent }],
        });
        expect(budget.isOver).toBe(spent > total);
        expect(budget.over === null ? 0n : minor(budget.over)).toBe(spent > total ? spent - total : 0n);
        expect(budget.free === null ? 0n : minor(budget.free)).toBe(total - spent);
      }),
    );
  });

  it('keeps what a removed creator was paid and the goods that went out, and drops what was only promised', () => {
    const removed = {
      isRemoved: true,
      feeMinor: 500n,
      productCostMinor: 70n,
      postageMinor: 5n,
      postageAssumedMinor: 5n,
    };
    const budget = sumBudget({
      currency: 'EUR',
      totalMinor: null,
      enrolments: [
        { ...removed, phase: 'producing', isPaid: true },
        { ...removed, phase: 'agreed', isPaid: false },
      ],
      costs: [],
    });
    expect(minor(budget.paid)).toBe(575n);
    expect(minor(budget.spent)).toBe(575n);
    expect(minor(budget.postageAssumed)).toBe(5n);
    expect(budget.free).toBeNull();
  });

  it('says that a fee is due when the work is done, and paid once it was paid, whatever the stage', () => {
    expect(feeStanding({ phase: 'done', isRemoved: false, isPaid: false })).toBe('due');
    for (const phase of stagePhases) expect(feeStanding({ phase, isRemoved: false, isPaid: true })).toBe('paid');
  });
});
