import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';
import type { ConnectionPlatform } from '../api.ts';

export interface StoredConnection {
  platform: ConnectionPlatform;
  settings: Record<string, string>;
  credentials: Buffer | null;
  account: string | null;
  state: 'working' | 'waiting' | 'failing';
  message: string | null;
  waitUntil: Date | null;
  refreshDays: number | null;
  connectedByName: string;
  connectedAt: Date;
  lastRunAt: Date | null;
  lastOkAt: Date | null;
}

/** The platform of the profiles that a connection reads. */
export const profilePlatformOf: Record<ConnectionPlatform, Platform> = {
  youtube: 'youtube',
  instagram: 'instagram',
  tiktok: 'tiktok',
  pinterest: 'pinterest',
  feeds: 'blog',
};

export async function selectConnections(tx: Tx, workspaceId: string): Promise<StoredConnection[]> {
  const rows = await tx
    .selectFrom('connection')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('platform')
    .execute();
  return rows.map((row) => ({
    platform: row.platform as ConnectionPlatform,
    settings: row.settings as Record<string, string>,
    credentials: row.credentials,
    account: row.account,
    state: row.state as StoredConnection['state'],
    message: row.message,
    waitUntil: row.wait_until,
    refreshDays: row.refresh_days,
    connectedByName: row.connected_by_name,
    connectedAt: row.connected_at,
    lastRunAt: row.last_run_at,
    lastOkAt: row.last_ok_at,
  }));
}

export async function findConnection(
  tx: Tx,
  workspaceId: string,
  platform: ConnectionPlatform,
): Promise<StoredConnection | null> {
  return (await selectConnections(tx, workspaceId)).find((one) => one.platform === platform) ?? null;
}

export async function upsertConnection(
  tx: Tx,
  workspaceId: string,
  connection: {
    platform: ConnectionPlatform;
    settings: Record<string, string>;
    credentials: Buffer | null;
    account: string | null;
    state: StoredConnection['state'];
    message: string | null;
    refreshDays: number | null;
    actor: { id: string; name: string };
    now: Date;
  },
): Promise<void> {
  const { platform, actor, now } = connection;
  const values = {
    settings: JSON.stringify(connection.settings),
    credentials: connection.credentials,
    account: connection.account,
    state: connection.state,
    message: connection.message,
    wait_until: null,
    refresh_days: connection.refreshDays,
    connected_by: actor.id,
    connected_by_name: actor.name,
    connected_at: now,
  };
  await tx
    .insertInto('connection')
    .values({ workspace_id: workspaceId, platform, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'platform']).doUpdateSet(values))
    .execute();
}

