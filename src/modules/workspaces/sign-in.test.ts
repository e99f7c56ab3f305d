import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  addMember,
  browserWith,
  cookieOf,
  createPerson,
  goodPassword,
  openBrowser,
  signInAnswer,
} from '#tests/support/people.ts';
import {
  changePassword,
  chooseNewPassword,
  createApiKey,
  createPasswordReset,
  getSession,
  signOutEverywhere,
  updateProfile,
} from './api.ts';

describe('signing in', () => {
  let test: TestCore;

  beforeAll(async () => {
    test = await openTestCore();
  });

  afterAll(() => test.close());

  it('gives a session that says who one is and what one may open', async () => {
    const workspaceId = await test.database.createWorkspace('brand');
    const userId = await createPerson(test, 'ana@example.com');
    await addMember(test, workspaceId, { userId, role: 'analyst' });

    const ana = await openBrowser(test, 'ana@example.com');
    const session = await ana.client.call(getSession, {});

    expect(session.user).toEqual({ id: userId, name: 'ana', email: 'ana@example.com' });
    expect(session.workspaces.map(({ slug, role }) => ({ slug, role }))).toEqual([{ slug: 'brand', role: 'analyst' }]);
    expect(session.workspaces[0]?.scopes).toContain('vetting:write');
    expect(session.setUpNeeded).toBe(false);
  });

  it('hands the token over in an HttpOnly, SameSite=Lax cookie alone', async () => {
    await createPerson(test, 'cookie@example.com');
    const answer = await signInAnswer(test, { email: 'Cookie@Example.com ' });
    const [cookie = ''] = answer.headers.getSetCookie();
    const token = decodeURIComponent(/rapport\.session_token=([^;]+)/.exec(cookie)?.[1] ?? '').split('.')[0] ?? '';

    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Secure/i);
    expect(token.length).toBeGreaterThanOrEqual(32);
    expect(await answer.text()).not.toContain(token);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    await createPerson(test, 'known@example.com');
    const answers = await Promise.all([
      signInAnswer(test, { email: 'known@example.com', password: 'not the one at all' }),
      signInAnswer(test, { email: 'nobody@example.com', password: 'not the one at all' }),
    ]);
    const bodies = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { error: object }).error));

    expect(answers.map((answer) => answer.status)).toEqual([401, 401]);
    expect({ ...bodies[0], requestId: '' }).toEqual({ ...bodies[1], requestId: '' });
    expect(bodies[0]).toMatchObject({ code: 'workspaces.wrong_credentials' });
  });

  it('gives a new token at each sign-in, ends the one before, and takes none that the caller brings', async () => {
    await createPerson(test, 'fix@example.com');
    const first = cookieOf(await signInAnswer(test, { email: 'fix@example.com' }));
    const second = cookieOf(await signInAnswer(test, { email: 'fix@example.com', cookie: first }));
    const forged = cookieOf(
      await signInAnswer(test, { email: 'fix@example.com', cookie: 'rapport.session_token=mine.mine' }),
    );

    expect(new Set([first, second, forged]).size).toBe(3);
    expect(forged).not.toContain('mine.mine');
    expect((await browserWith(test, first).client.call(getSession, {})).user).toBeNull();
    expect((await browserWith(test, second).client.call(getSession, {})).user?.email).toBe('fix@example.com');
  });

  it('ends on the server at sign-out, so that a copied cookie is dead', async () => {
    await createPerson(test, 'leave@example.com');
    const browser = await openBrowser(test, 'leave@example.com');
    const out = await browser.fetch('/api/auth/sign-out', { method: 'POST', body: {} });

    expect(out.status).toBe(200);
    expect(out.headers.getSetCookie()[0]).toMatch(/Max-Age=0/i);
    expect((await browser.client.call(getSession, {})).user).toBeNull();
    await expect(browser.client.call(updateProfile, { name: 'Ghost' })).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
  });

  it('refuses a cookie whose signature was made by somebody else', async () => {
    await createPerson(test, 'sig@example.com');
    const { cookie } = await openBrowser(test, 'sig@example.com');
    const broken = cookie
      .replace(/\.([A-Za-z0-9%])/g, (_, char: string) => `.${char === 'A' ? 'B' : 'A'}`)
      .replace('rapport.Aession_token', 'rapport.session_token');

    expect(broken).not.toBe(cookie);
    expect((await browserWith(test, broken).client.call(getSession, {})).user).toBeNull();
  });

  it('ends every other session when the password changes, and the old password with them', async () => {
    await createPerson(test, 'pass@example.com');
    const here = await openBrowser(test, 'pass@example.com');
    const elsewhere = await openBrowser(test, 'pass@example.com');
    const answer = await here.client.call(changePassword, {
      currentPassword: goodPassword,
      newPassword: 'another long walk',
    });

    expect(answer).toEqual({ sessionsEnded: 1 });
    expect((await here.client.call(getSession, {})).user?.email).toBe('pass@example.com');
    expect((await elsewhere.client.call(getSession, {})).user).toBeNull();
    expect((await signInAnswer(test, { email: 'pass@example.com' })).status).toBe(401);
    expect((await signInAnswer(test, { email: 'pass@example.com', password: 'another long walk' })).status).toBe(200);
  });

  it('says at which field a change of password fails', async () => {
    await createPerson(test, 'field@example.com');
    const { client } = await openBrowser(test, 'field@example.com');
    const wrong = client.call(changePassword, { currentPassword: 'guess', newPassword: 'another long walk' });
    await expect(wrong).rejects.toMatchObject({ kind: 'invalid', details: [{ field: 'currentPassword' }] });
    const weak = client.call(changePassword, { currentPassword: goodPassword, newPassword: 'Password123' });
    await expect(weak).rejects.toMatchObject({ kind: 'invalid', details: [{ field: 'newPassword' }] });
    const short = client.call(changePassword, { currentPassword: goodPassword, newPassword: 'short' });
    await expect(short).rejects.toMatchObject({ kind: 'invalid', details: [{ field: 'newPassword' }] });
  });

  it('signs out everywhere at once', async () => {
    await createPerson(test, 'every@example.com');
    const one = await openBrowser(test, 'every@example.com');
    const two = await openBrowser(test, 'every@example.com');

    expect(await one.client.call(signOutEverywhere, {})).toEqual({ sessionsEnded: 2 });
    expect((await one.client.call(getSession, {})).user).toBeNull();
    expect((await two.client.call(getSession, {})).user).toBeNull();
  });

  it('opens no other door of the sign-in library', async () => {
    const doors = [
      'sign-up/email',
      'update-user',
      'delete-user',
      'change-email',
      'forget-password',
      'reset-password',
      'list-sessions',
      'get-session',
      'ok',
    ];
    const answers = await Promise.all(
      doors.flatMap((door) =>
        ['GET', 'POST'].map((method) => test.fetch(new Request(`http://localhost:4600/api/auth/${door}`, { method }))),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 404));
  });

  it('refuses what is no sign-in with the reason', async () => {
    const send = (body: string) =>
      test.fetch(new Request('http://localhost:4600/api/auth/sign-in/email', { method: 'POST', body }));
    for (const body of [
      '',
      '{',
      '[]',
      '{"email":1,"password":2}',
      '{"email":"a@b.c"}',
      `{"email":"${'x'.repeat(20_000)}"}`,
    ]) {
      const answer = await send(body);
      expect(answer.status, body.slice(0, 40)).toBe(422);
      expect(await answer.json()).toMatchObject({ error: { code: 'workspaces.invalid' } });
    }
  });
});

