import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface PresentedKey {
  workspaceId: string;
  workspaceSlug: string;
  id: string;
  name: string;
  secretHash: Buffer;
  scopes: string[];
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

/** The key of a prefix, of whatever workspace: before it is known, there is none to ask in. System role. */
export async function keyByPrefix(tx: Tx, prefix: string): Promise<PresentedKey | undefined> {
  return tx
    .selectFrom('api_key as k')
    .innerJoin('workspace as w', 'w.id', 'k.workspace_id')
    .select([
      'k.workspace_id as workspaceId',
      'w.slug as workspaceSlug',
      'k.id as id',
      'k.name as name',
      'k.secret_hash as secretHash',
      'k.scopes as scopes',
      'k.expires_at as expiresAt',
      'k.revoked_at as revokedAt',
      'k.last_used_at as lastUsedAt',
    ])
    .where('k.prefix', '=', prefix)
    .executeTakeFirst();
}

/** Notes the use, at most once in a minute. */
export async function touchKey(tx: Tx, key: { workspaceId: string; id: string; now: Date }): Promise<void> {
  await tx
    .updateTable('api_key')
    .set({ last_used_at: key.now })
    .where('workspace_id', '=', key.workspaceId)
    .where('id', '=', key.id)
    .where((where) =>
      where.or([
        where('last_used_at', 'is', null),
        where('last_used_at', '<', sql<Date>`${key.now}::timestamptz - interval '1 minute'`),
      ]),
    )
    .execute();
}

export interface KeyRow {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const columns = [
  'id',
  'name',
  'prefix',
  'scopes',
  'created_by as createdBy',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'last_used_at as lastUsedAt',
  'revoked_at as revokedAt',
] as const;

export function keysOf(tx: Tx, workspaceId: string): Promise<KeyRow[]> {
  return tx
    .selectFrom('api_key')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

export function keyById(tx: Tx, workspaceId: string, id: string): Promise<KeyRow | undefined> {
  return tx
    .selectFrom('api_key')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export interface NewKey {
  workspaceId: string;
  id: string;
  name: string;
  prefix: string;
  secretHash: Buffer;
  scopes: string[];
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
}

export function insertKey(tx: Tx, key: NewKey): Promise<KeyRow> {
  return tx
    .insertInto('api_key')
    .values({
      workspace_id: key.workspaceId,
      id: key.id,
      name: key.name,
      prefix: key.prefix,
      secret_hash: key.secretHash,
      scopes: key.scopes,
      created_by: key.createdBy,
      created_at: key.createdAt,
      expires_at: key.expiresAt,
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** Revokes a key that is not yet; undefined when there is none such. */
export function revokeKeyRow(tx: Tx, key: { workspaceId: string; id: string; now: Date }): Promise<KeyRow | undefined> {
  return tx
    .updateTable('api_key')
    .set({ revoked_at: key.now })
    .where('workspace_id', '=', key.workspaceId)
    .where('id', '=', key.id)
    .where('revoked_at', 'is', null)
    .returning(columns)
    .executeTakeFirst();
}
