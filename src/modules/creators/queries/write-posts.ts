import { sql } from 'kysely';
import type pg from 'pg';
import type { Tx } from '#infra/db/database.ts';
import { newId } from '#kernel/id.ts';
import type { CommentRow, PostRow } from '../api.ts';
import type { PostAverages } from '../rules/figures-from-posts.ts';
import { type CopyValue, copyRows } from './copy-text.ts';

const temporaryPosts = `create temp table if not exists creators_in_post (id text, profile_id text, external_id text, url text, posted_at timestamptz, format text,
  caption text, hashtags text[], mentions text[], location text, likes bigint, comments bigint, views bigint, shares bigint, saves bigint, reach bigint,
  impressions bigint, is_paid_label boolean, duration_s float8, latitude float8, longitude float8, expires_at timestamptz, photo_tags text[], source text, observed_at timestamptz) on commit delete rows`;
const temporaryComments = `create temp table if not exists creators_in_comment (id text, post_id text, external_id text, author_handle text, text text,
  likes bigint, commented_at timestamptz, source text) on commit delete rows`;

const columns = [
  'url',
  'posted_at',
  'format',
  'caption',
  'location',
  'likes',
  'comments',
  'views',
  'shares',
  'saves',
  'reach',
  'impressions',
  'is_paid_label',
  'duration_s',
  'latitude',
  'longitude',
  'expires_at',
];
const tagColumns = ['hashtags', 'mentions', 'photo_tags'];

// The rule of mergeFields in SQL: what is known beats what is not, the later statement the earlier, of one instant the greater value.
const held = (
  column: string,
) => `case when p.${column} is null then excluded.${column} when excluded.${column} is null then p.${column}
  when excluded.observed_at > p.observed_at then excluded.${column} when excluded.observed_at < p.observed_at then p.${column}
  when p.${column} >= excluded.${column} then p.${column} else excluded.${column} end`;
const heldTags = (
  column: string,
) => `case when p.${column} = '{}' or (excluded.${column} <> '{}' and (excluded.observed_at, excluded.${column}) > (p.observed_at, p.${column}))
  then excluded.${column} else p.${column} end`;
const assignments = [
  ...columns.map((column) => `${column} = ${held(column)}`),
  ...tagColumns.map((column) => `${column} = ${heldTags(column)}`),
];
const differences = [
  ...columns.map((column) => `p.${column} is distinct from ${held(column)}`),
  ...tagColumns.map((column) => `p.${column} is distinct from ${heldTags(column)}`),
];
const all = ['profile_id', 'external_id', ...columns, ...tagColumns, 'source', 'observed_at'].join(', ');

const upsertPosts = `insert into post as p (workspace_id, id, ${all}) select $1, id, ${all} from creators_in_post
  on conflict (workspace_id, profile_id, external_id) do update set ${assignments.join(', ')}, observed_at = greatest(p.observed_at, excluded.observed_at)
  where ${differences.join(' or ')}
  returning p.profile_id, p.external_id, (p.xmax = 0) as is_new`;

export interface PostWrite {
  profileId: string;
  post: PostRow;
}

/** Inserts or completes posts; says by `profileId externalId` what was new and what changed, and leaves out what stayed as it was. */
export async function writePosts(
  client: pg.PoolClient,
  writes: { workspaceId: string; source: string; observedAt: string; posts: PostWrite[] },
): Promise<Map<string, 'created' | 'updated'>> {
  if (writes.posts.length === 0) return new Map();
  await client.query(temporaryPosts);
  await copyRows(
    client,
    'creators_in_post',
    writes.posts.map(({ profileId, post }): CopyValue[] => [
      newId('post'),
      profileId,
      post.externalId,
      post.url ?? null,
      post.postedAt ?? null,
      post.format ?? null,
      post.caption ?? null,
      post.hashtags ?? [],
      post.mentions ?? [],
      post.location ?? null,
      post.likes ?? null,
      post.comments ?? null,
      post.views ?? null,
      post.shares ?? null,
      post.saves ?? null,
      post.reach ?? null,
      post.impressions ?? null,
      post.isPaidLabel ?? null,
      post.durationS ?? null,
      post.latitude ?? null,
      post.longitude ?? null,
      post.expiresAt ?? null,
      post.photoTags ?? [],
      writes.source,
      writes.observedAt,
    ]),
  );
  const { rows } = await client.query<{ profile_id: string; external_id: string; is_new: boolean }>(upsertPosts, [
    writes.workspaceId,
  ]);
  return new Map(rows.map((row) => [`${row.profile_id} ${row.external_id}`, row.is_new ? 'created' : 'updated']));
}

