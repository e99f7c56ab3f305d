import type { Tx } from '#infra/db/database.ts';

/** These run as the system role: people belong to no workspace. */
export async function insertReset(
  tx: Tx,
  reset: { id: string; userId: string; tokenHash: Buffer; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await tx
    .insertInto('password_reset')
    .values({
      id: reset.id,
      user_id: reset.userId,
      token_hash: reset.tokenHash,
      created_at: reset.createdAt,
      expires_at: reset.expiresAt,
    })
    .execute();
}

/** Ends every link of a person that was not used. */
export async function endResets(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('password_reset').where('user_id', '=', userId).where('used_at', 'is', null).execute();
}

/** Whose link it is, when it is still good. */
export function personOfReset(
  tx: Tx,
  link: { tokenHash: Buffer; now: Date },
): Promise<{ id: string; name: string; email: string } | undefined> {
  return tx
    .selectFrom('password_reset as r')
    .innerJoin('app_user as u', 'u.id', 'r.user_id')
    .select(['u.id as id', 'u.name as name', 'u.email as email'])
    .where('r.token_hash', '=', link.tokenHash)
    .where('r.used_at', 'is', null)
    .where('r.expires_at', '>', link.now)
    .executeTakeFirst();
}

/** Marks the link used; false when it was no longer good, so that of two at once one wins. */
export async function markResetUsed(tx: Tx, link: { tokenHash: Buffer; now: Date }): Promise<boolean> {
  const row = await tx
    .updateTable('password_reset')
    .set({ used_at: link.now })
    .where('token_hash', '=', link.tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', link.now)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
