import type { Fetched } from '#infra/fetch/safe-fetch.ts';
import { ConnectorFault } from '#modules/creators/index.ts';
import { errorSchema } from './payloads.ts';

const minuteMs = 60_000;

/** TikTok's own code of what went wrong; null when the answer tells none. */
export function codeOf(answer: Fetched): string | null {
  try {
    const parsed = errorSchema.safeParse(JSON.parse(answer.body.toString('utf8')));
    return parsed.success ? (parsed.data.error?.code ?? null) : null;
  } catch {
    return null;
  }
}

/** Says what an answer that is no success means for whoever connected the account. */
export function throwFault(answer: Fetched, now: Date): never {
  const code = codeOf(answer);
  switch (code) {
    case 'access_token_invalid':
    case 'scope_not_authorized':
    case 'scope_permission_missed':
      throw new ConnectorFault(
        'credentials',
        'TikTok does not take the token (any more). Have the account sign in again.',
      );
    case 'rate_limit_exceeded':
      throw new ConnectorFault('rate_limited', 'TikTok asks to go slower.', new Date(now.getTime() + minuteMs));
    case 'internal_error':
      throw new ConnectorFault('unavailable', 'TikTok has trouble. It is tried again later.');
    default:
      throw new ConnectorFault('malformed', `TikTok answered ${answer.status}${code === null ? '' : ` (${code})`}.`);
  }
}
