import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface WrittenText {
  personId: string;
  profileId: string;
  place: 'post' | 'bio';
  /** The post's id, or the profile's. */
  placeId: string;
  text: string;
  postedAt: Date | null;
  url: string | null;
}

/** What persons wrote: bios, and captions with hashtags of the newest posts a profile since a day (those without a date too). */
export async function readWrittenTexts(
  tx: Tx,
  workspaceId: string,
  of: { personIds: readonly string[]; since: Date; postsEach: number },
): Promise<WrittenText[]> {
  const { rows } = await sql<WrittenText>`
    with profiles as (
      select id, person_id, bio, url from profile where workspace_id = ${workspaceId} and person_id = any(${of.personIds}::text[])
    )
    select person_id as "personId", id as "profileId", 'bio' as place, id as "placeId", bio as text, null::timestamptz as "postedAt", url
    from profiles where bio is not null and bio <> ''
    union all
    select p.person_id, p.id, 'post', post.id, concat_ws(' ', post.caption, post.tags), post.posted_at, post.url
    from profiles p cross join lateral (
      -- Hashtags that the caption writes itself are read there.
      select id, caption, posted_at, url, (
        select nullif(string_agg('#' || ltrim(tag, '#'), ' '), '') from unnest(hashtags) tag
        where caption is null or position(lower('#' || ltrim(tag, '#')) in lower(caption)) = 0
      ) as tags
      from post where workspace_id = ${workspaceId} and profile_id = p.id and (posted_at is null or posted_at >= ${of.since})
      order by posted_at desc nulls last, id desc limit ${of.postsEach}
    ) post
    where post.caption is not null or post.tags is not null
    order by 1, 2, 4`.execute(tx);
  return rows;
}
