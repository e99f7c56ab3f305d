import { type Selectable, sql } from 'kysely';
import type { NoPostReason as NoPostTable } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type NoPostRow = Selectable<NoPostTable>;

/** Why creators did not post: of a campaign, or one of them. */
export async function selectNoPosts(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string } | { enrolmentId: string },
): Promise<NoPostRow[]> {
  const [column, value] =
    'campaignId' in of ? (['campaign_id', of.campaignId] as const) : (['enrolment_id', of.enrolmentId] as const);
  return tx
    .selectFrom('no_post_reason')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where(column, '=', value)
    .orderBy('enrolment_id')
    .execute();
}

export async function putNoPost(tx: Tx, row: NoPostRow): Promise<void> {
  const { workspace_id: _w, enrolment_id: _e, ...values } = row;
  await tx
    .insertInto('no_post_reason')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'enrolment_id']).doUpdateSet(values))
    .execute();
}

export async function deleteNoPost(tx: Tx, workspaceId: string, enrolmentId: string): Promise<void> {
  await tx
    .deleteFrom('no_post_reason')
    .where('workspace_id', '=', workspaceId)
    .where('enrolment_id', '=', enrolmentId)
    .execute();
}

/** What erased persons wrote, and their names, go; the reason stays for the campaign's count. */
export async function clearNoPostNotes(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<void> {
  await sql`
    update no_post_reason set note = null, by_name = case when said_by = 'creator' then 'A creator' else by_name end
    where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[])`.execute(tx);
}
