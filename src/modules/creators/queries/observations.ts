import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import type { Platform } from '#kernel/platform.ts';
import {
  type AudienceKind,
  type Comment,
  type HistoryMetric,
  historyMetrics,
  type MetricPoint,
  type Post,
} from '../api.ts';
import { creatorsError } from '../errors.ts';

const number = (value: bigint | null) => (value === null ? null : Number(value));

export interface FollowerSample {
  profileId: string;
  kind: AudienceKind;
  takenAt: Date;
  source: string;
  method: string;
  size: number;
  /** Columns of equal length, one value an account. */
  accounts: Record<string, unknown[]>;
}

export interface PostQuery {
  personId?: string | undefined;
  profileId?: string | undefined;
  /** At most 500. */
  limit: number;
  cursor?: string | undefined;
}

/** Posts of a person or of one profile, newest first (those without a date last). Error: creators.bad_cursor. */
export async function listPosts(tx: Tx, workspaceId: string, query: PostQuery): Promise<Page<Post>> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const rows = await tx
    .selectFrom('post')
    .innerJoin('profile', (join) =>
      join.onRef('profile.workspace_id', '=', 'post.workspace_id').onRef('profile.id', '=', 'post.profile_id'),
    )
    .selectAll('post')
    .select(['profile.platform', 'profile.handle'])
    .select(sql<string>`coalesce(post.posted_at, '-infinity')::text`.as('sort_key'))
    .where('post.workspace_id', '=', workspaceId)
    .$if(query.profileId !== undefined, (select) => select.where('post.profile_id', '=', query.profileId ?? ''))
    .$if(query.personId !== undefined, (select) =>
      select.where(
        'post.profile_id',
        'in',
        sql<string>`(select id from profile where workspace_id = ${workspaceId} and person_id = ${query.personId ?? ''})`,
      ),
    )
    .$if(after !== null, (select) =>
      select.where(
        sql<boolean>`(coalesce(post.posted_at, '-infinity'), post.id) < (${after?.at ?? ''}::timestamptz, ${after?.id ?? ''})`,
      ),
    )
    .orderBy(sql`post.posted_at desc nulls last`)
    .orderBy('post.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    rows: page.map(toPost),
    nextCursor: rows.length > query.limit && last !== undefined ? encodeCursor([last.sort_key, last.id]) : null,
  };
}

/** Newest posts of each profile (those without a date last), `limitEach` at most of one; one statement for all. */
export async function listPostsOf(
  tx: Tx,
  workspaceId: string,
  query: { profileIds: readonly string[]; limitEach: number },
): Promise<Map<string, Post[]>> {
  const { rows } = await sql<PostRow>`
    select post.*, profile.platform, profile.handle
    from unnest(${query.profileIds}::text[]) with ordinality as wanted (id, place)
    join profile on profile.workspace_id = ${workspaceId} and profile.id = wanted.id
    cross join lateral (
      select * from post where post.workspace_id = ${workspaceId} and post.profile_id = wanted.id
      order by post.posted_at desc nulls last, post.id desc limit ${query.limitEach}
    ) post
    order by wanted.place, post.posted_at desc nulls last, post.id desc`.execute(tx);
  return Map.groupBy(rows.map(toPost), (post) => post.profileId);
}

interface PostRow {
  id: string;
  profile_id: string;
  platform: string;
  handle: string;
  external_id: string;
  url: string | null;
  posted_at: Date | null;
  format: string | null;
  caption: string | null;
  hashtags: string[];
  mentions: string[];
  location: string | null;
  likes: bigint | null;
  comments: bigint | null;
  views: bigint | null;
  shares: bigint | null;
  saves: bigint | null;
  reach: bigint | null;
  impressions: bigint | null;
  is_paid_label: boolean | null;
  photo_tags: string[];
  expires_at: Date | null;
  source: string;
  observed_at: Date;
}

function toPost(row: PostRow): Post {
  return {
    id: row.id,
    profileId: row.profile_id,
    platform: row.platform as Platform,
    handle: row.handle,
    externalId: row.external_id,
    url: row.url,
    postedAt: row.posted_at?.toISOString() ?? null,
    format: row.format,
    caption: row.caption,
    hashtags: row.hashtags,
    mentions: row.mentions,
    location: row.location,
    likes: number(row.likes),
    comments: number(row.comments),
    views: number(row.views),
    shares: number(row.shares),
    saves: number(row.saves),
    reach: number(row.reach),
    impressions: number(row.impressions),
    isPaidLabel: row.is_paid_label,
    photoTags: row.photo_tags,
    expiresAt: row.expires_at?.toISOString() ?? null,
    source: row.source,
    observedAt: row.observed_at.toISOString(),
  };
}