/** True when there was one. Its tasks and usage go with it. */
export async function deleteConnection(tx: Tx, workspaceId: string, platform: ConnectionPlatform): Promise<boolean> {
  const result = await tx
    .deleteFrom('connection')
    .where('workspace_id', '=', workspaceId)
    .where('platform', '=', platform)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function setConnectionState(
  tx: Tx,
  workspaceId: string,
  change: {
    platform: ConnectionPlatform;
    state: StoredConnection['state'];
    message: string | null;
    waitUntil: Date | null;
    now: Date;
  },
): Promise<void> {
  const isOk = change.state === 'working';
  await sql`
    update connection set state = ${change.state}, message = ${change.message}, wait_until = ${change.waitUntil}, last_run_at = ${change.now},
      last_ok_at = case when ${isOk} then ${change.now} else last_ok_at end
    where workspace_id = ${workspaceId} and platform = ${change.platform}`.execute(tx);
}

export async function setCredentials(
  tx: Tx,
  workspaceId: string,
  change: { platform: ConnectionPlatform; credentials: Buffer },
): Promise<void> {
  await tx
    .updateTable('connection')
    .set({ credentials: change.credentials })
    .where('workspace_id', '=', workspaceId)
    .where('platform', '=', change.platform)
    .execute();
}

/** Takes or renews the right to work on a connection's tasks; false when another process holds it. */
export async function holdConnection(
  tx: Tx,
  workspaceId: string,
  hold: { platform: ConnectionPlatform; runner: string; now: Date; leaseSeconds: number },
): Promise<boolean> {
  const { rows } = await sql`
    update connection set runner = ${hold.runner}, lease_until = ${hold.now}::timestamptz + make_interval(secs => ${hold.leaseSeconds})
    where workspace_id = ${workspaceId} and platform = ${hold.platform}
      and (runner = ${hold.runner} or lease_until is null or lease_until <= ${hold.now})
    returning 1 as held`.execute(tx);
  return rows.length > 0;
}

export async function releaseConnection(
  tx: Tx,
  workspaceId: string,
  hold: { platform: ConnectionPlatform; runner: string },
): Promise<void> {
  await sql`
    update connection set runner = null, lease_until = null
    where workspace_id = ${workspaceId} and platform = ${hold.platform} and runner = ${hold.runner}`.execute(tx);
}

/**
 * Books units of one day; false, and nothing booked, when these would go over the limit. One statement, so that two at once cannot both take the
 * last ones.
 */
export async function bookUnits(
  tx: Tx,
  workspaceId: string,
  use: { platform: ConnectionPlatform; day: string; units: number; limit: number },
): Promise<boolean> {
  if (use.units > use.limit) return false;
  const { rows } = await sql`
    insert into connection_usage as u (workspace_id, platform, bucket, day, units)
    values (${workspaceId}, ${use.platform}, 'units', ${use.day}, ${use.units})
    on conflict (workspace_id, platform, bucket, day) do update set units = u.units + excluded.units
    where u.units + excluded.units <= ${use.limit}
    returning 1 as booked`.execute(tx);
  return rows.length > 0;
}

/** Books a name once; says when there is room again, null when it is booked. Names stay booked for `days` from the first use. */
export async function bookName(
  tx: Tx,
  workspaceId: string,
  use: { platform: ConnectionPlatform; name: string; day: string; since: string; namesMax: number },
): Promise<{ oldestDay: string } | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`connection-names:${workspaceId}:${use.platform}`}, 0))`.execute(
    tx,
  );
  const { rows } = await sql<{ bucket: string; day: string }>`
    select bucket, day::text as day from connection_usage
    where workspace_id = ${workspaceId} and platform = ${use.platform} and bucket like 'name:%' and day > ${use.since}
    order by day, bucket`.execute(tx);
  const bucket = `name:${use.name}`;
  if (rows.some((row) => row.bucket === bucket)) return null;
  const [oldest] = rows;
  if (oldest !== undefined && rows.length >= use.namesMax) return { oldestDay: oldest.day };
  await sql`
    insert into connection_usage (workspace_id, platform, bucket, day, units)
    values (${workspaceId}, ${use.platform}, ${bucket}, ${use.day}, 1) on conflict do nothing`.execute(tx);
  return null;
}

export async function selectUnits(
  tx: Tx,
  workspaceId: string,
  of: { platform: ConnectionPlatform; day: string },
): Promise<number> {
  const row = await tx
    .selectFrom('connection_usage')
    .select('units')
    .where('workspace_id', '=', workspaceId)
    .where('platform', '=', of.platform)
    .where('bucket', '=', 'units')
    .where('day', '=', of.day)
    .executeTakeFirst();
  return row?.units ?? 0;
}

export interface ConnectionCounts {
  platform: ConnectionPlatform;
  waiting: number;
  done: number;
  failed: number;
}

export async function countTasks(tx: Tx, workspaceId: string): Promise<ConnectionCounts[]> {
  const { rows } = await sql<ConnectionCounts>`
    select platform, count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'done')::int as done,
      count(*) filter (where state = 'failed')::int as failed
    from connection_task where workspace_id = ${workspaceId} group by platform`.execute(tx);
  return rows;
}

export async function countProfiles(tx: Tx, workspaceId: string): Promise<Map<Platform, number>> {
  const { rows } = await sql<{ platform: Platform; profiles: number }>`
    select platform, count(*)::int as profiles from profile where workspace_id = ${workspaceId} group by platform`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.platform, row.profiles]));
}
