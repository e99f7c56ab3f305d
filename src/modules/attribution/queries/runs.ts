import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** What one creator on one campaign has by the rules before and after, in one currency. Amounts as text, since it is kept as JSON. */
export interface StoredMove {
  personId: string | null;
  campaignId: string | null;
  currency: string;
  ordersBefore: number;
  ordersAfter: number;
  beforeMinor: string;
  afterMinor: string;
}

export interface RunRow {
  id: string;
  kind: 'try' | 'apply';
  campaign_id: string | null;
  policy: unknown;
  version: number | null;
  state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
  orders_total: number | null;
  orders_done: number;
  orders_changed: number;
  moves: StoredMove[];
  moves_total: number;
  problem: string | null;
  created_by_name: string;
  created_at: Date;
  finished_at: Date | null;
}

const columns = sql`id, kind, campaign_id, policy, version, state, orders_total, orders_done, orders_changed, moves_total, problem, created_by_name, created_at, finished_at`;

export async function insertRun(
  tx: Tx,
  of: {
    workspaceId: string;
    id: string;
    kind: RunRow['kind'];
    campaignId: string | null;
    policy: unknown;
    version: number | null;
    by: { id: string; name: string };
    at: Date;
  },
): Promise<void> {
  await sql`
    insert into credit_run (workspace_id, id, kind, campaign_id, policy, version, created_by, created_by_name, created_at)
    values (${of.workspaceId}, ${of.id}, ${of.kind}, ${of.campaignId}, ${of.policy === null ? null : JSON.stringify(of.policy)}::jsonb, ${of.version},
      ${of.by.id}, ${of.by.name}, ${of.at})`.execute(tx);
}

export async function selectRun(tx: Tx, workspaceId: string, id: string): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`
    select ${columns}, moves from credit_run where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
  return rows[0];
}

export async function selectRuns(tx: Tx, workspaceId: string, limit: number): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select ${columns}, '[]'::jsonb as moves from credit_run where workspace_id = ${workspaceId} order by created_at desc, id desc limit ${limit}`.execute(
    tx,
  );
  return rows;
}

/** Begins or takes up a run; false when it has ended or was cancelled. */
export async function beginRun(tx: Tx, workspaceId: string, of: { id: string; ordersTotal: number }): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update credit_run set state = 'running', orders_total = ${of.ordersTotal}, orders_done = 0, orders_changed = 0
    where workspace_id = ${workspaceId} and id = ${of.id} and state in ('waiting', 'running') returning id`.execute(tx);
  return rows.length > 0;
}

/** Says how far a run is; false when it was cancelled meanwhile. */
export async function moveRun(
  tx: Tx,
  workspaceId: string,
  of: { id: string; done: number; changed: number },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update credit_run set orders_done = ${of.done}, orders_changed = ${of.changed}
    where workspace_id = ${workspaceId} and id = ${of.id} and state = 'running' returning id`.execute(tx);
  return rows.length > 0;
}

export async function endRun(
  tx: Tx,
  workspaceId: string,
  of: {
    id: string;
    state: 'done' | 'failed';
    moves: readonly StoredMove[];
    movesTotal: number;
    problem: string | null;
    at: Date;
  },
): Promise<void> {
  await sql`
    update credit_run set state = ${of.state}, moves = ${JSON.stringify(of.moves)}::jsonb, moves_total = ${of.movesTotal}, problem = ${of.problem}, finished_at = ${of.at}
    where workspace_id = ${workspaceId} and id = ${of.id} and state in ('waiting', 'running')`.execute(tx);
}

/** Stops a run that has not ended; false when it has. */
export async function stopRun(tx: Tx, workspaceId: string, of: { id: string; at: Date }): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update credit_run set state = 'cancelled', finished_at = ${of.at}
    where workspace_id = ${workspaceId} and id = ${of.id} and state in ('waiting', 'running') returning id`.execute(tx);
  return rows.length > 0;
}

/** What each creator gained or lost by the entries of one run, and what they have now. */
export async function sumRunChanges(tx: Tx, workspaceId: string, runId: string): Promise<StoredMove[]> {
  const { rows } = await sql<StoredMove>`
    with moved as (
      select person_id, campaign_id, currency, sum(delta_minor)::bigint as minor, sum(delta_orders)::int as orders
      from credit_change where workspace_id = ${workspaceId} and run_id = ${runId} group by 1, 2, 3
    ), now as (
      select m.person_id, m.campaign_id, m.currency, coalesce(sum(c.credited_minor), 0)::bigint as minor, count(*) filter (where c.is_counted)::int as orders
      from moved m left join credit c on c.workspace_id = ${workspaceId} and c.model = 'paid' and c.rule <> 'none' and c.currency = m.currency
        and c.person_id is not distinct from m.person_id and c.campaign_id is not distinct from m.campaign_id
      group by 1, 2, 3
    )
    select m.person_id as "personId", m.campaign_id as "campaignId", m.currency, n.orders - m.orders as "ordersBefore", n.orders as "ordersAfter",
      (n.minor - m.minor)::text as "beforeMinor", n.minor::text as "afterMinor"
    from moved m join now n on n.currency = m.currency and n.person_id is not distinct from m.person_id and n.campaign_id is not distinct from m.campaign_id
    order by abs(m.minor) desc, m.person_id, m.campaign_id, m.currency`.execute(tx);
  return rows;
}
