import { type Money, toMoneyJson } from '#kernel/money.ts';
import type { Budget, CostState, StagePhase } from '../api.ts';

/** Where an amount stands: proposed is not yet promised to anybody. */
export type Standing = 'proposed' | CostState;

/** Creators of one campaign that stand alike, summed. */
export interface EnrolmentSum {
  phase: StagePhase;
  isRemoved: boolean;
  isPaid: boolean;
  feeMinor: bigint;
  productCostMinor: bigint;
  /** Of their parcels; stands where the goods stand. */
  postageMinor: bigint;
  postageAssumedMinor: bigint;
}

/**
 * How firm a fee is: paid once it was paid, due when the work is done, committed once agreed, proposed before.
 * Null for a removed creator who was not paid: nothing is owed any more.
 */
export function feeStanding(of: { phase: StagePhase; isRemoved: boolean; isPaid: boolean }): Standing | null {
  if (of.isPaid) return 'paid';
  if (of.isRemoved) return null;
  switch (of.phase) {
    case 'considering':
      return 'proposed';
    case 'agreed':
    case 'producing':
      return 'committed';
    case 'done':
      return 'due';
  }
}

/** How firm the cost of goods is. Goods that left the house are spent, also when the creator was removed afterwards. */
export function goodsStanding(of: { phase: StagePhase; isRemoved: boolean }): Standing | null {
  switch (of.phase) {
    case 'considering':
      return of.isRemoved ? null : 'proposed';
    case 'agreed':
      return of.isRemoved ? null : 'committed';
    case 'producing':
    case 'done':
      return 'paid';
  }
}

type Split = Record<Standing, bigint>;
const empty = (): Split => ({ proposed: 0n, committed: 0n, due: 0n, paid: 0n });

export interface BudgetParts {
  currency: string;
  totalMinor: bigint | null;
  enrolments: readonly EnrolmentSum[];
  costs: readonly { state: CostState; amountMinor: bigint }[];
}

/** The budget of a campaign: spent = committed + due + paid over fees, goods, postage and other costs; free = total - spent. */
export function sumBudget({ currency, totalMinor, enrolments, costs }: BudgetParts): Budget {
  const fees = empty();
  const goods = empty();
  const postage = empty();
  const other = empty();
  let assumed = 0n;
  for (const sum of enrolments) {
    const fee = feeStanding(sum);
    if (fee !== null) fees[fee] += sum.feeMinor;
    const product = goodsStanding(sum);
    if (product === null) continue;
    goods[product] += sum.productCostMinor;
    postage[product] += sum.postageMinor;
    assumed += sum.postageAssumedMinor;
  }
  for (const cost of costs) other[cost.state] += cost.amountMinor;

  const money = (amountMinor: bigint) => toMoneyJson({ amountMinor, currency } satisfies Money);
  const all = (standing: Standing) => fees[standing] + goods[standing] + postage[standing] + other[standing];
  const split = (part: Split) => ({
    proposed: money(part.proposed),
    committed: money(part.committed),
    due: money(part.due),
    paid: money(part.paid),
  });
  const spent = all('committed') + all('due') + all('paid');
  const free = totalMinor === null ? null : totalMinor - spent;
  return {
    currency,
    total: totalMinor === null ? null : money(totalMinor),
    proposed: money(all('proposed')),
    committed: money(all('committed')),
    due: money(all('due')),
    paid: money(all('paid')),
    spent: money(spent),
    free: free === null ? null : money(free),
    isOver: free !== null && free < 0n,
    over: free !== null && free < 0n ? money(-free) : null,
    byKind: { fees: split(fees), goods: split(goods), postage: split(postage), other: split(other) },
    postageAssumed: money(assumed),
  };
}
