import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { ConnectionPlatform, ConnectionTask } from '../api.ts';
import type { HashtagSighting, TaskKind } from '../connectors/port.ts';
import { profilePlatformOf } from './connections.ts';

export interface StoredTask {
  kind: TaskKind;
  target: string;
  cursor: unknown;
  attempts: number;
  missing: { field: string; reason: string }[];
  counts: Record<string, number>;
  externalId: string | null;
  url: string | null;
}

export interface Asked {
  platform: ConnectionPlatform;
  askedBy: string;
  now: Date;
}

/**
 * Asks for things to be read. What waits already keeps its place and cursor; what is done or failed starts anew. Answers how many were put in,
 * and how many waited already.
 */
export async function insertTasks(
  tx: Tx,
  workspaceId: string,
  tasks: Asked & { wanted: { kind: TaskKind; target: string }[] },
): Promise<{ queued: number; running: number }> {
  if (tasks.wanted.length === 0) return { queued: 0, running: 0 };
  const unique = [...new Map(tasks.wanted.map((one) => [`${one.kind} ${one.target}`, one])).values()];
  const { rows } = await sql`
    insert into connection_task as t (workspace_id, platform, kind, target, state, due_at, asked_by_name, asked_at)
    select ${workspaceId}, ${tasks.platform}, kind, target, 'waiting', ${tasks.now}, ${tasks.askedBy}, ${tasks.now}
    from unnest(${unique.map((one) => one.kind)}::text[], ${unique.map((one) => one.target)}::text[]) as wanted (kind, target)
    on conflict (workspace_id, platform, kind, target) do update set state = 'waiting', cursor = null, due_at = excluded.due_at, attempts = 0,
      message = null, missing = '[]', counts = '{}', asked_by_name = excluded.asked_by_name, asked_at = excluded.asked_at, finished_at = null
    where t.state <> 'waiting'
    returning 1 as queued`.execute(tx);
  return { queued: rows.length, running: unique.length - rows.length };
}

/** Asks for every known profile of the platform that was not read since `staleBefore`. */
export async function insertProfileTasks(
  tx: Tx,
  workspaceId: string,
  tasks: Asked & { staleBefore: Date | null; limit: number },
): Promise<{ queued: number; running: number }> {
  const platform = profilePlatformOf[tasks.platform];
  const { rows } = await sql<{ waits: boolean }>`
    with known as (
      select profile.handle_key as target, coalesce(t.state = 'waiting', false) as waits from profile
      left join connection_task t on t.workspace_id = profile.workspace_id and t.platform = ${tasks.platform} and t.kind = 'profile' and t.target = profile.handle_key
      where profile.workspace_id = ${workspaceId} and profile.platform = ${platform}
        and (${tasks.staleBefore}::timestamptz is null or coalesce(t.finished_at, '-infinity') < ${tasks.staleBefore}::timestamptz)
      order by t.finished_at nulls first, profile.handle_key limit ${tasks.limit}
    ), asked as (
      insert into connection_task as t (workspace_id, platform, kind, target, state, due_at, asked_by_name, asked_at)
      select ${workspaceId}, ${tasks.platform}, 'profile', target, 'waiting', ${tasks.now}, ${tasks.askedBy}, ${tasks.now} from known where not waits
      on conflict (workspace_id, platform, kind, target) do update set state = 'waiting', cursor = null, due_at = excluded.due_at, attempts = 0,
        message = null, missing = '[]', counts = '{}', asked_by_name = excluded.asked_by_name, asked_at = excluded.asked_at, finished_at = null
      where t.state <> 'waiting'
    )
    select waits from known`.execute(tx);
  const running = rows.filter((row) => row.waits).length;
  return { queued: rows.length - running, running };
}

