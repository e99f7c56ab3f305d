import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';

export interface FollowerSetRow {
  id: string;
  profile_id: string | null;
  brand_id: string | null;
  platform: Platform;
  id_kind: 'id' | 'handle';
  coverage: 'complete' | 'sample';
  size: bigint;
  total: bigint;
  kept: 'all' | 'smallest';
  taken_on: string;
  source: string;
  file_name: string;
  imported_by: string;
  created_at: Date;
}

const columns = sql.raw(
  'id, profile_id, brand_id, platform, id_kind, coverage, size, total, kept, taken_on, source, file_name, imported_by, created_at',
);

export interface NewFollowerSet extends FollowerSetRow {
  hashes: Buffer;
}

/** Keeps a set; one of the same profile or brand, platform, day and source is replaced, and keeps its id. Its id. */
export async function upsertFollowerSet(tx: Tx, workspaceId: string, set: NewFollowerSet): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into follower_set (workspace_id, id, profile_id, brand_id, platform, id_kind, coverage, size, total, kept, hashes, taken_on, source,
      file_name, imported_by, created_at)
    values (${workspaceId}, ${set.id}, ${set.profile_id}, ${set.brand_id}, ${set.platform}, ${set.id_kind}, ${set.coverage}, ${set.size}, ${set.total},
      ${set.kept}, ${set.hashes}, ${set.taken_on}, ${set.source}, ${set.file_name}, ${set.imported_by}, ${set.created_at})
    on conflict (workspace_id, coalesce(profile_id, brand_id), platform, taken_on, source) do update set
      id_kind = excluded.id_kind, coverage = excluded.coverage, size = excluded.size, total = excluded.total, kept = excluded.kept,
      hashes = excluded.hashes, file_name = excluded.file_name, imported_by = excluded.imported_by, created_at = excluded.created_at
    returning id`.execute(tx);
  return rows[0]?.id ?? set.id;
}

/** The newest set of each profile and kind of id on a platform, by profile. */
export async function selectNewestSets(
  tx: Tx,
  workspaceId: string,
  of: { profileIds: readonly string[]; brandId?: undefined } | { brandId: string; profileIds?: undefined },
): Promise<FollowerSetRow[]> {
  const whose: RawBuilder<unknown> =
    of.brandId === undefined ? sql`profile_id = any(${of.profileIds}::text[])` : sql`brand_id = ${of.brandId}`;
  const { rows } = await sql<FollowerSetRow>`
    select distinct on (profile_id, brand_id, platform, id_kind) ${columns} from follower_set
    where workspace_id = ${workspaceId} and ${whose}
    order by profile_id, brand_id, platform, id_kind, taken_on desc, created_at desc, id desc`.execute(tx);
  return rows;
}

/** The smallest hashes of a set, ascending. */
export async function selectHashes(
  tx: Tx,
  workspaceId: string,
  wanted: { setId: string; most: number },
): Promise<Float64Array> {
  const { rows } = await sql<{ hashes: Buffer }>`
    select substring(hashes from 1 for ${wanted.most * 8}::int) as hashes from follower_set
    where workspace_id = ${workspaceId} and id = ${wanted.setId}`.execute(tx);
  return unpackHashes(rows[0]?.hashes ?? Buffer.alloc(0));
}

/** 8 bytes a hash, as IEEE 754 doubles with the lowest byte first: whole numbers below 2^53 are exact in them. */
export function packHashes(hashes: Float64Array): Buffer {
  return Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength);
}

function unpackHashes(bytes: Buffer): Float64Array {
  // A copy, since a buffer of the pool may begin at any byte.
  return new Float64Array(new Uint8Array(bytes).buffer);
}

/** A page of sets, newest first. */
export async function selectFollowerSets(
  tx: Tx,
  workspaceId: string,
  page: { profileIds: readonly string[] | null; brandId: string | null; beforeId: string | null; limit: number },
): Promise<FollowerSetRow[]> {
  const { rows } = await sql<FollowerSetRow>`
    select ${columns} from follower_set
    where workspace_id = ${workspaceId} and (${page.profileIds}::text[] is null or profile_id = any(${page.profileIds}::text[]))
      and (${page.brandId}::text is null or brand_id = ${page.brandId}) and (${page.beforeId}::text is null or id < ${page.beforeId})
    order by id desc limit ${page.limit}`.execute(tx);
  return rows;
}

export async function selectFollowerSet(tx: Tx, workspaceId: string, setId: string): Promise<FollowerSetRow | null> {
  const { rows } = await sql<FollowerSetRow>`
    select ${columns} from follower_set where workspace_id = ${workspaceId} and id = ${setId}`.execute(tx);
  return rows[0] ?? null;
}

export async function removeFollowerSet(tx: Tx, workspaceId: string, setId: string): Promise<void> {
  await tx.deleteFrom('follower_set').where('workspace_id', '=', workspaceId).where('id', '=', setId).execute();
}
