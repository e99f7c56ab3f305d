import { parseAmount } from '#kernel/money.ts';
import { type DeliveryVerdict, ofVerdict } from '../rules/read-delivery.ts';
import { readCancellation, readOrder, readRefund } from '../rules/read-order.ts';

/** What an adapter makes of a shop's order, in the words of the server API; amounts as decimal text or minor units. */
export type ShopOrderBody = Record<string, unknown>;

/** Reads an order an adapter put into the words of the server API. */
export function readShopOrder(
  body: ShopOrderBody,
  of: { now: Date; rank?: number; aliases?: readonly (string | null)[] },
): DeliveryVerdict {
  const { aliases = [], ...how } = of;
  const verdict = ofVerdict(readOrder(body, { ...how, isFromShop: true }));
  return verdict.kind === 'order' ? { ...verdict, aliases: aliases.filter((alias) => alias !== null) } : verdict;
}

export function readShopRefund(body: ShopOrderBody, now: Date): DeliveryVerdict {
  return ofVerdict(readRefund(body, now));
}

export function readShopCancellation(body: ShopOrderBody, now: Date): DeliveryVerdict {
  return ofVerdict(readCancellation(body, now));
}

/** Minor units of an amount as a shop writes it, exact; null when it is missing, or is finer than the currency. */
export function minorOf(value: unknown, currency: string): bigint | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return null;
  try {
    return parseAmount(text, currency).amountMinor;
  } catch {
    return null;
  }
}

const clickIdShape = /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-])/;

/** A click id out of a text: itself, or the parameter rapport_click of an address. Empty when it holds none. */
export function clickIdsOf(...texts: readonly unknown[]): string[] {
  const ids = texts.flatMap((text) => {
    if (typeof text !== 'string') return [];
    const inAddress = /[?&]rapport_click=([A-Za-z0-9_-]{32})(?![A-Za-z0-9_-])/.exec(text)?.[1];
    if (inAddress !== undefined) return [inAddress];
    return clickIdShape.exec(text)?.[0] === text.trim() ? [text.trim()] : [];
  });
  return [...new Set(ids)];
}

/** Seconds since 1970 as an ISO instant; anything else as it is, for its reader to refuse. */
export function instantOfSeconds(value: unknown): unknown {
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) < 1e11
    ? new Date(value * 1000).toISOString()
    : value;
}
