import { describe, expect, it } from 'vitest';
import { type Access, areas, type Scope } from '#kernel/endpoint.ts';
import { type Role, roles } from '../api.ts';
import { keyAllows, roleAllows, scopeNotHeld } from './permissions.ts';

/** Written out by hand, not derived: what each role may, area by area. `rw` reads and writes, `r` reads, `-` neither. */
const table: Record<(typeof areas)[number], Record<Role, 'rw' | 'r' | '-'>> = {
  workspace: { owner: 'rw', admin: 'rw', manager: 'r', analyst: 'r', finance: 'r', viewer: 'r' },
  members: { owner: 'rw', admin: 'rw', manager: 'r', analyst: '-', finance: '-', viewer: '-' },
  'api-keys': { owner: 'rw', admin: 'rw', manager: 'r', analyst: '-', finance: '-', viewer: '-' },
  audit: { owner: 'rw', admin: 'rw', manager: 'r', analyst: '-', finance: '-', viewer: '-' },
  creators: { owner: 'rw', admin: 'rw', manager: 'rw', analyst: 'r', finance: 'r', viewer: 'r' },
  discovery: { owner: 'rw', admin: 'rw', manager: 'rw', analyst: 'rw', finance: 'r', viewer: 'r' },
  vetting: { owner: 'rw', admin: 'rw', manager: 'rw', analyst: 'rw', finance: 'r', viewer: 'r' },
  campaigns: { owner: 'rw', admin: 'rw', manager: 'rw', analyst: 'r', finance: 'r', viewer: 'r' },
  contracts: { owner: 'rw', admin: 'rw', manager: 'rw', analyst: 'r', finance: 'r', viewer: 'r' },
  content: { owner: 'rw', admin: 'rw', manager: 'rw', analyst: 'r', finance: 'r', viewer: 'r' },
  outreach: { owner: 'rw', admin: 'rw', manager: 'rw', analyst: 'r', finance: 'r', viewer: 'r' },
  tracking: { owner: 'rw', admin: 'rw', manager: 'rw', analyst: 'r', finance: 'r', viewer: 'r' },
  reports: { owner: 'rw', admin: 'rw', manager: 'rw', analyst: 'rw', finance: 'rw', viewer: 'r' },
  automations: { owner: 'rw', admin: 'rw', manager: 'rw', analyst: 'r', finance: 'r', viewer: 'r' },
};

const cases = areas.flatMap((area) =>
  roles.flatMap((role) => [
    { role, access: `${area}:read` as Scope, allowed: table[area][role] !== '-' },
    { role, access: `${area}:write` as Scope, allowed: table[area][role] === 'rw' },
  ]),
);

describe('what a role may', () => {
  it.each(cases)('$role, $access: $allowed', ({ role, access, allowed }) => {
    expect(roleAllows(role, access)).toBe(allowed);
  });

  it.each(roles)('lets %s do what any signed-in person may', (role) => {
    expect(roleAllows(role, 'signed-in')).toBe(true);
    expect(roleAllows(role, 'public')).toBe(true);
  });
});

describe('what a key may', () => {
  const everyAccess: Access[] = [...cases.map(({ access }) => access), 'signed-in', 'public'];

  it('is everything with the scope all', () => {
    expect(everyAccess.filter((access) => !keyAllows(['all'], access))).toEqual([]);
  });

  it('is exactly its scopes, and the reading of what it writes', () => {
    const allowed = new Set(everyAccess.filter((access) => keyAllows(['tracking:write', 'reports:read'], access)));
    expect([...allowed].sort()).toEqual(['public', 'reports:read', 'signed-in', 'tracking:read', 'tracking:write']);
  });

  it('is nothing without scopes but what any key may', () => {
    expect(new Set(everyAccess.filter((access) => keyAllows([], access)))).toEqual(new Set(['signed-in', 'public']));
  });

  it('never passes on more than it holds', () => {
    expect(scopeNotHeld(['creators:write'], ['creators:read', 'creators:write'])).toBeNull();
    expect(scopeNotHeld(['creators:write'], ['creators:read', 'reports:read'])).toBe('reports:read');
    expect(scopeNotHeld(['creators:read'], ['creators:write'])).toBe('creators:write');
    expect(scopeNotHeld(['creators:write'], ['all'])).toBe('all');
    expect(scopeNotHeld(['all'], ['all', 'audit:write'])).toBeNull();
  });
});
