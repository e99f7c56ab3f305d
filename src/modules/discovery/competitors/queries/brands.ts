import type { Tx } from '#infra/db/database.ts';

export interface BrandRow {
  id: string;
  name: string;
  is_own: boolean;
  handles: string[];
  hashtags: string[];
  keywords: string[];
  owner_id: string;
  owner_name: string;
  created_at: Date;
  updated_at: Date;
}

const columns = [
  'id',
  'name',
  'is_own',
  'handles',
  'hashtags',
  'keywords',
  'owner_id',
  'owner_name',
  'created_at',
  'updated_at',
] as const;

/** All watched brands, own ones first, then by name. */
export async function selectBrands(tx: Tx, workspaceId: string): Promise<BrandRow[]> {
  return tx
    .selectFrom('watched_brand')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .orderBy('is_own', 'desc')
    .orderBy('name')
    .orderBy('id')
    .execute();
}

export async function selectBrand(tx: Tx, workspaceId: string, brandId: string): Promise<BrandRow | null> {
  const row = await tx
    .selectFrom('watched_brand')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', brandId)
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps a brand, new or changed; false when another one has its name. */
export async function writeBrand(tx: Tx, workspaceId: string, brand: BrandRow): Promise<boolean> {
  const { id, created_at, ...rest } = brand;
  const named = await tx
    .selectFrom('watched_brand')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where((eb) => eb(eb.fn('lower', ['name']), '=', brand.name.toLowerCase()))
    .where('id', '!=', id)
    .executeTakeFirst();
  if (named !== undefined) return false;
  await tx
    .insertInto('watched_brand')
    .values({ workspace_id: workspaceId, id, created_at, ...rest })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(rest))
    .execute();
  return true;
}

/** Holds the brands of a workspace against other changes until the transaction ends. */
export async function lockBrands(tx: Tx, workspaceId: string): Promise<BrandRow[]> {
  return tx
    .selectFrom('watched_brand')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function removeBrand(tx: Tx, workspaceId: string, brandId: string): Promise<void> {
  await tx.deleteFrom('watched_brand').where('workspace_id', '=', workspaceId).where('id', '=', brandId).execute();
}
