import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { type ConnectedShop, findShop, openShop, readShops, ShopFault } from '#modules/shops/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  CodeShop,
  findShopItems as itemsEndpoint,
  listCodeShops as listEndpoint,
  updateCodeShop as updateEndpoint,
} from '../api.ts';
import { trackingError } from '../errors.ts';
import { type CodeShopRow, selectCodeShop, selectCodeShops, setCodeShopDefault } from '../queries/code-shops.ts';
import { type CodeShopAdapter, codeAdapterOf } from './port.ts';

const askMsMax = 25_000;

/** Shops in which codes are made, and those that have some from when they were. */
export async function listCodeShops(infra: Infra, call: Call<typeof listEndpoint>): Promise<{ shops: CodeShop[] }> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const shops = new Map((await readShops(tx, workspaceId)).map((shop) => [shop.id, shop]));
    return {
      shops: (await selectCodeShops(tx, workspaceId)).flatMap((row) => {
        const shop = shops.get(row.shop_id);
        const isOfUse = row.is_on || row.made + row.waiting + row.failed > 0;
        return shop === undefined || !isOfUse ? [] : [toCodeShop(row, shop)];
      }),
    };
  });
}

/** Error: not_found. */
export async function updateCodeShop(infra: Infra, call: Call<typeof updateEndpoint>): Promise<CodeShop> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectCodeShop(tx, workspaceId, input.shopId);
    if (row === undefined) throw notFound('shop');
    await setCodeShopDefault(tx, workspaceId, input);
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'code-shop.changed',
      subjectKind: 'shop',
      subjectId: row.shop_id,
      changes: { isDefault: { from: row.is_default, to: input.isDefault } },
    });
    return readCodeShop(tx, workspaceId, row.shop_id);
  });
}

/** Products or collections of a shop. Errors: not_found, tracking.shop_fault with the shop's words. */
export async function findShopItems(
  infra: Infra,
  adapters: readonly CodeShopAdapter[],
  call: Call<typeof itemsEndpoint>,
) {
  const { workspaceId, input } = call;
  const shop = await infra.db.inWorkspace(workspaceId, (tx) => findShop(tx, workspaceId, input.shopId));
  if (shop === undefined) throw notFound('shop');
  try {
    const access = openShop(infra, shop, { use: 'codes', signal: AbortSignal.timeout(askMsMax) });
    return await codeAdapterOf(adapters, shop.kind).findItems(access, { kind: input.kind, words: input.q.trim() });
  } catch (error) {
    if (error instanceof ShopFault) throw trackingError('shop_fault', error.message);
    throw error;
  }
}

/** Error: not_found. */
export async function readCodeShop(tx: Tx, workspaceId: string, id: string): Promise<CodeShop> {
  const row = await selectCodeShop(tx, workspaceId, id);
  const shop = await findShop(tx, workspaceId, id);
  if (row === undefined || shop === undefined) throw notFound('shop');
  return toCodeShop(row, shop);
}

function toCodeShop(row: CodeShopRow, shop: ConnectedShop): CodeShop {
  return {
    id: shop.id,
    kind: shop.kind,
    name: shop.name,
    storefront: shop.storefront,
    state: row.is_on ? shop.state : 'off',
    isDefault: row.is_default,
    codes: { made: row.made, waiting: row.waiting, failed: row.failed },
    sync: {
      isRunning: row.sync_started_at !== null,
      endedAt: row.sync_ended_at?.toISOString() ?? null,
      read: row.sync_counts.read ?? null,
      added: row.sync_counts.added ?? null,
      message: row.sync_message,
    },
  };
}
