import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Access, areas } from '#kernel/endpoint.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { addMember, createPerson, openBrowser } from '#tests/support/people.ts';
import { createApiKey, type Role, revokeApiKey, roles } from './api.ts';
import { keyAllows, roleAllows } from './rules/permissions.ts';

const accesses: Access[] = [
  ...areas.flatMap((area): Access[] => [`${area}:read`, `${area}:write`]),
  'signed-in',
  'public',
];

describe('the gate', () => {
  let test: TestCore;
  let workspaceId: string;

  beforeAll(async () => {
    test = await openTestCore();
    workspaceId = await test.database.createWorkspace('brand');
    await test.database.createWorkspace('other');
  });

  afterAll(() => test.close());

  /** What the gate answers: the workspace, or the kind of the refusal. */
  const ask = (headers: Record<string, string>, wants: { access: Access; method?: string; inWorkspace?: boolean }) =>
    test.core.modules.workspaces
      .gate(new Request('http://localhost:4600/api/v1/x', { method: wants.method ?? 'GET', headers }), {
        access: wants.access,
        inWorkspace: wants.inWorkspace ?? true,
        remoteAddress: '127.0.0.1',
      })
      .then(
        (entry) => entry.workspaceId,
        (error: { kind: string }) => error.kind,
      );

  const local = () => ({ authorization: `Bearer ${test.core.infra.localToken}` });

  describe('for a session', () => {
    it.each(roles)('lets in a %s exactly where the role allows, reading and writing', async (role: Role) => {
      const userId = await createPerson(test, `${role}@example.com`);
      await addMember(test, workspaceId, { userId, role });
      const { cookie } = await openBrowser(test, `${role}@example.com`);
      for (const access of accesses) {
        for (const method of ['GET', 'POST', 'DELETE']) {
          const answer = await ask(
            { cookie, 'rapport-workspace': 'brand', 'sec-fetch-site': 'same-origin' },
            { access, method },
          );
          const expected = access === 'public' ? '' : roleAllows(role, access) ? workspaceId : 'forbidden';
          expect(answer, `${role} ${method} ${access}`).toBe(expected);
        }
      }
    });

    it('answers a workspace one is no member of like one that does not exist', async () => {
      const { cookie } = await openBrowser(test, 'owner@example.com');
      for (const slug of ['other', 'no-such']) {
        expect(await ask({ cookie, 'rapport-workspace': slug }, { access: 'creators:read' })).toBe('not_found');
      }
    });

    it('chooses the only workspace, and asks which when there are several', async () => {
      const { cookie } = await openBrowser(test, 'viewer@example.com');
      expect(await ask({ cookie }, { access: 'creators:read' })).toBe(workspaceId);

      const second = await test.database.createWorkspace('second');
      const userId = await createPerson(test, 'both@example.com');
      await addMember(test, workspaceId, { userId, role: 'viewer' });
      await addMember(test, second, { userId, role: 'viewer' });
      const both = await openBrowser(test, 'both@example.com');
      expect(await ask({ cookie: both.cookie }, { access: 'creators:read' })).toBe('invalid');
      expect(await ask({ cookie: both.cookie, 'rapport-workspace': 'second' }, { access: 'creators:read' })).toBe(
        second,
      );
    });

    it('follows a change of role and a removal at once', async () => {
      const userId = await createPerson(test, 'brief@example.com');
      await addMember(test, workspaceId, { userId, role: 'manager' });
      const { cookie } = await openBrowser(test, 'brief@example.com');
      const headers = { cookie, 'rapport-workspace': 'brand', 'sec-fetch-site': 'same-origin' };
      const wants = { access: 'campaigns:write' as const, method: 'POST' };
      expect(await ask(headers, wants)).toBe(workspaceId);

      const change = (role: Role) =>
        test.database.db.asSystem((tx) =>
          tx.updateTable('member').set({ role }).where('user_id', '=', userId).execute(),
        );
      await change('viewer');
      expect(await ask(headers, wants)).toBe('forbidden');
      await test.database.db.asSystem((tx) => tx.deleteFrom('member').where('user_id', '=', userId).execute());
      expect(await ask(headers, wants)).toBe('not_found');
    });

    it('lets nobody in without one, but to what is public', async () => {
      for (const access of accesses) {
        expect(await ask({}, { access })).toBe(access === 'public' ? '' : 'unauthenticated');
      }
    });
  });

  describe('for an API key', () => {
    const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
    const make = (scopes: Parameters<typeof keyAllows>[0], more: { expiresAt?: string } = {}) =>
      test.client('brand').call(createApiKey, { name: 'test', scopes: scopes as ['all'], ...more });

    it('lets in exactly where its scopes allow', async () => {
      for (const scopes of [['all'], ['creators:read'], ['tracking:write', 'reports:read']]) {
        const { key } = await make(scopes);
        for (const access of accesses) {
          const expected = keyAllows(scopes, access) ? (access === 'public' ? '' : workspaceId) : 'forbidden';
          const answer = await ask(bearer(key), { access, method: 'POST' });
          expect(access === 'public' ? '' : answer, `${scopes} ${access}`).toBe(expected);
        }
      }
    });

    it('knows no workspace but its own, by header or by query', async () => {
      const { key } = await make(['all']);
      expect(await ask({ ...bearer(key), 'rapport-workspace': 'brand' }, { access: 'creators:read' })).toBe(
        workspaceId,
      );
      for (const slug of ['other', 'no-such']) {
        expect(await ask({ ...bearer(key), 'rapport-workspace': slug }, { access: 'creators:read' })).toBe('not_found');
      }
    });

    it('refuses one that is revoked, at once', async () => {
      const { key, id } = await make(['all']);
      expect(await ask(bearer(key), { access: 'creators:read' })).toBe(workspaceId);
      await test.client('brand').call(revokeApiKey, { keyId: id });
      expect(await ask(bearer(key), { access: 'creators:read' })).toBe('unauthenticated');
    });

    it('refuses a right prefix with a wrong secret, and what is no key', async () => {
      const { key } = await make(['all']);
      const wrong = key.slice(0, -1) + (key.endsWith('0') ? '1' : '0');
      for (const token of [
        wrong,
        `${key}0`,
        key.toUpperCase(),
        'rpt_',
        'rpt_000000000000_',
        test.core.infra.localToken.slice(1),
        '%00',
      ]) {
        expect(await ask(bearer(token), { access: 'creators:read' }), token).toBe('unauthenticated');
      }
    });

    it('keeps its secret nowhere in the database', async () => {
      const { key } = await make(['all']);
      const secret = key.split('_')[2] ?? '';
      const rows = await test.database.db.asSystem((tx) => tx.selectFrom('api_key').selectAll().execute());
      const audits = await test.database.db.asSystem((tx) => tx.selectFrom('audit_entry').selectAll().execute());
      expect(secret).toHaveLength(64);
      expect(JSON.stringify([rows, audits])).not.toContain(secret);
      expect(rows.some((row) => row.secret_hash.toString('utf8').includes(secret))).toBe(false);
    });

    it('notes its use, at most once a minute', async () => {
      const { key, id } = await make(['all']);
      const lastUse = async () => {
        const row = await test.database.db.asSystem((tx) =>
          tx.selectFrom('api_key').select('last_used_at').where('id', '=', id).executeTakeFirstOrThrow(),
        );
        return row.last_used_at?.getTime() ?? null;
      };
      expect(await lastUse()).toBeNull();
      await ask(bearer(key), { access: 'creators:read' });
      const first = await lastUse();
      await ask(bearer(key), { access: 'creators:read' });
      expect(first).not.toBeNull();
      expect(await lastUse()).toBe(first);
    });

    it('is nobody at a public door when it is wrong, so that other programs can sign in their own way', async () => {
      expect(await ask(bearer('not-one-of-ours'), { access: 'public' })).toBe('');
    });
  });

  describe("for the machine's own command line", () => {
    it('opens every workspace for everything, and names them when there are several', async () => {
      expect(
        await ask({ ...local(), 'rapport-workspace': 'other' }, { access: 'audit:write', method: 'POST' }),
      ).toMatch(/^ws_/);
      const refusal = test.core.modules.workspaces.gate(
        new Request('http://localhost/api/v1/x', { headers: local() }),
        {
          access: 'creators:read',
          inWorkspace: true,
          remoteAddress: '127.0.0.1',
        },
      );
      await expect(refusal).rejects.toMatchObject({
        kind: 'invalid',
        message: expect.stringContaining('brand, other'),
      });
      expect(await ask({ ...local(), 'rapport-workspace': 'no-such' }, { access: 'creators:read' })).toBe('not_found');
    });
  });
});

