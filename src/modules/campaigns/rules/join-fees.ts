/** A fee as an enrolment holds it. Money in minor units of the campaign's currency. */
export interface HeldFee {
  feeMinor: bigint | null;
  paidOn: string | null;
  /** Signed by both in the campaign's currency. */
  isAgreed: boolean;
  isRemoved: boolean;
}

export interface Fee {
  feeMinor: bigint | null;
  paidOn: string | null;
}

export interface JoinedFees {
  kept: Fee;
  /** What stays with the joined row because it cannot become one amount: another standing, or a question that is open. */
  joined: Fee;
  /** True: both had a fee and not both were agreed, so a person decides. */
  isQuestion: boolean;
}

const none: Fee = { feeMinor: null, paidOn: null };

/** What an enrolment still brings: a creator who was taken off and not paid is owed nothing. */
function owed(fee: HeldFee): Fee | null {
  if (fee.feeMinor === null || (fee.isRemoved && fee.paidOn === null)) return null;
  return { feeMinor: fee.feeMinor, paidOn: fee.paidOn };
}

/**
 * The fees of two enrolments of one creator. One alone comes along. Two are added up when both were agreed (signed or paid) and stand alike; paid beside unpaid stays two
 * amounts, the paid one with the joined row. Where one was only planned with, a person decides, and each stays where it is until then.
 */
export function joinFees(kept: HeldFee, joined: HeldFee): JoinedFees {
  const mine = owed(kept);
  const theirs = owed(joined);
  if (theirs === null)
    return { kept: { feeMinor: kept.feeMinor, paidOn: kept.paidOn }, joined: none, isQuestion: false };
  if (mine === null) return { kept: theirs, joined: none, isQuestion: false };
  const isAgreed = (fee: HeldFee) => fee.isAgreed || fee.paidOn !== null;
  if (!isAgreed(kept) || !isAgreed(joined)) return { kept: mine, joined: theirs, isQuestion: true };
  return { ...addUp(mine, theirs), isQuestion: false };
}

/** Both amounts stand: one sum where both are paid or neither is, else the paid one stays apart with the joined row. */
export function addUp(kept: Fee, joined: Fee): { kept: Fee; joined: Fee } {
  const isOneSum = (kept.paidOn === null) === (joined.paidOn === null);
  if (isOneSum) {
    const paidOn = [kept.paidOn, joined.paidOn].filter((day) => day !== null).sort();
    return {
      kept: { feeMinor: (kept.feeMinor ?? 0n) + (joined.feeMinor ?? 0n), paidOn: paidOn.at(-1) ?? null },
      joined: none,
    };
  }
  return kept.paidOn === null ? { kept, joined } : { kept: joined, joined: kept };
}

export type FeeChoice = 'both' | 'kept' | 'joined';

/** What a decision makes of two fees; null where it would take back money that was paid. */
export function decideFees(kept: Fee, joined: Fee, choice: FeeChoice): { kept: Fee; joined: Fee } | null {
  switch (choice) {
    case 'both':
      return addUp(kept, joined);
    case 'kept':
      return joined.paidOn === null ? { kept, joined: none } : null;
    case 'joined':
      return kept.paidOn === null ? { kept: joined, joined: none } : null;
  }
}
