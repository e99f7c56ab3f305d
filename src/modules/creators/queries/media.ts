import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { newId } from '#kernel/id.ts';
import type { Platform } from '#kernel/platform.ts';
import type { Picture } from '../api.ts';

/** Puts a stored picture at a profile. Returns the media's id: one a workspace and content. */
export async function usePicture(
  tx: Tx,
  workspaceId: string,
  use: {
    profileId: string;
    picture: { hash: string; width: number; height: number; bytes: number };
    source: string;
    now: Date;
  },
): Promise<string> {
  const { profileId, picture, source, now } = use;
  const { rows } = await sql<{ id: string }>`
    with kept as (
      insert into media (workspace_id, id, content_hash, width, height, bytes, created_at)
      values (${workspaceId}, ${newId('media')}, ${picture.hash}, ${picture.width}, ${picture.height}, ${picture.bytes}, ${now})
      on conflict (workspace_id, content_hash) do update set content_hash = excluded.content_hash returning id
    ), used as (
      insert into media_use (workspace_id, subject_kind, subject_id, media_id, source, taken_at)
      select ${workspaceId}, 'profile', ${profileId}, id, ${source}, ${now} from kept
      on conflict (workspace_id, subject_kind, subject_id) do update set media_id = excluded.media_id, source = excluded.source, taken_at = excluded.taken_at
    )
    select id from kept`.execute(tx);
  return rows[0]?.id ?? '';
}

export async function deleteUse(tx: Tx, workspaceId: string, profileId: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('media_use')
    .where('workspace_id', '=', workspaceId)
    .where('subject_kind', '=', 'profile')
    .where('subject_id', '=', profileId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** The picture that stands for a person: one that somebody uploaded, else of the profile with most followers. */
export async function selectPersonPicture(tx: Tx, workspaceId: string, personId: string): Promise<string | null> {
  const { rows } = await sql<{ media_id: string }>`
    select u.media_id from media_use u
    join profile p on p.workspace_id = u.workspace_id and p.id = u.subject_id
    left join profile_metric m on m.workspace_id = p.workspace_id and m.profile_id = p.id
    where u.workspace_id = ${workspaceId} and u.subject_kind = 'profile' and p.person_id = ${personId}
    order by (u.source like 'uploaded by %') desc, m.followers desc nulls last, p.id limit 1`.execute(tx);
  return rows[0]?.media_id ?? null;
}

export async function selectContentHash(tx: Tx, workspaceId: string, mediaId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('media')
    .select('content_hash')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', mediaId)
    .executeTakeFirst();
  return row?.content_hash ?? null;
}

export async function selectPicture(tx: Tx, workspaceId: string, profileId: string): Promise<Picture | null> {
  const { rows } = await sql<{ media_id: string; source: string; taken_at: Date; width: number; height: number }>`
    select u.media_id, u.source, u.taken_at, m.width, m.height from media_use u
    join media m on m.workspace_id = u.workspace_id and m.id = u.media_id
    where u.workspace_id = ${workspaceId} and u.subject_kind = 'profile' and u.subject_id = ${profileId}`.execute(tx);
  const [row] = rows;
  if (row === undefined) return null;
  const { media_id: mediaId, taken_at: takenAt, ...rest } = row;
  return { profileId, mediaId, takenAt: takenAt.toISOString(), ...rest };
}

/** Profiles by handle that have no picture newer than `staleBefore` and none that a person uploaded. */
export async function selectPictureless(
  tx: Tx,
  workspaceId: string,
  of: { platform: Platform; handleKeys: string[]; staleBefore: Date },
): Promise<{ handleKey: string; profileId: string; personId: string }[]> {
  const { rows } = await sql<{ handleKey: string; profileId: string; personId: string }>`
    select p.handle_key as "handleKey", p.id as "profileId", p.person_id as "personId" from profile p
    left join media_use u on u.workspace_id = p.workspace_id and u.subject_kind = 'profile' and u.subject_id = p.id
    where p.workspace_id = ${workspaceId} and p.platform = ${of.platform} and p.handle_key = any(${of.handleKeys}::text[])
      and (u.media_id is null or (u.taken_at < ${of.staleBefore} and u.source not like 'uploaded by %'))`.execute(tx);
  return rows;
}

/** Removes the uses of profiles and posts that are gone, then the media nobody uses. For the system role. */
export async function deleteUnusedMedia(tx: Tx, before: Date): Promise<void> {
  await sql`
    delete from media_use u where (u.subject_kind = 'profile' and not exists (select from profile p where p.workspace_id = u.workspace_id and p.id = u.subject_id))
      or (u.subject_kind = 'post' and not exists (select from post p where p.workspace_id = u.workspace_id and p.id = u.subject_id))`.execute(
    tx,
  );
  await sql`
    delete from media m where m.created_at < ${before}
      and not exists (select from media_use u where u.workspace_id = m.workspace_id and u.media_id = m.id)`.execute(tx);
}

/** Contents in use by any workspace. For the system role. */
export async function selectUsedHashes(tx: Tx): Promise<Set<string>> {
  const { rows } = await sql<{ content_hash: string }>`select distinct content_hash from media`.execute(tx);
  return new Set(rows.map((row) => row.content_hash));
}
