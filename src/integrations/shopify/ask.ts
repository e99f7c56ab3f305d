import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Fetched } from '#infra/fetch/safe-fetch.ts';
import { type ShopAccess, ShopFault } from '#modules/shops/index.ts';
import { type Reach, readJson } from '../call-api.ts';
import { callShop, reading } from '../call-shop.ts';
import { answerSchema, tokenSchema } from './payloads.ts';
import { apiVersion } from './queries.ts';

export const name = 'Shopify';
const throttledTriesMax = 5;
const waitMsMax = 8_000;
/** Tokens of client credentials live a day; one is used for at most this long. */
const tokenMs = 12 * 3_600_000;

/** Asks the Admin API, waiting as long as its leaky bucket says. `isOnce`: a change that must not be asked twice when the answer gets lost. */
export type Ask = <Schema extends z.ZodType>(
  access: ShopAccess,
  query: string,
  of: { variables?: Record<string, unknown>; schema: Schema; isOnce?: boolean },
) => Promise<z.output<Schema>>;

export function createAsk(reach: Reach): Ask {
  const tokenOf = createTokens(reach);
  return async (access, query, { variables, schema, isOnce }) => {
    const token = await tokenOf(access);
    for (let tries = 1; ; tries += 1) {
      const answer = await callShop(reach, access, {
        name,
        url: `https://${access.address}/admin/api/${apiVersion}/graphql.json`,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-shopify-access-token': token },
        body: JSON.stringify({ query, variables: variables ?? {} }),
        ...(isOnce === true ? { triesMax: 1 } : {}),
      });
      checkStatus(answer);
      const read = reading(() => readJson(name, answer, answerSchema));
      const codes = (read.errors ?? []).map((error) => error.extensions?.code ?? '');
      if (!codes.includes('THROTTLED')) {
        throwErrors(read);
        return reading(() => readJson(name, { ...answer, body: Buffer.from(JSON.stringify(read.data)) }, schema));
      }
      // What was throttled was not carried out, so that it may be asked again whatever it was.
      const status = read.extensions?.cost?.throttleStatus;
      const lacking = (read.extensions?.cost?.requestedQueryCost ?? 100) - (status?.currentlyAvailable ?? 0);
      const waitMs = Math.ceil((Math.max(1, lacking) / Math.max(1, status?.restoreRate ?? 50)) * 1000);
      if (tries >= throttledTriesMax || waitMs > waitMsMax)
        throw new ShopFault('rate_limited', 'Shopify asks to go slower.', new Date(access.now.getTime() + waitMs));
      await reach.wait(waitMs, access.signal);
    }
  };
}

function checkStatus({ status, body }: Fetched): void {
  if (status === 200) return;
  const said = body
    .toString('utf8')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
  if (status === 401) throw new ShopFault('disconnected', 'Shopify does not take the key (any more).');
  if (status === 402) throw new ShopFault('disconnected', 'Shopify says the shop is frozen: a bill is open.');
  if (status === 403) throw new ShopFault('disconnected', `Shopify refuses the key. It says: ${said || 'forbidden'}`);
  if (status === 404) throw new ShopFault('disconnected', 'Shopify knows no shop at this address.');
  if (status === 423) throw new ShopFault('unavailable', 'The shop is locked just now.');
  throw new ShopFault('refused', `Shopify answered ${status}. It says: ${said || 'nothing'}`);
}

function throwErrors(answer: z.infer<typeof answerSchema>): void {
  const [error] = answer.errors ?? [];
  if (error === undefined && answer.data !== null) return;
  const code = error?.extensions?.code ?? '';
  const said = (error?.message ?? 'nothing').slice(0, 300);
  if (code === 'ACCESS_DENIED') {
    const needed = error?.extensions?.requiredAccess;
    throw new ShopFault('forbidden', `The key may not do this: ${needed ?? said}`);
  }
  if (code === 'INTERNAL_SERVER_ERROR' || code === '')
    throw new ShopFault('unavailable', `Shopify has trouble: ${said}`);
  throw new ShopFault('refused', `Shopify does not take it: ${said}`);
}

/** The token entered, or one got by client id and secret, which is kept in memory for half its life. */
function createTokens(reach: Reach): (access: ShopAccess) => Promise<string> {
  const kept = new Map<string, { token: string; until: number }>();
  return async (access) => {
    const { accessToken, clientId, clientSecret } = access.credentials;
    if (accessToken !== undefined) return accessToken;
    if (clientId === undefined || clientSecret === undefined)
      throw new ShopFault('disconnected', 'Enter an access token, or a client id and its secret.');
    const key = createHash('sha256').update(`${access.address} ${clientId} ${clientSecret}`).digest('base64url');
    const known = kept.get(key);
    if (known !== undefined && known.until > access.now.getTime()) return known.token;
    const answer = await callShop(reach, access, {
      name,
      url: `https://${access.address}/admin/oauth/access_token`,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }).toString(),
    });
    if (answer.status === 400 || answer.status === 401)
      throw new ShopFault(
        'disconnected',
        'Shopify does not take the client id and secret, or the app is not installed.',
      );
    checkStatus(answer);
    const { access_token: token, expires_in: seconds } = reading(() => readJson(name, answer, tokenSchema));
    kept.set(key, { token, until: access.now.getTime() + Math.min(tokenMs, ((seconds ?? 3600) * 1000) / 2) });
    return token;
  };
}
