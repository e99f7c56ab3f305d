import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublicAddress } from '../fetch/check-address.ts';

export interface PinnedHost {
  /** The checked address to connect to. */
  address: string;
  /** Name the certificate must carry; null for an address. */
  serverName: string | null;
  /** Named in RAPPORT_MAIL_HOSTS: on this machine or network, where TLS may be lacking. */
  isTrusted: boolean;
}

/**
 * Resolves a mail server that a member of a workspace named. Only the public internet and what RAPPORT_MAIL_HOSTS names (`host` or `host:port`)
 * is reached, and the connection goes to exactly the address that was checked. Null with the reason when it is refused.
 */
export async function pinHost(
  allowed: readonly string[],
  at: { host: string; port: number },
): Promise<{ ok: true; pinned: PinnedHost } | { ok: false; reason: string }> {
  const host = at.host.toLowerCase().replace(/\.+$/, '');
  const isTrusted = allowed.includes(host) || allowed.includes(`${host}:${at.port}`);
  let addresses: string[];
  try {
    addresses = isIP(host) === 0 ? (await lookup(host, { all: true })).map((entry) => entry.address) : [host];
  } catch {
    return { ok: false, reason: `There is no server named ${host}.` };
  }
  const closed = isTrusted ? undefined : addresses.find((address) => !isPublicAddress(address));
  if (closed !== undefined) {
    return {
      ok: false,
      reason: `${host} is not on the public internet. Who runs this installation may allow it by RAPPORT_MAIL_HOSTS=${host}:${at.port}.`,
    };
  }
  const [address] = addresses;
  if (address === undefined) return { ok: false, reason: `${host} has no address.` };
  return { ok: true, pinned: { address, serverName: isIP(host) === 0 ? host : null, isTrusted } };
}
