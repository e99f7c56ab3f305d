import type { Money } from '#kernel/money.ts';
import type { CodeShopAbout, CodeShopKind } from '../api.ts';

/** What an adapter may use while it speaks with a shop. */
export interface CodeShopAccess {
  /** Host name and folder of the shop; the account's id for a payment service. */
  address: string;
  credentials: Record<string, string>;
  /** ISO 4217, in which the shop sells; null before it was asked. */
  currency: string | null;
  now: Date;
  signal: AbortSignal;
}

/** disconnected: the key does not work or may not do this; refused: the shop will not take this code, whoever asks; the others pass by themselves. */
export type CodeShopFaultKind = 'disconnected' | 'refused' | 'rate_limited' | 'unavailable';

/** Why a shop did not do what it was asked, in words for the brand. */
export class CodeShopFault extends Error {
  readonly kind: CodeShopFaultKind;
  readonly retryAt: Date | null;

  constructor(kind: CodeShopFaultKind, message: string, retryAt: Date | null = null) {
    super(message);
    this.name = 'CodeShopFault';
    this.kind = kind;
    this.retryAt = retryAt;
  }
}

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
 * `findCode` before `makeCode`, so that an answer that got lost never leads to two codes. All throw CodeShopFault.
 */
export interface CodeShopAdapter {
  kind: CodeShopKind;
  about: CodeShopAbout;
  /** The address out of what was entered; null when it is none of this kind, `''` when the shop itself has to say. */
  addressOf(values: Record<string, string>): string | null;
  /** Asks once whether the key works and may make codes. */
  check(
    access: CodeShopAccess,
  ): Promise<{ name: string; currency: string; address: string; storefront: string | null }>;
  /** What of a wish this kind of shop cannot do, in words; null when it can do all of it. */
  lacks(wish: ShopCodeWish): string | null;
  /** True when a code is made only at its start, since the shop knows no beginning. */
  waitsForStart: boolean;
  findCode(access: CodeShopAccess, code: string): Promise<ShopCode | null>;
  makeCode(access: CodeShopAccess, wish: ShopCodeWish): Promise<{ externalId: string }>;
  /** Makes a code that is there as the wish says: dates, limit and whether it may be used. */
  changeCode(access: CodeShopAccess, externalId: string, wish: ShopCodeWish): Promise<{ externalId: string }>;
  /** One page of the codes the shop has; the cursor is the adapter's own. */
  readCodes(access: CodeShopAccess, cursor: unknown): Promise<{ codes: ShopCode[]; cursor: unknown }>;
  /** Products or collections whose name holds the words, at most 20. */
  findItems(access: CodeShopAccess, of: { kind: 'products' | 'collections'; words: string }): Promise<ShopItem[]>;
}
