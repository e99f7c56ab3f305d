import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** Happenings of a workspace that some part of the program has not worked on yet. */
export async function countPendingEvents(tx: Tx, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ n: bigint }>`
    select count(distinct event_id) as n from outbox_delivery where workspace_id = ${workspaceId}`.execute(tx);
  return Number(rows[0]?.n ?? 0);
}
