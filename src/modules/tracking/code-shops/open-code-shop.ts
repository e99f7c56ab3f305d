import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { seal, unseal } from '#infra/seal.ts';
import type { CodeShopKind } from '../api.ts';
import type { CodeShopRow } from '../queries/code-shops.ts';
import { type CodeShopAccess, type CodeShopAdapter, CodeShopFault } from './port.ts';

const credentialsSchema = z.record(z.string(), z.string());

interface Owner {
  workspaceId: string;
  kind: string;
  address: string;
}

export function sealCodeShopKey(infra: Infra, owner: Owner, credentials: Record<string, string>): Buffer {
  return seal(contextOf(infra, owner), JSON.stringify(credentials));
}

function contextOf(infra: Infra, { workspaceId, kind, address }: Owner) {
  return { secret: infra.secret, label: 'code-shops', owner: `${workspaceId}:${kind}:${address}` };
}

/** What an adapter needs to speak with a connected shop. A CodeShopFault when it is off or its key cannot be opened. */
export function openCodeShop(infra: Infra, row: CodeShopRow, signal: AbortSignal): CodeShopAccess {
  if (row.credentials === null || row.disconnected_at !== null)
    throw new CodeShopFault('disconnected', `${row.name} is not connected.`);
  const owner = { workspaceId: row.workspace_id, kind: row.kind, address: row.address };
  const text = unseal(contextOf(infra, owner), row.credentials);
  if (text === null)
    throw new CodeShopFault(
      'disconnected',
      'The stored key cannot be opened: it was sealed with the secret of another installation. Enter it again.',
    );
  const credentials = credentialsSchema.parse(JSON.parse(text));
  return { address: row.address, credentials, currency: row.currency, now: infra.clock.now(), signal };
}

export function codeAdapterOf(adapters: readonly CodeShopAdapter[], kind: CodeShopKind): CodeShopAdapter {
  const adapter = adapters.find((one) => one.kind === kind);
  if (adapter === undefined) throw new Error(`No adapter for ${kind}`);
  return adapter;
}
