import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { seal, unseal } from '#infra/seal.ts';
import type { ShopKind, ShopUse } from './api.ts';
import { type ShopAccess, type ShopConnector, ShopFault } from './port.ts';
import { type ShopRow, stateFailing, stateLack } from './queries.ts';
import { isUsedFor, whyShut } from './rules/why-shut.ts';

const credentialsSchema = z.record(z.string(), z.string());
const messageMax = 500;

/** What opening a key takes of the plumbing. */
type Sealing = Pick<Infra, 'secret' | 'clock'>;
type ShopOwner = Pick<ShopRow, 'workspace_id' | 'kind' | 'address'>;

export function sealShopKey(infra: Sealing, owner: ShopOwner, credentials: Record<string, string>): Buffer {
  return seal(contextOf(infra, { owner, label: 'shops' }), JSON.stringify(credentials));
}

// Keys from when codes had shops of their own are bound to that purpose: they open under it alone.
function contextOf(infra: Sealing, { owner, label }: { owner: ShopOwner; label: ShopRow['sealed_as'] }) {
  return { secret: infra.secret, label, owner: `${owner.workspace_id}:${owner.kind}:${owner.address}` };
}

/**
 * What an adapter needs to speak with a connected shop for one use. Throws a ShopFault when the shop was let go, is not used for this, its key is
 * known not to be allowed to, or it cannot be opened.
 */
export function openShop(infra: Sealing, shop: ShopRow, of: { use: ShopUse; signal: AbortSignal }): ShopAccess {
  const reason = whyShut(shop, of.use);
  if (reason !== null) throw new ShopFault(isUsedFor(shop, of.use) ? 'forbidden' : 'disconnected', reason);
  return openKey(infra, shop, of);
}

/** As `openShop`, to ask what the key may do: whatever is known of that does not stand against it. */
export function openKey(infra: Sealing, shop: ShopRow, of: { use: ShopUse; signal: AbortSignal }): ShopAccess {
  const isOfCodes = of.use !== 'products' && shop.codes_credentials !== null;
  const sealed = isOfCodes ? shop.codes_credentials : shop.credentials;
  if (sealed === null || shop.disconnected_at !== null)
    throw new ShopFault(
      'disconnected',
      shop.disconnected_at === null && shop.message !== null ? shop.message : `${shop.name} is not connected.`,
    );
  const text = unseal(contextOf(infra, { owner: shop, label: isOfCodes ? 'code-shops' : shop.sealed_as }), sealed);
  if (text === null)
    throw new ShopFault(
      'disconnected',
      'The stored key cannot be opened: it was sealed with the secret of another installation. Enter it again.',
    );
  const credentials = credentialsSchema.parse(JSON.parse(text));
  return { address: shop.address, credentials, currency: shop.currency, now: infra.clock.now(), signal: of.signal };
}

/** Whether somebody has to give the shop another key before anything else can be asked of it for this use. */
export function needsNewKey(fault: ShopFault): boolean {
  return fault.kind === 'disconnected' || fault.kind === 'forbidden';
}

/** Keeps beside the shop what a fault says of its key; faults that say nothing of it change nothing. */
export async function noteShopFault(
  tx: Tx,
  workspaceId: string,
  of: { shopId: string; use: ShopUse; fault: ShopFault },
): Promise<void> {
  const said = { id: of.shopId, use: of.use, message: of.fault.message.slice(0, messageMax) };
  if (of.fault.kind === 'disconnected') await stateFailing(tx, workspaceId, said);
  if (of.fault.kind === 'forbidden') await stateLack(tx, workspaceId, said);
}

export function connectorOf(connectors: readonly ShopConnector[], kind: ShopKind): ShopConnector {
  const connector = connectors.find((one) => one.kind === kind);
  if (connector === undefined) throw new Error(`No connector for ${kind}`);
  return connector;
}
