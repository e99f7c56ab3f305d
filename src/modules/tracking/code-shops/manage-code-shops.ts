import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type CodeShop,
  codeShopNames,
  type connectCodeShop as connectEndpoint,
  type disconnectCodeShop as disconnectEndpoint,
  type findShopItems as itemsEndpoint,
  type listCodeShops as listEndpoint,
  type testCodeShop as testEndpoint,
  type updateCodeShop as updateEndpoint,
} from '../api.ts';
import { trackingError } from '../errors.ts';
import {
  type CodeShopRow,
  changeCodeShop,
  disconnectCodeShopRow,
  selectCodeShop,
  selectCodeShops,
  setCodeShopState,
  upsertCodeShop,
} from '../queries/code-shops.ts';
import { retryShop } from '../queries/codes-in-shops.ts';
import { codeAdapterOf, openCodeShop, sealCodeShopKey } from './open-code-shop.ts';
import { type CodeShopAdapter, CodeShopFault } from './port.ts';

const checkMsMax = 25_000;

export async function listCodeShops(
  infra: Infra,
  adapters: readonly CodeShopAdapter[],
  call: Call<typeof listEndpoint>,
) {
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) => selectCodeShops(tx, call.workspaceId));
  return {
    shops: rows.map(toCodeShop),
    kinds: adapters.map(({ kind, about }) => ({ kind, name: codeShopNames[kind], about })),
  };
}

/**
 * Connects a shop for codes. The key is tried first; one that does not work is not kept. Codes that waited for the shop are due at once.
 * Errors: tracking.bad_value (field `values.<key>`), tracking.bad_key.
 */
export async function connectCodeShop(
  infra: Infra,
  adapters: readonly CodeShopAdapter[],
  call: Call<typeof connectEndpoint>,
): Promise<CodeShop> {
  const { workspaceId, input, actor } = call;
  const adapter = codeAdapterOf(adapters, input.kind);
  const { address, credentials } = readValues(adapter, input.values);
  const found = await tryKey(infra, adapter, { address, credentials });
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const now = infra.clock.now();
    const id = await upsertCodeShop(tx, workspaceId, {
      id: newId('codeShop', now.getTime()),
      kind: input.kind,
      address: found.address,
      name: found.name.slice(0, 200) || found.address,
      currency: found.currency,
      storefront: found.storefront,
      credentials: sealCodeShopKey(infra, { workspaceId, kind: input.kind, address: found.address }, credentials),
      createdBy: actor.id,
      at: now,
    });
    await retryShop(tx, workspaceId, { shopId: id, at: now });
    // Which values were entered, never what they are.
    await audit(tx, call, {
      id,
      action: 'code-shop.connected',
      changes: { kind: input.kind, address: found.address, entered: Object.keys(input.values) },
    });
    return readCodeShop(tx, workspaceId, id);
  });
}

function readValues(
  adapter: CodeShopAdapter,
  values: Record<string, string>,
): { address: string; credentials: Record<string, string> } {
  const details: { field: string; message: string }[] = [];
  const credentials: Record<string, string> = {};
  const { fields } = adapter.about;
  for (const key of Object.keys(values))
    if (!fields.some((field) => field.key === key))
      details.push({ field: `values.${key}`, message: 'There is no such value here' });
  for (const field of fields) {
    const value = (values[field.key] ?? '').trim();
    if (value === '') {
      if (!field.isOptional) details.push({ field: `values.${field.key}`, message: `${field.label} is needed` });
      continue;
    }
    // Header values: a line break in one would be a second header.
    if (/\p{Cc}/u.test(value)) details.push({ field: `values.${field.key}`, message: 'It holds a line break' });
    else if (field.isSecret) credentials[field.key] = value;
  }
  const address = adapter.addressOf(values);
  const place = fields.find((field) => !field.isSecret);
  if (details.length === 0 && address === null)
    details.push({
      field: `values.${place?.key ?? ''}`,
      message: `This is no address of a shop. ${place?.help ?? ''}`.trim(),
    });
  const [first] = details;
  if (first !== undefined || address === null)
    throw trackingError('bad_value', `${first?.message ?? 'No address'}.`, details);
  return { address, credentials };
}

async function tryKey(
  infra: Infra,
  adapter: CodeShopAdapter,
  of: { address: string; credentials: Record<string, string> },
) {
  try {
    return await adapter.check({
      ...of,
      currency: null,
      now: infra.clock.now(),
      signal: AbortSignal.timeout(checkMsMax),
    });
  } catch (error) {
    if (!(error instanceof CodeShopFault)) throw error;
    const { fields } = adapter.about;
    const field =
      (error.kind === 'disconnected' ? undefined : fields.find((one) => !one.isSecret)) ??
      fields.find((one) => one.isSecret);
    throw trackingError('bad_key', `${codeShopNames[adapter.kind]} did not let us in: ${error.message}`, [
      { field: `values.${field?.key ?? ''}`, message: error.message },
    ]);
  }
}

