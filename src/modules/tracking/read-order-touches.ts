import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { createClickIds, dayOfClickId } from './click-id.ts';
import { findCodes } from './queries/codes.ts';
import {
  type ClickTouch,
  type CodeTouch,
  type CreditMark,
  type OrderForCredit,
  selectClickTouches,
  selectOrdersForCredit,
  updateCreditMarks,
} from './queries/order-touches.ts';

export type { ClickTouch, CodeTouch, CreditMark, OrderForCredit } from './queries/order-touches.ts';
export { countOrders, nextOrderIds, ordersOfSameCustomers } from './queries/order-touches.ts';

/** An order with everything that may have led to it. Click ids and codes that are not known have no touch. */
export interface OrderTouches {
  order: OrderForCredit;
  clicks: ClickTouch[];
  codes: CodeTouch[];
}

/** Orders with their touches; with `isHeld` locked for the decision until this transaction ends. */
export async function readOrderTouches(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; conversionIds: readonly string[]; isHeld: boolean },
): Promise<OrderTouches[]> {
  const orders = await selectOrdersForCredit(tx, of.workspaceId, { ids: of.conversionIds, isHeld: of.isHeld });
  const named = orders.flatMap((order) =>
    order.clickIds.flatMap((clickId) => {
      const day = dayOfClickId(clickId);
      return day === null ? [] : [{ conversionId: order.conversionId, clickId, day }];
    }),
  );
  const ids = createClickIds(infra.secret);
  const clicks = (await selectClickTouches(tx, of.workspaceId, named)).filter((click) =>
    ids.belongsTo(click.clickId, click.linkId),
  );
  const clicksOf = Map.groupBy(clicks, (click) => click.conversionId);
  const codes = await findCodes(tx, of.workspaceId, [...new Set(orders.flatMap((order) => order.codeKeys))]);
  return orders.map((order) => ({
    order,
    clicks: clicksOf.get(order.conversionId) ?? [],
    codes: order.codeKeys.flatMap((key): CodeTouch[] => {
      const row = codes.get(key);
      if (row === undefined) return [];
      return [
        {
          codeId: row.id,
          codeKey: row.code_key,
          code: row.code,
          startsAt: row.starts_at,
          endsAt: row.ends_at,
          personId: row.person_id,
          campaignId: row.campaign_id,
          enrolmentId: row.enrolment_id,
        },
      ];
    }),
  }));
}

/** Writes what attribution decided onto the orders, so that lists can show and filter by it. */
export async function stateCredits(tx: Tx, workspaceId: string, marks: readonly CreditMark[]): Promise<void> {
  await updateCreditMarks(tx, workspaceId, marks);
}
