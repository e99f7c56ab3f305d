import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import type { Shop } from './api.ts';
import { connectorOf } from './open-shop.ts';
import type { ShopConnector } from './port.ts';
import { type ShopRow, selectShop } from './queries.ts';
import { lacksOf } from './rules/why-shut.ts';

export function toShop(connectors: readonly ShopConnector[], row: ShopRow): Shop {
  return {
    id: row.id,
    kind: row.kind,
    address: row.address,
    name: row.name,
    currency: row.currency,
    storefront: row.storefront,
    state: row.disconnected_at === null ? row.state : 'off',
    message: row.message,
    uses: connectorOf(connectors, row.kind).about.uses.map(({ use }) => ({
      use,
      isOn: row.uses.includes(use),
      lacks: [...lacksOf(row, use)],
    })),
    hasTwoKeys: row.codes_credentials !== null,
    connectedAt: row.created_at.toISOString(),
  };
}

/** Error: not_found. */
export async function readShop(
  tx: Tx,
  workspaceId: string,
  of: { id: string; connectors: readonly ShopConnector[] },
): Promise<Shop> {
  const row = await selectShop(tx, workspaceId, of.id);
  if (row === undefined) throw notFound('shop');
  return toShop(of.connectors, row);
}