/** Asks the shop once. A fault is an answer, not an error. Error: not_found. */
export async function testCodeShop(
  infra: Infra,
  adapters: readonly CodeShopAdapter[],
  call: Call<typeof testEndpoint>,
): Promise<{ isWorking: boolean; message: string }> {
  const { workspaceId, input } = call;
  const row = await infra.db.inWorkspace(workspaceId, (tx) => selectCodeShop(tx, workspaceId, input.shopId));
  if (row === undefined) throw notFound('shop');
  try {
    const access = openCodeShop(infra, row, AbortSignal.timeout(checkMsMax));
    const { name } = await codeAdapterOf(adapters, row.kind).check(access);
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      await setCodeShopState(tx, workspaceId, { id: row.id, state: 'working', message: null });
      await retryShop(tx, workspaceId, { shopId: row.id, at: infra.clock.now() });
    });
    return { isWorking: true, message: `It works: ${name}.` };
  } catch (error) {
    if (!(error instanceof CodeShopFault)) throw error;
    if (error.kind === 'disconnected' && row.disconnected_at === null)
      await infra.db.inWorkspace(workspaceId, (tx) =>
        setCodeShopState(tx, workspaceId, { id: row.id, state: 'failing', message: error.message }),
      );
    return { isWorking: false, message: error.message };
  }
}

/** Error: not_found. */
export async function updateCodeShop(infra: Infra, call: Call<typeof updateEndpoint>): Promise<CodeShop> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectCodeShop(tx, workspaceId, input.shopId);
    if (row === undefined) throw notFound('shop');
    const after = {
      id: row.id,
      isDefault: input.isDefault ?? row.is_default,
      storefront: input.storefront === undefined ? row.storefront : input.storefront,
    };
    await changeCodeShop(tx, workspaceId, after);
    await audit(tx, call, {
      id: row.id,
      action: 'code-shop.changed',
      changes: {
        isDefault: { from: row.is_default, to: after.isDefault },
        storefront: { from: row.storefront, to: after.storefront },
      },
    });
    return readCodeShop(tx, workspaceId, row.id);
  });
}

/** Forgets the key; codes stay here and there. Error: not_found. */
export async function disconnectCodeShop(infra: Infra, call: Call<typeof disconnectEndpoint>): Promise<CodeShop> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectCodeShop(tx, workspaceId, input.shopId);
    if (row === undefined) throw notFound('shop');
    await disconnectCodeShopRow(tx, workspaceId, row.id, infra.clock.now());
    await audit(tx, call, {
      id: row.id,
      action: 'code-shop.disconnected',
      changes: { address: row.address },
    });
    return readCodeShop(tx, workspaceId, row.id);
  });
}

/** Products or collections of a shop. Errors: not_found, tracking.shop_fault with the shop's words. */
export async function findShopItems(
  infra: Infra,
  adapters: readonly CodeShopAdapter[],
  call: Call<typeof itemsEndpoint>,
) {
  const { workspaceId, input } = call;
  const row = await infra.db.inWorkspace(workspaceId, (tx) => selectCodeShop(tx, workspaceId, input.shopId));
  if (row === undefined) throw notFound('shop');
  try {
    const access = openCodeShop(infra, row, AbortSignal.timeout(checkMsMax));
    return await codeAdapterOf(adapters, row.kind).findItems(access, { kind: input.kind, words: input.q.trim() });
  } catch (error) {
    if (error instanceof CodeShopFault) throw trackingError('shop_fault', error.message);
    throw error;
  }
}

export async function readCodeShop(tx: Tx, workspaceId: string, id: string): Promise<CodeShop> {
  const row = await selectCodeShop(tx, workspaceId, id);
  if (row === undefined) throw notFound('shop');
  return toCodeShop(row);
}

function toCodeShop(row: CodeShopRow): CodeShop {
  return {
    id: row.id,
    kind: row.kind,
    address: row.address,
    name: row.name,
    currency: row.currency,
    storefront: row.storefront,
    state: row.disconnected_at !== null ? 'off' : row.state,
    message: row.message,
    isDefault: row.is_default,
    codes: { made: row.made, waiting: row.waiting, failed: row.failed },
    sync: {
      isRunning: row.sync_started_at !== null,
      endedAt: row.sync_ended_at?.toISOString() ?? null,
      read: row.sync_counts.read ?? null,
      added: row.sync_counts.added ?? null,
      message: row.sync_message,
    },
    connectedAt: row.created_at.toISOString(),
  };
}

function audit(
  tx: Tx,
  call: { workspaceId: string; actor: Actor; requestId: string },
  of: { id: string; action: string; changes: Record<string, unknown> },
): Promise<void> {
  return recordAudit(tx, {
    workspaceId: call.workspaceId,
    actor: call.actor,
    requestId: call.requestId,
    action: of.action,
    subjectKind: 'code_shop',
    subjectId: of.id,
    changes: of.changes,
  });
}
