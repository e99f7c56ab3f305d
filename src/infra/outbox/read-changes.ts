import { sql } from 'kysely';
import type { Tx } from '../db/database.ts';
import type { OutboxEvent } from './consumer.ts';

/**
 * Up to where a reader has seen what happened: every transaction before `xid` is over and was seen. `database` tells this database from a
 * restored copy or another server, whose transaction numbers mean something else.
 */
export interface Horizon {
  database: string;
  xid: string;
}

/** The horizon of this moment: whoever reads the tables after it and then asks for changes since it misses nothing. */
export async function readHorizon(tx: Tx): Promise<Horizon> {
  const { rows } = await sql<Horizon>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xid,
      (select system_identifier::text from pg_control_system()) || '/' || (select timeline_id from pg_control_checkpoint()) || '/'
        || (select oid from pg_database where datname = current_database()) as database`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('The database did not tell its horizon.');
  return row;
}

/**
 * Events of the names that were committed since the horizon and are not among `seenIds`, with the horizon to go on from. Whatever was open
 * at the old horizon, or began after it, has a number at or above it, in whatever order it committed; so none is missed, and one that was
 * named as seen does not come again. `stillSeenIds` are to be named the next time.
 */
export async function readChanges(
  tx: Tx,
  asked: { workspaceId: string; names: readonly string[]; since: Horizon; seenIds: ReadonlySet<string> },
): Promise<{ events: OutboxEvent[]; horizon: Horizon; stillSeenIds: string[] }> {
  const { workspaceId, names, since } = asked;
  const seenIds = [...asked.seenIds];
  // One statement, so that events and horizon are of one snapshot. Numbers above it are of rows brought in from another database.
  const { rows } = await sql<Row>`
    with now as materialized (
      select pg_snapshot_xmin(pg_current_snapshot()) as xmin, pg_snapshot_xmax(pg_current_snapshot()) as xmax
    )
    select now.xmin::text as horizon, o.id, o.name, o.created_at, o.xid >= now.xmin as comes_again,
      case when o.id = any(${seenIds}::text[]) then null else o.payload end as payload
    from now left join outbox o on o.workspace_id = ${workspaceId} and o.xid >= ${since.xid}::xid8 and o.xid < now.xmax
      and o.name = any(${[...names]}::text[])
    order by o.id`.execute(tx);
  const found = rows.filter((row) => row.id !== null);
  return {
    events: found
      .filter((row) => !asked.seenIds.has(row.id))
      .map(({ id, name, payload, created_at: createdAt }) => ({ workspaceId, id, name, payload, createdAt })),
    horizon: { database: since.database, xid: rows[0]?.horizon ?? since.xid },
    stillSeenIds: found.filter((row) => row.comes_again).map((row) => row.id),
  };
}

/** A left join: all but the horizon is null in the one row there is when nothing happened. */
interface Row {
  horizon: string;
  id: string;
  name: string;
  payload: unknown;
  created_at: Date;
  comes_again: boolean;
}
