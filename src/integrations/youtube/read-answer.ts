import type { Fetched } from '#infra/fetch/safe-fetch.ts';
import { ConnectorFault } from '#modules/creators/index.ts';
import { errorSchema } from './payloads.ts';

/** The reasons of https://developers.google.com/youtube/v3/docs/errors and of the core API errors that Google's gateway sends. */
const keyReasons = new Set([
  'keyInvalid',
  'keyExpired',
  'API_KEY_INVALID',
  'accessNotConfigured',
  'SERVICE_DISABLED',
  'ipRefererBlocked',
  'API_KEY_SERVICE_BLOCKED',
  'API_KEY_IP_ADDRESS_BLOCKED',
  'API_KEY_HTTP_REFERRER_BLOCKED',
  'authError',
]);
const dailyReasons = new Set(['quotaExceeded', 'dailyLimitExceeded', 'dailyLimitExceededUnreg']);
const rateReasons = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'RATE_LIMIT_EXCEEDED',
  'servingLimitExceeded',
]);
const goneReasons = new Set(['channelNotFound', 'playlistNotFound', 'videoNotFound', 'notFound']);

/** Throws the fault an error answer stands for; `retryAt` is when the platform's next day begins. */
export function throwFault(answer: Fetched, nextDay: Date): never {
  const parsed = errorSchema.safeParse(jsonOrNull(answer.body.toString('utf8')));
  const error = parsed.success ? parsed.data.error : null;
  const reasons = [...(error?.errors ?? []), ...(error?.details ?? [])].flatMap((one) => one.reason ?? []);
  const said = (error?.message ?? '').replace(/<[^>]*>/g, '').slice(0, 300);
  const has = (known: Set<string>) => reasons.some((reason) => known.has(reason));
  if (has(dailyReasons))
    throw new ConnectorFault('quota', 'YouTube says the daily quota of this key is used up.', nextDay);
  if (has(rateReasons)) throw new ConnectorFault('rate_limited', 'YouTube asks to go slower.');
  if (has(keyReasons) || answer.status === 401)
    throw new ConnectorFault(
      'credentials',
      `YouTube does not take the key. It says: ${said || `status ${answer.status}`}`,
    );
  if (reasons.includes('commentsDisabled')) throw new ConnectorFault('closed', 'Comments are switched off.');
  if (has(goneReasons) || answer.status === 404)
    throw new ConnectorFault('gone', 'YouTube does not know it (any more).');
  if (answer.status === 403)
    throw new ConnectorFault('closed', `YouTube does not give it. It says: ${said || 'forbidden'}`);
  throw new ConnectorFault('malformed', `YouTube answered ${answer.status}. It says: ${said || 'nothing'}`);
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
