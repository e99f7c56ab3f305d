import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Manifest } from '../manifest.ts';

/** What is looked up and written around the rows of an archive; all as the system role. */

export async function workspaceIdIsTaken(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.selectFrom('workspace').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

export async function slugsLike(tx: Tx, slug: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('workspace')
    .select('slug')
    .where((where) => where.or([where('slug', '=', slug), where('slug', 'like', `${slug}-%`)]))
    .execute();
  return new Set(rows.map((row) => row.slug));
}

/** False when the slug is taken. */
export async function insertArrived(
  tx: Tx,
  of: Manifest['workspace'] & { id: string; slug: string },
): Promise<boolean> {
  const row = await tx
    .insertInto('workspace')
    .values({
      id: of.id,
      slug: of.slug,
      name: of.name,
      currency: of.currency,
      time_zone: of.timeZone,
      is_sample: of.isSample,
      settings: JSON.stringify(of.settings),
      created_at: new Date(of.createdAt),
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** People of this installation by e-mail. */
export async function peopleByEmail(tx: Tx, emails: readonly string[]): Promise<Map<string, string>> {
  if (emails.length === 0) return new Map();
  const rows = await tx
    .selectFrom('app_user')
    .select(['id', 'email'])
    .where('email', 'in', [...emails])
    .execute();
  return new Map(rows.map((row) => [row.email, row.id]));
}

export async function insertMembers(
  tx: Tx,
  members: readonly { workspace_id: string; id: string; user_id: string; role: string; created_at: Date }[],
): Promise<void> {
  if (members.length === 0) return;
  await tx
    .insertInto('member')
    .values([...members])
    .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doNothing())
    .execute();
}

/** Of these ids, unique over the whole installation in that table, those that are taken. */
export async function takenIds(tx: Tx, table: 'link' | 'order_source', ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)} where id = any(${ids}::text[])`.execute(tx);
  return rows.map((row) => row.id);
}

export interface Slug {
  slug: string;
  skeleton: string;
  domain: string | null;
}

/** Which of them stand, or look like one that stands, on the same host, by their place in the list. */
export async function takenSlugs(tx: Tx, slugs: readonly Slug[]): Promise<Set<number>> {
  const { rows } = await sql<{ at: bigint }>`
    select wanted.at from unnest(${slugs.map((one) => one.slug)}::text[], ${slugs.map((one) => one.skeleton)}::text[], ${slugs.map((one) => one.domain)}::text[])
      with ordinality as wanted (slug, skeleton, domain, at)
    where exists (select from link where slug = wanted.slug and domain is not distinct from wanted.domain)
      or exists (select from link where slug_skeleton = wanted.skeleton and domain is not distinct from wanted.domain)`.execute(
    tx,
  );
  return new Set(rows.map((row) => Number(row.at) - 1));
}

/** Content that rows of the workspace name. */
export async function namedContent(tx: Tx, workspaceId: string): Promise<{ files: string[]; media: string[] }> {
  const files = await sql<{ hash: string }>`
    select content_hash as hash from stored_file where workspace_id = ${workspaceId}
    union select preview_hash from stored_file where workspace_id = ${workspaceId} and preview_hash is not null`.execute(
    tx,
  );
  const media = await sql<{ hash: string }>`
    select distinct content_hash as hash from media where workspace_id = ${workspaceId}`.execute(tx);
  return { files: files.rows.map((row) => row.hash), media: media.rows.map((row) => row.hash) };
}

/** Partitions for clicks of these months, each in a transaction of its own: it needs the whole table for a moment. */
export async function ensureClickMonth(tx: Tx, month: string): Promise<void> {
  await sql`select ensure_click_month(${`${month}-01`}::date)`.execute(tx);
}
