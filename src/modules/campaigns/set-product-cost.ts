import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { lockEnrolment, updateEnrolmentRow } from './queries/change-enrolment.ts';
import { type ChangeFrame, recordRosterChanges } from './record-change.ts';

/**
 * States what the goods of a creator on a campaign cost, at cost of goods in the campaign's currency; null is not known. The same again changes
 * nothing. Error: not_found.
 */
export async function setProductCost(
  infra: Infra,
  tx: Tx,
  of: { call: ChangeFrame; enrolmentId: string; productCostMinor: bigint | null },
): Promise<void> {
  const { workspaceId } = of.call;
  const row = await lockEnrolment(tx, workspaceId, of.enrolmentId);
  if (row === undefined) throw notFound('enrolment');
  if (row.product_cost_minor === of.productCostMinor) return;
  await updateEnrolmentRow(tx, workspaceId, { id: row.id, change: { product_cost_minor: of.productCostMinor } });
  const text = (value: bigint | null) => value?.toString() ?? null;
  const changes = { product_cost_minor: { from: text(row.product_cost_minor), to: text(of.productCostMinor) } };
  await recordRosterChanges(infra, tx, {
    call: of.call,
    campaignId: row.campaign_id,
    what: 'changed',
    rows: [{ enrolmentId: row.id, personId: row.person_id, changes }],
  });
}