/** The task to go on with: begun ones first, so that few are half read at any time. */
export async function selectDueTask(
  tx: Tx,
  workspaceId: string,
  of: { platform: ConnectionPlatform; now: Date },
): Promise<StoredTask | null> {
  const { rows } = await sql<{
    kind: TaskKind;
    target: string;
    cursor: unknown;
    attempts: number;
    missing: StoredTask['missing'];
    counts: StoredTask['counts'];
    external_id: string | null;
    url: string | null;
  }>`
    select t.kind, t.target, t.cursor, t.attempts, t.missing, t.counts, profile.external_id, profile.url from connection_task t
    left join profile on profile.workspace_id = t.workspace_id and t.kind = 'profile' and profile.platform = ${profilePlatformOf[of.platform]} and profile.handle_key = t.target
    where t.workspace_id = ${workspaceId} and t.platform = ${of.platform} and t.state = 'waiting' and t.due_at <= ${of.now}
    order by (t.cursor is null), t.due_at, t.kind, t.target limit 1`.execute(tx);
  const [row] = rows;
  if (row === undefined) return null;
  const { external_id: externalId, ...rest } = row;
  return { ...rest, externalId };
}

export interface TaskKey {
  platform: ConnectionPlatform;
  kind: TaskKind;
  target: string;
}

/** Moves a task on; false when it is not where it was any more, so that what was read for it is dropped. */
export async function saveTask(
  tx: Tx,
  workspaceId: string,
  change: TaskKey & {
    cursorBefore: unknown;
    state: 'waiting' | 'done' | 'failed';
    cursor: unknown;
    dueAt: Date;
    attempts: number;
    message: string | null;
    missing: { field: string; reason: string }[];
    counts: Record<string, number>;
    finishedAt: Date | null;
  },
): Promise<boolean> {
  const { rows } = await sql`
    update connection_task set state = ${change.state}, cursor = ${jsonOrNull(change.cursor)}::jsonb, due_at = ${change.dueAt}, attempts = ${change.attempts},
      message = ${change.message}, missing = ${JSON.stringify(change.missing)}::jsonb, counts = ${JSON.stringify(change.counts)}::jsonb,
      finished_at = ${change.finishedAt}
    where workspace_id = ${workspaceId} and platform = ${change.platform} and kind = ${change.kind} and target = ${change.target}
      and state = 'waiting' and cursor is not distinct from ${jsonOrNull(change.cursorBefore)}::jsonb
    returning 1 as saved`.execute(tx);
  return rows.length > 0;
}

const jsonOrNull = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));

export async function selectTasks(
  tx: Tx,
  workspaceId: string,
  page: {
    platform: ConnectionPlatform;
    state: string | null;
    limit: number;
    after: { at: string; kind: string; target: string } | null;
  },
): Promise<ConnectionTask[]> {
  const { after } = page;
  let query = tx
    .selectFrom('connection_task')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('platform', '=', page.platform);
  if (page.state !== null) query = query.where('state', '=', page.state);
  if (after !== null)
    query = query.where(
      sql<boolean>`(asked_at, kind, target) < (${after.at}::timestamptz, ${after.kind}, ${after.target})`,
    );
  const rows = await query
    .orderBy('asked_at', 'desc')
    .orderBy('kind', 'desc')
    .orderBy('target', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map((row) => ({
    kind: row.kind as TaskKind,
    target: row.target,
    state: row.state as ConnectionTask['state'],
    message: row.message,
    dueAt: row.due_at.toISOString(),
    attempts: row.attempts,
    missing: row.missing as ConnectionTask['missing'],
    counts: row.counts as ConnectionTask['counts'],
    askedAt: row.asked_at.toISOString(),
    askedBy: row.asked_by_name,
    finishedAt: row.finished_at?.toISOString() ?? null,
  }));
}

/** Tasks of given profiles by target, of one platform. */
export async function selectTasksOf(
  tx: Tx,
  workspaceId: string,
  of: { platform: ConnectionPlatform; targets: string[] },
): Promise<
  Map<
    string,
    {
      state: ConnectionTask['state'];
      message: string | null;
      finishedAt: Date | null;
      missing: ConnectionTask['missing'];
    }
  >
> {
  const rows = await tx
    .selectFrom('connection_task')
    .select(['target', 'state', 'message', 'finished_at', 'missing'])
    .where('workspace_id', '=', workspaceId)
    .where('platform', '=', of.platform)
    .where('kind', '=', 'profile')
    .where('target', '=', sql<string>`any(${of.targets}::text[])`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.target,
      {
        state: row.state as ConnectionTask['state'],
        message: row.message,
        finishedAt: row.finished_at,
        missing: row.missing as ConnectionTask['missing'],
      },
    ]),
  );
}

