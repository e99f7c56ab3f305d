import type { Tx } from '#infra/db/database.ts';

/** Which report a link shows and what it allows; who it is for and how long stands with the link itself. */
export interface ShareRow {
  workspace_id: string;
  id: string;
  person_id: string;
  report_id: string;
  can_appeal: boolean;
  shows_brand: boolean;
}

const columns = ['workspace_id', 'id', 'person_id', 'report_id', 'can_appeal', 'shows_brand'] as const;

export async function insertShare(tx: Tx, share: ShareRow): Promise<void> {
  await tx.insertInto('vetting_share').values(share).execute();
}

export async function selectShares(
  tx: Tx,
  workspaceId: string,
  page: { personId: string; beforeId: string | null; limit: number },
): Promise<ShareRow[]> {
  return tx
    .selectFrom('vetting_share')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', page.personId)
    .$if(page.beforeId !== null, (select) => select.where('id', '<', page.beforeId ?? ''))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute();
}

export async function selectShare(tx: Tx, workspaceId: string, shareId: string): Promise<ShareRow | null> {
  const row = await tx
    .selectFrom('vetting_share')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', shareId)
    .executeTakeFirst();
  return row ?? null;
}
