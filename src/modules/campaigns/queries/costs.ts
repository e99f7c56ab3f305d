import type { Tx } from '#infra/db/database.ts';
import type { CostKind, CostState } from '../api.ts';

/** Costs of a campaign, newest first. */
export async function selectCosts(tx: Tx, workspaceId: string, campaignId: string) {
  return tx
    .selectFrom('campaign_cost')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
export type CostRow = Awaited<ReturnType<typeof selectCosts>>[number];

export interface CostChange {
  kind?: CostKind;
  amount_minor?: bigint;
  state?: CostState;
  due_on?: string | null;
  note?: string | null;
}

export interface NewCost {
  id: string;
  campaignId: string;
  enrolmentId: string | null;
  kind: CostKind;
  amountMinor: bigint;
  state: CostState;
  dueOn: string | null;
  note: string | null;
  createdBy: string;
  at: Date;
}

export async function insertCost(tx: Tx, workspaceId: string, row: NewCost): Promise<void> {
  await tx
    .insertInto('campaign_cost')
    .values({
      workspace_id: workspaceId,
      id: row.id,
      campaign_id: row.campaignId,
      enrolment_id: row.enrolmentId,
      kind: row.kind,
      amount_minor: row.amountMinor,
      state: row.state,
      due_on: row.dueOn,
      note: row.note,
      created_by: row.createdBy,
      created_at: row.at,
    })
    .execute();
}

export async function updateCostRow(
  tx: Tx,
  workspaceId: string,
  of: { id: string; change: CostChange },
): Promise<void> {
  await tx
    .updateTable('campaign_cost')
    .set(of.change)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

export async function deleteCost(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('campaign_cost').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}
