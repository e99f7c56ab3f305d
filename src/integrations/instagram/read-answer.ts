import type { Fetched } from '#infra/fetch/safe-fetch.ts';
import { dayMs } from '#kernel/time.ts';
import { ConnectorFault } from '#modules/creators/index.ts';
import { errorSchema } from './payloads.ts';

const rateCodes = new Set([4, 17, 32, 613, 80_001, 80_002]);
const keyCodes = new Set([102, 104, 190, 463, 467]);
const hashtagQuota = 2_207_034;
const hashtagUnknown = 2_207_024;
const noBusiness = 2_207_013;
const hourMs = 3_600_000;

/** Throws the fault that an error answer of the Graph API stands for, by its code and subcode. */
export function throwFault(answer: Fetched, now: Date): never {
  const parsed = errorSchema.safeParse(jsonOrNull(answer.body.toString('utf8')));
  const error = parsed.success ? parsed.data.error : null;
  const code = error?.code ?? 0;
  const subcode = error?.error_subcode ?? 0;
  const said = (error?.error_user_msg ?? error?.message ?? `status ${answer.status}`).slice(0, 300);
  if (subcode === hashtagQuota)
    throw new ConnectorFault(
      'quota',
      'Instagram allows 30 different hashtags within 7 days; they are used up.',
      new Date(now.getTime() + dayMs),
    );
  if (subcode === hashtagUnknown) throw new ConnectorFault('gone', 'Instagram knows no posts under this hashtag.');
  if (code === 110 || subcode === noBusiness)
    throw new ConnectorFault(
      'closed',
      'It is no business or creator account that others may see: private, personal, age-gated, renamed or gone.',
    );
  if (rateCodes.has(code))
    throw new ConnectorFault(
      'rate_limited',
      'Instagram says that the app has asked enough for this hour.',
      new Date(now.getTime() + hourMs),
    );
  if (keyCodes.has(code) || answer.status === 401)
    throw new ConnectorFault('credentials', `Instagram does not take the token (any more). It says: ${said}`);
  if (code === 10 || (code >= 200 && code < 300))
    throw new ConnectorFault('credentials', `The token lacks a permission. Instagram says: ${said}`);
  if (code === 1 || code === 2 || error?.is_transient === true)
    throw new ConnectorFault('unavailable', `Instagram has trouble. It says: ${said}`);
  if (code === 100 && subcode === 33) throw new ConnectorFault('gone', 'Instagram does not know it (any more).');
  throw new ConnectorFault('malformed', `Instagram answered ${answer.status}. It says: ${said}`);
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
