import { type Access, type Area, areas, type Scope } from '#kernel/endpoint.ts';
import type { Role } from '../api.ts';

/** Areas about the house itself; only those who run it look into them. */
const houseAreas: readonly Area[] = ['members', 'api-keys', 'audit'];
const businessAreas = areas.filter((area) => !houseAreas.includes(area));

const reads = businessAreas.map((area): Scope => `${area}:read`);
const writes = businessAreas.filter((area) => area !== 'workspace').map((area): Scope => `${area}:write`);
const everything = areas.flatMap((area): Scope[] => [`${area}:read`, `${area}:write`]);

/** Which role may do what: the one table. What an admin may not do to owners is a rule of the members' use cases. */
export const scopesOfRole: Record<Role, readonly Scope[]> = {
  owner: everything,
  admin: everything,
  manager: [...reads, ...writes, 'members:read'],
  analyst: [...reads, 'discovery:write', 'vetting:write', 'reports:write'],
  finance: [...reads, 'reports:write'],
  viewer: reads,
};

/** True when a member of that role may call an endpoint of that access. */
export function roleAllows(role: Role, access: Access): boolean {
  return access === 'public' || access === 'signed-in' || scopesOfRole[role].includes(access);
}

/** True when a key of those scopes may; `all` stands for every scope there is and will be, and writing includes reading. */
export function keyAllows(scopes: readonly string[], access: Access): boolean {
  if (access === 'public' || access === 'signed-in' || scopes.includes('all') || scopes.includes(access)) return true;
  return access.endsWith(':read') && scopes.includes(access.replace(/:read$/, ':write'));
}
