import { isIP } from 'node:net';
import { isPublicAddress } from './check-address.ts';

export type UrlCheck = { ok: true; url: URL } | { ok: false; reason: string };

// Names that mean this machine or its network by RFC 6761, 6762, 8375 or by custom of clouds, whatever a resolver says.
const localNames = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home\.arpa)$/;

const no = (reason: string): UrlCheck => ({ ok: false, reason });

/**
 * Reads an address that somebody gave and says whether it may be fetched, by its text alone; names are checked again once they are resolved.
 * Octal, hexadecimal, short and full-width forms of an address are written out by the URL standard before the check. Without a scheme it counts
 * as http. `allowed` holds `host:port` pairs that tests or the operator let through.
 */
export function checkUrl(text: string, allowed: ReadonlySet<string> = new Set()): UrlCheck {
  const clean = withScheme(text.trim());
  // Programs disagree on where a host ends at such a character, and the disagreement is how a check is got around.
  if (/^[a-z]+:[/\\]*[^/?#]*[\\\t\r\n]/i.test(clean)) return no('It has a backslash or line break in its host.');
  const url = URL.parse(clean);
  if (url === null) return no('It is not an address.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return no(`${url.protocol} is not http or https.`);
  if (url.username !== '' || url.password !== '') return no('It holds a user name or password.');
  const host = url.hostname.replace(/\.+$/, '').toLowerCase();
  if (host === '') return no('It names no host.');
  if (allowed.has(`${host}:${portOf(url)}`)) return { ok: true, url };
  const literal = host.startsWith('[') ? host.slice(1, -1) : host;
  if (isIP(literal) !== 0)
    return isPublicAddress(literal) ? { ok: true, url } : no(`${literal} is not on the public internet.`);
  if (localNames.test(host)) return no(`${host} is a name of this machine or its network.`);
  return { ok: true, url };
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

function withScheme(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^https?:/i.test(text)) return text;
  return `http://${text.replace(/^[/\\]+/, '')}`;
}
