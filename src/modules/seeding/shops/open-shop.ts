import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { seal, unseal } from '#infra/seal.ts';
import type { ShopKind } from '../api.ts';
import type { ShopRow } from '../queries/shops.ts';
import { type ShopAccess, type ShopAdapter, ShopFault } from './port.ts';

const credentialsSchema = z.record(z.string(), z.string());

export function sealShopKey(infra: Infra, owner: ShopOwner, credentials: Record<string, string>): Buffer {
  return seal(contextOf(infra, owner), JSON.stringify(credentials));
}

interface ShopOwner {
  workspaceId: string;
  kind: string;
  address: string;
}

function contextOf(infra: Infra, { workspaceId, kind, address }: ShopOwner) {
  return { secret: infra.secret, label: 'shops', owner: `${workspaceId}:${kind}:${address}` };
}

/** What an adapter needs to speak with a connected shop. A ShopFault when it is off or its key cannot be opened. */
export function openShop(infra: Infra, row: ShopRow, signal: AbortSignal): ShopAccess {
  if (row.credentials === null || row.disconnected_at !== null)
    throw new ShopFault('disconnected', `${row.name} is not connected.`);
  const text = unseal(
    contextOf(infra, { workspaceId: row.workspace_id, kind: row.kind, address: row.address }),
    row.credentials,
  );
  if (text === null)
    throw new ShopFault(
      'disconnected',
      'The stored key cannot be opened: it was sealed with the secret of another installation. Enter it again.',
    );
  const credentials = credentialsSchema.parse(JSON.parse(text));
  return { address: row.address, credentials, currency: row.currency, now: infra.clock.now(), signal };
}

export function adapterOf(adapters: readonly ShopAdapter[], kind: ShopKind | string): ShopAdapter {
  const adapter = adapters.find((one) => one.kind === kind);
  if (adapter === undefined) throw new Error(`No adapter for ${kind}`);
  return adapter;
}
