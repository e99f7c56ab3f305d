import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { createClickIds, dayOfClickId } from './click-id.ts';
import { type CodeRow, findCodes } from './queries/codes.ts';
import {
  type ClickTouch,
  type CodeTouch,
  type CreditMark,
  type OrderForCredit,
  selectClickTouches,
  selectOrdersForCredit,
  updateCreditMarks,
} from './queries/order-touches.ts';
import { selectExclusions, type TouchExclusion } from './queries/touch-exclusions.ts';

export type { ClickTouch, CodeTouch, CreditMark, OrderForCredit } from './queries/order-touches.ts';
export { countOrders, nextOrderIds, ordersOfSameCustomers } from './queries/order-touches.ts';

/** An order with everything that may have led to it. Click ids and codes that are not known have no touch. */
export interface OrderTouches {
  order: OrderForCredit;
  clicks: ClickTouch[];
  codes: CodeTouch[];
  /** What may not earn on it, with why. */
  exclusions: TouchExclusion[];
}

/** Orders with their touches; with `isHeld` locked for the decision until this transaction ends. */
export async function readOrderTouches(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; conversionIds: readonly string[]; isHeld: boolean },
): Promise<OrderTouches[]> {
  const orders = await selectOrdersForCredit(tx, of.workspaceId, { ids: of.conversionIds, isHeld: of.isHeld });
  const exclusions = Map.groupBy(
    await selectExclusions(tx, of.workspaceId, of.conversionIds),
    (exclusion) => exclusion.conversionId,
  );
  const touches = await readTouches(infra, tx, {
    workspaceId: of.workspaceId,
    of: orders.map(({ conversionId, clickIds, codeKeys }) => ({ id: conversionId, clickIds, codeKeys })),
  });
  return orders.map((order) => ({
    order,
    exclusions: exclusions.get(order.conversionId) ?? [],
    ...(touches.get(order.conversionId) ?? { clicks: [], codes: [] }),
  }));
}

/** The clicks and codes that things name, such as orders, each as they are known here; by the id of the thing. */
export async function readTouches(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; of: readonly { id: string; clickIds: readonly string[]; codeKeys: readonly string[] }[] },
): Promise<Map<string, { clicks: ClickTouch[]; codes: CodeTouch[] }>> {
  const named = of.of.flatMap((thing) =>
    thing.clickIds.flatMap((clickId) => {
      const day = dayOfClickId(clickId);
      return day === null ? [] : [{ conversionId: thing.id, clickId, day }];
    }),
  );
  const ids = createClickIds(infra.secret);
  const clicks = (await selectClickTouches(tx, of.workspaceId, named)).filter((click) =>
    ids.belongsTo(click.clickId, click.linkId),
  );
  const clicksOf = Map.groupBy(clicks, (click) => click.conversionId);
  const codes = await findCodes(tx, of.workspaceId, [...new Set(of.of.flatMap((thing) => thing.codeKeys))]);
  return new Map(
    of.of.map((thing) => [
      thing.id,
      {
        clicks: clicksOf.get(thing.id) ?? [],
        codes: thing.codeKeys.flatMap((key) => {
          const row = codes.get(key);
          return row === undefined ? [] : [codeTouch(row)];
        }),
      },
    ]),
  );
}

function codeTouch(row: CodeRow): CodeTouch {
  return {
    codeId: row.id,
    codeKey: row.code_key,
    code: row.code,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    personId: row.person_id,
    campaignId: row.campaign_id,
    enrolmentId: row.enrolment_id,
  };
}

/** Writes what attribution decided onto the orders, so that lists can show and filter by it. */
export async function stateCredits(tx: Tx, workspaceId: string, marks: readonly CreditMark[]): Promise<void> {
  await updateCreditMarks(tx, workspaceId, marks);
}
