import type { Fetched } from '#infra/fetch/safe-fetch.ts';
import { AppError } from '#kernel/errors.ts';
import { ConnectorFault } from '#modules/creators/index.ts';
import { type ShopAccess, ShopFault } from '#modules/shops/index.ts';
import { type ApiRequest, callApi, type Reach } from './call-api.ts';

/** One request to a shop, with the repetitions of `callApi`; its faults are faults of the shop. A redirect elsewhere is refused, since keys go along. */
export async function callShop(
  reach: Reach,
  access: ShopAccess,
  request: Omit<ApiRequest, 'signal' | 'now'>,
): Promise<Fetched> {
  try {
    return await callApi(reach, { ...request, signal: access.signal, now: access.now });
  } catch (error) {
    throw shopFaultOf(error);
  }
}

/** Reads an answer; what does not fit is a fault of the shop, of which nothing is known but that it may pass. */
export function reading<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw shopFaultOf(error);
  }
}

function shopFaultOf(error: unknown): unknown {
  // The address leads nowhere we may go, or to an endless redirect.
  if (error instanceof AppError && error.code.startsWith('fetch.')) return new ShopFault('unavailable', error.message);
  if (!(error instanceof ConnectorFault)) return error;
  const kind = error.kind === 'rate_limited' || error.kind === 'quota' ? 'rate_limited' : 'unavailable';
  return new ShopFault(kind, error.message, error.retryAt);
}

/** First word or words, and the last, of a name: shops ask for two fields. */
export function splitName(name: string): { first: string; last: string } {
  const words = name.split(' ');
  const last = words.length > 1 ? (words.at(-1) ?? '') : name;
  return { first: words.length > 1 ? words.slice(0, -1).join(' ') : '', last };
}
