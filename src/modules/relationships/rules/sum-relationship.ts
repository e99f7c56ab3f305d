import { daysBetween } from '#kernel/time.ts';

/** A figure with what it rests on; null value with the reason when that is too little. */
export interface Measured {
  value: number | null;
  n: number;
  reason: string | null;
}

/** Below this a share or a median says more about chance than about the person. */
export const leastOf = 3;

export interface Piece {
  dueOn: string | null;
  /** Day it went live in the workspace's time zone; null when it is not live. */
  liveOn: string | null;
}

export interface Punctuality {
  onTime: number;
  late: number;
  overdue: number;
  /** Live pieces of those that were due by now. */
  due: number;
  liveOfDue: number;
  /** Days after the due day of each that went live, 0 when on time. */
  daysLate: number[];
}

/** How pieces kept to their days. A piece due today is neither late nor overdue; one without a due day says nothing of punctuality. */
export function judgePieces(pieces: readonly Piece[], today: string): Punctuality {
  const sum: Punctuality = { onTime: 0, late: 0, overdue: 0, due: 0, liveOfDue: 0, daysLate: [] };
  for (const { dueOn, liveOn } of pieces) {
    if (dueOn === null) continue;
    const isDue = dueOn < today;
    if (isDue) sum.due += 1;
    if (liveOn === null) {
      if (isDue) sum.overdue += 1;
      continue;
    }
    if (isDue) sum.liveOfDue += 1;
    const late = Math.max(0, daysBetween(dueOn, liveOn));
    sum.daysLate.push(late);
    if (late === 0) sum.onTime += 1;
    else sum.late += 1;
  }
  return sum;
}

/** `part` of `n`, or null below the least. */
export function shareOf(part: number, n: number): Measured {
  return n < leastOf ? tooFew(n) : { value: part / n, n, reason: null };
}

/** The middle value, the mean of the two middle ones for an even number; null below the least. */
export function medianOf(values: readonly number[]): Measured {
  const n = values.length;
  if (n < leastOf) return tooFew(n);
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(n / 2);
  const upper = sorted[middle] ?? 0;
  return { value: n % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2, n, reason: null };
}

/** The mean; null when there is nothing, since each rating is a person's word and one says something. */
export function meanOf(values: readonly number[]): Measured {
  const n = values.length;
  if (n === 0) return { value: null, n, reason: 'none yet' };
  return { value: values.reduce((sum, value) => sum + value, 0) / n, n, reason: null };
}

function tooFew(n: number): Measured {
  return { value: null, n, reason: n === 0 ? 'none yet' : `not enough data: ${n} of at least ${leastOf}` };
}

/** Sums of amounts, one a currency, by its code. */
export function sumMoney(
  amounts: readonly { amountMinor: bigint; currency: string }[],
): { amountMinor: bigint; currency: string }[] {
  const sums = new Map<string, bigint>();
  for (const { amountMinor, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  return [...sums]
    .map(([currency, amountMinor]) => ({ amountMinor, currency }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}