/** Connections that have something to do now and nobody who does it. */
export async function selectIdleConnections(
  tx: Tx,
  now: Date,
): Promise<{ workspaceId: string; platform: ConnectionPlatform }[]> {
  const { rows } = await sql<{ workspaceId: string; platform: ConnectionPlatform }>`
    select c.workspace_id as "workspaceId", c.platform from connection c
    where c.state <> 'failing' and (c.wait_until is null or c.wait_until <= ${now}) and (c.lease_until is null or c.lease_until <= ${now})
      and exists (select from connection_task t where t.workspace_id = c.workspace_id and t.platform = c.platform and t.state = 'waiting' and t.due_at <= ${now})
    order by c.workspace_id, c.platform`.execute(tx);
  return rows;
}

/** Connections whose known profiles are to be refreshed by themselves. */
export async function selectScheduled(
  tx: Tx,
): Promise<{ workspaceId: string; platform: ConnectionPlatform; refreshDays: number }[]> {
  const { rows } = await sql<{ workspaceId: string; platform: ConnectionPlatform; refreshDays: number }>`
    select workspace_id as "workspaceId", platform, refresh_days as "refreshDays" from connection
    where refresh_days is not null and state <> 'failing' order by workspace_id, platform`.execute(tx);
  return rows;
}

export async function upsertHashtagPosts(
  tx: Tx,
  workspaceId: string,
  posts: { platform: ConnectionPlatform; hashtag: string; rows: HashtagSighting[]; now: Date },
): Promise<number> {
  if (posts.rows.length === 0) return 0;
  const { rows } = await sql<{ is_new: boolean }>`
    insert into hashtag_post as p (workspace_id, platform, hashtag, external_id, url, caption, format, likes, comments, posted_at, observed_at)
    select distinct on (r."externalId") ${workspaceId}, ${posts.platform}, ${posts.hashtag}, r."externalId", r.url, r.caption, r.format, r.likes, r.comments, r."postedAt", ${posts.now}
    from jsonb_to_recordset(${JSON.stringify(posts.rows)}::jsonb) as r ("externalId" text, url text, caption text, format text, likes bigint, comments bigint, "postedAt" timestamptz)
    on conflict (workspace_id, platform, hashtag, external_id) do update set caption = coalesce(excluded.caption, p.caption),
      likes = coalesce(excluded.likes, p.likes), comments = coalesce(excluded.comments, p.comments), observed_at = excluded.observed_at
    returning (p.xmax = 0) as is_new`.execute(tx);
  return rows.filter((row) => row.is_new).length;
}

/** Hashtags with posts, the one read last first, ties by name. */
export async function selectHashtags(
  tx: Tx,
  workspaceId: string,
  of: { platform: ConnectionPlatform; limit: number },
): Promise<{ hashtag: string; posts: number; newest_at: Date | null; read_at: Date }[]> {
  const { rows } = await sql<{ hashtag: string; posts: number; newest_at: Date | null; read_at: Date }>`
    select hashtag, count(*)::int as posts, max(posted_at) as newest_at, max(observed_at) as read_at from hashtag_post
    where workspace_id = ${workspaceId} and platform = ${of.platform}
    group by hashtag order by read_at desc, hashtag limit ${of.limit}`.execute(tx);
  return rows;
}

export async function selectHashtagPosts(
  tx: Tx,
  workspaceId: string,
  page: {
    platform: ConnectionPlatform;
    hashtag: string;
    limit: number;
    after: { at: string; externalId: string } | null;
  },
) {
  const { after } = page;
  let query = tx
    .selectFrom('hashtag_post')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('platform', '=', page.platform)
    .where('hashtag', '=', page.hashtag);
  if (after !== null)
    query = query.where(
      sql<boolean>`(coalesce(posted_at, '-infinity'), external_id) < (${after.at}::timestamptz, ${after.externalId})`,
    );
  return query
    .orderBy(sql`coalesce(posted_at, '-infinity')`, 'desc')
    .orderBy('external_id', 'desc')
    .limit(page.limit)
    .execute();
}
