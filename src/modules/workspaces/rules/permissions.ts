import { type Access, type Area, areas, type Scope } from '#kernel/endpoint.ts';
import type { Role } from '../api.ts';

/** Areas about the house itself: only those who run it change them. */
const houseAreas: readonly Area[] = ['workspace', 'members', 'api-keys', 'audit'];
/** Of these, what does not concern those who only do the work. */
const innerAreas: readonly Area[] = ['members', 'api-keys', 'audit'];

const read = (area: Area): Scope => `${area}:read`;
const write = (area: Area): Scope => `${area}:write`;
const allReads = areas.map(read);
const workReads = areas.filter((area) => !innerAreas.includes(area)).map(read);
const workWrites = areas.filter((area) => !houseAreas.includes(area)).map(write);
const everything = [...allReads, ...areas.map(write)];

/** Which role may do what: the one table. What only owners may do to owners stands in member-change.ts. */
export const scopesOfRole: Record<Role, readonly Scope[]> = {
  owner: everything,
  admin: everything,
  manager: [...allReads, ...workWrites],
  analyst: [...workReads, 'discovery:write', 'vetting:write', 'reports:write'],
  finance: [...workReads, 'reports:write'],
  viewer: workReads,
};

/** True when a member of that role may call an endpoint of that access. What is the creators' own is for none of them. */
export function roleAllows(role: Role, access: Access): boolean {
  if (access === 'portal') return false;
  return access === 'public' || access === 'signed-in' || scopesOfRole[role].includes(access);
}

/** True when a key of those scopes may; `all` stands for every scope there is and will be, and writing includes reading. */
export function keyAllows(scopes: readonly string[], access: Access): boolean {
  if (access === 'portal') return false;
  if (access === 'public' || access === 'signed-in' || scopes.includes('all') || scopes.includes(access)) return true;
  return access.endsWith(':read') && scopes.includes(access.replace(/:read$/, ':write'));
}

/** The first of the wanted scopes that a key of `held` scopes may not pass on; null when it may pass on all. */
export function scopeNotHeld(held: readonly string[], wanted: readonly (Scope | 'all')[]): string | null {
  return wanted.find((scope) => (scope === 'all' ? !held.includes('all') : !keyAllows(held, scope))) ?? null;
}
