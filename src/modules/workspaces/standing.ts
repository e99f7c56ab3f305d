import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Role } from './api.ts';
import { roleOf } from './queries/members.ts';

/**
 * As what the caller changes members: people by their role, the machine's own command line as an owner,
 * keys as admins, so that no key ever makes or removes an owner.
 */
export async function standingOf(tx: Tx, call: Pick<Call, 'actor' | 'workspaceId'>): Promise<Role> {
  switch (call.actor.kind) {
    case 'system':
      return 'owner';
    case 'api_key':
      return 'admin';
    case 'creator':
      return 'viewer';
    case 'user':
      return (await roleOf(tx, call.workspaceId, call.actor.id)) ?? 'viewer';
  }
}
