import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Finding } from '../rules/score-findings.ts';
import type { TrafficFigures } from '../rules/traffic-figures.ts';

/** Judging in one workspace goes one after the other, so that two never open the same group. Held until the transaction ends. */
export async function lockJudging(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`fraud:${workspaceId}`}, 0))`.execute(tx);
}

export interface OrderJudgement {
  conversionId: string;
  personId: string | null;
  orderedAt: string;
  score: number;
  findings: readonly Finding[];
}

/** Creators these orders were credited to when they were judged last. */
export async function selectPersonsBefore(
  tx: Tx,
  workspaceId: string,
  conversionIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct person_id from fraud_order
    where workspace_id = ${workspaceId} and conversion_id = any(${[...conversionIds]}::text[]) and person_id is not null order by 1`.execute(
    tx,
  );
  return rows.map((row) => row.person_id);
}

export async function upsertOrders(
  tx: Tx,
  workspaceId: string,
  of: { orders: readonly OrderJudgement[]; policyVersion: number; at: Date },
): Promise<void> {
  await sql`
    insert into fraud_order as o (workspace_id, conversion_id, person_id, ordered_at, score, findings, policy_version, judged_at)
    select ${workspaceId}, j."conversionId", j."personId", j."orderedAt", j.score, j.findings, ${of.policyVersion}, ${of.at}
    from jsonb_to_recordset(${JSON.stringify(of.orders)}::jsonb) as j ("conversionId" text, "personId" text, "orderedAt" timestamptz, score int, findings jsonb)
    order by 2
    on conflict (workspace_id, conversion_id) do update
    set person_id = excluded.person_id, ordered_at = excluded.ordered_at, score = excluded.score, findings = excluded.findings,
      policy_version = excluded.policy_version, judged_at = excluded.judged_at`.execute(tx);
}

export interface CreatorJudgement {
  personId: string;
  figures: TrafficFigures;
  score: number;
  findings: readonly Finding[];
  state: 'clear' | 'flagged';
}

/** Figures alone, before anybody is compared. */
export async function saveFigures(
  tx: Tx,
  workspaceId: string,
  of: { creators: readonly { personId: string; figures: TrafficFigures }[]; at: Date },
): Promise<void> {
  await sql`
    insert into fraud_creator as c (workspace_id, person_id, figures, score, findings, state, policy_version, judged_at)
    select ${workspaceId}, j."personId", j.figures, 0, '[]', 'clear', 0, ${of.at}
    from jsonb_to_recordset(${JSON.stringify(of.creators)}::jsonb) as j ("personId" text, figures jsonb) order by 2
    on conflict (workspace_id, person_id) do update set figures = excluded.figures, judged_at = excluded.judged_at`.execute(
    tx,
  );
}

export async function saveCreators(
  tx: Tx,
  workspaceId: string,
  of: { creators: readonly CreatorJudgement[]; policyVersion: number; at: Date },
): Promise<void> {
  await sql`
    update fraud_creator c set score = j.score, findings = j.findings, state = j.state, policy_version = ${of.policyVersion}, judged_at = ${of.at}
    from jsonb_to_recordset(${JSON.stringify(of.creators)}::jsonb) as j ("personId" text, score int, findings jsonb, state text)
    where c.workspace_id = ${workspaceId} and c.person_id = j."personId"`.execute(tx);
}

/** Figures of all creators that were ever judged; what is usual is told by them. */
export async function selectFigures(
  tx: Tx,
  workspaceId: string,
  limit: number,
): Promise<{ personId: string; figures: TrafficFigures }[]> {
  const { rows } = await sql<{ personId: string; figures: TrafficFigures }>`
    select person_id as "personId", figures from fraud_creator where workspace_id = ${workspaceId} order by person_id limit ${limit}`.execute(
    tx,
  );
  return rows;
}

export interface StoredCreator extends CreatorJudgement {
  judgedAt: Date;
}

export async function findCreator(tx: Tx, workspaceId: string, personId: string): Promise<StoredCreator | undefined> {
  const { rows } = await sql<StoredCreator>`
    select person_id as "personId", figures, score, findings, state, judged_at as "judgedAt"
    from fraud_creator where workspace_id = ${workspaceId} and person_id = ${personId}`.execute(tx);
  return rows[0];
}

export interface StoredOrder {
  conversionId: string;
  personId: string | null;
  score: number;
  findings: Finding[];
  state: 'clear' | 'flagged' | 'held' | 'cleared' | 'withdrawn';
  heldSince: Date | null;
  policyVersion: number;
  judgedAt: Date;
}