describe('a key that expires', () => {
  it('works until that instant and not from it on', async () => {
    let now = new Date('2026-05-01T12:00:00Z');
    const test = await openTestCore({ clock: { now: () => now } });
    try {
      await test.database.createWorkspace('brand');
      const { key } = await test
        .client()
        .call(createApiKey, { name: 'short', scopes: ['all'], expiresAt: '2026-05-02T12:00:00Z' });
      const status = async () => {
        const request = new Request('http://localhost/api/v1/workspace', {
          headers: { authorization: `Bearer ${key}` },
        });
        return (await test.fetch(request)).status;
      };
      now = new Date('2026-05-02T11:59:59.999Z');
      expect(await status()).toBe(200);
      now = new Date('2026-05-02T12:00:00Z');
      expect(await status()).toBe(401);
      const past = test
        .client()
        .call(createApiKey, { name: 'past', scopes: ['all'], expiresAt: '2026-05-01T12:00:00Z' });
      await expect(past).rejects.toMatchObject({ kind: 'invalid', details: [{ field: 'expiresAt' }] });
    } finally {
      await test.close();
    }
  });
});

describe('without any workspace', () => {
  it('the command line makes one, once, however many ask at the same time', async () => {
    const test = await openTestCore();
    try {
      const asks = Array.from({ length: 8 }, () => test.client().call(createApiKey, { name: 'k', scopes: ['all'] }));
      await Promise.all(asks);
      const rows = await test.database.db.asSystem((tx) =>
        tx.selectFrom('workspace').select(['slug', 'name']).execute(),
      );
      expect(rows).toEqual([{ slug: 'main', name: 'My brand' }]);
    } finally {
      await test.close();
    }
  });

  it('the sample does not count as one', async () => {
    const test = await openTestCore();
    try {
      const sampleId = await test.database.createWorkspace('sample');
      await test.database.db.asSystem((tx) =>
        tx.updateTable('workspace').set({ is_sample: true }).where('id', '=', sampleId).execute(),
      );
      await test.client().call(createApiKey, { name: 'k', scopes: ['all'] });
      const rows = await test.database.db.asSystem((tx) => tx.selectFrom('api_key').select('workspace_id').execute());
      expect(rows.map((row) => row.workspace_id)).not.toContain(sampleId);
    } finally {
      await test.close();
    }
  });
});
