import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface Happening {
  id: string;
  name: string;
  payload: Record<string, string>;
  at: Date;
}

/** Keeps what happened, for dry runs; the same event once. */
export async function insertHappenings(tx: Tx, workspaceId: string, some: readonly Happening[]): Promise<void> {
  await sql`
    insert into automation_event (workspace_id, id, name, payload, happened_at)
    select ${workspaceId}, * from unnest(${some.map((one) => one.id)}::text[], ${some.map((one) => one.name)}::text[],
      ${some.map((one) => JSON.stringify(one.payload))}::jsonb[], ${some.map((one) => one.at)}::timestamptz[])
    on conflict do nothing`.execute(tx);
}

/** The newest of a kind. */
export async function selectHappenings(
  tx: Tx,
  workspaceId: string,
  of: { name: string; limit: number },
): Promise<Happening[]> {
  const rows = await tx
    .selectFrom('automation_event')
    .select(['id', 'name', 'payload', 'happened_at'])
    .where('workspace_id', '=', workspaceId)
    .where('name', '=', of.name)
    .orderBy('happened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(of.limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    payload: row.payload as Record<string, string>,
    at: row.happened_at,
  }));
}

/** Forgets what is older, in all workspaces. */
export async function forgetHappenings(tx: Tx, before: Date): Promise<void> {
  await sql`delete from automation_event where happened_at < ${before}`.execute(tx);
}
