import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  addMember,
  type Browser,
  browserWith,
  createPerson,
  goodPassword,
  openBrowser,
  signInAnswer,
} from '#tests/support/people.ts';
import {
  acceptInvitation,
  changeMemberRole,
  createApiKey,
  createInvitation,
  getSession,
  listAudit,
  listInvitations,
  listMembers,
  lookUpInvitation,
  type Role,
  removeMember,
  revokeInvitation,
} from './api.ts';

let test: TestCore;
let workspaceId: string;
let memberIds: Record<'owner' | 'admin' | 'manager' | 'viewer', string>;
let owner: Browser;
let admin: Browser;

beforeAll(async () => {
  test = await openTestCore();
  workspaceId = await test.database.createWorkspace('brand');
  const join = async (role: Role) => {
    const userId = await createPerson(test, `${role}@example.com`);
    return addMember(test, workspaceId, { userId, role });
  };
  memberIds = {
    owner: await join('owner'),
    admin: await join('admin'),
    manager: await join('manager'),
    viewer: await join('viewer'),
  };
  owner = await openBrowser(test, 'owner@example.com', 'brand');
  admin = await openBrowser(test, 'admin@example.com', 'brand');
});

afterAll(() => test.close());

const tokenOf = (link: string) => link.split('/').at(-1) ?? '';
const visitor = () => browserWith(test, '');
const trail = async (action: string) => (await owner.client.call(listAudit, { action })).rows;

