import type { Tx } from '#infra/db/database.ts';

/** Keeps the salts that are there, adds the missing ones, returns all. */
export async function ensureSalts(
  tx: Tx,
  wanted: { day: string; salt: Buffer }[],
): Promise<{ day: string; salt: Buffer }[]> {
  await tx
    .insertInto('visitor_salt')
    .values(wanted)
    .onConflict((conflict) => conflict.column('day').doNothing())
    .execute();
  return await tx.selectFrom('visitor_salt').select(['day', 'salt']).orderBy('day').execute();
}

export async function deleteOldSalts(tx: Tx, before: string): Promise<void> {
  await tx.deleteFrom('visitor_salt').where('day', '<', before).execute();
}
