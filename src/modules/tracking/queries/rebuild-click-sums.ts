import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** The tables whose rows are sums of hits. */
export const clickSumTables = ['click_daily', 'click_weekly', 'click_facet', 'click_hour'] as const;
export type ClickSumTable = (typeof clickSumTables)[number];

const counts = sql`sum(c.clicks)::bigint as clicks, sum(c.visitors)::bigint as visitors, sum(c.dropped)::bigint as dropped`;
// The whole workspace, and the campaign where there is one.
const scopes = sql`cross join lateral (select '' as campaign_id union all select c.campaign_id where c.campaign_id is not null) s`;

const derived: Record<ClickSumTable, { keys: string[]; rows: RawBuilder<unknown> }> = {
  click_daily: {
    keys: ['link_id', 'day'],
    rows: sql`select c.link_id, c.day, ${counts} from click_cube c group by 1, 2`,
  },
  click_weekly: {
    keys: ['week', 'link_id'],
    rows: sql`select date_trunc('week', c.day)::date as week, c.link_id, ${counts} from click_cube c group by 1, 2`,
  },
  click_facet: {
    keys: ['campaign_id', 'day', 'facet', 'value'],
    rows: sql`
      select s.campaign_id, c.day, f.facet, f.value, ${counts} from click_cube c ${scopes}
      cross join lateral (values ('all', ''), ('channel', c.channel), ('country', c.country), ('device', c.device), ('reason', c.reason)) f (facet, value)
      where f.value is not null group by 1, 2, 3, 4`,
  },
  click_hour: {
    keys: ['campaign_id', 'hour'],
    rows: sql`select s.campaign_id, c.hour, ${counts} from click_cube c ${scopes} group by 1, 2`,
  },
};

/** Keeps every drain from the sums until this transaction ends; drains that began before are waited for. Redirects go on: their clicks wait in the log. */
export async function holdClickSums(tx: Tx): Promise<void> {
  await sql`lock table click_daily in share row exclusive mode`.execute(tx);
  await sql`set local work_mem = '256MB'`.execute(tx);
}

/** Makes what this transaction reads be of one moment; its first statement. */
export async function readOneMoment(tx: Tx): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(tx);
}

/** True when hits are stored of which it is not said whether a visitor counts by them. */
export async function hasUnmarked(tx: Tx, workspaceId: string): Promise<boolean> {
  const { rows } = await sql`
    select from click where workspace_id = ${workspaceId} and counted and is_first is null limit 1`.execute(tx);
  return rows.length > 0;
}

/** Says by which click each visitor counts where that is not said yet, or everywhere after the days became those of another time zone. */
export async function markFirstClicks(
  tx: Tx,
  of: { workspaceId: string; timeZone: string; isAnew: boolean },
): Promise<void> {
  await sql`
    update click k set is_first = m.is_first
    from (
      select k.day, k.click_id, row_number() over (
        partition by k.link_id, (k.clicked_at at time zone ${of.timeZone})::date, k.visitor_hash order by k.is_first desc nulls last, k.clicked_at, k.click_id) = 1 as is_first
      from click k where k.workspace_id = ${of.workspaceId} and k.counted
    ) m
    where k.workspace_id = ${of.workspaceId} and k.day = m.day and k.click_id = m.click_id
      and (k.is_first is null or ${of.isAnew} and k.is_first <> m.is_first)`.execute(tx);
}

/** Counts all hits of a workspace once, as the rows the sums are made of, for this transaction. */
export async function countAllHits(tx: Tx, of: { workspaceId: string; timeZone: string }): Promise<void> {
  await sql`
    create temporary table click_cube on commit drop as
    select k.link_id, l.campaign_id, (k.clicked_at at time zone ${of.timeZone})::date as day, date_trunc('hour', k.clicked_at, 'UTC') as hour,
      coalesce(k.channel, '') as channel, coalesce(k.country::text, '') as country, coalesce(k.device, '') as device,
      case when k.counted then null else coalesce(k.drop_reason, 'unknown') end as reason,
      count(*) filter (where k.counted) as clicks, count(*) filter (where k.counted and k.is_first) as visitors, count(*) filter (where not k.counted) as dropped
    from click k
    join link l on l.workspace_id = k.workspace_id and l.id = k.link_id
    where k.workspace_id = ${of.workspaceId}
    group by 1, 2, 3, 4, 5, 6, 7, 8`.execute(tx);
  await sql`analyze click_cube`.execute(tx);
}

export interface SumDifference {
  table: ClickSumTable;
  /** Rows as the hits say. */
  rows: number;
  /** Rows that are missing, too many or say something else. */
  differing: number;
}

/** How the sums differ from the hits counted by countAllHits. */
export async function compareClickSums(tx: Tx, workspaceId: string): Promise<SumDifference[]> {
  const found: SumDifference[] = [];
  for (const table of clickSumTables) {
    const { keys, rows: expected } = derived[table];
    const list = sql.join(keys.map((key) => sql.ref(key)));
    const { rows } = await sql<{ rows: number; differing: number }>`
      select count(e.clicks)::int as rows,
        (count(*) filter (where (e.clicks, e.visitors, e.dropped) is distinct from (t.clicks, t.visitors, t.dropped)))::int as differing
      from (${expected}) e
      full join (select ${list}, clicks, visitors, dropped from ${sql.table(table)} where workspace_id = ${workspaceId}) t using (${list})`.execute(
      tx,
    );
    found.push({ table, rows: rows[0]?.rows ?? 0, differing: rows[0]?.differing ?? 0 });
  }
  return found;
}

/** Puts the sums that follow from the hits in place of those that stand. */
export async function writeClickSums(
  tx: Tx,
  of: { workspaceId: string; timeZone: string; at: Date; tables: readonly ClickSumTable[] },
): Promise<void> {
  const { workspaceId } = of;
  for (const table of of.tables) {
    const { keys, rows } = derived[table];
    const columns = sql.join([...keys, 'clicks', 'visitors', 'dropped'].map((key) => sql.ref(key)));
    await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(tx);
    await sql`insert into ${sql.table(table)} (workspace_id, ${columns}) select ${workspaceId}, ${columns} from (${rows}) e`.execute(
      tx,
    );
  }
  await sql`
    insert into click_sum_state (workspace_id, time_zone, built_at) values (${workspaceId}, ${of.timeZone}, ${of.at})
    on conflict (workspace_id) do update set time_zone = excluded.time_zone, built_at = excluded.built_at`.execute(tx);
}

export interface SumState {
  timeZone: string;
  builtAt: Date;
}

export async function findSumState(tx: Tx, workspaceId: string): Promise<SumState | null> {
  const { rows } = await sql<SumState>`
    select time_zone as "timeZone", built_at as "builtAt" from click_sum_state where workspace_id = ${workspaceId}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** Workspaces whose sums were never built, or are of another time zone's days. */
export async function selectStaleSums(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select w.id from workspace w left join click_sum_state s on s.workspace_id = w.id where s.time_zone is distinct from w.time_zone order by w.id`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}