function readCursor(cursor: string): { at: string; id: string } {
  const key = decodeCursor(cursor);
  const [at, id] = key ?? [];
  if (typeof at !== 'string' || typeof id !== 'string' || !/^(-infinity|\d{4}[-\d :.+]{6,40})$/.test(at)) {
    throw creatorsError('bad_cursor', 'cursor was not made by this list. Start again without it.', [
      { field: 'cursor', message: 'Not a cursor of this list' },
    ]);
  }
  return { at, id };
}

/** Comments under posts, at most `limit` in all, by post and then oldest first. */
export async function listComments(
  tx: Tx,
  workspaceId: string,
  query: { postIds: string[]; limit: number },
): Promise<Comment[]> {
  const rows = await tx
    .selectFrom('comment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('post_id', '=', sql<string>`any(${query.postIds}::text[])`)
    .orderBy('post_id')
    .orderBy(sql`commented_at nulls last`)
    .orderBy('id')
    .limit(query.limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    postId: row.post_id,
    externalId: row.external_id,
    authorHandle: row.author_handle,
    text: row.text,
    likes: number(row.likes),
    commentedAt: row.commented_at?.toISOString() ?? null,
    source: row.source,
  }));
}

const historyRowsMax = 20_000;

/** Figures over time, oldest first within profile and metric; every point with its source. At most 20,000 days of all profiles together. */
export async function readMetricHistory(
  tx: Tx,
  workspaceId: string,
  query: { profileIds: string[]; metrics?: readonly HistoryMetric[] | undefined; from?: string | undefined },
): Promise<MetricPoint[]> {
  const rows = await tx
    .selectFrom('metric_history')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('profile_id', '=', sql<string>`any(${query.profileIds}::text[])`)
    .$if(query.from !== undefined, (select) => select.where('day', '>=', query.from ?? ''))
    .orderBy('profile_id')
    .orderBy('day')
    .orderBy('source')
    .limit(historyRowsMax)
    .execute();
  const columnOf = {
    followers: 'followers',
    following: 'following',
    postCount: 'post_count',
    avgLikes: 'avg_likes',
    avgComments: 'avg_comments',
    avgViews: 'avg_views',
    avgShares: 'avg_shares',
    avgSaves: 'avg_saves',
    engagementRate: 'engagement_rate',
  } as const satisfies Record<HistoryMetric, string>;
  return (query.metrics ?? historyMetrics).flatMap((metric) =>
    rows.flatMap((row) => {
      const value = row[columnOf[metric]];
      if (value === null) return [];
      return [
        {
          profileId: row.profile_id,
          metric,
          day: row.day as unknown as string,
          value: Number(value),
          source: row.source,
          observedAt: row.observed_at.toISOString(),
        },
      ];
    }),
  );
}

/** Samples of profiles' followers, newest first. */
export async function readFollowerSamples(
  tx: Tx,
  workspaceId: string,
  query: { profileIds: string[]; limit: number; kind?: AudienceKind },
): Promise<FollowerSample[]> {
  const rows = await tx
    .selectFrom('follower_sample')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('profile_id', '=', sql<string>`any(${query.profileIds}::text[])`)
    .where('kind', '=', query.kind ?? 'followers')
    .orderBy('taken_at', 'desc')
    .orderBy('profile_id')
    .limit(query.limit)
    .execute();
  return rows.map(toSample);
}

interface SampleRow {
  profile_id: string;
  kind: string;
  taken_at: Date;
  source: string;
  method: string;
  size: number;
  accounts: unknown;
}

function toSample(row: SampleRow): FollowerSample {
  return {
    profileId: row.profile_id,
    kind: row.kind as AudienceKind,
    takenAt: row.taken_at,
    source: row.source,
    method: row.method,
    size: row.size,
    accounts: row.accounts as FollowerSample['accounts'],
  };
}

/** The newest sample of each kind of each profile that has one. */
export async function newestAudienceSamples(
  tx: Tx,
  workspaceId: string,
  profileIds: readonly string[],
): Promise<Map<string, Partial<Record<AudienceKind, FollowerSample>>>> {
  const { rows } = await sql<SampleRow>`
    select distinct on (profile_id, kind) profile_id, kind, taken_at, source, method, size, accounts from follower_sample
    where workspace_id = ${workspaceId} and profile_id = any(${profileIds}::text[])
    order by profile_id, kind, taken_at desc`.execute(tx);
  const found = new Map<string, Partial<Record<AudienceKind, FollowerSample>>>();
  for (const row of rows) found.set(row.profile_id, { ...found.get(row.profile_id), [row.kind]: toSample(row) });
  return found;
}
