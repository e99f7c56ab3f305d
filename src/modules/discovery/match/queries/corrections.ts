import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface CorrectionRow {
  topics: string[];
  reason: string;
  corrected_by: string;
  corrected_at: Date;
}

export async function correctionsOf(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, CorrectionRow>> {
  const { rows } = await sql<CorrectionRow & { person_id: string }>`
    select person_id, topics, reason, corrected_by, corrected_at from creator_topic_correction
    where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.person_id, row]));
}

export async function saveCorrection(
  tx: Tx,
  workspaceId: string,
  given: CorrectionRow & { person_id: string },
): Promise<void> {
  await sql`
    insert into creator_topic_correction (workspace_id, person_id, topics, reason, corrected_by, corrected_at)
    values (${workspaceId}, ${given.person_id}, ${given.topics}::text[], ${given.reason}, ${given.corrected_by}, ${given.corrected_at})
    on conflict (workspace_id, person_id) do update set topics = excluded.topics, reason = excluded.reason,
      corrected_by = excluded.corrected_by, corrected_at = excluded.corrected_at`.execute(tx);
}

export async function dropCorrection(tx: Tx, workspaceId: string, personId: string): Promise<void> {
  await sql`delete from creator_topic_correction where workspace_id = ${workspaceId} and person_id = ${personId}`.execute(
    tx,
  );
}

/** What people said about an absorbed person holds for the kept one, unless something was said about that; the absorbed keeps its own for a split. */
export async function copyDecisions(
  tx: Tx,
  workspaceId: string,
  of: { keptPersonId: string; absorbedPersonId: string },
): Promise<void> {
  await sql`
    insert into creator_topic_correction (workspace_id, person_id, topics, reason, corrected_by, corrected_at)
    select workspace_id, ${of.keptPersonId}, topics, reason, corrected_by, corrected_at from creator_topic_correction
    where workspace_id = ${workspaceId} and person_id = ${of.absorbedPersonId}
    on conflict (workspace_id, person_id) do nothing`.execute(tx);
  await sql`
    insert into match_overrule (workspace_id, brief_key, person_id, decision, reason, decided_by, decided_at)
    select workspace_id, brief_key, ${of.keptPersonId}, decision, reason, decided_by, decided_at from match_overrule
    where workspace_id = ${workspaceId} and person_id = ${of.absorbedPersonId}
    on conflict (workspace_id, brief_key, person_id) do nothing`.execute(tx);
}
