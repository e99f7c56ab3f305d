import { sql } from 'kysely';
import type { Database, Tx } from '#infra/db/database.ts';

export interface BackfillRow {
  workspace_id: string;
  id: string;
  source_id: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  since: Date;
  /** Which shop is read, and where in it: {"shopId", "at"}. */
  cursor: { shopId: string; at: unknown } | null;
  pages: number;
  /** Times in a row at which the shop gave no answer. */
  waits: number;
  orders_read: number;
  orders_created: number;
  orders_updated: number;
  orders_unchanged: number;
  orders_refused: number;
  message: string | null;
  started_at: Date;
  updated_at: Date;
  ended_at: Date | null;
}

const columns = sql`workspace_id, id, source_id, state, since, cursor, pages, waits, orders_read, orders_created, orders_updated, orders_unchanged, orders_refused,
  message, started_at, updated_at, ended_at`;

/** Starts one unless one runs for the source already; false then. */
export async function insertBackfill(
  tx: Tx,
  row: { workspaceId: string; id: string; sourceId: string; since: string; shopId: string; startedBy: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into order_backfill (workspace_id, id, source_id, state, since, cursor, started_by)
    values (${row.workspaceId}, ${row.id}, ${row.sourceId}, 'running', (${row.since}::date)::timestamp at time zone 'UTC',
      ${JSON.stringify({ shopId: row.shopId, at: null })}::jsonb, ${row.startedBy})
    on conflict do nothing returning 1`.execute(tx);
  return rows.length > 0;
}

export async function selectBackfills(tx: Tx, workspaceId: string, sourceId: string): Promise<BackfillRow[]> {
  const { rows } = await sql<BackfillRow>`
    select ${columns} from order_backfill where workspace_id = ${workspaceId} and source_id = ${sourceId} order by started_at desc, id desc limit 20`.execute(
    tx,
  );
  return rows;
}

/** One reading, held until the transaction ends. */
export async function lockBackfill(tx: Tx, workspaceId: string, id: string): Promise<BackfillRow | undefined> {
  const { rows } = await sql<BackfillRow>`
    select ${columns} from order_backfill where workspace_id = ${workspaceId} and id = ${id} for update`.execute(tx);
  return rows[0];
}

/** Readings that run, in all workspaces. */
export async function runningBackfills(db: Database): Promise<BackfillRow[]> {
  const { rows } = await db.asSystem((tx) =>
    sql<BackfillRow>`select ${columns} from order_backfill where state = 'running' order by started_at, id limit 100`.execute(
      tx,
    ),
  );
  return rows;
}

/** Takes a reading for one run; false when another one is at it, or it has ended. */
export async function claimBackfill(
  tx: Tx,
  of: { workspaceId: string; id: string; leaseSeconds: number },
): Promise<boolean> {
  const { rows } = await sql`
    update order_backfill set lease_until = now() + ${of.leaseSeconds} * interval '1 second'
    where workspace_id = ${of.workspaceId} and id = ${of.id} and state = 'running' and (lease_until is null or lease_until < now()) returning 1`.execute(
    tx,
  );
  return rows.length > 0;
}

export async function releaseBackfill(tx: Tx, of: { workspaceId: string; id: string }): Promise<void> {
  await sql`update order_backfill set lease_until = null where workspace_id = ${of.workspaceId} and id = ${of.id}`.execute(
    tx,
  );
}

export async function moveBackfill(
  tx: Tx,
  of: { workspaceId: string; id: string },
  to: {
    state: BackfillRow['state'];
    cursor?: unknown;
    waits?: number;
    leaseSeconds?: number;
    message?: string | null;
    added?: { read: number; created: number; updated: number; unchanged: number; refused: number };
  },
): Promise<void> {
  const added = to.added ?? { read: 0, created: 0, updated: 0, unchanged: 0, refused: 0 };
  const isEnd = to.state !== 'running';
  await sql`
    update order_backfill set state = ${to.state}, message = ${to.message ?? null}, updated_at = now(), ended_at = case when ${isEnd} then now() end,
      cursor = case when ${to.cursor === undefined} then cursor else ${JSON.stringify(to.cursor ?? null)}::jsonb end,
      waits = ${to.waits ?? 0}, lease_until = case when ${to.leaseSeconds === undefined} then lease_until else now() + ${to.leaseSeconds ?? 0} * interval '1 second' end, pages = pages + ${to.added === undefined ? 0 : 1}, orders_read = orders_read + ${added.read}, orders_created = orders_created + ${added.created},
      orders_updated = orders_updated + ${added.updated}, orders_unchanged = orders_unchanged + ${added.unchanged}, orders_refused = orders_refused + ${added.refused}
    where workspace_id = ${of.workspaceId} and id = ${of.id}`.execute(tx);
}

/** How many readings of past orders are under way in a shop. */
export async function runningBackfillsOf(tx: Tx, workspaceId: string, shopId: string): Promise<number> {
  const { rows } = await sql<{ running: number }>`
    select count(*)::int as running from order_backfill
    where workspace_id = ${workspaceId} and state = 'running' and cursor ->> 'shopId' = ${shopId}`.execute(tx);
  return rows[0]?.running ?? 0;
}
