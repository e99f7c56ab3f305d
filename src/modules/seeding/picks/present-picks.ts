import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import type { Pick } from '../api.ts';
import { type PickLineRow, type PickRow, selectPickLines, selectPicks } from '../queries/picks.ts';
import { moneyOrNull } from '../read-money.ts';
import { costOf } from '../rules/check-limits.ts';

export async function presentPicks(tx: Tx, workspaceId: string, rows: readonly PickRow[]): Promise<Pick[]> {
  const lines = Map.groupBy(
    await selectPickLines(
      tx,
      workspaceId,
      rows.map((row) => row.id),
    ),
    (line) => line.pick_id,
  );
  return rows.map((row) => toPick(row, lines.get(row.id) ?? []));
}

/** Error: not_found. */
export async function getPickOf(tx: Tx, workspaceId: string, id: string): Promise<Pick> {
  const [pick] = await presentPicks(tx, workspaceId, await selectPicks(tx, workspaceId, [id]));
  if (pick === undefined) throw notFound('pick');
  return pick;
}

function toPick(row: PickRow, lines: readonly PickLineRow[]): Pick {
  const currency = lines[0]?.currency ?? 'USD';
  const isOneCurrency = lines.every((line) => line.currency === currency);
  const cost = isOneCurrency
    ? costOf(lines.map((line) => ({ quantity: line.quantity, unitCostMinor: line.unit_cost_minor })))
    : null;
  return {
    id: row.id,
    campaignId: row.campaign_id,
    enrolmentId: row.enrolment_id,
    personId: row.person_id,
    round: row.round,
    state: row.state,
    isSent: row.is_sent,
    pickedBy: row.picked_by,
    lines: lines.map((line) => ({
      variantId: line.variant_id,
      productId: line.product_id,
      productName: line.product_name,
      variantTitle: line.variant_title,
      sku: line.sku,
      quantity: line.quantity,
      unitCost: moneyOrNull(line.unit_cost_minor, line.currency),
    })),
    cost: lines.length === 0 ? null : moneyOrNull(cost, currency),
    note: row.note,
    reason: row.reason,
    createdAt: row.created_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedBy: row.decided_by,
  };
}
