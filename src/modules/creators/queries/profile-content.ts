import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { type ContentPost, contentPostsMax, type ProfileContent } from '../rules/content-from-posts.ts';

export interface ContentPosts {
  profileId: string;
  personId: string;
  handle: string;
  followers: number | null;
  posts: ContentPost[];
}

/** The newest posts of profiles, newest first. */
export async function selectContentPosts(tx: Tx, workspaceId: string, profileIds: string[]): Promise<ContentPosts[]> {
  const { rows } = await sql<{
    profile_id: string;
    person_id: string;
    handle: string;
    followers: bigint | null;
    posts: ContentPost[] | null;
  }>`
    select p.id as profile_id, p.person_id, p.handle, m.followers, (
      select jsonb_agg(jsonb_build_object('postedAt', to_char(r.posted_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'observedAt', to_char(r.observed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'format', r.format, 'caption', r.caption,
        'hashtags', r.hashtags, 'mentions', r.mentions, 'location', r.location, 'latitude', r.latitude, 'longitude', r.longitude,
        'durationS', r.duration_s, 'likes', r.likes, 'comments', r.comments, 'views', r.views, 'isPaidLabel', r.is_paid_label)
        order by r.posted_at desc nulls last, r.id desc)
      from (select * from post where workspace_id = ${workspaceId} and profile_id = p.id
        order by posted_at desc nulls last, id desc limit ${contentPostsMax}::int) r
    ) as posts
    from profile p left join profile_metric m on m.workspace_id = p.workspace_id and m.profile_id = p.id
    where p.workspace_id = ${workspaceId} and p.id = any(${profileIds}::text[]) order by p.id`.execute(tx);
  return rows.map((row) => ({
    profileId: row.profile_id,
    personId: row.person_id,
    handle: row.handle,
    followers: row.followers === null ? null : Number(row.followers),
    posts: row.posts ?? [],
  }));
}

/** Keeps what posts say of profiles; what says the same as before is left alone. */
export async function upsertContent(
  tx: Tx,
  workspaceId: string,
  contents: { profileId: string; content: ProfileContent }[],
): Promise<void> {
  if (contents.length === 0) return;
  const given = JSON.stringify(contents.map(({ profileId, content }) => ({ p: profileId, c: content })));
  await sql`
    insert into profile_content as kept (workspace_id, profile_id, content, affiliate_at)
    select ${workspaceId}, g.p, g.c, (g.c ->> 'affiliateAt')::timestamptz from jsonb_to_recordset(${given}::jsonb) as g (p text, c jsonb)
    on conflict (workspace_id, profile_id) do update set content = excluded.content, affiliate_at = excluded.affiliate_at, updated_at = now()
    where kept.content is distinct from excluded.content`.execute(tx);
}

/** Persons whose newest affiliate post became too old between two moments. For the system role. */
export async function selectExpiredAffiliates(
  tx: Tx,
  between: { after: Date; until: Date; limit: number },
): Promise<{ workspaceId: string; personId: string }[]> {
  const { rows } = await sql<{ workspace_id: string; person_id: string }>`
    select distinct p.workspace_id, p.person_id from profile_content c join profile p on p.workspace_id = c.workspace_id and p.id = c.profile_id
    where c.affiliate_at > ${between.after} and c.affiliate_at <= ${between.until} order by p.workspace_id, p.person_id limit ${between.limit}::int`.execute(
    tx,
  );
  return rows.map((row) => ({ workspaceId: row.workspace_id, personId: row.person_id }));
}
