import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** How far the tables of a workspace are. */
export interface BuildRow {
  state: 'filling' | 'ready';
  layout: number;
  afterPersonId: string;
  filled: number;
}

const columns = sql`state, layout, after_person_id as "afterPersonId", filled::float8 as filled`;

/** Null when nothing is kept for the workspace. */
export async function selectBuild(tx: Tx, workspaceId: string): Promise<BuildRow | null> {
  const { rows } = await sql<BuildRow>`select ${columns} from search_build where workspace_id = ${workspaceId}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** The same, and nobody else changes the tables of the workspace until this transaction ends. */
export async function lockBuild(tx: Tx, workspaceId: string): Promise<BuildRow | null> {
  const { rows } = await sql<BuildRow>`
    select ${columns} from search_build where workspace_id = ${workspaceId} for update`.execute(tx);
  return rows[0] ?? null;
}

/** Begins filling, unless that was begun before. */
export async function beginBuild(tx: Tx, workspaceId: string, given: { layout: number; at: Date }): Promise<void> {
  await sql`
    insert into search_build (workspace_id, state, layout, after_person_id, filled, started_at)
    values (${workspaceId}, 'filling', ${given.layout}, '', 0, ${given.at})
    on conflict (workspace_id) do nothing`.execute(tx);
}

export async function noteFilled(
  tx: Tx,
  workspaceId: string,
  filled: { afterPersonId: string; count: number },
): Promise<void> {
  await sql`
    update search_build set after_person_id = ${filled.afterPersonId}, filled = filled + ${filled.count}
    where workspace_id = ${workspaceId}`.execute(tx);
}

export async function finishBuild(tx: Tx, workspaceId: string, at: Date): Promise<void> {
  await sql`update search_build set state = 'ready', finished_at = ${at} where workspace_id = ${workspaceId}`.execute(
    tx,
  );
}

/** Takes out all that is kept for a workspace. */
export async function deleteTables(tx: Tx, workspaceId: string): Promise<void> {
  await sql`delete from search_person where workspace_id = ${workspaceId}`.execute(tx);
  await sql`delete from search_profile where workspace_id = ${workspaceId}`.execute(tx);
  await sql`delete from search_text where workspace_id = ${workspaceId}`.execute(tx);
  await sql`delete from search_value where workspace_id = ${workspaceId}`.execute(tx);
  await sql`delete from search_word where workspace_id = ${workspaceId}`.execute(tx);
  await sql`delete from search_fact where workspace_id = ${workspaceId}`.execute(tx);
  await sql`delete from search_build where workspace_id = ${workspaceId}`.execute(tx);
}
