import type { Tx } from '#infra/db/database.ts';
import type { Tier } from '../api.ts';

/** Tiers of the workspace, smallest first; empty when it never changed them. */
export async function selectTiers(tx: Tx, workspaceId: string): Promise<Tier[]> {
  const rows = await tx
    .selectFrom('tier')
    .select(['name', 'followers_min', 'followers_max'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('sort')
    .orderBy('name')
    .execute();
  return rows.map((row) => ({
    name: row.name,
    followersMin: Number(row.followers_min),
    followersMax: row.followers_max === null ? null : Number(row.followers_max),
  }));
}

export async function replaceTiers(tx: Tx, workspaceId: string, tiers: readonly Tier[]): Promise<void> {
  await tx.deleteFrom('tier').where('workspace_id', '=', workspaceId).execute();
  await tx
    .insertInto('tier')
    .values(
      tiers.map((tier, sort) => ({
        workspace_id: workspaceId,
        name: tier.name,
        followers_min: BigInt(tier.followersMin),
        followers_max: tier.followersMax === null ? null : BigInt(tier.followersMax),
        sort,
      })),
    )
    .execute();
}
