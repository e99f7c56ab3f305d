import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { GroupState, Mode, RuleName, Severity } from '../api.ts';

export interface GroupRow {
  id: string;
  rule: RuleName;
  severity: Severity;
  person_id: string | null;
  code_id: string | null;
  state: GroupState;
  opened_at: Date;
  holds_from: Date | null;
  newest_at: Date;
  reason: string | null;
  resolved_by_name: string | null;
  resolved_at: Date | null;
}

const columns = sql`g.id, g.rule, g.severity, g.person_id, g.code_id, g.state, g.opened_at, g.holds_from, g.newest_at, g.reason, g.resolved_by_name, g.resolved_at`;

export interface GroupKey {
  rule: RuleName;
  personId: string | null;
  codeId: string | null;
}

/** The newest group of each key, whatever its state. */
export async function selectNewestGroups(tx: Tx, workspaceId: string, keys: readonly GroupKey[]): Promise<GroupRow[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<GroupRow>`
    select ${columns} from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k (rule text, "personId" text, "codeId" text)
    cross join lateral (
      select * from fraud_group g where g.workspace_id = ${workspaceId} and g.rule = k.rule and g.person_id is not distinct from k."personId"
        and g.code_id is not distinct from k."codeId" order by (g.state = 'open') desc, g.opened_at desc, g.id desc limit 1
    ) g`.execute(tx);
  return rows;
}

export interface NewGroup extends GroupKey {
  id: string;
  severity: Severity;
  openedAt: Date;
  holdsFrom: Date | null;
}

export async function insertGroup(tx: Tx, workspaceId: string, group: NewGroup): Promise<void> {
  await tx
    .insertInto('fraud_group')
    .values({
      workspace_id: workspaceId,
      id: group.id,
      rule: group.rule,
      severity: group.severity,
      person_id: group.personId,
      code_id: group.codeId,
      opened_at: group.openedAt,
      holds_from: group.holdsFrom,
      newest_at: group.openedAt,
    })
    .execute();
}

