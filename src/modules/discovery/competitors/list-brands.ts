import type { Infra } from '#infra/module.ts';
import type { WatchedBrand } from '../api.ts';
import { toBrand } from './change-brands.ts';
import { selectBrands } from './queries/brands.ts';

/** All watched brands, own ones first. */
export async function listWatched(infra: Infra, workspaceId: string): Promise<{ rows: WatchedBrand[] }> {
  const rows = await infra.db.inWorkspace(workspaceId, (tx) => selectBrands(tx, workspaceId));
  return { rows: rows.map(toBrand) };
}
