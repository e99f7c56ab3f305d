import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface PostageWrite {
  enrolmentId: string;
  /** Null is not known. */
  postageMinor: bigint | null;
  /** What of it stands for parcels that nobody entered postage for. */
  assumedMinor: bigint;
}

/** Postage of creators on a campaign, held in one order for everybody. */
export async function lockPostage(tx: Tx, workspaceId: string, of: { campaignId: string; ids: readonly string[] }) {
  return tx
    .selectFrom('enrolment')
    .select(['id', 'person_id', 'postage_minor', 'postage_assumed_minor'])
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', of.campaignId)
    .where('id', '=', sql<string>`any(${of.ids}::text[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function updatePostage(tx: Tx, workspaceId: string, rows: readonly PostageWrite[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.enrolmentId);
  const postage = rows.map((row) => row.postageMinor?.toString() ?? null);
  const assumed = rows.map((row) => row.assumedMinor.toString());
  await sql`
    update enrolment e set postage_minor = new.postage_minor, postage_assumed_minor = new.assumed_minor
    from unnest(${ids}::text[], ${postage}::bigint[], ${assumed}::bigint[]) as new (id, postage_minor, assumed_minor)
    where e.workspace_id = ${workspaceId} and e.id = new.id`.execute(tx);
}
