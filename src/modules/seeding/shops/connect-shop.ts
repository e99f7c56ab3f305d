import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type connectShop as connectEndpoint,
  type disconnectShop as disconnectEndpoint,
  type listShops as listEndpoint,
  type Shop,
  shopNames,
  type testShop as testEndpoint,
} from '../api.ts';
import { seedingError } from '../errors.ts';
import { wakeParcels } from '../queries/parcels.ts';
import {
  disconnectShopRow,
  findShopByAddress,
  type ShopRow,
  selectShop,
  selectShops,
  setShopState,
  upsertShop,
} from '../queries/shops.ts';
import { adapterOf, openShop, sealShopKey } from './open-shop.ts';
import { type ShopAdapter, ShopFault } from './port.ts';

const checkMsMax = 25_000;

export async function listShops(infra: Infra, adapters: readonly ShopAdapter[], call: Call<typeof listEndpoint>) {
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) => selectShops(tx, call.workspaceId));
  return {
    shops: rows.map(toShop),
    kinds: adapters.map(({ kind, about }) => ({ kind, name: shopNames[kind], about })),
  };
}

/**
 * Connects a shop. The key is tried first; one that does not work is not kept. Parcels that waited for the shop are due at once.
 * Errors: bad_value (field `values.<key>`), bad_key.
 */
export async function connectShop(
  infra: Infra,
  adapters: readonly ShopAdapter[],
  call: Call<typeof connectEndpoint>,
): Promise<Shop> {
  const { workspaceId, input, actor } = call;
  const adapter = adapterOf(adapters, input.kind);
  const { address, credentials } = readValues(adapter, input.values);
  const { name, currency } = await tryKey(infra, adapter, { address, credentials });
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const now = infra.clock.now();
    const before = await findShopByAddress(tx, workspaceId, { kind: input.kind, address });
    const id = await upsertShop(tx, workspaceId, {
      id: newId('shop', now.getTime()),
      kind: input.kind,
      address,
      name: name.slice(0, 200) || address,
      currency,
      credentials: sealShopKey(infra, { workspaceId, kind: input.kind, address }, credentials),
      message: null,
      createdBy: actor.id,
      at: now,
    });
    await wakeParcels(tx, workspaceId, { shopId: id, now });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: before === undefined ? 'shop.connected' : 'shop.changed',
      subjectKind: 'shop',
      subjectId: id,
      // Which values were entered, never what they are.
      changes: { kind: input.kind, address, entered: Object.keys(input.values) },
    });
    return readShop(await selectShop(tx, workspaceId, id));
  });
}

function readValues(
  adapter: ShopAdapter,
  values: Record<string, string>,
): { address: string; credentials: Record<string, string> } {
  const details: { field: string; message: string }[] = [];
  const credentials: Record<string, string> = {};
  for (const key of Object.keys(values))
    if (!adapter.about.fields.some((field) => field.key === key))
      details.push({ field: `values.${key}`, message: 'There is no such value here' });
  for (const field of adapter.about.fields) {
    const value = (values[field.key] ?? '').trim();
    // Header values: a line break in one would be a second header.
    if (value === '') {
      if (!field.isOptional) details.push({ field: `values.${field.key}`, message: `${field.label} is needed` });
      continue;
    }
    if (/\p{Cc}/u.test(value)) details.push({ field: `values.${field.key}`, message: 'It holds a line break' });
    else if (field.isSecret) credentials[field.key] = value;
  }
  const address = adapter.addressOf(values);
  const place = adapter.about.fields.find((field) => !field.isSecret);
  if (details.length === 0 && address === null && place !== undefined)
    details.push({ field: `values.${place.key}`, message: `This is no address of a shop. ${place.help}` });
  const [first] = details;
  if (first !== undefined || address === null)
    throw seedingError('bad_value', `${first?.message ?? 'No address'}.`, details);
  return { address, credentials };
}

async function tryKey(
  infra: Infra,
  adapter: ShopAdapter,
  of: { address: string; credentials: Record<string, string> },
): Promise<{ name: string; currency: string }> {
  const signal = AbortSignal.timeout(checkMsMax);
  try {
    return await adapter.check({ ...of, currency: null, now: infra.clock.now(), signal });
  } catch (error) {
    if (!(error instanceof ShopFault)) throw error;
    const secret = adapter.about.fields.find((field) => field.isSecret)?.key ?? '';
    const place = adapter.about.fields.find((field) => !field.isSecret)?.key ?? '';
    const field = `values.${error.kind === 'disconnected' ? secret : place}`;
    throw seedingError('bad_key', `${shopNames[adapter.kind]} did not let us in: ${error.message}`, [
      { field, message: error.message },
    ]);
  }
}

/** Asks the shop once. A fault is an answer, not an error. Error: not_found. */
export async function testShop(
  infra: Infra,
  adapters: readonly ShopAdapter[],
  call: Call<typeof testEndpoint>,
): Promise<{ isWorking: boolean; message: string }> {
  const { workspaceId, input } = call;
  const row = await infra.db.inWorkspace(workspaceId, (tx) => selectShop(tx, workspaceId, input.shopId));
  if (row === undefined) throw notFound('shop');
  try {
    const access = openShop(infra, row, AbortSignal.timeout(checkMsMax));
    const { name } = await adapterOf(adapters, row.kind).check(access);
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      await setShopState(tx, workspaceId, { id: row.id, state: 'working', message: null });
      await wakeParcels(tx, workspaceId, { shopId: row.id, now: infra.clock.now() });
    });
    return { isWorking: true, message: `It works: ${name}.` };
  } catch (error) {
    if (!(error instanceof ShopFault)) throw error;
    if (error.kind === 'disconnected' && row.disconnected_at === null)
      await infra.db.inWorkspace(workspaceId, (tx) =>
        setShopState(tx, workspaceId, { id: row.id, state: 'failing', message: error.message }),
      );
    return { isWorking: false, message: error.message };
  }
}

/** Forgets the key; products, parcels and history stay. Error: not_found. */
export async function disconnectShop(infra: Infra, call: Call<typeof disconnectEndpoint>): Promise<null> {
  const { workspaceId, input } = call;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectShop(tx, workspaceId, input.shopId);
    if (row === undefined) throw notFound('shop');
    await disconnectShopRow(tx, workspaceId, row.id, infra.clock.now());
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'shop.disconnected',
      subjectKind: 'shop',
      subjectId: row.id,
      changes: { address: row.address },
    });
  });
  return null;
}

export function readShop(row: ShopRow | undefined): Shop {
  if (row === undefined) throw notFound('shop');
  return toShop(row);
}

function toShop(row: ShopRow): Shop {
  return {
    id: row.id,
    kind: row.kind === 'woocommerce' ? 'woocommerce' : 'shopify',
    address: row.address,
    name: row.name,
    currency: row.currency,
    state: row.disconnected_at !== null ? 'off' : row.state === 'failing' ? 'failing' : 'working',
    message: row.message,
    products: row.products,
    sync: {
      isRunning: row.sync_run !== null,
      endedAt: row.sync_ended_at?.toISOString() ?? null,
      variants: row.sync_counts.variants ?? null,
      gone: row.sync_counts.gone ?? null,
      message: row.sync_message,
    },
    connectedAt: row.created_at.toISOString(),
  };
}
