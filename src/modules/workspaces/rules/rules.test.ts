import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Role, roles } from '../api.ts';
import { changesBetween } from './changes-between.ts';
import { memberChangeFault } from './member-change.ts';
import { passwordFault } from './password-fault.ts';
import { isLoopbackAddress, isLoopbackHost, siteOf } from './same-site.ts';
import { isReservedSlug, slugFromName } from './workspace-slug.ts';

describe('a change of members', () => {
  const anyRole = fc.constantFrom(...roles);
  const anyChange = fc.oneof(
    anyRole.map((to) => ({ kind: 'role' as const, to })),
    fc.constant({ kind: 'removal' as const }),
  );

  it('never leaves a workspace without an owner', () => {
    fc.assert(
      fc.property(anyRole, anyRole, anyChange, (by, role, change) => {
        const takesOwner = role === 'owner' && !(change.kind === 'role' && change.to === 'owner');
        if (takesOwner) expect(memberChangeFault(by, { role, ownersInWorkspace: 1 }, change)).not.toBeNull();
      }),
    );
  });

  it('touches owners only by the hand of an owner', () => {
    fc.assert(
      fc.property(anyRole, anyRole, anyChange, (by, role, change) => {
        const touches = role === 'owner' || (change.kind === 'role' && change.to === 'owner');
        const fault = memberChangeFault(by, { role, ownersInWorkspace: 2 }, change);
        expect(fault).toBe(touches && by !== 'owner' ? 'owners_only' : null);
      }),
    );
  });

  it('lets an owner step down when another one stays', () => {
    const stepDown = { kind: 'role' as const, to: 'viewer' as Role };
    expect(memberChangeFault('owner', { role: 'owner', ownersInWorkspace: 2 }, stepDown)).toBeNull();
    expect(memberChangeFault('owner', { role: 'owner', ownersInWorkspace: 1 }, stepDown)).toBe('last_owner');
  });
});

describe('the slug of a name', () => {
  it.each([
    ['Café Crème & Co', 'cafe-creme-co'],
    ['  Oatwhistle  ', 'oatwhistle'],
    ['--- 42 ---', '42'],
    ['株式会社', 'workspace'],
    ['', 'workspace'],
    ['Sign in', 'sign-in-1'],
  ])('%j is %j', (name, slug) => {
    expect(slugFromName(name)).toBe(slug);
  });

  it('can always stand in an address and is never a page of the app', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        const slug = slugFromName(name);
        expect(slug).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
        expect(isReservedSlug(slug)).toBe(false);
      }),
    );
  });
});

describe('the site a request comes from', () => {
  const own = { secFetchSite: null, origin: null, host: 'localhost:4600', publicUrl: 'https://rapport.example' };

  it.each([
    ['a fetch of our own page', { secFetchSite: 'same-origin', origin: 'http://localhost:4600' }, 'own'],
    ['an address that was typed', { secFetchSite: 'none' }, 'own'],
    ['our own page in an older browser', { origin: 'http://localhost:4600' }, 'own'],
    ['our public address behind a proxy', { secFetchSite: 'same-site', origin: 'https://rapport.example' }, 'own'],
    ['another site', { secFetchSite: 'cross-site', origin: 'https://evil.example' }, 'other'],
    ['another site in an older browser', { origin: 'https://evil.example' }, 'other'],
    ['a sister domain', { secFetchSite: 'same-site', origin: 'https://shop.rapport.example' }, 'other'],
    ['another port of this machine', { origin: 'http://localhost:9999' }, 'other'],
    ['a sandboxed frame', { origin: 'null' }, 'other'],
    ['nonsense', { origin: 'localhost:4600' }, 'other'],
    ['another site that sends no origin', { secFetchSite: 'cross-site' }, 'other'],
    ['a program', {}, 'unknown'],
  ])('%s', (_, headers, site) => {
    expect(siteOf({ ...own, ...headers })).toBe(site);
  });
});

describe('this machine', () => {
  it.each(['localhost', 'localhost:4600', '127.0.0.1:4600', '[::1]:4600', 'rapport.localhost'])(
    'is called %s',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );

  it.each(['example.com', '127.0.0.1.evil.example', 'localhost.evil.example', '192.168.1.4', '', '10.0.0.1:4600'])(
    'is not called %j',
    (host) => {
      expect(isLoopbackHost(host)).toBe(false);
    },
  );

  it('has loopback addresses, also in IPv6 dress', () => {
    expect(
      ['127.0.0.1', '::1', '::ffff:127.0.0.1', '127.9.9.9'].filter((address) => !isLoopbackAddress(address)),
    ).toEqual([]);
    expect(['10.0.0.1', '::2', '::ffff:10.0.0.1', '128.0.0.1', 'localhost'].filter(isLoopbackAddress)).toEqual([]);
  });
});

describe('a password', () => {
  const about = { email: 'ana.quist@example.com', name: 'Ana Quist' };

  it.each([
    'password1',
    'Qwerty123',
    '1234567890',
    'aaaaaaaaaa',
    'abababab',
    'ANA.QUIST',
    'ana.quist@example.com',
    'ana quist',
  ])('is refused when anybody would try it: %s', (password) => {
    expect(passwordFault(password, about)).not.toBeNull();
  });

  it.each(['a long walk by the sea', 'Tr0ub4dor&3', 'correct horse battery', 'пароль на русском'])(
    'is taken: %s',
    (password) => {
      expect(passwordFault(password, about)).toBeNull();
    },
  );
});

describe('the changes of an update', () => {
  it('are the given fields that differ, with what they were', () => {
    const before = { name: 'Spring', slug: 'spring', currency: 'USD' };
    expect(changesBetween(before, { name: 'Summer', slug: 'spring', currency: undefined })).toEqual({
      name: { from: 'Spring', to: 'Summer' },
    });
    expect(changesBetween(before, {})).toEqual({});
  });
});
