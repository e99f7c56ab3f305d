import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { MatchWeights } from '../../api.ts';

export interface WeightsRow {
  version: number;
  weights: MatchWeights;
  reason: string | null;
  changed_by: string;
  changed_at: Date;
}

/** Versions of the weights, newest first. */
export async function selectWeights(tx: Tx, workspaceId: string, limit: number): Promise<WeightsRow[]> {
  const { rows } = await sql<WeightsRow>`
    select version, weights, reason, changed_by, changed_at from match_weights
    where workspace_id = ${workspaceId} order by version desc limit ${limit}`.execute(tx);
  return rows;
}

/** Adds a version; false when somebody added it first. */
export async function insertWeights(tx: Tx, workspaceId: string, row: WeightsRow): Promise<boolean> {
  const { rows } = await sql`
    insert into match_weights (workspace_id, version, weights, reason, changed_by, changed_at)
    values (${workspaceId}, ${row.version}, ${JSON.stringify(row.weights)}::jsonb, ${row.reason}, ${row.changed_by}, ${row.changed_at})
    on conflict (workspace_id, version) do nothing returning version`.execute(tx);
  return rows.length === 1;
}

export interface OverruleRow {
  person_id: string;
  decision: 'fit' | 'no_fit';
  reason: string;
  decided_by: string;
  decided_at: Date;
}

export async function selectOverrules(
  tx: Tx,
  workspaceId: string,
  briefKey: string,
): Promise<Map<string, OverruleRow>> {
  const { rows } = await sql<OverruleRow>`
    select person_id, decision, reason, decided_by, decided_at from match_overrule
    where workspace_id = ${workspaceId} and brief_key = ${briefKey}`.execute(tx);
  return new Map(rows.map((row) => [row.person_id, row]));
}

export async function saveOverrule(tx: Tx, workspaceId: string, briefKey: string, row: OverruleRow): Promise<void> {
  await sql`
    insert into match_overrule (workspace_id, brief_key, person_id, decision, reason, decided_by, decided_at)
    values (${workspaceId}, ${briefKey}, ${row.person_id}, ${row.decision}, ${row.reason}, ${row.decided_by}, ${row.decided_at})
    on conflict (workspace_id, brief_key, person_id) do update set decision = excluded.decision, reason = excluded.reason,
      decided_by = excluded.decided_by, decided_at = excluded.decided_at`.execute(tx);
}

export async function dropOverrule(
  tx: Tx,
  workspaceId: string,
  of: { briefKey: string; personId: string },
): Promise<void> {
  await sql`
    delete from match_overrule where workspace_id = ${workspaceId} and brief_key = ${of.briefKey} and person_id = ${of.personId}`.execute(
    tx,
  );
}
