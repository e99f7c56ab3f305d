import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { createClickIds, dayOfClickId } from './click-id.ts';
import { findCodes } from './queries/codes.ts';
import {
  type OrderClickEvidence,
  type OrderEvidenceRow,
  selectClickEvidence,
  selectOrderEvidence,
} from './queries/traffic-evidence.ts';

export type {
  ClickEvidence,
  OrderClickEvidence,
  OrderEvidenceRow,
} from './queries/traffic-evidence.ts';
export {
  selectActiveCreators as readActiveCreators,
  selectCodeDays as readCodeDays,
  selectCodesOf as readCodesOf,
  selectOwnersOfLinks as readOwnersOfLinks,
  selectTrafficClicks as readTrafficClicks,
  selectTrafficOrders as readTrafficOrders,
} from './queries/traffic-evidence.ts';

/** An order with the clicks and codes it names that are known here, clicks oldest first. */
export interface OrderEvidence extends OrderEvidenceRow {
  clicks: OrderClickEvidence[];
  codes: { codeId: string; code: string; personId: string | null; campaignId: string | null }[];
}

/** Orders with what a judge of traffic asks about, oldest first; those that are gone are left out. */
export async function readOrderEvidence(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; conversionIds: readonly string[] },
): Promise<OrderEvidence[]> {
  const orders = await selectOrderEvidence(tx, of.workspaceId, of.conversionIds);
  const named = orders.flatMap((order) =>
    order.clickIds.flatMap((clickId) => {
      const day = dayOfClickId(clickId);
      return day === null ? [] : [{ conversionId: order.conversionId, clickId, day }];
    }),
  );
  const ids = createClickIds(infra.secret);
  const clicks = (await selectClickEvidence(tx, of.workspaceId, named)).filter((click) =>
    ids.belongsTo(click.clickId, click.linkId),
  );
  const clicksOf = Map.groupBy(clicks, (click) => click.conversionId);
  const codes = await findCodes(tx, of.workspaceId, [...new Set(orders.flatMap((order) => order.codeKeys))]);
  return orders.map((order) => ({
    ...order,
    clicks: clicksOf.get(order.conversionId) ?? [],
    codes: order.codeKeys.flatMap((key) => {
      const row = codes.get(key);
      return row === undefined
        ? []
        : [{ codeId: row.id, code: row.code, personId: row.person_id, campaignId: row.campaign_id }];
    }),
  }));
}
