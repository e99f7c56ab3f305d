import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import { type connectShop as connectEndpoint, type Shop, type ShopUse, shopNames } from './api.ts';
import { shopsError } from './errors.ts';
import { connectorOf, sealShopKey } from './open-shop.ts';
import { type ShopCheck, type ShopConnector, ShopFault, type ShopUser } from './port.ts';
import { toShop } from './present-shops.ts';
import { lockShopByAddress, selectShop, upsertShop } from './queries.ts';
import { beginWork, tellUsers } from './tell-users.ts';

export const checkMsMax = 25_000;

export interface ShopParts {
  infra: Infra;
  connectors: readonly ShopConnector[];
  users: readonly ShopUser[];
}

/**
 * Connects a shop, or gives it a new key. The key is tried first; one that does not work, or may do nothing a shop is used for, is not kept. What
 * waited for the shop is due at once. Errors: shops.bad_value (fields `values.<key>`, `uses`), shops.bad_key.
 */
export async function connectShop(parts: ShopParts, call: Call<typeof connectEndpoint>): Promise<Shop> {
  const { infra, connectors, users } = parts;
  const { workspaceId, input, actor } = call;
  const connector = connectorOf(connectors, input.kind);
  const { address, credentials } = readValues(connector, input.values);
  checkUses(connector, input.uses);
  const found = await tryKey(infra, connector, { address, credentials });
  const allowed = connector.about.uses.flatMap(({ use }) => ((found.lacks[use] ?? []).length === 0 ? [use] : []));
  if (allowed.length === 0) throw badKey(connector, 'key', `The key lacks ${allLacks(found)}.`);
  const shop = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const now = infra.clock.now();
    const owner = { workspace_id: workspaceId, kind: input.kind, address: found.address };
    const before = await lockShopByAddress(tx, workspaceId, owner);
    const uses = input.uses ?? (before === undefined || before.uses.length === 0 ? allowed : before.uses);
    const id = await upsertShop(tx, workspaceId, {
      ...found,
      id: newId('shop', now.getTime()),
      kind: input.kind,
      name: found.name.slice(0, 200) || found.address,
      credentials: sealShopKey(infra, owner, credentials),
      uses,
      createdBy: actor.id,
      at: now,
    });
    const after = await selectShop(tx, workspaceId, id);
    if (after === undefined) throw notFound('shop');
    await tellUsers(infra, tx, { users, shop: after });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: before === undefined ? 'shop.connected' : 'shop.key-replaced',
      subjectKind: 'shop',
      subjectId: id,
      // Which values were entered, never what they are.
      changes: { kind: input.kind, address: found.address, entered: Object.keys(input.values), uses },
    });
    return after;
  });
  await beginWork({ users, shop });
  return toShop(connectors, shop);
}

function readValues(
  connector: ShopConnector,
  values: Record<string, string>,
): { address: string; credentials: Record<string, string> } {
  const details: { field: string; message: string }[] = [];
  const credentials: Record<string, string> = {};
  const { fields } = connector.about;
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
  const address = connector.addressOf(values);
  const place = fields.find((field) => !field.isSecret);
  if (details.length === 0 && address === null)
    details.push({
      field: `values.${place?.key ?? ''}`,
      message: `This is no address of a shop. ${place?.help ?? ''}`.trim(),
    });
  const [first] = details;
  if (first !== undefined || address === null)
    throw shopsError('bad_value', `${first?.message ?? 'No address'}.`, details);
  return { address, credentials };
}

/** Error: shops.bad_value for a use this kind of shop does not have. */
export function checkUses(connector: ShopConnector, uses: readonly ShopUse[] | undefined): void {
  const odd = uses?.find((use) => !connector.about.uses.some((one) => one.use === use));
  if (odd === undefined) return;
  const has = connector.about.uses.map(({ use }) => use).join(', ');
  const message = `${shopNames[connector.kind]} cannot be used for ${odd}, only for: ${has}`;
  throw shopsError('bad_value', `${message}.`, [{ field: 'uses', message }]);
}

async function tryKey(
  infra: Infra,
  connector: ShopConnector,
  of: { address: string; credentials: Record<string, string> },
): Promise<ShopCheck> {
  try {
    return await connector.check({
      ...of,
      currency: null,
      now: infra.clock.now(),
      signal: AbortSignal.timeout(checkMsMax),
    });
  } catch (error) {
    if (!(error instanceof ShopFault)) throw error;
    throw badKey(
      connector,
      error.kind === 'disconnected' || error.kind === 'forbidden' ? 'key' : 'address',
      error.message,
    );
  }
}

function badKey(connector: ShopConnector, at: 'key' | 'address', message: string) {
  const { fields } = connector.about;
  const field = (at === 'key' ? undefined : fields.find((one) => !one.isSecret)) ?? fields.find((one) => one.isSecret);
  return shopsError('bad_key', `${shopNames[connector.kind]} did not let us in: ${message}`, [
    { field: `values.${field?.key ?? ''}`, message },
  ]);
}

function allLacks({ lacks }: ShopCheck): string {
  return [...new Set(Object.values(lacks).flat())].join(', ');
}
