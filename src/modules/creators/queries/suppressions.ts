import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';

/** Which of the hashes are on the list, as hex. */
export async function selectSuppressed(tx: Tx, hashes: Buffer[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const { rows } = await sql<{ hash: string }>`
    select encode(subject_hash, 'hex') as hash from suppression where subject_hash = any(${hashes}::bytea[])`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.hash));
}

/** True when anybody objected at all: lets an import skip hashing on the many installations where nobody did. */
export async function hasSuppressions(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`select exists (select from suppression) as any`.execute(tx);
  return rows[0]?.any ?? false;
}

export async function insertSuppressions(
  tx: Tx,
  entries: { hash: Buffer; kind: 'handle' | 'email'; platform: string | null; reason: string }[],
): Promise<void> {
  if (entries.length === 0) return;
  await tx
    .insertInto('suppression')
    .values(
      entries.map((entry) => ({
        subject_hash: entry.hash,
        kind: entry.kind,
        platform: entry.platform,
        reason: entry.reason,
        created_at: sql<Date>`date_trunc('milliseconds', now())`,
      })),
    )
    .onConflict((conflict) => conflict.column('subject_hash').doNothing())
    .execute();
}

export interface SuppressionRow {
  hash: string;
  kind: 'handle' | 'email';
  platform: Platform | null;
  reason: string;
  createdAt: string;
}

/** The list itself, newest first: it holds hashes, so nobody can be read from it. */
export async function selectSuppressions(
  tx: Tx,
  page: { limit: number; after: { at: string; hash: string } | null },
): Promise<SuppressionRow[]> {
  const { rows } = await sql<{
    hash: string;
    kind: 'handle' | 'email';
    platform: Platform | null;
    reason: string;
    created_at: Date;
  }>`
    select encode(subject_hash, 'hex') as hash, kind, platform, reason, created_at from suppression
    where ${page.after === null ? sql`true` : sql`(created_at, encode(subject_hash, 'hex')) < (${page.after.at}::timestamptz, ${page.after.hash})`}
    order by created_at desc, encode(subject_hash, 'hex') desc limit ${page.limit}`.execute(tx);
  return rows.map((row) => ({
    hash: row.hash,
    kind: row.kind,
    platform: row.platform,
    reason: row.reason,
    createdAt: row.created_at.toISOString(),
  }));
}
