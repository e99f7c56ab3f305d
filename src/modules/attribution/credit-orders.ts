import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { type OrderTouches, readOrderTouches, stateCredits } from '#modules/tracking/index.ts';
import { creditChanged } from './events.ts';
import { type CreditRow, findWindowDays, upsertCredits } from './queries/credits.ts';
import { decideCredit } from './rules/decide-credit.ts';

export const windowDaysDefault = 30;

/** Decides the credit of these orders from all that is known now, writes what changed and tells of it. Orders that are gone are passed over. */
export async function creditOrders(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; conversionIds: readonly string[] },
): Promise<void> {
  const { workspaceId } = of;
  const windowDays = (await findWindowDays(tx, workspaceId)) ?? windowDaysDefault;
  const touches = await readOrderTouches(infra, tx, of);
  const rows = touches.map((touch) => toRow(touch, windowDays));
  const changed = await upsertCredits(tx, workspaceId, rows);
  await stateCredits(
    tx,
    workspaceId,
    rows.map((row) => ({
      conversionId: row.conversion_id,
      rule: row.rule,
      personId: row.person_id,
      campaignId: row.campaign_id,
      enrolmentId: row.enrolment_id,
    })),
  );
  if (changed.length === 0) return;
  await infra.outbox.emit(tx, {
    workspaceId,
    name: creditChanged,
    payload: {
      conversionIds: changed.map((row) => row.conversionId),
      campaignIds: [...new Set(changed.flatMap((row) => row.campaignIds))],
    },
  });
}

function toRow({ order, clicks, codes }: OrderTouches, windowDays: number): CreditRow {
  const isCancelled = order.state === 'cancelled';
  const decision = decideCredit(
    {
      orderedAt: order.orderedAt,
      isCancelled,
      codes: order.codes,
      codeKeys: order.codeKeys,
      clickIds: order.clickIds,
      knownCodes: codes,
      knownClicks: clicks,
    },
    windowDays,
  );
  const { winner } = decision;
  const creditedMinor = winner === null || isCancelled ? 0n : order.amountMinor - order.refundedMinor;
  return {
    conversion_id: order.conversionId,
    campaign_id: winner?.campaignId ?? null,
    enrolment_id: winner?.enrolmentId ?? null,
    person_id: winner?.personId ?? null,
    link_id: winner?.linkId ?? null,
    code_id: winner?.codeId ?? null,
    click_id: winner?.clickId ?? null,
    rule: decision.rule,
    reason: decision.reason,
    losers: decision.losers,
    window_days: windowDays,
    touched_at: winner?.at ?? null,
    credited_minor: creditedMinor.toString(),
    is_counted: !isCancelled,
    is_new_customer: order.isNewCustomer,
    currency: order.currency,
    ordered_at: order.orderedAt.toISOString(),
  };
}
