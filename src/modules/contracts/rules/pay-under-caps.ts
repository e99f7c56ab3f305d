import { toMoneyJson } from '#kernel/money.ts';
import type { Payout, Terms } from '../api/terms.ts';
import type { PayoutLine } from '../api.ts';

export interface CountedResult {
  /** Place of the payout in the terms. */
  payout: number;
  count: number;
  /** Net order value in minor units, for payouts by share. */
  valueMinor: bigint | null;
}

/**
 * What terms pay for results. Results count in the order given; a line is paid up to its count cap, then up to its sum cap, then up to the cap of all
 * payouts; the rest is "exceeded" and waits for a person. A share pays floor(value x share); where a cap cuts into a share, the whole units payable are
 * floor(count x payable / owed), so that never more is payable than the cap. Sums are exact: payable + exceeded = owed.
 */
export function payUnderCaps(terms: Terms, results: readonly CountedResult[], currency: string): PayoutLine[] {
  let left = terms.payoutCap === null ? null : BigInt(terms.payoutCap.amountMinor);
  return results.flatMap((result) => {
    const payout = terms.payouts[result.payout];
    if (payout === undefined) return [];
    const line = payLine(payout, result, left);
    if (left !== null) left -= line.payableMinor;
    const { payableMinor, owedMinor, payable, reason } = line;
    return [
      {
        label: payout.label,
        per: payout.per,
        counted: result.count,
        payable,
        exceeded: result.count - payable,
        amount: toMoneyJson({ amountMinor: payableMinor, currency }),
        exceededAmount: toMoneyJson({ amountMinor: owedMinor - payableMinor, currency }),
        reason,
      },
    ];
  });
}

function payLine(payout: Payout, result: CountedResult, left: bigint | null) {
  const owed = (count: number): bigint => {
    if (payout.amount !== null) return BigInt(payout.amount.amountMinor) * BigInt(count);
    // Hundredths of a per cent, so that the share stays a whole number.
    const share = BigInt(Math.round((payout.sharePercent ?? 0) * 100));
    const whole = ((result.valueMinor ?? 0n) * share) / 10_000n;
    return result.count === 0 ? 0n : (whole * BigInt(count)) / BigInt(result.count);
  };
  const owedMinor = owed(result.count);
  let payable = result.count;
  let reason: string | null = null;
  if (payout.capCount !== null && payable > payout.capCount) {
    payable = payout.capCount;
    reason = `Exceeded action cap: ${payout.capCount} are paid without approval`;
  }
  let payableMinor = owed(payable);
  const caps = [
    {
      cap: payout.capAmount === null ? null : BigInt(payout.capAmount.amountMinor),
      why: 'Exceeded the cap of this payout',
    },
    { cap: left, why: 'Exceeded the cap of all payouts together' },
  ];
  for (const { cap, why } of caps) {
    if (cap === null || payableMinor <= cap) continue;
    payable =
      payout.amount === null || payout.amount.amountMinor === '0'
        ? wholeUnits(result.count, cap, owedMinor)
        : Number(cap / BigInt(payout.amount.amountMinor));
    payableMinor = payout.amount === null ? cap : owed(payable);
    reason = why;
  }
  return { payable, payableMinor, owedMinor, reason };
}

function wholeUnits(count: number, cap: bigint, owedMinor: bigint): number {
  return owedMinor === 0n ? count : Number((BigInt(count) * cap) / owedMinor);
}
