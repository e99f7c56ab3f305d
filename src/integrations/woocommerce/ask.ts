import type { z } from 'zod';
import type { Fetched } from '#infra/fetch/safe-fetch.ts';
import { type ShopAccess, ShopFault } from '#modules/shops/index.ts';
import { type Reach, readJson } from '../call-api.ts';
import { callShop, reading } from '../call-shop.ts';
import { errorSchema } from './payloads.ts';

/** Asks the REST API of a shop. Null for what is not there; faults for all else that is no success. A body is a change and is asked once. */
export type Ask = <Schema extends z.ZodType>(
  access: ShopAccess,
  path: string,
  of: { query?: Record<string, string>; body?: unknown; schema: Schema },
) => Promise<{ value: z.output<Schema>; pages: number } | null>;

export function createAsk(reach: Reach): Ask {
  return async (access, path, { query, body, schema }) => {
    const { consumerKey, consumerSecret } = access.credentials;
    const key = Buffer.from(`${consumerKey ?? ''}:${consumerSecret ?? ''}`).toString('base64');
    const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
    const answer = await callShop(reach, access, {
      name: 'The shop',
      url: `https://${access.address}/wp-json${path}${search}`,
      headers: { authorization: `Basic ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { method: 'POST' as const, body: JSON.stringify(body), triesMax: 1 }),
    });
    if (answer.status === 404 && isKnown404(answer)) return null;
    if (answer.status < 200 || answer.status > 299) throw faultOf(answer);
    const value = reading(() => readJson('The shop', answer, schema));
    return { value, pages: Number(answer.headers['x-wp-totalpages'] ?? '1') || 1 };
  };
}

/** The shop answers for a thing that is gone; a page of HTML says that there is no such API. */
function isKnown404(answer: Fetched): boolean {
  return /woocommerce_rest_.*(invalid_id|not_found)/.test(errorOf(answer)?.code ?? '');
}

function errorOf(answer: Fetched): z.infer<typeof errorSchema> | null {
  try {
    const parsed = errorSchema.safeParse(JSON.parse(answer.body.toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function faultOf(answer: Fetched): ShopFault {
  const { status } = answer;
  const error = errorOf(answer);
  const said = (error?.message ?? '').replace(/<[^>]*>/g, '').slice(0, 300);
  const code = error?.code ?? '';
  if (status === 401 || status === 403)
    return new ShopFault(
      'disconnected',
      `The shop does not take the key${/cannot_(create|edit)/.test(code) ? ': it needs Read/Write' : ''}. It says: ${said || `status ${status}`}`,
    );
  if (status === 404)
    return new ShopFault('disconnected', 'There is no WooCommerce at this address, or its permalinks are "plain".');
  if (/invalid_product_id|product_invalid_id|variation_invalid/.test(code)) return new ShopFault('product_gone', said);
  if (/stock/.test(code)) return new ShopFault('no_stock', said);
  const params = Object.keys(error?.data?.params ?? {});
  if (params.some((param) => param === 'billing' || param === 'shipping') || /billing|shipping|email/.test(code))
    return new ShopFault('address_refused', `The shop does not take the address: ${said}`);
  return new ShopFault('refused', `The shop does not take it (${status}): ${said || 'it says nothing'}`);
}
