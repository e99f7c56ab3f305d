import type { Infra } from '#infra/module.ts';
import { type KeyedHash, keyedHash } from '../keyed-hash.ts';

/** How followers of one workspace are hashed: the same for creators and brands, so that they can be compared. */
export function followersHash(infra: Infra, workspaceId: string): KeyedHash {
  return keyedHash(infra.secret, workspaceId, 'followers');
}
