import { randomBytes } from 'node:crypto';
import type { Infra } from '#infra/module.ts';
import { hashSecret, secretMatches } from './key-secret.ts';
import { firstPerson } from './queries/people.ts';
import { isLoopbackAddress, isLoopbackHost } from './rules/same-site.ts';
import { siteOfRequest } from './who-is-signed-in.ts';

export interface SetUpDoor {
  /** Whether the first owner may be made by this caller: from this machine itself, or with the token of the link. */
  isOpenTo(from: { request: Request; remoteAddress: string }, token: string | undefined): boolean;
  /** Address to make the first owner at, good until the program stops or an owner is there; null when there is one. */
  link(): Promise<string | null>;
}

/** Guards the making of the first owner. The token lives in memory only; a new start prints a new one. */
export function createSetUpDoor(infra: Infra): SetUpDoor {
  const token = randomBytes(24).toString('base64url');
  const tokenHash = hashSecret(token);
  return {
    isOpenTo: (from, given) => {
      if (siteOfRequest(infra, from.request) === 'other') return false;
      return given === undefined ? isThisMachine(infra, from) : secretMatches(given, tokenHash);
    },
    link: async () => {
      const owner = await infra.db.asSystem(firstPerson);
      return owner === undefined ? `${infra.config.publicUrl}/app/set-up?token=${token}` : null;
    },
  };
}

/**
 * The peer's address alone would not do: behind a proxy on the same machine everybody comes from it, and a page whose name
 * points to 127.0.0.1 would too. So the name asked for, and our own public one, must be this machine's as well.
 */
function isThisMachine(infra: Infra, { request, remoteAddress }: { request: Request; remoteAddress: string }): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some((name) =>
    request.headers.has(name),
  );
  const host = request.headers.get('host') ?? new URL(request.url).host;
  return (
    !isForwarded &&
    isLoopbackAddress(remoteAddress) &&
    isLoopbackHost(host) &&
    isLoopbackHost(new URL(infra.config.publicUrl).host)
  );
}
