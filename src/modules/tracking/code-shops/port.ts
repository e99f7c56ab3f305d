import type { Money } from '#kernel/money.ts';
import type { ShopKind } from '#modules/shops/api.ts';
import type { ShopAccess } from '#modules/shops/index.ts';

/** A code as a shop is to have it. */
export interface ShopCodeWish {
  /** Ours for ever: by it the shop's code is told from one that somebody else made under the same name. */
  key: string;
  code: string;
  kind: 'percent' | 'fixed' | 'free_shipping';
  percent: number | null;
  /** In the shop's currency; null when the code is none of a fixed amount. */
  amount: Money | null;
  startsAt: Date;
  endsAt: Date | null;
  usageLimit: number | null;
  isOncePerCustomer: boolean;
  isFirstOrder: boolean;
  /** In the shop's currency. */
  minimum: Money | null;
  minimumQuantity: number | null;
  scope: { kind: 'all' | 'products' | 'collections'; ids: string[] };
  /** False: nobody may use it any more. */
  isLive: boolean;
}

/** A code as a shop has it. What the shop does not say, or says otherwise than we understand, is null. */
export interface ShopCode {
  externalId: string;
  code: string;
  kind: ShopCodeWish['kind'] | null;
  percent: number | null;
  amount: Money | null;
  startsAt: Date | null;
  endsAt: Date | null;
  usageLimit: number | null;
  isLive: boolean;
  uses: number | null;
  /** The key it was made under, when it was made by us. */
  key: string | null;
}

export interface ShopItem {
  externalId: string;
  name: string;
}

/**
 * A kind of shop in which codes are made: declared here, implemented by an adapter of src/integrations. Adapters keep nothing. Whoever calls looks by
 * `findCode` before `makeCode`, so that an answer that got lost never leads to two codes. All throw ShopFault, of no kinds that concern parcels alone.
 */
export interface CodeShopAdapter {
  kind: ShopKind;
  /** What of a wish this kind of shop cannot do, in words; null when it can do all of it. */
  lacks(wish: ShopCodeWish): string | null;
  /** True when a code is made only at its start, since the shop knows no beginning. */
  waitsForStart: boolean;
  findCode(access: ShopAccess, code: string): Promise<ShopCode | null>;
  makeCode(access: ShopAccess, wish: ShopCodeWish): Promise<{ externalId: string }>;
  /** Makes a code that is there as the wish says: dates, limit and whether it may be used. */
  changeCode(access: ShopAccess, externalId: string, wish: ShopCodeWish): Promise<{ externalId: string }>;
  /** One page of the codes the shop has; the cursor is the adapter's own. */
  readCodes(access: ShopAccess, cursor: unknown): Promise<{ codes: ShopCode[]; cursor: unknown }>;
  /** Products or collections whose name holds the words, at most 20. */
  findItems(access: ShopAccess, of: { kind: 'products' | 'collections'; words: string }): Promise<ShopItem[]>;
}

export function codeAdapterOf(adapters: readonly CodeShopAdapter[], kind: ShopKind): CodeShopAdapter {
  const adapter = adapters.find((one) => one.kind === kind);
  if (adapter === undefined) throw new Error(`No adapter for ${kind}`);
  return adapter;
}
