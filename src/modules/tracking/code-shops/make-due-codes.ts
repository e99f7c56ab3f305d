import type { Infra } from '#infra/module.ts';
import {
  type ConnectedShop,
  findShop,
  needsNewKey,
  noteShopFault,
  openShop,
  type ShopAccess,
  ShopFault,
} from '#modules/shops/index.ts';
import { type CodeRow, selectCode } from '../queries/codes.ts';
import { type DueCode, stateMade, statePutOff, takeDueCodes } from '../queries/codes-in-shops.ts';
import { retryDelayMs, wishFor } from '../rules/shop-wish.ts';
import { type CodeShopAdapter, codeAdapterOf, type ShopCodeWish } from './port.ts';

const batchMax = 50;
const batchesMax = 40;
const leaseMs = 5 * 60_000;
const stepMsMax = 60_000;
const triesMax = 12;

interface Parts {
  infra: Infra;
  adapters: readonly CodeShopAdapter[];
  signal: AbortSignal;
}

/**
 * Makes, changes and ends codes in shops as they are due, over all workspaces or in one. Before a code is made the shop is asked for it, so that an
 * answer that got lost never leads to two. Returns how many tries were made.
 */
export async function makeDueCodes(
  infra: Infra,
  adapters: readonly CodeShopAdapter[],
  of: { signal: AbortSignal; workspaceId?: string },
): Promise<number> {
  let tried = 0;
  for (let batch = 0; batch < batchesMax && !of.signal.aborted; batch += 1) {
    const due = await infra.db.asSystem((tx) =>
      takeDueCodes(tx, { now: infra.clock.now(), leaseMs, limit: batchMax, workspaceId: of.workspaceId ?? null }),
    );
    // A shop that does not let us in, or asks us to wait, is left alone until the next round.
    const resting = new Map<string, ShopFault>();
    for (const one of due) {
      const rest = resting.get(one.shop_id);
      const fault = rest ?? (await makeOne({ infra, adapters, signal: of.signal }, one));
      if (rest !== undefined) await putOff(infra, one, rest);
      if (fault !== null && fault.kind !== 'refused') resting.set(one.shop_id, fault);
      tried += 1;
    }
    if (due.length < batchMax) break;
  }
  return tried;
}

async function makeOne(parts: Parts, due: DueCode): Promise<ShopFault | null> {
  const { infra, adapters } = parts;
  const { workspace_id: workspaceId, code_id: codeId, shop_id: shopId } = due;
  const [shop, code] = await infra.db.inWorkspace(workspaceId, async (tx) => [
    await findShop(tx, workspaceId, shopId),
    await selectCode(tx, workspaceId, codeId),
  ]);
  if (shop === undefined || code === undefined) return null;
  try {
    const signal = AbortSignal.any([parts.signal, AbortSignal.timeout(stepMsMax)]);
    const made = await bring(codeAdapterOf(adapters, shop.kind), {
      shop,
      code,
      due,
      access: openShop(infra, shop, { use: 'codes', signal }),
    });
    if (made instanceof Date) {
      const message = 'Made when it begins: this shop knows no beginning.';
      await infra.db.inWorkspace(workspaceId, (tx) =>
        statePutOff(tx, workspaceId, { codeId, shopId, version: due.wanted, dueAt: made, message, isFailed: false }),
      );
      return null;
    }
    await infra.db.inWorkspace(workspaceId, (tx) =>
      stateMade(tx, workspaceId, { codeId, shopId, version: due.wanted, at: infra.clock.now(), ...made }),
    );
    return null;
  } catch (error) {
    const fault = error instanceof ShopFault ? error : new ShopFault('unavailable', 'The shop did not answer in time.');
    if (!(error instanceof ShopFault)) infra.log.warn({ err: error, codeId, shopId }, 'a code could not be made');
    await putOff(infra, due, fault);
    await infra.db.inWorkspace(workspaceId, (tx) => noteShopFault(tx, workspaceId, { shopId, use: 'codes', fault }));
    return fault;
  }
}

/** The shop's own id of the code, made or changed; the instant at which it can be made when that lies ahead. */
async function bring(
  adapter: CodeShopAdapter,
  of: { shop: ConnectedShop; code: CodeRow; due: DueCode; access: ShopAccess },
): Promise<{ externalId: string } | Date> {
  const { shop, code, due, access } = of;
  const read = wishFor(code, { id: shop.id, name: shop.name, currency: shop.currency }, access.now);
  if (!read.ok) throw new ShopFault('refused', read.message);
  const { wish } = read;
  const lack = adapter.lacks(wish);
  if (lack !== null) throw new ShopFault('refused', lack);
  if (due.external_id !== null) return adapter.changeCode(access, due.external_id, wish);
  if (adapter.waitsForStart && wish.isLive && wish.startsAt > access.now) return wish.startsAt;
  const known = await adapter.findCode(access, wish.code);
  if (known === null) {
    // What nobody may use any more, and is not there, need not be made.
    if (!wish.isLive) return { externalId: '' };
    return adapter.makeCode(access, wish);
  }
  if (known.key !== wish.key)
    throw new ShopFault(
      'refused',
      `${shop.name} has a code ${known.code} already, which was not made by Rapport. Read the codes of the shop to take it over, or choose another code.`,
    );
  return due.made === 0 && isSame(known, wish)
    ? { externalId: known.externalId }
    : adapter.changeCode(access, known.externalId, wish);
}

function isSame(
  known: { isLive: boolean; endsAt: Date | null; usageLimit: number | null },
  wish: ShopCodeWish,
): boolean {
  const seconds = (at: Date | null) => (at === null ? null : Math.floor(at.getTime() / 1000));
  return (
    known.isLive === wish.isLive &&
    seconds(known.endsAt) === seconds(wish.endsAt) &&
    known.usageLimit === wish.usageLimit
  );
}

/** Waits longer with each try; what the shop will not take, or what failed too often, waits for a person. */
async function putOff(infra: Infra, due: DueCode, fault: ShopFault): Promise<void> {
  const now = infra.clock.now().getTime();
  const wait = retryDelayMs(due.tries);
  const dueAt = new Date(Math.max(now + wait, fault.retryAt?.getTime() ?? 0));
  await infra.db.inWorkspace(due.workspace_id, (tx) =>
    statePutOff(tx, due.workspace_id, {
      codeId: due.code_id,
      shopId: due.shop_id,
      version: due.wanted,
      dueAt,
      message: fault.message,
      isFailed: fault.kind === 'refused' || needsNewKey(fault) || due.tries >= triesMax,
    }),
  );
}
