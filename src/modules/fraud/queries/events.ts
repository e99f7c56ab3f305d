import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Evidence, Mode, RuleName } from '../api.ts';

export interface NewEvent {
  id: string;
  groupId: string;
  rule: RuleName;
  ruleVersion: number;
  conversionId: string | null;
  personId: string | null;
  codeId: string | null;
  mode: Mode;
  points: number;
  says: string;
  evidence: readonly Evidence[];
  happenedAt: string;
}

// What a finding is about, once for ever: an order, or all the traffic a group is about.
const hash = sql`encode(sha256(convert_to(concat_ws(E'\\n', rule, coalesce(person_id, ''), coalesce(conversion_id, group_id)), 'UTF8')), 'hex')`;

/** Writes findings; one that is known by its hash keeps its group and takes what is said now. */
export async function upsertEvents(tx: Tx, workspaceId: string, events: readonly NewEvent[], at: Date): Promise<void> {
  if (events.length === 0) return;
  await sql`
    insert into fraud_event as e (workspace_id, id, event_hash, group_id, rule, rule_version, conversion_id, person_id, mode, points, says, evidence, happened_at, found_at)
    select ${workspaceId}, id, ${hash}, group_id, rule, rule_version, conversion_id, person_id, mode, points, says, evidence, happened_at, ${at}
    from (
      select j.id, j."groupId" as group_id, j.rule, j."ruleVersion" as rule_version, j."conversionId" as conversion_id, j."personId" as person_id, j.mode, j.points,
        j.says, j.evidence, j."happenedAt" as happened_at
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as j (id text, "groupId" text, rule text, "ruleVersion" int, "conversionId" text, "personId" text,
        mode text, points int, says text, evidence jsonb, "happenedAt" timestamptz)
    ) as given order by id
    on conflict (workspace_id, event_hash) do update
    set rule_version = excluded.rule_version, mode = excluded.mode, points = excluded.points, says = excluded.says, evidence = excluded.evidence, stands = true,
      happened_at = excluded.happened_at
    where (e.rule_version, e.mode, e.points, e.says, e.evidence, e.stands, e.happened_at)
      is distinct from (excluded.rule_version, excluded.mode, excluded.points, excluded.says, excluded.evidence, true, excluded.happened_at)`.execute(
    tx,
  );
  await sql`
    update fraud_group g set newest_at = greatest(g.newest_at, n.newest)
    from (select group_id, max(found_at) as newest from fraud_event where workspace_id = ${workspaceId}
      and group_id = any(${[...new Set(events.map((event) => event.groupId))]}::text[]) group by group_id) n
    where g.workspace_id = ${workspaceId} and g.id = n.group_id`.execute(tx);
}

export interface KnownEvent {
  rule: RuleName;
  personId: string | null;
  conversionId: string;
  groupId: string;
}

/** The groups that findings about these orders stand in, whether or not they still hold. */
export async function selectEventsOfOrders(
  tx: Tx,
  workspaceId: string,
  conversionIds: readonly string[],
): Promise<KnownEvent[]> {
  const { rows } = await sql<KnownEvent>`
    select rule, person_id as "personId", conversion_id as "conversionId", group_id as "groupId" from fraud_event
    where workspace_id = ${workspaceId} and conversion_id = any(${[...conversionIds]}::text[]) order by id`.execute(tx);
  return rows;
}

/** Findings about these orders that are not among those kept stand no longer, but for what was found to be fraud. `kept` are [rule, creator, order]. */
export async function dropOrderEvents(
  tx: Tx,
  workspaceId: string,
  of: {
    conversionIds: readonly string[];
    kept: readonly { rule: string; personId: string | null; conversionId: string }[];
  },
): Promise<void> {
  await sql`
    update fraud_event e set stands = false
    from fraud_group g
    where e.workspace_id = ${workspaceId} and e.conversion_id = any(${[...of.conversionIds]}::text[]) and e.stands
      and g.workspace_id = e.workspace_id and g.id = e.group_id and g.state <> 'fraud'
      and not exists (
        select from jsonb_to_recordset(${JSON.stringify(of.kept)}::jsonb) as k (rule text, "personId" text, "conversionId" text)
        where k.rule = e.rule and k."personId" is not distinct from e.person_id and k."conversionId" = e.conversion_id
      )`.execute(tx);
}

/** The same for findings about the whole traffic of creators; `kept` are groups. */
export async function dropCreatorEvents(
  tx: Tx,
  workspaceId: string,
  of: { personIds: readonly string[]; keptGroups: readonly string[] },
): Promise<void> {
  await sql`
    update fraud_event e set stands = false
    from fraud_group g
    where e.workspace_id = ${workspaceId} and e.person_id = any(${[...of.personIds]}::text[]) and e.conversion_id is null and e.stands
      and g.workspace_id = e.workspace_id and g.id = e.group_id and g.state in ('open', 'lapsed') and not e.group_id = any(${[...of.keptGroups]}::text[])`.execute(
    tx,
  );
}

/** Open groups in which nothing stands any more lapse; returns them. */
export async function lapseEmptyGroups(tx: Tx, workspaceId: string, at: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update fraud_group g set state = 'lapsed', resolved_at = ${at}, reason = 'What it rested on is gone.'
    where g.workspace_id = ${workspaceId} and g.state = 'open'
      and not exists (select from fraud_event e where e.workspace_id = g.workspace_id and e.group_id = g.id and e.stands)
    returning g.id`.execute(tx);
  return rows.map((row) => row.id).sort();
}

export interface EventRow {
  id: string;
  conversion_id: string | null;
  person_id: string | null;
  points: number;
  says: string;
  mode: Mode;
  stands: boolean;
  evidence: Evidence[];
  happened_at: Date;
  found_at: Date;
}

export async function selectEvents(tx: Tx, workspaceId: string, groupId: string, limit: number): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select id, conversion_id, person_id, points, says, mode, stands, evidence, happened_at, found_at from fraud_event
    where workspace_id = ${workspaceId} and group_id = ${groupId} order by stands desc, happened_at desc, id limit ${limit}`.execute(
    tx,
  );
  return rows;
}

/** Orders that standing findings of a group are about. */
export async function selectOrdersOfGroup(tx: Tx, workspaceId: string, groupId: string): Promise<string[]> {
  const { rows } = await sql<{ conversion_id: string }>`
    select distinct conversion_id from fraud_event where workspace_id = ${workspaceId} and group_id = ${groupId} and stands and conversion_id is not null
    order by 1`.execute(tx);
  return rows.map((row) => row.conversion_id);
}
