import type { Tx } from '#infra/db/database.ts';
import { defaultTiers, type Tier } from './api.ts';
import { selectTiers } from './queries/tiers.ts';

/** The workspace's tiers of size, smallest first; the usual ones until somebody changes them. */
export async function readTiers(tx: Tx, workspaceId: string): Promise<Tier[]> {
  const own = await selectTiers(tx, workspaceId);
  return own.length > 0 ? own : defaultTiers;
}
