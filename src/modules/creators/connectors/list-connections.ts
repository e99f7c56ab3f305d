import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { dayIn } from '#kernel/time.ts';
import {
  type Connection,
  type ConnectionPlatform,
  type ConnectionTask,
  connectionNames,
  type Hashtag,
  type HashtagPost,
  hashtagsMax,
  type listConnectionTasks,
  type listHashtagPosts,
  type listHashtags,
} from '../api.ts';
import { creatorsError } from '../errors.ts';
import { selectHashtagPosts, selectHashtags, selectTasks } from '../queries/connection-tasks.ts';
import {
  countProfiles,
  countTasks,
  profilePlatformOf,
  type StoredConnection,
  selectConnections,
  selectUnits,
} from '../queries/connections.ts';
import { nextMidnight } from '../rules/next-midnight.ts';
import type { Connector } from './port.ts';

/** Every platform that can be connected, connected or not. */
export async function listAll(
  infra: Infra,
  connectors: readonly Connector[],
  call: { workspaceId: string },
): Promise<Connection[]> {
  const { workspaceId } = call;
  const now = infra.clock.now();
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const stored = new Map((await selectConnections(tx, workspaceId)).map((one) => [one.platform, one]));
    const tasks = new Map((await countTasks(tx, workspaceId)).map((one) => [one.platform, one]));
    const profiles = await countProfiles(tx, workspaceId);
    const connections: Connection[] = [];
    for (const connector of connectors) {
      const { platform, budget } = connector;
      const connection = stored.get(platform);
      const used =
        budget === null || connection === undefined
          ? 0
          : await selectUnits(tx, workspaceId, { platform, day: dayIn(budget.timeZone, now) });
      const counts = tasks.get(platform);
      connections.push({
        platform,
        name: connectionNames[platform],
        about: connector.about,
        ...stateOf(connection, now),
        quota:
          budget === null
            ? null
            : {
                used,
                limit: budget.unitsPerDay,
                unit: budget.unit,
                resetsAt: nextMidnight(budget.timeZone, now).toISOString(),
              },
        tasks: { waiting: counts?.waiting ?? 0, done: counts?.done ?? 0, failed: counts?.failed ?? 0 },
        profiles: profiles.get(profilePlatformOf[platform]) ?? 0,
      });
    }
    return connections;
  });
}

function stateOf(connection: StoredConnection | undefined, now: Date) {
  const isOver = connection?.waitUntil != null && connection.waitUntil <= now;
  return {
    state: connection === undefined ? ('off' as const) : isOver ? ('working' as const) : connection.state,
    account: connection?.account ?? null,
    settings: connection?.settings ?? {},
    message: isOver ? null : (connection?.message ?? null),
    waitUntil: isOver ? null : (connection?.waitUntil?.toISOString() ?? null),
    refreshDays: connection?.refreshDays ?? null,
    connectedAt: connection?.connectedAt.toISOString() ?? null,
    connectedBy: connection?.connectedByName ?? null,
    lastRunAt: connection?.lastRunAt?.toISOString() ?? null,
    lastOkAt: connection?.lastOkAt?.toISOString() ?? null,
  };
}

export async function getConnection(
  infra: Infra,
  connectors: readonly Connector[],
  of: { workspaceId: string; platform: ConnectionPlatform },
): Promise<Connection> {
  const found = (await listAll(infra, connectors, of)).find((one) => one.platform === of.platform);
  if (found === undefined) throw new Error(`No connector for ${of.platform}`);
  return found;
}

/** What was asked of a platform, newest first. Error: bad_cursor. */
export async function listTasksPage(
  infra: Infra,
  call: Call<typeof listConnectionTasks>,
): Promise<Page<ConnectionTask>> {
  const { platform, state, limit, cursor } = call.input;
  const [at, kind, target] = readCursor(cursor, 3);
  const after = at === undefined || kind === undefined || target === undefined ? null : { at, kind, target };
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) =>
    selectTasks(tx, call.workspaceId, { platform, state: state ?? null, limit: limit + 1, after }),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { rows: page, nextCursor: hasMore ? encodeCursor([last.askedAt, last.kind, last.target]) : null };
}

/** Hashtags that were read, the last one first. */
export async function listHashtagsRead(infra: Infra, call: Call<typeof listHashtags>): Promise<Hashtag[]> {
  const { workspaceId, input } = call;
  const rows = await infra.db.inWorkspace(workspaceId, (tx) =>
    selectHashtags(tx, workspaceId, { platform: input.platform, limit: hashtagsMax }),
  );
  return rows.map((row) => ({
    hashtag: row.hashtag,
    posts: row.posts,
    newestPostAt: row.newest_at?.toISOString() ?? null,
    readAt: row.read_at.toISOString(),
  }));
}

/** Posts read under a hashtag, newest first. Error: bad_cursor. */
export async function listHashtagPage(infra: Infra, call: Call<typeof listHashtagPosts>): Promise<Page<HashtagPost>> {
  const { platform, limit, cursor } = call.input;
  const hashtag = call.input.hashtag.replace(/^#+/, '').toLowerCase();
  const [at, externalId] = readCursor(cursor, 2);
  const after = at === undefined || externalId === undefined ? null : { at, externalId };
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) =>
    selectHashtagPosts(tx, call.workspaceId, { platform, hashtag, limit: limit + 1, after }),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    rows: page.map((row) => ({
      hashtag: row.hashtag,
      externalId: row.external_id,
      url: row.url,
      caption: row.caption,
      format: row.format,
      likes: row.likes === null ? null : Number(row.likes),
      comments: row.comments === null ? null : Number(row.comments),
      postedAt: row.posted_at?.toISOString() ?? null,
      observedAt: row.observed_at.toISOString(),
    })),
    nextCursor: hasMore ? encodeCursor([last.posted_at?.toISOString() ?? '-infinity', last.external_id]) : null,
  };
}

function readCursor(cursor: string | undefined, parts: number): string[] {
  if (cursor === undefined) return [];
  const key = decodeCursor(cursor);
  const texts = (key ?? []).filter((part) => typeof part === 'string');
  if (texts.length !== parts || !/^(-infinity|\d{4}-\d\d-\d\dT[\d:.]{8,16}Z)$/.test(texts[0] ?? ''))
    throw creatorsError('bad_cursor', 'cursor was not made by this list. Start again without it.', [
      { field: 'cursor', message: 'Not a cursor of this list' },
    ]);
  return texts;
}
