import { cookieValue, type Knock } from './knock.ts';
import type { ClickSettings, OwnHost } from './link-table.ts';

/** What a visitor said of cookies: yes, no, or nothing that we were told. */
export type Consent = 'given' | 'refused' | 'unasked';

/**
 * What is known of a visitor's consent: a browser that asks for privacy (Sec-GPC, DNT) refuses, the shop's own consent cookie says yes.
 * That cookie reaches us only on a host below the shop's domain, which is where a click cookie is of use.
 */
export function consentOf(knock: Knock, settings: ClickSettings): Consent {
  const { consentCookie } = settings;
  const value = consentCookie === null ? null : cookieValue(knock.cookie, consentCookie.name);
  if (value !== null && consentCookie !== null && decoded(value).includes(consentCookie.holds)) return 'given';
  return knock.asksPrivacy ? 'refused' : 'unasked';
}

/** May the click's cookie be set? Without it uniqueness rests on the salt of the day and money on the id in the address. */
export function maySetCookie(mode: ClickSettings['cookies'], consent: Consent): boolean {
  switch (mode) {
    case 'always':
      return consent !== 'refused';
    case 'consent':
      return consent === 'given';
    case 'never':
      return false;
  }
}

const tails = new Map<string, string>();
const tailsMax = 1000;

/** What follows the value of a click's cookie: set by HTTP, out of reach of scripts, for the shop's whole domain when the host says so. */
export function cookieTail(settings: ClickSettings, host: OwnHost | null, isSecure: boolean): string {
  const key = `${settings.cookieDays} ${host?.cookieDomain ?? ''} ${isSecure}`;
  const known = tails.get(key);
  if (known !== undefined) return known;
  const domain = host?.cookieDomain == null ? '' : `; Domain=${host.cookieDomain}`;
  const tail = `; Max-Age=${settings.cookieDays * 86_400}; Path=/${domain}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  if (tails.size >= tailsMax) tails.clear();
  tails.set(key, tail);
  return tail;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