export async function findOrder(tx: Tx, workspaceId: string, conversionId: string): Promise<StoredOrder | undefined> {
  const { rows } = await sql<StoredOrder>`
    select conversion_id as "conversionId", person_id as "personId", score, findings, state, held_since as "heldSince", policy_version as "policyVersion", judged_at as "judgedAt"
    from fraud_order where workspace_id = ${workspaceId} and conversion_id = ${conversionId}`.execute(tx);
  return rows[0];
}

/**
 * Says of these orders, and of all of these creators, what follows for their credit: withdrawn when a group that was found to be fraud is about them, held by an open
 * group that enforces, flagged by one that watches, cleared when all are decided. Findings speak against the creator the order is credited to.
 */
export async function refreshStates(
  tx: Tx,
  workspaceId: string,
  of: { conversionIds: readonly string[]; personIds: readonly string[]; at: Date },
): Promise<void> {
  await sql`
    with target as (
      select conversion_id, person_id, ordered_at from fraud_order
      where workspace_id = ${workspaceId} and (conversion_id = any(${[...of.conversionIds]}::text[]) or person_id = any(${[...of.personIds]}::text[]))
    ), said as (
      select t.conversion_id, g.state, e.mode from target t
      join fraud_event e on e.workspace_id = ${workspaceId} and e.conversion_id = t.conversion_id and e.stands
      join fraud_group g on g.workspace_id = ${workspaceId} and g.id = e.group_id and g.state <> 'lapsed'
        and (g.state = 'fraud' or e.person_id is not distinct from t.person_id)
      union all
      select t.conversion_id, g.state, e.mode from target t
      join fraud_group g on g.workspace_id = ${workspaceId} and g.person_id = t.person_id and g.state = 'open' and g.holds_from <= t.ordered_at
      join fraud_event e on e.workspace_id = ${workspaceId} and e.group_id = g.id and e.stands and e.conversion_id is null and e.mode = 'enforce'
    ), told as (
      select t.conversion_id, case when bool_or(s.state = 'fraud') then 'withdrawn' when bool_or(s.state = 'open' and s.mode = 'enforce') then 'held'
        when bool_or(s.state = 'open') then 'flagged' when count(s.state) > 0 then 'cleared' else 'clear' end as state
      from target t left join said s on s.conversion_id = t.conversion_id group by t.conversion_id
    )
    update fraud_order o set state = told.state, held_since = case when told.state <> 'held' then null else coalesce(o.held_since, ${of.at}) end
    from told where o.workspace_id = ${workspaceId} and o.conversion_id = told.conversion_id and o.state is distinct from told.state`.execute(
    tx,
  );
}

export async function markDue(tx: Tx, workspaceId: string, personIds: readonly string[], at: Date): Promise<void> {
  if (personIds.length === 0) return;
  await sql`
    insert into fraud_due (workspace_id, person_id, since)
    select ${workspaceId}, id, ${at} from unnest(${[...new Set(personIds)].sort()}::text[]) as id on conflict do nothing`.execute(
    tx,
  );
}

/** Takes creators that are due; they stay due when this transaction fails. */
export async function takeDue(tx: Tx, workspaceId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    delete from fraud_due d using (
      select person_id from fraud_due where workspace_id = ${workspaceId} order by since, person_id limit ${limit} for update skip locked
    ) as due where d.workspace_id = ${workspaceId} and d.person_id = due.person_id returning d.person_id`.execute(tx);
  return rows.map((row) => row.person_id).sort();
}

/** Workspaces in which somebody is due. System role. */
export async function selectDueWorkspaces(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`select distinct workspace_id from fraud_due order by 1`.execute(
    tx,
  );
  return rows.map((row) => row.workspace_id);
}

export interface Visit {
  personId: string;
  day: string;
  visitor: string;
  network: string | null;
}

export async function selectVisits(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<Visit[]> {
  const { rows } = await sql<Visit>`
    select person_id as "personId", to_char(day, 'YYYY-MM-DD') as day, encode(visitor_hash, 'hex') as visitor, encode(prefix_hash, 'hex') as network
    from fraud_visit where workspace_id = ${workspaceId} and person_id = any(${[...personIds]}::text[]) order by person_id, day, visitor_hash`.execute(
    tx,
  );
  return rows;
}

export async function insertVisit(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; day: string; visitor: string; network: string | null },
): Promise<void> {
  await sql`
    insert into fraud_visit (workspace_id, person_id, day, visitor_hash, prefix_hash)
    values (${workspaceId}, ${of.personId}, ${of.day}, decode(${of.visitor}, 'hex'), decode(${of.network}, 'hex')) on conflict do nothing`.execute(
    tx,
  );
}

/** System role. */
export async function deleteOldVisits(tx: Tx, beforeDay: string): Promise<void> {
  await sql`delete from fraud_visit where day < ${beforeDay}::date`.execute(tx);
}
