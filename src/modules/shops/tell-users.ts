import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { ShopUser } from './port.ts';
import type { ShopRow } from './queries.ts';
import { isUsedFor } from './rules/why-shut.ts';

/** Tells every part that uses shops how this one stands now, in the transaction of the change. */
export async function tellUsers(
  infra: Infra,
  tx: Tx,
  of: { users: readonly ShopUser[]; shop: ShopRow },
): Promise<void> {
  const { users, shop } = of;
  for (const user of users)
    await user.follow(tx, {
      workspaceId: shop.workspace_id,
      shopId: shop.id,
      isOn: isUsedFor(shop, user.use),
      at: infra.clock.now(),
    });
}

/** Lets what waited for the shop begin, after the transaction. */
export async function beginWork(of: { users: readonly ShopUser[]; shop: ShopRow }): Promise<void> {
  for (const user of of.users)
    if (isUsedFor(of.shop, user.use)) await user.begin({ workspaceId: of.shop.workspace_id, shopId: of.shop.id });
}
