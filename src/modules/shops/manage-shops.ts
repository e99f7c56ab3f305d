import type { Call } from '#infra/http/call.ts';
import { notFound } from '#kernel/errors.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type disconnectShop as disconnectEndpoint,
  type listShops as listEndpoint,
  type Shop,
  type ShopUse,
  shopNames,
  shopUseNames,
  type whatShopStops as stopsEndpoint,
  type updateShop as updateEndpoint,
} from './api.ts';
import { checkUses, type ShopParts } from './connect-shop.ts';
import { connectorOf } from './open-shop.ts';
import { toShop } from './present-shops.ts';
import { changeShop, disconnectShopRow, lockShop, selectShop, selectShops } from './queries.ts';
import { isUsedFor } from './rules/why-shut.ts';
import { beginWork, tellUsers } from './tell-users.ts';

export async function listShops({ infra, connectors }: ShopParts, call: Call<typeof listEndpoint>) {
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) => selectShops(tx, call.workspaceId));
  return {
    shops: rows.map((row) => toShop(connectors, row)),
    kinds: connectors.map(({ kind, about }) => ({ kind, name: shopNames[kind], about })),
  };
}

/** Errors: not_found, shops.bad_value (field `uses`). */
export async function updateShop(parts: ShopParts, call: Call<typeof updateEndpoint>): Promise<Shop> {
  const { infra, connectors, users } = parts;
  const { workspaceId, input } = call;
  const shop = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockShop(tx, workspaceId, input.shopId);
    if (row === undefined) throw notFound('shop');
    checkUses(connectorOf(connectors, row.kind), input.uses);
    const after = {
      ...row,
      uses: input.uses === undefined ? row.uses : [...new Set(input.uses)],
      storefront: input.storefront === undefined ? row.storefront : input.storefront,
    };
    await changeShop(tx, workspaceId, after);
    if (input.uses !== undefined) await tellUsers(infra, tx, { users, shop: after });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'shop.changed',
      subjectKind: 'shop',
      subjectId: row.id,
      changes: {
        ...(input.uses === undefined ? {} : { uses: { from: row.uses, to: after.uses } }),
        ...(input.storefront === undefined ? {} : { storefront: { from: row.storefront, to: after.storefront } }),
      },
    });
    return after;
  });
  if (input.uses !== undefined) await beginWork({ users, shop });
  return toShop(connectors, shop);
}

/** What would stop if the shop were let go. Error: not_found. */
export async function whatShopStops(
  { infra, users }: ShopParts,
  call: Call<typeof stopsEndpoint>,
): Promise<{ use: ShopUse; text: string }[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectShop(tx, workspaceId, input.shopId);
    if (row === undefined) throw notFound('shop');
    const lines: { use: ShopUse; text: string }[] = [];
    for (const user of users) {
      if (!isUsedFor(row, user.use)) continue;
      for (const text of await user.whatStops(tx, workspaceId, row.id)) lines.push({ use: user.use, text });
    }
    return lines;
  });
}

/** Lets a shop go: forgets its keys; products, parcels, codes and their history stay. Error: not_found. */
export async function disconnectShop(
  { infra, users }: ShopParts,
  call: Call<typeof disconnectEndpoint>,
): Promise<null> {
  const { workspaceId, input } = call;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockShop(tx, workspaceId, input.shopId);
    if (row === undefined) throw notFound('shop');
    if (row.disconnected_at !== null) return;
    const at = infra.clock.now();
    await disconnectShopRow(tx, workspaceId, row.id, at);
    await tellUsers(infra, tx, { users, shop: { ...row, disconnected_at: at } });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'shop.disconnected',
      subjectKind: 'shop',
      subjectId: row.id,
      changes: { address: row.address, wasUsedFor: row.uses.map((use) => shopUseNames[use]) },
    });
  });
  return null;
}
