import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import {
  type ConnectedShop,
  findShop,
  noteShopFault,
  noteShopWorks,
  openShop,
  ShopFault,
} from '#modules/shops/index.ts';
import { pictureBytesMax } from '../catalogue/pictures.ts';
import { beginSync, endSync } from '../queries/shops.ts';
import {
  markUnseen,
  type ShopVariantWrite,
  selectPicturesDue,
  setPicture,
  upsertShopVariants,
} from '../queries/write-products.ts';
import { adapterOf, type ShopAdapter, type ShopVariant } from './port.ts';

/** 100,000 variants at a hundred a page: a larger shop is told, not read in part. */
const pagesMax = 1000;
const picturesPerRun = 300;

/**
 * Reads all that a shop sells and says gone of what it no longer shows; only a reading that came to its end does. Running it again changes nothing;
 * one that died begins anew. A fault of the shop is written beside it, not thrown.
 */
export async function syncShop(
  infra: Infra,
  adapters: readonly ShopAdapter[],
  of: { workspaceId: string; shopId: string; signal: AbortSignal },
): Promise<void> {
  const { workspaceId, shopId } = of;
  const run = newId('job', infra.clock.now().getTime());
  const row = await infra.db.inWorkspace(workspaceId, async (tx) =>
    (await beginSync(tx, workspaceId, { id: shopId, run, at: infra.clock.now() }))
      ? findShop(tx, workspaceId, shopId)
      : undefined,
  );
  if (row === undefined) return;
  try {
    const variants = await readAll(infra, adapterOf(adapters, row.kind), { row, run, signal: of.signal });
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      const gone = await markUnseen(tx, workspaceId, { shopId, run });
      await noteShopWorks(tx, workspaceId, shopId);
      await endSync(tx, workspaceId, {
        id: shopId,
        run,
        at: infra.clock.now(),
        counts: { variants, gone },
        message: null,
      });
    });
    await fetchPictures(infra, { workspaceId, shopId, signal: of.signal });
  } catch (error) {
    const message =
      error instanceof ShopFault ? error.message : 'The reading was broken off. It begins anew by itself.';
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      await endSync(tx, workspaceId, { id: shopId, run, at: infra.clock.now(), counts: null, message });
      if (error instanceof ShopFault) await noteShopFault(tx, workspaceId, { shopId, use: 'products', fault: error });
    });
    if (!(error instanceof ShopFault)) throw error;
  }
}

async function readAll(
  infra: Infra,
  adapter: ShopAdapter,
  of: { row: ConnectedShop; run: string; signal: AbortSignal },
): Promise<number> {
  const { row, run } = of;
  const currency = row.currency ?? 'USD';
  let cursor: unknown = null;
  let count = 0;
  for (let page = 0; page < pagesMax; page += 1) {
    const read = await adapter.readVariants(openShop(infra, row, { use: 'products', signal: of.signal }), cursor);
    const base = infra.clock.now().getTime();
    const rows = read.variants.map((variant, index) => toWrite(variant, { currency, base, sort: count + index }));
    await infra.db.inWorkspace(row.workspace_id, (tx) =>
      upsertShopVariants(tx, row.workspace_id, { shopId: row.id, run, rows }),
    );
    count += rows.length;
    cursor = read.cursor;
    if (cursor === null) return count;
  }
  throw new ShopFault('refused', `The shop has more than ${pagesMax * 100} variants, which is more than is read.`);
}

function toWrite(variant: ShopVariant, of: { currency: string; base: number; sort: number }): ShopVariantWrite {
  return {
    // Only taken when the product or variant is new.
    productId: newId('product', of.base),
    variantId: newId('variant', of.base),
    productExternalId: variant.productId,
    externalId: variant.variantId,
    productName: cut(variant.productName, 200) ?? 'Without a name',
    category: cut(variant.category, 100),
    description: cut(variant.description, 2000),
    pictureUrl: cut(variant.pictureUrl, 2000),
    isOnSale: variant.isOnSale,
    sku: cut(variant.sku, 100),
    title: Object.values(variant.options).join(' / ').slice(0, 200),
    options: variant.options,
    costMinor: amount(variant.costMinor),
    priceMinor: amount(variant.priceMinor),
    currency: of.currency,
    stock: variant.stock,
    weightGrams: variant.weightGrams === null || variant.weightGrams > 1_000_000 ? null : variant.weightGrams,
    sort: of.sort,
  };
}

const amountMinorMax = 10n ** 12n;

function amount(minor: bigint | null): string | null {
  return minor === null || minor < 0n || minor > amountMinorMax ? null : minor.toString();
}

function cut(text: string | null, max: number): string | null {
  const plain = (text ?? '').replace(/[\p{Cc}]+/gu, ' ').trim();
  return plain === '' ? null : plain.slice(0, max);
}

/** Keeps pictures of products here, so that no page of ours reaches out. One that cannot be had is tried three times in all. */
async function fetchPictures(
  infra: Infra,
  of: { workspaceId: string; shopId: string; signal: AbortSignal },
): Promise<void> {
  const { workspaceId, shopId, signal } = of;
  const due = await infra.db.inWorkspace(workspaceId, (tx) =>
    selectPicturesDue(tx, workspaceId, { shopId, limit: picturesPerRun }),
  );
  for (const { id, picture_url: url } of due) {
    if (signal.aborted) return;
    const fileId = await fetchPicture(infra, { workspaceId, url, signal });
    await infra.db.inWorkspace(workspaceId, (tx) => setPicture(tx, workspaceId, { id, url, fileId }));
  }
}

async function fetchPicture(
  infra: Infra,
  of: { workspaceId: string; url: string; signal: AbortSignal },
): Promise<string | null> {
  try {
    const answer = await infra.fetch(of.url, { bytesMax: pictureBytesMax, signal: of.signal });
    if (answer.status !== 200) return null;
    async function* once() {
      yield answer.body;
    }
    const file = await infra.files.keep(of.workspaceId, {
      content: once(),
      name: 'product',
      accept: ['image'],
      bytesMax: pictureBytesMax,
      by: 'shop',
    });
    return file.id;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
