import type { Scope } from '#kernel/endpoint.ts';
import type { Role } from '#modules/workspaces/api.ts';

/** Areas that only owners and admins may change. */
const closedToManagers = new Set(['workspace', 'members', 'api-keys', 'audit']);
const analystWrites = new Set(['discovery', 'vetting', 'reports']);

/** Mirrors the server's rule so that the page offers only what will succeed; the server decides. */
export function roleAllows(role: Role, scope: Scope): boolean {
  const [area = '', verb] = scope.split(':');
  if (verb === 'read') return true;
  switch (role) {
    case 'owner':
    case 'admin':
      return true;
    case 'manager':
      return !closedToManagers.has(area);
    case 'analyst':
      return analystWrites.has(area);
    case 'finance':
      return area === 'reports';
    case 'viewer':
      return false;
  }
}
