import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface HealthTask {
  workspaceId: string;
  linkId: string;
  target: string;
}

/** Live links whose destination was not asked since `before`, longest waiting first, over all workspaces. */
export async function dueForCheck(tx: Tx, of: { before: Date; limit: number }): Promise<HealthTask[]> {
  const { rows } = await sql<HealthTask>`
    select l.workspace_id as "workspaceId", l.id as "linkId", l.target from link l
    left join link_health h on h.workspace_id = l.workspace_id and h.link_id = l.id
    where l.state = 'live' and (l.expires_at is null or l.expires_at > now())
      and (h.checked_at is null or h.checked_at < ${of.before} or h.target <> l.target)
      and exists (select from workspace w where w.id = l.workspace_id and not w.is_sample)
    order by h.checked_at nulls first, l.id limit ${of.limit}`.execute(tx);
  return rows;
}

export interface HealthFinding {
  linkId: string;
  target: string;
  state: 'ok' | 'broken' | 'unknown';
  status: number | null;
  problem: string | null;
}

/** Notes what destinations answered; `since` stays while the state does. */
export async function noteHealth(
  tx: Tx,
  workspaceId: string,
  of: { findings: readonly HealthFinding[]; at: Date },
): Promise<void> {
  if (of.findings.length === 0) return;
  await sql`
    insert into link_health as h (workspace_id, link_id, target, state, status, problem, checked_at, since)
    select ${workspaceId}, f."linkId", f.target, f.state, f.status, f.problem, ${of.at}, ${of.at}
    from jsonb_to_recordset(${JSON.stringify(of.findings)}::jsonb) as f ("linkId" text, target text, state text, status int, problem text)
    join link l on l.workspace_id = ${workspaceId} and l.id = f."linkId"
    on conflict (workspace_id, link_id) do update set target = excluded.target, state = excluded.state, status = excluded.status,
      problem = excluded.problem, checked_at = excluded.checked_at,
      since = case when h.state = excluded.state then h.since else excluded.since end`.execute(tx);
}

export interface BrokenLink {
  linkId: string;
  slug: string;
  personId: string | null;
  problem: string;
  since: Date;
}

/** Live links whose destination did not answer, oldest first. */
export async function selectBroken(tx: Tx, workspaceId: string, limit: number): Promise<BrokenLink[]> {
  const { rows } = await sql<BrokenLink>`
    select l.id as "linkId", l.slug, l.person_id as "personId", coalesce(h.problem, '') as problem, h.since from link_health h
    join link l on l.workspace_id = h.workspace_id and l.id = h.link_id
    where h.workspace_id = ${workspaceId} and h.state = 'broken' and l.state = 'live' order by h.since, l.id limit ${limit}`.execute(
    tx,
  );
  return rows;
}
