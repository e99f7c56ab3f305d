import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { IncidentRule } from '../api.ts';
import type { Strike } from '../rules/apply-rules.ts';

export interface IncidentRow {
  id: string;
  person_id: string;
  campaign_id: string | null;
  about: 'creator' | 'brand';
  kind: string;
  summary: string;
  evidence: unknown;
  occurred_on: string;
  state: 'open' | 'answered' | 'closed';
  is_shared: boolean;
  answer: string | null;
  answered_by: string | null;
  answered_at: Date | null;
  outcome: 'upheld' | 'dismissed' | null;
  outcome_reason: string | null;
  closed_by: string | null;
  closed_at: Date | null;
  opened_by: string;
  opened_side: 'creator' | 'brand';
  opened_at: Date;
}

const columns = sql`id, person_id, campaign_id, about, kind, summary, evidence, occurred_on, state, is_shared, answer, answered_by, answered_at,
  outcome, outcome_reason, closed_by, closed_at, opened_by, opened_side, opened_at`;

/** Newest first, ties by id; one more than the limit tells that there is a next page. */
export async function selectIncidents(
  tx: Tx,
  workspaceId: string,
  of: {
    personId?: string | undefined;
    states?: readonly string[] | undefined;
    about?: string | undefined;
    limit: number;
    after: { at: string; id: string } | null;
  },
): Promise<IncidentRow[]> {
  const { rows } = await sql<IncidentRow>`
    select ${columns} from incident
    where workspace_id = ${workspaceId}
      and (${of.personId ?? null}::text is null or person_id = ${of.personId ?? null})
      and (${of.states ?? null}::text[] is null or state = any(${of.states ?? null}::text[]))
      and (${of.about ?? null}::text is null or about = ${of.about ?? null})
      and (${of.after?.at ?? null}::timestamptz is null
        or (date_trunc('milliseconds', opened_at), id) < (${of.after?.at ?? null}::timestamptz, ${of.after?.id ?? ''}))
    order by date_trunc('milliseconds', opened_at) desc, id desc limit ${of.limit + 1}`.execute(tx);
  return rows;
}

/** What a creator may read: shared with them, or written down by them. */
export async function selectIncidentsForCreator(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; incidentId?: string },
): Promise<IncidentRow[]> {
  const { rows } = await sql<IncidentRow>`
    select ${columns} from incident
    where workspace_id = ${workspaceId} and person_id = ${of.personId} and (is_shared or opened_side = 'creator')
      and (${of.incidentId ?? null}::text is null or id = ${of.incidentId ?? null})
    order by opened_at desc, id desc limit 200`.execute(tx);
  return rows;
}

export async function lockIncident(tx: Tx, workspaceId: string, id: string): Promise<IncidentRow | undefined> {
  const { rows } = await sql<IncidentRow>`
    select ${columns} from incident where workspace_id = ${workspaceId} and id = ${id} for update`.execute(tx);
  return rows[0];
}

export async function insertIncident(
  tx: Tx,
  workspaceId: string,
  row: Pick<
    IncidentRow,
    | 'id'
    | 'person_id'
    | 'campaign_id'
    | 'about'
    | 'kind'
    | 'summary'
    | 'occurred_on'
    | 'is_shared'
    | 'opened_by'
    | 'opened_side'
    | 'opened_at'
  > & { evidence: unknown },
): Promise<void> {
  await tx
    .insertInto('incident')
    .values({ workspace_id: workspaceId, ...row, evidence: JSON.stringify(row.evidence) })
    .execute();
}

export interface IncidentChange {
  state?: IncidentRow['state'];
  is_shared?: boolean;
  answer?: string;
  answered_by?: string;
  answered_at?: Date;
  outcome?: IncidentRow['outcome'];
  outcome_reason?: string | null;
  closed_by?: string | null;
  closed_at?: Date | null;
}

