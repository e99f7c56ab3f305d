import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { type OrderTouches, ordersOfSameCustomers, readOrderTouches } from '#modules/tracking/index.ts';
import { type CreditRow, selectCustomersBefore } from './queries/credits.ts';
import { selectSaid } from './queries/survey-said.ts';
import { type Decision, needsCustomers, type Policies } from './rules/credit-case.ts';
import { decideOrders, type OrderCase } from './rules/decide-orders.ts';
import { splitAmount } from './rules/split-amount.ts';

/** Orders of one customer that are looked at together, oldest first; a customer with more is a till or a test address. */
const customerOrdersMax = 500;

export interface DecidedBatch {
  /** The orders that were decided: those asked for and, where rules look at customers, all of the same customers. */
  conversionIds: string[];
  rows: CreditRow[];
}

/**
 * Decides these orders by the given rules and says the rows that follow, without writing. Orders that are gone are passed over. With `isHeld` the orders stay
 * locked until the transaction ends, in the order of their ids.
 */
export async function decideBatch(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; conversionIds: readonly string[]; policies: Policies; isHeld: boolean },
): Promise<DecidedBatch> {
  const { workspaceId, policies } = of;
  const conversionIds = needsCustomers(policies)
    ? await ordersOfSameCustomers(tx, workspaceId, {
        conversionIds: of.conversionIds,
        customers: await selectCustomersBefore(tx, workspaceId, of.conversionIds),
        eachMax: customerOrdersMax,
      })
    : [...of.conversionIds];
  const touches = await readOrderTouches(infra, tx, { workspaceId, conversionIds, isHeld: of.isHeld });
  const said = new Map((await selectSaid(tx, workspaceId, conversionIds)).map((row) => [row.conversion_id, row]));
  const cases = touches.map((one): OrderCase => {
    const answer = said.get(one.order.conversionId);
    return {
      ...toCase(one),
      said:
        answer === undefined
          ? null
          : {
              answer: answer.answer,
              at: answer.answered_at,
              personId: answer.person_id,
              campaignId: answer.campaign_id,
            },
    };
  });
  const decisions = decideOrders(cases, policies);
  return {
    conversionIds: touches.map(({ order }) => order.conversionId),
    rows: touches.flatMap((one) => {
      const decision = decisions.get(one.order.conversionId);
      return decision === undefined ? [] : toRows(one, decision);
    }),
  };
}

function toCase({ order, clicks, codes, exclusions }: OrderTouches): Omit<OrderCase, 'said'> {
  return {
    id: order.conversionId,
    orderLabel: order.externalId,
    sourceId: order.sourceId,
    customer: order.customerHash,
    isNewCustomer: order.isNewCustomer,
    orderedAt: order.orderedAt,
    isCancelled: order.state === 'cancelled',
    codes: order.codes,
    codeKeys: order.codeKeys,
    clickIds: order.clickIds,
    knownCodes: codes,
    knownClicks: clicks,
    exclusions,
  };
}

function toRows({ order }: OrderTouches, decision: Decision): CreditRow[] {
  const isCancelled = order.state === 'cancelled';
  const weights = decision.shares.map((share) => share.weight);
  const netMinor = splitAmount(isCancelled ? 0n : order.amountMinor - order.refundedMinor, weights);
  const grossMinor = splitAmount(order.amountMinor, weights);
  const base = {
    conversion_id: order.conversionId,
    window_days: decision.windowDays,
    is_new_customer: order.isNewCustomer,
    currency: order.currency,
    ordered_at: order.orderedAt.toISOString(),
    policy_version: decision.version,
    pay_model: decision.model,
    occasion: decision.occasion,
    customer_key: order.customerHash,
  };
  const nobody = {
    person_id: null,
    campaign_id: null,
    enrolment_id: null,
    link_id: null,
    code_id: null,
    click_id: null,
  };
  if (decision.winner === null) {
    const none: CreditRow = {
      ...base,
      ...nobody,
      model: 'paid',
      place: 0,
      rule: 'none',
      reason: decision.reason,
      losers: decision.losers,
      touched_at: null,
      share: 0,
      gross_minor: '0',
      credited_minor: '0',
      is_counted: !isCancelled,
    };
    return decision.seen === null
      ? [none]
      : [
          none,
          {
            ...none,
            ...ownerOf(decision.seen),
            model: 'seen',
            losers: [],
            reason: decision.seen.why,
            rule: ruleOf(decision.seen),
            is_counted: false,
          },
        ];
  }
  return decision.shares.map(({ touch, weight }, place) => ({
    ...base,
    ...ownerOf(touch),
    model: 'paid',
    place,
    rule: ruleOf(touch),
    reason: touch.why,
    losers: place === 0 ? decision.losers : [],
    share: weight,
    gross_minor: (grossMinor[place] ?? 0n).toString(),
    credited_minor: (netMinor[place] ?? 0n).toString(),
    is_counted: place === 0 && !isCancelled,
  }));
}

function ownerOf(touch: NonNullable<Decision['winner']>) {
  return {
    person_id: touch.personId,
    campaign_id: touch.campaignId,
    enrolment_id: touch.enrolmentId,
    link_id: touch.linkId,
    code_id: touch.codeId,
    click_id: touch.clickId,
    touched_at: touch.at,
  };
}

function ruleOf(touch: NonNullable<Decision['winner']>): CreditRow['rule'] {
  return touch.kind === 'click' ? 'link' : touch.kind;
}
