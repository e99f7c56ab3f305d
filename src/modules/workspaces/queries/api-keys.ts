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