export async function updateIncident(
  tx: Tx,
  workspaceId: string,
  of: { id: string; change: IncidentChange },
): Promise<void> {
  await tx
    .updateTable('incident')
    .set(of.change)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

/** Incidents about creators that were upheld, by person; of all persons when none are named. */
export async function selectStrikes(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[] | null,
): Promise<(Strike & { personId: string })[]> {
  const { rows } = await sql<Strike & { personId: string }>`
    select id, person_id as "personId", kind, occurred_on as "occurredOn" from incident
    where workspace_id = ${workspaceId} and about = 'creator' and outcome = 'upheld'
      and (${personIds}::text[] is null or person_id = any(${personIds}::text[]))
    order by person_id, occurred_on, id`.execute(tx);
  return rows;
}

export async function countIncidents(
  tx: Tx,
  workspaceId: string,
  personId: string,
): Promise<{ strikes: number; open: number; brandStrikes: number; openByCreator: number }> {
  const { rows } = await sql<{ strikes: number; open: number; brandStrikes: number; openByCreator: number }>`
    select (count(*) filter (where about = 'creator' and outcome = 'upheld'))::int as strikes,
      (count(*) filter (where state <> 'closed'))::int as open,
      (count(*) filter (where about = 'brand' and outcome = 'upheld'))::int as "brandStrikes",
      (count(*) filter (where state <> 'closed' and opened_side = 'creator'))::int as "openByCreator"
    from incident where workspace_id = ${workspaceId} and person_id = ${personId}`.execute(tx);
  return rows[0] ?? { strikes: 0, open: 0, brandStrikes: 0, openByCreator: 0 };
}

export async function selectRules(tx: Tx, workspaceId: string) {
  return tx
    .selectFrom('incident_rules')
    .select(['rules', 'saved_by', 'saved_at'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
}

export async function upsertRules(
  tx: Tx,
  workspaceId: string,
  of: { rules: readonly IncidentRule[]; savedBy: string; at: Date },
): Promise<void> {
  const row = { rules: JSON.stringify(of.rules), saved_by: of.savedBy, saved_at: of.at };
  await tx
    .insertInto('incident_rules')
    .values({ workspace_id: workspaceId, ...row })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(row))
    .execute();
}

/** Flags of these persons, or of all; standing ones only unless asked. Newest first. */
export async function selectFlags(
  tx: Tx,
  workspaceId: string,
  of: { personIds: readonly string[] | null; withLifted: boolean; limit: number },
) {
  let query = tx.selectFrom('do_not_work').selectAll().where('workspace_id', '=', workspaceId);
  if (of.personIds !== null) query = query.where('person_id', '=', sql<string>`any(${[...of.personIds]}::text[])`);
  if (!of.withLifted) query = query.where('lifted_at', 'is', null);
  return query.orderBy('set_at', 'desc').orderBy('id', 'desc').limit(of.limit).execute();
}
export type FlagRow = Awaited<ReturnType<typeof selectFlags>>[number];

/** False when the person is flagged already. */
export async function insertFlag(
  tx: Tx,
  workspaceId: string,
  of: {
    id: string;
    personId: string;
    source: 'rule' | 'person';
    reason: string;
    incidentIds: readonly string[];
    setBy: string;
    at: Date;
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into do_not_work (workspace_id, id, person_id, source, reason, incident_ids, set_by, set_at)
    values (${workspaceId}, ${of.id}, ${of.personId}, ${of.source}, ${of.reason}, ${of.incidentIds}::text[], ${of.setBy}, ${of.at})
    on conflict (workspace_id, person_id) where lifted_at is null do nothing returning id`.execute(tx);
  return rows.length > 0;
}

export async function liftFlagRow(
  tx: Tx,
  workspaceId: string,
  of: { id: string; by: string; reason: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('do_not_work')
    .set({ lifted_by: of.by, lifted_at: of.at, lifted_reason: of.reason })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .where('lifted_at', 'is', null)
    .execute();
}
