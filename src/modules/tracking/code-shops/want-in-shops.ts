import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { selectCodeShops } from '../queries/code-shops.ts';
import { retryCodes, wantCodes } from '../queries/codes-in-shops.ts';

export const makeCodesJob = 'tracking.make-codes';

/**
 * Wants codes in shops, from where the job makes them after this transaction: in those named, or in the connected ones that take every new code.
 * Returns how many wait. Error: not_found for a shop that is not there or not connected.
 */
export async function wantInShops(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; codeIds: readonly string[]; shopIds: readonly string[] | undefined },
): Promise<number> {
  const { workspaceId, codeIds, shopIds } = of;
  if (codeIds.length === 0 || shopIds?.length === 0) return 0;
  if (shopIds !== undefined) {
    const shops = await selectCodeShops(tx, workspaceId);
    const isKnown = shopIds.every((id) => shops.some((shop) => shop.shop_id === id && shop.is_on));
    if (!isKnown) throw notFound('shop');
  }
  return await wantCodes(tx, workspaceId, { codeIds, shopIds: shopIds ?? null, at: infra.clock.now() });
}

/** Tries anew where these codes failed or wait. */
export async function tryAnew(infra: Infra, tx: Tx, of: { workspaceId: string; codeIds: readonly string[] }) {
  return await retryCodes(tx, of.workspaceId, { codeIds: of.codeIds, at: infra.clock.now() });
}