describe('a session that is not used', () => {
  it('ends after seven days, whatever its cookie says', async () => {
    const test = await openTestCore();
    try {
      await createPerson(test, 'idle@example.com');
      const idle = await openBrowser(test, 'idle@example.com');
      await test.database.db.asSystem((tx) =>
        tx
          .updateTable('user_session')
          .set({ updated_at: new Date(Date.now() - 8 * 86_400_000) })
          .execute(),
      );

      expect((await idle.client.call(getSession, {})).user).toBeNull();
      const left = await test.database.db.asSystem((tx) => tx.selectFrom('user_session').select('id').execute());
      expect(left).toEqual([]);
    } finally {
      await test.close();
    }
  });
});

describe('a forgotten password', () => {
  let now = new Date('2026-05-01T12:00:00Z');
  let test: TestCore;

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    await createPerson(test, 'lost@example.com');
  });

  afterAll(() => test.close());

  const makeLink = async () =>
    (await test.client().call(createPasswordReset, { email: 'Lost@Example.com' })).link.split('/').at(-1) ?? '';
  const choose = (token: string, password = 'brand new password') =>
    browserWith(test, '').client.call(chooseNewPassword, { token, password });
  const status = async (password: string) => (await signInAnswer(test, { email: 'lost@example.com', password })).status;

  it('is replaced by a link, once, and every session ends', async () => {
    const before = cookieOf(await signInAnswer(test, { email: 'lost@example.com' }));
    const token = await makeLink();
    await expect(choose(token, 'password1')).rejects.toMatchObject({ details: [{ field: 'password' }] });
    const tries = await Promise.allSettled([choose(token), choose(token), choose(token)]);
    expect(tries.map((tried) => tried.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(choose(token)).rejects.toMatchObject({ code: 'workspaces.link_ended' });
    expect((await browserWith(test, before).client.call(getSession, {})).user).toBeNull();
    expect(await status(goodPassword)).toBe(401);
    expect(await status('brand new password')).toBe(200);
  });

  it('is not replaced by a link of more than an hour, an earlier one, or a guess', async () => {
    const first = await makeLink();
    const second = await makeLink();
    await expect(choose(first)).rejects.toMatchObject({ code: 'workspaces.link_ended' });
    await expect(choose('guess')).rejects.toMatchObject({ code: 'workspaces.link_ended' });
    now = new Date(now.getTime() + 3600 * 1000);
    await expect(choose(second)).rejects.toMatchObject({ code: 'workspaces.link_ended' });
    const rows = await test.database.db.asSystem((tx) => tx.selectFrom('password_reset').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain(second);
  });

  it('has a link only from the machine itself: no owner and no key may take over a person', async () => {
    const workspaceId = await test.database.createWorkspace('takeover');
    const userId = await createPerson(test, 'boss@example.com');
    await addMember(test, workspaceId, { userId, role: 'owner' });
    const boss = await openBrowser(test, 'boss@example.com');
    await expect(boss.client.call(createPasswordReset, { email: 'lost@example.com' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const { key } = await test.client('takeover').call(createApiKey, { name: 'all', scopes: ['all'] });
    const byKey = await browserWith(test, '').fetch('/api/v1/password-resets', {
      method: 'POST',
      body: { email: 'lost@example.com' },
      headers: { authorization: `Bearer ${key}` },
    });
    expect(byKey.status).toBe(403);
    await expect(test.client().call(createPasswordReset, { email: 'nobody@example.com' })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});
