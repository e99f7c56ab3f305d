import type { Call } from '#infra/http/call.ts';
import { notFound } from '#kernel/errors.ts';
import { type Shop, type ShopUse, shopUseNames, type testShop as testEndpoint } from './api.ts';
import { checkMsMax, type ShopParts } from './connect-shop.ts';
import { connectorOf, noteShopFault, openKey } from './open-shop.ts';
import { type ShopCheck, ShopFault } from './port.ts';
import { readShop } from './present-shops.ts';
import { lockShop, type ShopRow, selectShop, stateChecked } from './queries.ts';
import { beginWork, tellUsers } from './tell-users.ts';

/** Asks the shop once, by each key it has. What waited for it is due when it works. A fault is an answer, not an error. Error: not_found. */
export async function testShop(
  parts: ShopParts,
  call: Call<typeof testEndpoint>,
): Promise<{ isWorking: boolean; message: string; shop: Shop }> {
  const { infra, connectors, users } = parts;
  const { workspaceId, input } = call;
  const row = await infra.db.inWorkspace(workspaceId, (tx) => selectShop(tx, workspaceId, input.shopId));
  if (row === undefined) throw notFound('shop');
  const answer = await ask(parts, row);
  if (answer instanceof ShopFault) {
    const [use = 'products'] = row.uses;
    const shop = await infra.db.inWorkspace(workspaceId, async (tx) => {
      await noteShopFault(tx, workspaceId, { shopId: row.id, use, fault: answer });
      return readShop(tx, workspaceId, { id: row.id, connectors });
    });
    return { isWorking: false, message: answer.message, shop };
  }
  const shop = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const now = await lockShop(tx, workspaceId, row.id);
    if (now === undefined) throw notFound('shop');
    await stateChecked(tx, workspaceId, { id: row.id, lacks: answer.lacks });
    await tellUsers(infra, tx, { users, shop: now });
    return readShop(tx, workspaceId, { id: row.id, connectors });
  });
  await beginWork({ users, shop: row });
  const missing = shop.uses.filter((one) => one.isOn && one.lacks.length > 0);
  return {
    isWorking: missing.length === 0,
    message:
      missing.length === 0
        ? `It works: ${answer.name}.`
        : `The key works and may not do all it is used for. ${missing.map(({ use, lacks }) => `${shopUseNames[use]}: ${lacks.join(', ')}`).join('. ')}.`,
    shop,
  };
}

/** What the shop says of its key, or of both where codes have one of their own. */
async function ask({ infra, connectors }: ShopParts, row: ShopRow): Promise<ShopCheck | ShopFault> {
  const connector = connectorOf(connectors, row.kind);
  const signal = AbortSignal.timeout(checkMsMax);
  const of = (use: ShopUse) => connector.check(openKey(infra, row, { use, signal }));
  try {
    const found = await of('products');
    if (row.codes_credentials === null) return found;
    const { codes, orders } = (await of('codes')).lacks;
    const { products } = found.lacks;
    return {
      ...found,
      lacks: {
        ...(products === undefined ? {} : { products }),
        ...(codes === undefined ? {} : { codes }),
        ...(orders === undefined ? {} : { orders }),
      },
    };
  } catch (error) {
    if (error instanceof ShopFault) return error;
    throw error;
  }
}