export async function setGroupState(
  tx: Tx,
  workspaceId: string,
  of: {
    groupId: string;
    state: GroupState;
    reason: string | null;
    by: { id: string; name: string } | null;
    at: Date | null;
  },
): Promise<void> {
  await tx
    .updateTable('fraud_group')
    .set({
      state: of.state,
      reason: of.reason,
      resolved_by: of.by?.id ?? null,
      resolved_by_name: of.by?.name ?? null,
      resolved_at: of.at,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.groupId)
    .execute();
}

export async function lockGroups(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<GroupRow[]> {
  const { rows } = await sql<GroupRow>`
    select ${columns} from fraud_group g where g.workspace_id = ${workspaceId} and g.id = any(${[...ids]}::text[]) order by g.id for update`.execute(
    tx,
  );
  return rows;
}

export interface GroupFilter {
  ids?: readonly string[] | undefined;
  state?: GroupState | undefined;
  rules?: readonly RuleName[] | undefined;
  severity?: Severity | undefined;
  personId?: string | undefined;
  appealed?: boolean | undefined;
  after?: { at: string; id: string } | undefined;
  limit: number;
}

export interface ListedGroup extends GroupRow {
  mode: Mode | null;
  says: string | null;
  findings: number;
  orders: number;
  conversion_ids: string[];
  has_open_appeal: boolean;
}

const ordersShownMax = 1000;

/** Groups with what they are about, newest first. */
export async function selectGroups(tx: Tx, workspaceId: string, filter: GroupFilter): Promise<ListedGroup[]> {
  const parts = [sql`g.workspace_id = ${workspaceId}`];
  if (filter.ids !== undefined) parts.push(sql`g.id = any(${[...filter.ids]}::text[])`);
  if (filter.state !== undefined) parts.push(sql`g.state = ${filter.state}`);
  else if (filter.ids === undefined) parts.push(sql`g.state <> 'lapsed'`);
  if (filter.rules !== undefined) parts.push(sql`g.rule = any(${[...filter.rules]}::text[])`);
  if (filter.severity !== undefined) parts.push(sql`g.severity = ${filter.severity}`);
  if (filter.personId !== undefined) parts.push(sql`g.person_id = ${filter.personId}`);
  const isAppealed = sql`exists (select from fraud_appeal a where a.workspace_id = g.workspace_id and a.group_id = g.id and a.answered_at is null)`;
  if (filter.appealed === true) parts.push(isAppealed);
  if (filter.after !== undefined)
    parts.push(
      sql`(date_trunc('milliseconds', g.newest_at), g.id) < (${filter.after.at}::timestamptz, ${filter.after.id})`,
    );
  const { rows } = await sql<ListedGroup>`
    select ${columns}, e.mode, e.says, coalesce(e.findings, 0)::int as findings, cardinality(o.ids) as orders, o.ids as conversion_ids, ${isAppealed} as has_open_appeal
    from (
      select * from fraud_group g where ${sql.join(parts, sql` and `)}
      order by date_trunc('milliseconds', g.newest_at) desc, g.id desc limit ${filter.limit}
    ) g
    left join lateral (
      select count(*) filter (where v.stands) as findings, (array_agg(v.says order by v.stands desc, v.happened_at desc, v.id))[1] as says,
        (array_agg(v.mode order by v.stands desc, v.happened_at desc, v.id))[1] as mode
      from fraud_event v where v.workspace_id = ${workspaceId} and v.group_id = g.id
    ) e on true
    cross join lateral (
      select array(
        select v.conversion_id from fraud_event v where v.workspace_id = ${workspaceId} and v.group_id = g.id and v.stands and v.conversion_id is not null
        union
        select f.conversion_id from fraud_order f where f.workspace_id = ${workspaceId} and g.state = 'open' and e.mode = 'enforce' and f.person_id = g.person_id
          and f.ordered_at >= g.holds_from
        limit ${ordersShownMax}
      ) as ids
    ) o
    order by date_trunc('milliseconds', g.newest_at) desc, g.id desc`.execute(tx);
  return rows;
}

/** Open groups whose newest finding is older, over all workspaces: [workspace, id]. System role. */
export async function selectStale(tx: Tx, workspaceId: string, of: { before: Date; limit: number }): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from fraud_group where workspace_id = ${workspaceId} and state = 'open' and newest_at < ${of.before} order by newest_at, id limit ${of.limit}`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

export interface Counts {
  open: number;
  low: number;
  medium: number;
  high: number;
  leaks: number;
  appeals: number;
  held: number;
  withdrawn: number;
  judgedOrders: number;
  judgedCreators: number;
  judgedAt: Date | null;
}

export async function countAll(tx: Tx, workspaceId: string, codeRules: readonly RuleName[]): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select g.*, o.*, (select count(*)::int from fraud_appeal where workspace_id = ${workspaceId} and answered_at is null) as appeals,
      (select count(*)::int from fraud_creator where workspace_id = ${workspaceId}) as "judgedCreators"
    from (
      select count(*)::int as open, (count(*) filter (where severity = 'low'))::int as low, (count(*) filter (where severity = 'medium'))::int as medium,
        (count(*) filter (where severity = 'high'))::int as high, (count(*) filter (where rule = any(${[...codeRules]}::text[])))::int as leaks
      from fraud_group where workspace_id = ${workspaceId} and state = 'open'
    ) g cross join (
      select (count(*) filter (where state = 'held'))::int as held, (count(*) filter (where state = 'withdrawn'))::int as withdrawn, count(*)::int as "judgedOrders",
        max(judged_at) as "judgedAt" from fraud_order where workspace_id = ${workspaceId}
    ) o`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('An aggregate always answers with one row');
  return row;
}

/** Orders in a state, of one creator or of all. */
export async function selectOrdersIn(
  tx: Tx,
  workspaceId: string,
  of: { state: 'held' | 'withdrawn'; personId?: string; limit: number },
): Promise<string[]> {
  const person = of.personId === undefined ? sql`true` : sql`person_id = ${of.personId}`;
  const { rows } = await sql<{ conversion_id: string }>`
    select conversion_id from fraud_order where workspace_id = ${workspaceId} and state = ${of.state} and ${person} order by conversion_id limit ${of.limit}`.execute(
    tx,
  );
  return rows.map((row) => row.conversion_id);
}

/** Orders credited to a creator from an instant on. */
export async function selectOrdersFrom(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; from: Date; limit: number },
): Promise<{ conversionId: string; orderedAt: Date }[]> {
  const { rows } = await sql<{ conversionId: string; orderedAt: Date }>`
    select conversion_id as "conversionId", ordered_at as "orderedAt" from fraud_order
    where workspace_id = ${workspaceId} and person_id = ${of.personId} and ordered_at >= ${of.from} order by ordered_at, conversion_id limit ${of.limit}`.execute(
    tx,
  );
  return rows;
}

/** Orders withdrawn that were of this creator when it was decided. */
export async function countWithdrawn(tx: Tx, workspaceId: string, personId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct e.conversion_id)::int as count from fraud_event e
    join fraud_group g on g.workspace_id = e.workspace_id and g.id = e.group_id and g.state = 'fraud'
    where e.workspace_id = ${workspaceId} and g.person_id = ${personId} and e.conversion_id is not null and e.stands`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}