describe('members', () => {
  it('are listed by name with their roles', async () => {
    const { rows } = await owner.client.call(listMembers, {});
    expect(rows.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'admin admin',
      'manager manager',
      'owner owner',
      'viewer viewer',
    ]);
  });

  it('get another role, which the audit trail tells with the one before', async () => {
    const changed = await admin.client.call(changeMemberRole, { memberId: memberIds.viewer, role: 'analyst' });
    expect(changed.role).toBe('analyst');
    const [entry] = await trail('member.role_changed');
    expect(entry).toMatchObject({
      actor: { kind: 'user', name: 'admin' },
      subjectId: memberIds.viewer,
      changes: { person: 'viewer', role: { from: 'viewer', to: 'analyst' } },
    });
    expect(entry?.requestId).toMatch(/^req_/);
  });

  it('keep their last owner, whoever tries', async () => {
    for (const client of [owner.client, test.client('brand')]) {
      const demote = client.call(changeMemberRole, { memberId: memberIds.owner, role: 'viewer' });
      await expect(demote).rejects.toMatchObject({ kind: 'conflict', code: 'workspaces.last_owner' });
      const remove = client.call(removeMember, { memberId: memberIds.owner });
      await expect(remove).rejects.toMatchObject({ code: 'workspaces.last_owner' });
    }
  });

  it('keep one owner when two owners step down at the same time', async () => {
    await owner.client.call(changeMemberRole, { memberId: memberIds.manager, role: 'owner' });
    const results = await Promise.allSettled([
      test.client('brand').call(changeMemberRole, { memberId: memberIds.owner, role: 'admin' }),
      test.client('brand').call(changeMemberRole, { memberId: memberIds.manager, role: 'admin' }),
    ]);
    const { rows } = await test.client('brand').call(listMembers, {});
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(rows.filter(({ role }) => role === 'owner')).toHaveLength(1);

    await test.client('brand').call(changeMemberRole, { memberId: memberIds.owner, role: 'owner' });
    await test.client('brand').call(changeMemberRole, { memberId: memberIds.manager, role: 'manager' });
  });

  it('who are owners are out of reach for admins and for keys', async () => {
    const { key } = await owner.client.call(createApiKey, { name: 'members', scopes: ['members:write'] });
    const byKey = browserWith(test, '');
    const withKey = (method: string, path: string, body: object) =>
      byKey.fetch(`/api/v1${path}`, { method, body, headers: { authorization: `Bearer ${key}` } });
    await expect(
      admin.client.call(changeMemberRole, { memberId: memberIds.owner, role: 'viewer' }),
    ).rejects.toMatchObject({
      code: 'workspaces.owners_only',
    });
    await expect(admin.client.call(removeMember, { memberId: memberIds.owner })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(
      admin.client.call(changeMemberRole, { memberId: memberIds.admin, role: 'owner' }),
    ).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(admin.client.call(createInvitation, { email: 'x@example.com', role: 'owner' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    expect((await withKey('PATCH', `/members/${memberIds.viewer}`, { role: 'owner' })).status).toBe(403);
    expect((await withKey('DELETE', `/members/${memberIds.owner}`, {})).status).toBe(403);
    expect((await withKey('PATCH', `/members/${memberIds.viewer}`, { role: 'finance' })).status).toBe(200);
  });

  it('who are removed are out at once, and the trail keeps who it was', async () => {
    const userId = await createPerson(test, 'gone@example.com');
    const memberId = await addMember(test, workspaceId, { userId, role: 'admin' });
    const gone = await openBrowser(test, 'gone@example.com', 'brand');
    await admin.client.call(removeMember, { memberId });

    await expect(gone.client.call(listMembers, {})).rejects.toMatchObject({ kind: 'not_found' });
    const [entry] = await trail('member.removed');
    expect(entry?.changes).toMatchObject({ person: 'gone', email: 'gone@example.com' });
  });
});

describe('an invitation', () => {
  it('brings in a new person, once, under the invited address', async () => {
    const { link, invitation } = await admin.client.call(createInvitation, {
      email: ' New@Example.com',
      role: 'finance',
    });
    const token = tokenOf(link);
    expect(link).toMatch(/\/app\/invitation\/[\w-]{43}$/);
    expect(invitation).toMatchObject({
      email: 'new@example.com',
      role: 'finance',
      invitedBy: 'admin',
      isExpired: false,
    });
    expect(await visitor().client.call(lookUpInvitation, { token })).toMatchObject({
      workspaceName: 'brand',
      email: 'new@example.com',
      hasAccount: false,
    });

    const account = { token, name: 'New Person', password: goodPassword };
    const joined = await Promise.allSettled([1, 2, 3].map(() => visitor().client.call(acceptInvitation, account)));
    expect(joined.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(visitor().client.call(acceptInvitation, account)).rejects.toMatchObject({
      code: 'workspaces.invitation_ended',
    });

    const person = await openBrowser(test, 'new@example.com');
    const { workspaces } = await person.client.call(getSession, {});
    expect(workspaces.map(({ slug, role }) => ({ slug, role }))).toEqual([{ slug: 'brand', role: 'finance' }]);
    expect((await trail('member.added'))[0]).toMatchObject({
      actor: { name: 'New Person' },
      changes: { role: { to: 'finance' } },
    });
  });

  it('is kept as a hash, and its token stands in no answer but the first', async () => {
    const { link } = await admin.client.call(createInvitation, { email: 'hash@example.com', role: 'viewer' });
    const rows = await test.database.db.asSystem((tx) => tx.selectFrom('invitation').selectAll().execute());
    const list = await admin.client.call(listInvitations, {});
    const audit = await trail('invitation');
    expect(list.rows.map(({ email }) => email)).toContain('hash@example.com');
    expect(JSON.stringify([rows, list, audit])).not.toContain(tokenOf(link));
  });

  it('needs the person with an account to sign in, and nobody else', async () => {
    await createPerson(test, 'has@example.com');
    const { link } = await admin.client.call(createInvitation, { email: 'has@example.com', role: 'viewer' });
    const token = tokenOf(link);
    const hijack = visitor().client.call(acceptInvitation, { token, name: 'Thief', password: goodPassword });
    await expect(hijack).rejects.toMatchObject({ code: 'workspaces.sign_in_first' });
    await expect(owner.client.call(acceptInvitation, { token })).rejects.toMatchObject({
      code: 'workspaces.other_account',
    });

    const person = await openBrowser(test, 'has@example.com');
    expect((await person.client.call(acceptInvitation, { token })).workspace.slug).toBe('brand');
    expect((await signInAnswer(test, { email: 'has@example.com' })).status).toBe(200);
  });

  it('does not work from a page of another site by the cookie of who is signed in', async () => {
    await createPerson(test, 'csrf@example.com');
    const { link } = await admin.client.call(createInvitation, { email: 'csrf@example.com', role: 'viewer' });
    const person = await openBrowser(test, 'csrf@example.com');
    const answer = await person.fetch('/api/v1/invitations/accept', {
      method: 'POST',
      body: { token: tokenOf(link) },
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(409);
    expect((await person.client.call(getSession, {})).workspaces).toEqual([]);
  });

  it('ends when it is withdrawn, when a new one takes its place, and with a missing name or weak password it stays open', async () => {
    const invite = () => admin.client.call(createInvitation, { email: 'twice@example.com', role: 'viewer' });
    const first = await invite();
    const second = await invite();
    const look = (link: string) => visitor().client.call(lookUpInvitation, { token: tokenOf(link) });
    await expect(look(first.link)).rejects.toMatchObject({ code: 'workspaces.invitation_ended' });

    const join = (account: object) =>
      visitor().client.call(acceptInvitation, { token: tokenOf(second.link), ...account });
    await expect(join({})).rejects.toMatchObject({ kind: 'invalid' });
    await expect(join({ name: 'Twice' })).rejects.toMatchObject({ kind: 'invalid', details: [{ field: 'password' }] });
    await expect(join({ name: 'Twice', password: 'password123' })).rejects.toMatchObject({
      details: [{ field: 'password' }],
    });
    expect((await look(second.link)).email).toBe('twice@example.com');

    await admin.client.call(revokeInvitation, { invitationId: second.invitation.id });
    await expect(look(second.link)).rejects.toMatchObject({ code: 'workspaces.invitation_ended' });
    const again = admin.client.call(revokeInvitation, { invitationId: second.invitation.id });
    await expect(again).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('answers a token that never was like one that ended', async () => {
    const failures = await Promise.all(
      ['never', 'x'.repeat(43)].map((token) =>
        visitor()
          .client.call(lookUpInvitation, { token })
          .catch((error: Error) => error.message),
      ),
    );
    expect(new Set(failures).size).toBe(1);
  });

  it('is not made for somebody who is a member already', async () => {
    const again = admin.client.call(createInvitation, { email: 'OWNER@example.com', role: 'viewer' });
    await expect(again).rejects.toMatchObject({ code: 'workspaces.already_member', details: [{ field: 'email' }] });
  });
});

describe('an invitation of more than seven days', () => {
  it('has ended, and says so in the list', async () => {
    let now = new Date('2026-05-01T12:00:00Z');
    const timed = await openTestCore({ clock: { now: () => now } });
    try {
      await timed.database.createWorkspace('brand');
      const client = timed.client();
      const { link } = await client.call(createInvitation, { email: 'late@example.com', role: 'viewer' });
      const look = () => browserWith(timed, '').client.call(lookUpInvitation, { token: tokenOf(link) });
      now = new Date('2026-05-08T11:59:59Z');
      expect((await look()).email).toBe('late@example.com');
      now = new Date('2026-05-08T12:00:00Z');
      await expect(look()).rejects.toMatchObject({ code: 'workspaces.invitation_ended' });
      expect((await client.call(listInvitations, {})).rows[0]?.isExpired).toBe(true);
    } finally {
      await timed.close();
    }
  });
});
