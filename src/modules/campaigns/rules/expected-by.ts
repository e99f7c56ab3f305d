import { daysBetween } from '#kernel/time.ts';

export interface PacePlan {
  /** Whole number: minor units for money. */
  target: bigint;
  startsOn: string;
  dueOn: string;
}

/**
 * What a linear pace expects by the end of a day: target * days gone / days in all, both ends included, rounded down.
 * Null before the first day; the target from the last day on.
 */
export function expectedBy(day: string, plan: PacePlan): bigint | null {
  if (day < plan.startsOn) return null;
  if (day >= plan.dueOn) return plan.target;
  const gone = BigInt(daysBetween(plan.startsOn, day) + 1);
  const inAll = BigInt(daysBetween(plan.startsOn, plan.dueOn) + 1);
  return (plan.target * gone) / inAll;
}
