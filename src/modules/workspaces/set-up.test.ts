import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { goodPassword, openBrowser, signInAnswer } from '#tests/support/people.ts';
import { createApiKey, createWorkspace, getSession, listAudit, listWorkspaces } from './api.ts';
import { makeSampleWorkspace } from './index.ts';

const owner = { name: 'Ana', email: 'Ana@Example.com', password: goodPassword, workspaceName: 'Café Crème' };

describe('the first owner', () => {
  let test: TestCore;

  beforeEach(async () => {
    test = await openTestCore();
  });

  afterEach(() => test.close());

  const send = (body: object, headers: Record<string, string> = {}, host = 'localhost:4600') =>
    test.fetch(
      new Request(`http://${host}/api/v1/set-up`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', host, ...headers },
        body: JSON.stringify(body),
      }),
    );
  const session = () => test.client().call(getSession, {});
  const token = async () =>
    new URL((await test.core.modules.workspaces.setUpLink()) ?? '').searchParams.get('token') ?? '';

  it('is made from this machine, signs in, and owns a workspace under their name', async () => {
    expect((await session()).setUpNeeded).toBe(true);
    const answer = await send(owner);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      data: { workspace: { name: 'Café Crème', slug: 'cafe-creme', currency: 'USD' } },
    });

    const ana = await openBrowser(test, 'ana@example.com');
    const now = await ana.client.call(getSession, {});
    expect(now.setUpNeeded).toBe(false);
    expect(now.workspaces.map(({ slug, role }) => ({ slug, role }))).toEqual([{ slug: 'cafe-creme', role: 'owner' }]);
  });

  it('is made once: a second set-up is refused, and so is one of two at the same time', async () => {
    const answers = await Promise.all(
      ['one@example.com', 'two@example.com', 'three@example.com'].map((email) => send({ ...owner, email })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
    expect((await send({ ...owner, email: 'four@example.com', token: await token().catch(() => 'gone') })).status).toBe(
      409,
    );
    const people = await test.database.db.asSystem((tx) => tx.selectFrom('app_user').select('email').execute());
    const workspaces = await test.database.db.asSystem((tx) => tx.selectFrom('workspace').select('slug').execute());
    expect(people).toHaveLength(1);
    expect(workspaces).toHaveLength(1);
    expect(await test.core.modules.workspaces.setUpLink()).toBeNull();
  });

  it.each([
    ['a page of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 'localhost:4600'],
    ['a name of another machine that points here', {}, 'evil.example:4600'],
    ['behind a proxy that says so', { 'x-forwarded-for': '203.0.113.9' }, 'localhost:4600'],
  ])('is not made by %s', async (_, headers, host) => {
    const answer = await send(owner, headers, host);
    expect(answer.status).toBe(403);
    expect((await session()).setUpNeeded).toBe(true);
  });

  it('is made from elsewhere with the token of the link, and with no other', async () => {
    const elsewhere = { 'x-forwarded-for': '203.0.113.9' };
    expect((await send({ ...owner, token: 'guess' }, elsewhere)).status).toBe(403);
    expect((await send({ ...owner, token: '' }, elsewhere)).status).toBe(403);
    // A wrong token is refused even where none is needed: the link is from an earlier start.
    expect((await send({ ...owner, token: 'guess' })).status).toBe(403);
    expect((await send({ ...owner, token: await token() }, elsewhere)).status).toBe(200);
  });

  it('is told at which field the input is wrong, and nothing is made', async () => {
    const bad = {
      ...owner,
      email: 'nobody',
      password: 'short',
      currency: 'XXQ',
      timeZone: 'Mars/Base',
      workspaceName: ' ',
    };
    const answer = await send(bad);
    const { error } = (await answer.json()) as { error: { details: { field: string }[] } };
    expect(answer.status).toBe(422);
    expect(error.details.map(({ field }) => field).sort()).toEqual([
      'currency',
      'email',
      'password',
      'timeZone',
      'workspaceName',
    ]);
    expect((await send({ ...owner, password: 'password123' })).status).toBe(422);
    expect((await session()).setUpNeeded).toBe(true);
  });

  it('takes over what the command line made before, under the name they give', async () => {
    await test.client().call(createApiKey, { name: 'early', scopes: ['all'] });
    await test.client().call(createWorkspace, { name: 'Second', currency: 'EUR' });
    expect((await send(owner)).status).toBe(200);

    const ana = await openBrowser(test, 'ana@example.com');
    const { workspaces } = await ana.client.call(getSession, {});
    expect(workspaces.map(({ slug, name, role }) => ({ slug, name, role }))).toEqual([
      { slug: 'main', name: 'Café Crème', role: 'owner' },
      { slug: 'second', name: 'Second', role: 'owner' },
    ]);
  });

  it('owns the sample, made before or after', async () => {
    const sample = { name: 'Sample', currency: 'USD', timeZone: 'UTC', now: new Date() };
    await test.database.db.asSystem((tx) => makeSampleWorkspace(tx, { ...sample, slug: 'sample' }));
    await send(owner);
    await test.database.db.asSystem((tx) => makeSampleWorkspace(tx, { ...sample, slug: 'sample-2' }));

    const ana = await openBrowser(test, 'ana@example.com');
    const { workspaces } = await ana.client.call(getSession, {});
    expect(workspaces.map(({ slug, isSample, role }) => ({ slug, isSample, role }))).toEqual([
      { slug: 'cafe-creme', isSample: false, role: 'owner' },
      { slug: 'sample', isSample: true, role: 'owner' },
      { slug: 'sample-2', isSample: true, role: 'owner' },
    ]);
  });

  it('owns what the command line makes later', async () => {
    await send(owner);
    await test.client().call(createWorkspace, { name: 'Later' });
    const ana = await openBrowser(test, 'ana@example.com');
    expect((await ana.client.call(listWorkspaces, {})).rows.map(({ slug }) => slug)).toEqual(['cafe-creme', 'later']);
  });

  it('stands in the audit trail', async () => {
    await send(owner);
    const { rows } = await test.client().call(listAudit, {});
    expect(rows.map(({ action, actor }) => `${actor.name}: ${action}`).sort()).toEqual([
      'Ana: member.added',
      'Ana: workspace.created',
    ]);
  });
});

describe('the first owner from the environment', () => {
  const env = { RAPPORT_ADMIN_EMAIL: 'Boss@Example.com', RAPPORT_ADMIN_PASSWORD: goodPassword };

  it('is made at start, and no set-up is open afterwards', async () => {
    const test = await openTestCore({ env });
    try {
      expect((await signInAnswer(test, { email: 'boss@example.com' })).status).toBe(200);
      expect(await test.core.modules.workspaces.setUpLink()).toBeNull();
      const boss = await openBrowser(test, 'boss@example.com');
      expect((await boss.client.call(getSession, {})).workspaces.map(({ slug }) => slug)).toEqual(['main']);
      // A start with other values changes nothing.
      await test.core.modules.workspaces.start?.();
      expect(await test.database.db.asSystem((tx) => tx.selectFrom('app_user').select('email').execute())).toHaveLength(
        1,
      );
    } finally {
      await test.close();
    }
  });

  it('stops the start with the name of the setting when the password is one anybody would guess', async () => {
    const start = openTestCore({ env: { ...env, RAPPORT_ADMIN_PASSWORD: 'password123' } });
    await expect(start).rejects.toMatchObject({ kind: 'invalid', details: [{ field: 'RAPPORT_ADMIN_PASSWORD' }] });
  });
});