/** Posts by platform and their own id: where comments belong. */
export async function selectPostIds(
  tx: Tx,
  workspaceId: string,
  wanted: { platform: string; externalIds: string[] },
): Promise<Map<string, { postId: string; personId: string }>> {
  const { rows } = await sql<{ external_id: string; id: string; person_id: string }>`
    select distinct on (post.external_id) post.external_id, post.id, profile.person_id
    from post join profile on profile.workspace_id = post.workspace_id and profile.id = post.profile_id
    where post.workspace_id = ${workspaceId} and profile.platform = ${wanted.platform} and post.external_id = any(${wanted.externalIds}::text[])
    order by post.external_id, post.id`.execute(tx);
  return new Map(rows.map((row) => [row.external_id, { postId: row.id, personId: row.person_id }]));
}

const upsertComments = `insert into comment as c (workspace_id, id, post_id, external_id, author_handle, text, likes, commented_at, source)
  select $1, id, post_id, external_id, author_handle, text, likes, commented_at, source from creators_in_comment
  on conflict (workspace_id, post_id, external_id) do update set author_handle = coalesce(c.author_handle, excluded.author_handle),
    text = greatest(c.text, excluded.text), likes = greatest(c.likes, excluded.likes), commented_at = coalesce(c.commented_at, excluded.commented_at)
  where (c.author_handle is null and excluded.author_handle is not null) or c.text < excluded.text or greatest(c.likes, excluded.likes) is distinct from c.likes
    or (c.commented_at is null and excluded.commented_at is not null)
  returning c.id, c.post_id, c.external_id, (c.xmax = 0) as is_new`;

/** Inserts or completes comments; as writePosts, with the ids of those written. */
export async function writeComments(
  client: pg.PoolClient,
  writes: { workspaceId: string; source: string; comments: { postId: string; comment: CommentRow }[] },
): Promise<{ written: Map<string, 'created' | 'updated'>; ids: string[] }> {
  if (writes.comments.length === 0) return { written: new Map(), ids: [] };
  await client.query(temporaryComments);
  await copyRows(
    client,
    'creators_in_comment',
    writes.comments.map(({ postId, comment }): CopyValue[] => [
      newId('comment'),
      postId,
      comment.externalId,
      comment.authorHandle ?? null,
      comment.text,
      comment.likes ?? null,
      comment.commentedAt ?? null,
      writes.source,
    ]),
  );
  const { rows } = await client.query<{ id: string; post_id: string; external_id: string; is_new: boolean }>(
    upsertComments,
    [writes.workspaceId],
  );
  return {
    written: new Map(rows.map((row) => [`${row.post_id} ${row.external_id}`, row.is_new ? 'created' : 'updated'])),
    ids: rows.map((row) => row.id),
  };
}

export interface PostFigures extends PostAverages {
  profileId: string;
  personId: string;
  platform: string;
  handleKey: string;
}

/** Averages over the newest 12 posts of each profile. */
export async function selectPostFigures(tx: Tx, workspaceId: string, profileIds: string[]): Promise<PostFigures[]> {
  const { rows } = await sql<Record<string, number | bigint | string | Date | null>>`
    select wanted.profile_id, p.person_id, p.platform, p.handle_key, m.followers, max(r.observed_at) as observed_at, max(r.posted_at) as last_post_at,
      count(r.posted_at) as dated, avg(r.likes)::float8 as likes, count(r.likes) as likes_n, avg(r.comments)::float8 as comments, count(r.comments) as comments_n,
      avg(r.views)::float8 as views, count(r.views) as views_n, avg(r.shares)::float8 as shares, count(r.shares) as shares_n, avg(r.saves)::float8 as saves, count(r.saves) as saves_n,
      avg(r.likes + r.comments)::float8 as both_mean, count(r.likes + r.comments) as both_n
    from unnest(${profileIds}::text[]) as wanted (profile_id)
    join profile p on p.workspace_id = ${workspaceId} and p.id = wanted.profile_id
    left join profile_metric m on m.workspace_id = p.workspace_id and m.profile_id = p.id
    cross join lateral (
      select likes, comments, views, shares, saves, posted_at, observed_at from post
      where workspace_id = ${workspaceId} and profile_id = wanted.profile_id order by posted_at desc nulls last, id desc limit 12
    ) r
    group by wanted.profile_id, p.person_id, p.platform, p.handle_key, m.followers`.execute(tx);
  const number = (value: unknown) => (value === null || value === undefined ? null : Number(value));
  const mean = (row: Record<string, unknown>, name: string, countName: string) => ({
    mean: number(row[name]),
    n: Number(row[countName] ?? 0),
  });
  return rows.map((row) => ({
    profileId: String(row.profile_id),
    personId: String(row.person_id),
    platform: String(row.platform),
    handleKey: String(row.handle_key),
    followers: number(row.followers),
    observedAt: (row.observed_at as Date).toISOString(),
    lastPostAt: (row.last_post_at as Date | null)?.toISOString() ?? null,
    datedPosts: Number(row.dated),
    likes: mean(row, 'likes', 'likes_n'),
    comments: mean(row, 'comments', 'comments_n'),
    views: mean(row, 'views', 'views_n'),
    shares: mean(row, 'shares', 'shares_n'),
    saves: mean(row, 'saves', 'saves_n'),
    both: mean(row, 'both_mean', 'both_n'),
  }));
}
