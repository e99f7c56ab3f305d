import type { Infra } from '#infra/module.ts';
import { workspacesError } from './errors.ts';
import { readKeySecret, secretMatches } from './key-secret.ts';
import { keyByPrefix, type PresentedKey, touchKey } from './queries/api-keys.ts';

/**
 * The API key a caller presents. An unknown prefix and a wrong secret get the same answer; that a key is revoked or
 * expired is told only to who holds its secret. Errors: workspaces.bad_key, key_revoked, key_expired.
 */
export async function authenticateKey(infra: Infra, token: string): Promise<PresentedKey> {
  const presented = readKeySecret(token);
  const now = infra.clock.now();
  const key = presented === null ? undefined : await infra.db.asSystem((tx) => keyByPrefix(tx, presented.prefix));
  if (presented === null || key === undefined || !secretMatches(presented.secret, key.secretHash)) {
    throw workspacesError('bad_key', 'There is no such API key. Make one under Settings, API keys.');
  }
  if (key.revokedAt !== null) throw workspacesError('key_revoked', `The API key "${key.name}" was revoked.`);
  if (key.expiresAt !== null && key.expiresAt <= now)
    throw workspacesError(
      'key_expired',
      `The API key "${key.name}" expired on ${key.expiresAt.toISOString().slice(0, 10)}.`,
    );
  if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() > 60_000) {
    await infra.db.asSystem((tx) => touchKey(tx, { workspaceId: key.workspaceId, id: key.id, now }));
  }
  return key;
}
