import { toMoneyJson } from '#kernel/money.ts';
import type { CostReport } from '../api.ts';
import { moneyFigure } from './figures.ts';
import { sumBig } from './ratio.ts';
import type { AmountStanding, EnrolmentInput, ReportInput } from './report-input.ts';
import { sayPlural } from './say.ts';

export interface CostSums {
  /** committed + due + paid; null when nothing was ever entered. */
  totalMinor: bigint | null;
  /** Fee, goods, postage and own other costs of each creator; null when agreed with but nothing is entered. */
  perEnrolment: Map<string, bigint | null>;
  /** Other costs of no single creator. */
  sharedMinor: bigint;
  report: CostReport;
}

const isSpent = (standing: AmountStanding) => standing === 'committed' || standing === 'due' || standing === 'paid';
const spentFee = (of: EnrolmentInput) => (isSpent(of.feeStanding) ? (of.feeMinor ?? 0n) : 0n);
const spentGoods = (of: EnrolmentInput) => (isSpent(of.goodsStanding) ? (of.goodsMinor ?? 0n) : 0n);
const spentPostage = (of: EnrolmentInput) => (isSpent(of.goodsStanding) ? (of.postageMinor ?? 0n) : 0n);
const assumedPostage = (of: EnrolmentInput) => (isSpent(of.goodsStanding) ? of.postageAssumedMinor : 0n);

/** What a campaign costs: all that is committed, due or paid, over fees, goods at cost, postage and other costs; offers not agreed to are no cost. */
export function sumCost(input: ReportInput): CostSums {
  const { enrolments, costs } = input;
  const { currency } = input.campaign;
  const known = new Set(enrolments.map((enrolment) => enrolment.id));
  const ownCosts = Map.groupBy(costs, (cost) =>
    cost.enrolmentId !== null && known.has(cost.enrolmentId) ? cost.enrolmentId : null,
  );
  const perEnrolment = new Map(
    enrolments.map((enrolment) => {
      const other = ownCosts.get(enrolment.id);
      return [enrolment.id, costOf(enrolment, other === undefined ? null : sumBig(other, (cost) => cost.amountMinor))];
    }),
  );
  const fees = sumBig(enrolments, spentFee);
  const goods = sumBig(enrolments, spentGoods);
  const postage = sumBig(enrolments, spentPostage);
  const assumed = sumBig(enrolments, assumedPostage);
  const other = sumBig(costs, (cost) => cost.amountMinor);
  const isEntered = costs.length > 0 || enrolments.some((enrolment) => isCostEntered(enrolment));
  const totalMinor = isEntered ? fees + goods + postage + other : null;
  const creatorsWithoutCost = [...perEnrolment.values()].filter((cost) => cost === null).length;
  const sharedMinor = sumBig(ownCosts.get(null) ?? [], (cost) => cost.amountMinor);
  const money = (amountMinor: bigint) => toMoneyJson({ amountMinor, currency });
  const standing = (wanted: AmountStanding) =>
    sumBig(enrolments, (of) => (of.feeStanding === wanted ? (of.feeMinor ?? 0n) : 0n)) +
    sumBig(enrolments, (of) => (of.goodsStanding === wanted ? (of.goodsMinor ?? 0n) + (of.postageMinor ?? 0n) : 0n)) +
    sumBig(costs, (cost) => (cost.state === wanted ? cost.amountMinor : 0n));
  const withCost = [...perEnrolment.values()].filter((cost) => cost !== null && cost > 0n).length;
  return {
    totalMinor,
    perEnrolment,
    sharedMinor,
    report: {
      total: moneyFigure(totalMinor, currency, {
        formula: 'fees + goods at cost of goods + postage + other costs, as far as committed, due or paid',
        source: 'entered on the roster and under costs, parcels of seeding',
        reason: 'no fee, goods or other cost is entered',
        n: `${sayPlural(withCost, 'creator')} with a cost, ${sayPlural(costs.length, 'other cost')}`,
        asOf: input.computedAt,
        bound: creatorsWithoutCost > 0 ? 'at_least' : 'exact',
        note: sayNotes([
          ...(creatorsWithoutCost > 0 ? [missingCost(creatorsWithoutCost)] : []),
          ...(assumed > 0n ? [`postage of parcels it was not entered for is the seeding plan’s rate`] : []),
        ]),
      }),
      fees: money(fees),
      goods: money(goods),
      postage: money(postage),
      postageAssumed: money(assumed),
      other: money(other),
      committed: money(standing('committed')),
      due: money(standing('due')),
      paid: money(standing('paid')),
      shared: money(sharedMinor),
      budget: input.campaign.budgetMinor === null ? null : money(input.campaign.budgetMinor),
      creatorsWithoutCost,
    },
  };
}

function costOf(enrolment: EnrolmentInput, other: bigint | null): bigint | null {
  const isAgreed = enrolment.phase !== 'considering' && !enrolment.isRemoved;
  const isEntered = isCostEntered(enrolment) || other !== null;
  if (isAgreed && !isEntered) return null;
  return spentFee(enrolment) + spentGoods(enrolment) + spentPostage(enrolment) + (other ?? 0n);
}

function isCostEntered(enrolment: EnrolmentInput): boolean {
  return enrolment.feeMinor !== null || enrolment.goodsMinor !== null || enrolment.postageMinor !== null;
}

function sayNotes(notes: readonly string[]): string | null {
  return notes.length === 0 ? null : notes.join('; ');
}

export function missingCost(creators: number): string {
  return creators === 1
    ? '1 creator agreed with has neither fee nor goods entered'
    : `${creators} creators agreed with have neither fee nor goods entered`;
}
