import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { ContractRight } from './rights.ts';

/** Rights a creator accepted when they handed in the piece: the newest acceptance counts, others end. */
export async function syncAcceptedRight(
  tx: Tx,
  workspaceId: string,
  of: {
    assetId: string;
    right:
      | (Omit<ContractRight, 'contract_id' | 'contract_line' | 'is_exclusive' | 'may_edit'> & {
          id: string;
          acceptance_id: string;
          answered_by: string;
          answered_at: Date;
        })
      | null;
    at: Date;
  },
): Promise<void> {
  const { assetId, right, at } = of;
  await sql`
    update content_right set state = 'ended', ended_at = ${at}
    where workspace_id = ${workspaceId} and asset_id = ${assetId} and source = 'handed_in' and state = 'granted'
      and acceptance_id is distinct from ${right?.acceptance_id ?? null}`.execute(tx);
  if (right === null) return;
  await tx
    .insertInto('content_right')
    .values({
      workspace_id: workspaceId,
      asset_id: assetId,
      source: 'handed_in',
      state: 'granted',
      created_at: at,
      created_by: right.answered_by,
      ...right,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
