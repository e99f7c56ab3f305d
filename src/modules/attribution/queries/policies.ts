import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface PolicyRow {
  version: number;
  campaign_id: string | null;
  policy: unknown;
  note: string | null;
  created_by_name: string;
  created_at: Date;
}

/** The newest version of the workspace and of each campaign that ever had its own. */
export async function selectCurrentPolicies(tx: Tx, workspaceId: string): Promise<PolicyRow[]> {
  const { rows } = await sql<PolicyRow>`
    select distinct on (coalesce(campaign_id, '')) version, campaign_id, policy, note, created_by_name, created_at
    from attribution_policy where workspace_id = ${workspaceId} order by coalesce(campaign_id, ''), version desc`.execute(
    tx,
  );
  return rows;
}

export async function selectPolicyHistory(tx: Tx, workspaceId: string, limit: number): Promise<PolicyRow[]> {
  const { rows } = await sql<PolicyRow>`
    select version, campaign_id, policy, note, created_by_name, created_at
    from attribution_policy where workspace_id = ${workspaceId} order by version desc limit ${limit}`.execute(tx);
  return rows;
}

/** Adds a version; two at once wait for each other, so that numbers stay whole. */
export async function insertPolicy(
  tx: Tx,
  of: {
    workspaceId: string;
    campaignId: string | null;
    policy: unknown;
    note: string | null;
    by: { id: string; name: string };
    at: Date;
  },
): Promise<PolicyRow> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`attribution_policy ${of.workspaceId}`}, 0))`.execute(tx);
  const { rows } = await sql<PolicyRow>`
    insert into attribution_policy (workspace_id, version, campaign_id, policy, note, created_by, created_by_name, created_at)
    select ${of.workspaceId}, coalesce(max(version), 0) + 1, ${of.campaignId}, ${of.policy === null ? null : JSON.stringify(of.policy)}::jsonb, ${of.note},
      ${of.by.id}, ${of.by.name}, ${of.at}
    from attribution_policy where workspace_id = ${of.workspaceId}
    returning version, campaign_id, policy, note, created_by_name, created_at`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('A version that was written is always returned.');
  return row;
}

/** Whose rules a version was; null for the workspace's and for those that come with the program. */
export async function findPolicyScope(tx: Tx, workspaceId: string, version: number): Promise<string | null> {
  const { rows } = await sql<{ campaign_id: string | null }>`
    select campaign_id from attribution_policy where workspace_id = ${workspaceId} and version = ${version}`.execute(
    tx,
  );
  return rows[0]?.campaign_id ?? null;
}
