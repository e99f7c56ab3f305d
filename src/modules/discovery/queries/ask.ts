import type { Tx } from '#infra/db/database.ts';

const listsMax = 2000;

export interface AskContext {
  lists: { id: string; name: string }[];
  /** Names and handles of watched brands that are not the workspace's own. */
  rivals: string[];
  hasVectors: boolean;
}

/** What of the workspace a question in words may name, its index aside. */
export async function selectAskContext(tx: Tx, workspaceId: string): Promise<AskContext> {
  const lists = await tx
    .selectFrom('list')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('archived_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(listsMax)
    .execute();
  const brands = await tx
    .selectFrom('watched_brand')
    .select(['name', 'handles'])
    .where('workspace_id', '=', workspaceId)
    .where('is_own', '=', false)
    .orderBy('id')
    .execute();
  const vector = await tx
    .selectFrom('creator_vector')
    .select('person_id')
    .where('workspace_id', '=', workspaceId)
    .where('bytes', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return { lists, rivals: brands.flatMap((brand) => [brand.name, ...brand.handles]), hasVectors: vector !== undefined };
}
