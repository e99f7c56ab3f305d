import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface StoredPicture {
  personId: string;
  profileId: string;
  handle: string;
  mediaId: string;
  /** Names the file for readPicture. */
  contentHash: string;
}

/** The stored pictures of profiles, by person or by picture; ordered by profile. At most 10,000. */
export async function listPictures(
  tx: Tx,
  workspaceId: string,
  of: { personIds: readonly string[] } | { mediaIds: readonly string[] },
): Promise<StoredPicture[]> {
  const asked =
    'personIds' in of ? sql`p.person_id = any(${of.personIds}::text[])` : sql`u.media_id = any(${of.mediaIds}::text[])`;
  const { rows } = await sql<StoredPicture>`
    select p.person_id as "personId", p.id as "profileId", p.handle, m.id as "mediaId", m.content_hash as "contentHash"
    from media_use u
    join media m on m.workspace_id = u.workspace_id and m.id = u.media_id
    join profile p on p.workspace_id = u.workspace_id and p.id = u.subject_id
    where u.workspace_id = ${workspaceId} and u.subject_kind = 'profile' and ${asked}
    order by p.id limit 10000`.execute(tx);
  return rows;
}
