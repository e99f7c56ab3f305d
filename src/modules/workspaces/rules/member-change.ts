import type { Role } from '../api.ts';

export type MemberChange = { kind: 'role'; to: Role } | { kind: 'removal' };

/**
 * Why one may not change a member so; null when one may. Owners are made, changed and removed by owners alone,
 * and the last one stays, so that a workspace never is without.
 */
export function memberChangeFault(
  by: Role,
  member: { role: Role; ownersInWorkspace: number },
  change: MemberChange,
): 'owners_only' | 'last_owner' | null {
  const staysOwner = change.kind === 'role' && change.to === 'owner';
  const touchesOwners = member.role === 'owner' || staysOwner;
  if (touchesOwners && by !== 'owner') return 'owners_only';
  if (member.role === 'owner' && !staysOwner && member.ownersInWorkspace <= 1) return 'last_owner';
  return null;
}
