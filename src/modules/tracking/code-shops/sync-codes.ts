import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { findShop, noteShopFault, openShop, readWorkingShops, ShopFault, whyShut } from '#modules/shops/index.ts';
import type { CodeShop, syncCodeShop as syncEndpoint } from '../api.ts';
import { makeCodes } from '../create-codes.ts';
import { trackingError } from '../errors.ts';
import { beginCodeSync, endCodeSync, selectCodeShopsToSync } from '../queries/code-shops.ts';
import { findCodes } from '../queries/codes.ts';
import { linkImported } from '../queries/codes-in-shops.ts';
import { resolveSubject } from '../resolve-subject.ts';
import { codeKey, readCode } from '../rules/code.ts';
import { readCodeShop } from './manage-code-shops.ts';
import { type CodeShopAdapter, codeAdapterOf, type ShopCode } from './port.ts';

const pagesMax = 400;
const syncMsMax = 10 * 60_000;
const syncEveryMs = 45 * 60_000;
const shopsPerRunMax = 20;
export const syncCodesJob = 'tracking.sync-code-shop';

/** Begins to read the codes of a shop; a reading under way goes on. Errors: not_found, tracking.shop_off. */
export async function syncCodeShop(infra: Infra, call: Call<typeof syncEndpoint>): Promise<CodeShop> {
  const { workspaceId, input } = call;
  const shop = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await findShop(tx, workspaceId, input.shopId);
    if (row === undefined) throw notFound('shop');
    const reason = whyShut(row, 'codes');
    if (reason !== null) throw trackingError('shop_off', reason);
    return readCodeShop(tx, workspaceId, input.shopId);
  });
  await infra.jobs.enqueue(syncCodesJob, { workspaceId, shopId: input.shopId }, `${workspaceId}:${input.shopId}`);
  return shop;
}

/** Asks for a reading of every connected shop whose codes were not read for 45 minutes. */
export async function syncDueShops(infra: Infra): Promise<void> {
  const before = new Date(infra.clock.now().getTime() - syncEveryMs);
  const due = await infra.db.asSystem(async (tx) =>
    selectCodeShopsToSync(tx, { shops: await readWorkingShops(tx, 'codes'), before, limit: shopsPerRunMax }),
  );
  for (const shop of due)
    await infra.jobs.enqueue(
      syncCodesJob,
      { workspaceId: shop.workspace_id, shopId: shop.id },
      `${shop.workspace_id}:${shop.id}`,
    );
}

/** Reads the codes a shop has: those not here are taken in without a creator, those here learn how often the shop counted them. */
export async function readShopCodes(
  infra: Infra,
  adapters: readonly CodeShopAdapter[],
  of: { workspaceId: string; shopId: string; signal: AbortSignal },
): Promise<void> {
  const { workspaceId, shopId } = of;
  const shop = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const isOurs = await beginCodeSync(tx, workspaceId, { id: shopId, at: infra.clock.now() });
    return isOurs ? await findShop(tx, workspaceId, shopId) : undefined;
  });
  if (shop === undefined) return;
  const counts = { read: 0, added: 0 };
  let message: string | null = null;
  try {
    const access = openShop(infra, shop, {
      use: 'codes',
      signal: AbortSignal.any([of.signal, AbortSignal.timeout(syncMsMax)]),
    });
    const adapter = codeAdapterOf(adapters, shop.kind);
    let cursor: unknown = null;
    for (let page = 0; page < pagesMax; page += 1) {
      const answer = await adapter.readCodes(access, cursor);
      counts.read += answer.codes.length;
      counts.added += await takeIn(infra, { workspaceId, shopId, codes: answer.codes });
      cursor = answer.cursor;
      if (cursor === null) break;
    }
    if (cursor !== null) message = `Only the first ${counts.read} codes were read.`;
  } catch (error) {
    message = error instanceof ShopFault ? error.message : 'The shop did not answer in time.';
    if (!(error instanceof ShopFault)) infra.log.warn({ err: error, shopId }, 'the codes of a shop could not be read');
    if (error instanceof ShopFault)
      await infra.db.inWorkspace(workspaceId, (tx) =>
        noteShopFault(tx, workspaceId, { shopId, use: 'codes', fault: error }),
      );
  }
  await infra.db.inWorkspace(workspaceId, (tx) =>
    endCodeSync(tx, workspaceId, { id: shopId, at: infra.clock.now(), counts, message }),
  );
}

const importer: Actor = { kind: 'system', id: 'system', name: 'Shop' };

/** One page in one transaction. Codes whose text or discount we cannot read are left out. */
async function takeIn(
  infra: Infra,
  of: { workspaceId: string; shopId: string; codes: readonly ShopCode[] },
): Promise<number> {
  const { workspaceId, shopId } = of;
  const at = infra.clock.now();
  // Of several under one text the one in use counts.
  const byKey = new Map<string, ShopCode>();
  for (const code of of.codes) {
    if (!readCode(code.code).ok) continue;
    const key = codeKey(code.code);
    if (byKey.get(key)?.isLive !== true) byKey.set(key, code);
  }
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const known = await findCodes(tx, workspaceId, [...byKey.keys()]);
    const fresh = [...byKey.values()].filter(
      (code) => code.isLive && isReadable(code) && !known.has(codeKey(code.code)),
    );
    await makeFresh(infra, tx, { workspaceId, codes: fresh });
    const all = await findCodes(tx, workspaceId, [...byKey.keys()]);
    const rows = [...byKey].flatMap(([key, code]) => {
      const row = all.get(key);
      return row === undefined ? [] : [{ codeId: row.id, externalId: code.externalId, uses: code.uses }];
    });
    await linkImported(tx, workspaceId, { shopId, at, rows });
    return fresh.length;
  });
}

function isReadable(code: ShopCode): boolean {
  if (code.kind === 'percent') return code.percent !== null;
  if (code.kind === 'fixed') return code.amount !== null && code.amount.amountMinor > 0n;
  return code.kind === 'free_shipping';
}

async function makeFresh(infra: Infra, tx: Tx, of: { workspaceId: string; codes: readonly ShopCode[] }): Promise<void> {
  const { workspaceId } = of;
  const subject = await resolveSubject(infra, tx, workspaceId, {});
  await makeCodes(
    infra,
    tx,
    { workspaceId, actor: importer, requestId: null },
    of.codes.map((code) => ({
      subject,
      code: code.code,
      pattern: '',
      terms: {
        kind: code.kind ?? 'free_shipping',
        percent: code.percent ?? undefined,
        amount: code.amount === null ? undefined : toMoneyJson(code.amount),
        startsAt: code.startsAt?.toISOString() ?? null,
        endsAt:
          code.endsAt !== null && (code.startsAt === null || code.endsAt > code.startsAt)
            ? code.endsAt.toISOString()
            : null,
        usageLimit: code.usageLimit,
        // It is in its shop already; in the others nobody asked for it.
        shopIds: [],
      },
    })),
  );
}
