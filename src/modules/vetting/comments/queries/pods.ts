import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Pod, PodSearch } from '../../api.ts';
import type { Commenter } from '../find-pods.ts';

export type PodFigures = Omit<Pod, 'id' | 'state' | 'computedAt' | 'authors' | 'profiles'>;

/** One search of a workspace at a time; held until the end of the transaction. */
export async function lockSearch(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`vetting pods ${workspaceId}`}, 0))`.execute(tx);
}

/** How many different commenters each creator has. */
export async function selectAudiences(tx: Tx, workspaceId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ profile_id: string; n: number }>`
    select profile_id, count(distinct author_key)::int as n from comment_class
    where workspace_id = ${workspaceId} and author_key is not null and not is_own group by profile_id`.execute(tx);
  return new Map(rows.map((row) => [row.profile_id, row.n]));
}

/** Commenters under at least so many creators, those under most first. */
export async function selectCommenters(
  tx: Tx,
  workspaceId: string,
  of: { creatorsMin: number; limit: number },
): Promise<Commenter[]> {
  const { rows } = await sql<{ author_key: string; profile_ids: string[] }>`
    select author_key, array_agg(distinct profile_id order by profile_id) as profile_ids from comment_class
    where workspace_id = ${workspaceId} and author_key is not null and not is_own
    group by author_key having count(distinct profile_id) >= ${of.creatorsMin}
    order by count(distinct profile_id) desc, author_key limit ${of.limit}`.execute(tx);
  return rows.map((row) => ({ key: row.author_key, profileIds: row.profile_ids }));
}

export interface MemberComment {
  commentId: string;
  authorKey: string;
  profileId: string;
  kind: string | null;
}

/** What these commenters wrote under these creators, at most `limit`. */
export async function selectMemberComments(
  tx: Tx,
  workspaceId: string,
  of: { authorKeys: readonly string[]; profileIds: readonly string[]; limit: number },
): Promise<MemberComment[]> {
  const { rows } = await sql<MemberComment>`
    select comment_id as "commentId", author_key as "authorKey", profile_id as "profileId", kind from comment_class
    where workspace_id = ${workspaceId} and author_key = any(${[...of.authorKeys]}::text[]) and profile_id = any(${[...of.profileIds]}::text[])
    order by comment_id limit ${of.limit}`.execute(tx);
  return rows;
}

export interface PodWrite {
  id: string;
  state: Pod['state'];
  figures: PodFigures;
  members: { authorKey: string; profileIds: string[]; comments: number }[];
}

/** Puts the pods of a workspace in place of those before, with what the search saw. */
export async function replacePods(
  tx: Tx,
  workspaceId: string,
  found: { pods: readonly PodWrite[]; search: Omit<PodSearch, 'searchedAt'>; at: Date },
): Promise<void> {
  const { pods, search, at } = found;
  await tx.deleteFrom('comment_pod').where('workspace_id', '=', workspaceId).execute();
  for (const pod of pods) {
    await tx
      .insertInto('comment_pod')
      .values({
        workspace_id: workspaceId,
        id: pod.id,
        state: pod.state,
        computed_at: at,
        figures: JSON.stringify(pod.figures),
      })
      .execute();
    await tx
      .insertInto('comment_pod_member')
      .values(
        pod.members.map((member) => ({
          workspace_id: workspaceId,
          pod_id: pod.id,
          author_key: member.authorKey,
          profile_ids: member.profileIds,
          comments: member.comments,
        })),
      )
      .execute();
  }
  await tx
    .insertInto('comment_search')
    .values({ workspace_id: workspaceId, searched_at: at, result: JSON.stringify(search) })
    .onConflict((conflict) =>
      conflict.column('workspace_id').doUpdateSet({ searched_at: at, result: JSON.stringify(search) }),
    )
    .execute();
}

export async function readSearch(tx: Tx, workspaceId: string): Promise<PodSearch | null> {
  const row = await tx
    .selectFrom('comment_search')
    .select(['searched_at', 'result'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { ...(row.result as unknown as Omit<PodSearch, 'searchedAt'>), searchedAt: row.searched_at.toISOString() };
}

export interface StoredPod {
  id: string;
  state: Pod['state'];
  computedAt: Date;
  figures: PodFigures;
  members: { authorKey: string; profileIds: string[]; comments: number }[];
}

/** Pods, likely ones first, then the largest; of one creator only those of which two members or more comment there. */
export async function selectPods(
  tx: Tx,
  workspaceId: string,
  of: { profileId?: string; podId?: string; limit: number },
): Promise<StoredPod[]> {
  const { rows } = await sql<{
    id: string;
    state: Pod['state'];
    computed_at: Date;
    figures: PodFigures;
    members: StoredPod['members'];
  }>`
    select p.id, p.state, p.computed_at, p.figures, m.members
    from comment_pod p cross join lateral (
      select jsonb_agg(jsonb_build_object('authorKey', author_key, 'profileIds', profile_ids, 'comments', comments) order by comments desc, author_key) as members
      from comment_pod_member where workspace_id = ${workspaceId} and pod_id = p.id
    ) m
    where p.workspace_id = ${workspaceId}
      ${of.podId === undefined ? sql`` : sql`and p.id = ${of.podId}`}
      ${
        of.profileId === undefined
          ? sql``
          : sql`and (select count(*) from comment_pod_member where workspace_id = ${workspaceId} and pod_id = p.id and ${of.profileId} = any(profile_ids)) >= 2`
      }
    order by p.state, (p.figures->>'members')::int desc, p.id limit ${of.limit}`.execute(tx);
  return rows.map((row) => ({ ...row, computedAt: row.computed_at }));
}
