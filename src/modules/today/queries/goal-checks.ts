import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface GoalCheck {
  goalId: string;
  status: string;
}

/** How goals stood when they were last looked at. */
export async function selectGoalChecks(tx: Tx, workspaceId: string, goalIds: readonly string[]): Promise<GoalCheck[]> {
  const { rows } = await sql<GoalCheck>`
    select goal_id as "goalId", status from goal_check
    where workspace_id = ${workspaceId} and goal_id = any(${goalIds}::text[]) order by goal_id`.execute(tx);
  return rows;
}

/** Keeps how goals stand now; answers those whose standing changed, also against another look at the same moment. */
export async function upsertGoalChecks(
  tx: Tx,
  workspaceId: string,
  of: { checks: readonly GoalCheck[]; day: string },
): Promise<string[]> {
  const { rows } = await sql<{ goal_id: string }>`
    insert into goal_check as old (workspace_id, goal_id, status, day)
    select ${workspaceId}, new.goal_id, new.status, ${of.day}::date
    from unnest(${of.checks.map((one) => one.goalId)}::text[], ${of.checks.map((one) => one.status)}::text[]) as new (goal_id, status)
    on conflict (workspace_id, goal_id) do update set status = excluded.status, day = excluded.day
      where old.status is distinct from excluded.status
    returning goal_id`.execute(tx);
  return rows.map((row) => row.goal_id);
}
