import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { browserWith } from '#tests/support/people.ts';
import {
  createApiKey,
  createWorkspace,
  getWorkspaceSettings,
  listApiKeys,
  listAudit,
  listAuditFilters,
  listWorkspaces,
  revokeApiKey,
  updateWorkspace,
} from './api.ts';
import { recordAudit, recordAudits, removeSampleWorkspace } from './index.ts';

let test: TestCore;

beforeAll(async () => {
  test = await openTestCore();
  await test.database.createWorkspace('brand');
  await test.database.createWorkspace('other');
});

afterAll(() => test.close());

describe('a workspace', () => {
  const brand = () => test.client('brand');

  it('changes what was given and nothing else, and keeps what it was in the trail', async () => {
    const before = await brand().call(getWorkspaceSettings, {});
    const after = await brand().call(updateWorkspace, { currency: 'EUR', timeZone: 'Europe/Dublin' });
    expect(after).toEqual({ ...before, currency: 'EUR', timeZone: 'Europe/Dublin' });
    const { rows } = await brand().call(listAudit, { action: 'workspace.updated' });
    expect(rows[0]?.changes).toEqual({
      currency: { from: 'USD', to: 'EUR' },
      timeZone: { from: 'UTC', to: 'Europe/Dublin' },
    });

    await brand().call(updateWorkspace, { currency: 'EUR' });
    expect((await brand().call(listAudit, { action: 'workspace.updated' })).rows).toHaveLength(1);
  });

  it.each([
    ['currency', 'EURO'],
    ['currency', 'eur'],
    ['timeZone', 'Europe/Atlantis'],
    ['slug', 'Not A Slug'],
    ['slug', '-brand'],
    ['slug', 'x'.repeat(64)],
    ['name', '   '],
    ['name', 'x'.repeat(121)],
  ])('refuses %s %j and names the field', async (field, value) => {
    const change = brand().call(updateWorkspace, { [field]: value });
    await expect(change).rejects.toMatchObject({ kind: 'invalid', details: [{ field }] });
  });

  it('keeps to itself the address it has: one that is taken or reserved is refused', async () => {
    for (const slug of ['other', 'sign-in', 'invitation']) {
      const change = brand().call(updateWorkspace, { slug });
      await expect(change).rejects.toMatchObject({ code: 'workspaces.slug_taken', details: [{ field: 'slug' }] });
      const make = brand().call(createWorkspace, { name: 'x', slug });
      await expect(make).rejects.toMatchObject({ code: 'workspaces.slug_taken' });
    }
  });

  it('gets a free address from its name, also when many of one name are made at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 5 }, () => brand().call(createWorkspace, { name: 'Same Name' })),
    );
    const slugs = made.map(({ slug }) => slug);
    expect(new Set(slugs)).toEqual(new Set(['same-name', 'same-name-2', 'same-name-3', 'same-name-4', 'same-name-5']));
  });

  it('is not made by a key, which belongs to one', async () => {
    const { key } = await brand().call(createApiKey, { name: 'k', scopes: ['all'] });
    const send = (method: string) =>
      test.fetch(
        new Request('http://localhost/api/v1/workspaces', {
          method,
          headers: { authorization: `Bearer ${key}` },
          ...(method === 'POST' && { body: '{"name":"x"}' }),
        }),
      );
    expect((await send('POST')).status).toBe(403);
    const { data } = (await (await send('GET')).json()) as { data: { rows: { slug: string }[] } };
    expect(data.rows.map(({ slug }) => slug)).toEqual(['brand']);
    expect((await brand().call(listWorkspaces, {})).rows.length).toBeGreaterThan(2);
  });

  it('is removed as a sample only when it is one', async () => {
    const { id } = await brand().call(createWorkspace, { name: 'Precious' });
    expect(await test.database.db.asSystem((tx) => removeSampleWorkspace(tx, id))).toBe(false);
    await test.database.db.asSystem((tx) =>
      tx.updateTable('workspace').set({ is_sample: true }).where('id', '=', id).execute(),
    );
    expect(await test.database.db.asSystem((tx) => removeSampleWorkspace(tx, id))).toBe(true);
    const left = await test.database.db.asSystem((tx) =>
      tx.selectFrom('audit_entry').select('id').where('workspace_id', '=', id).execute(),
    );
    expect(left).toEqual([]);
  });
});

describe('API keys', () => {
  it('are listed without their secret, revoked ones too, and revoking twice changes nothing', async () => {
    const client = test.client('other');
    const { key, ...made } = await client.call(createApiKey, { name: 'Shop', scopes: ['all', 'creators:read'] });
    expect(made.scopes).toEqual(['all']);
    expect(key.startsWith(made.prefix)).toBe(true);
    const first = await client.call(revokeApiKey, { keyId: made.id });
    const second = await client.call(revokeApiKey, { keyId: made.id });
    expect(second).toEqual(first);
    expect((await client.call(listApiKeys, {})).rows).toEqual([first]);
    expect((await client.call(listAudit, { subjectId: made.id })).rows.map(({ action }) => action)).toEqual([
      'api_key.revoked',
      'api_key.created',
    ]);
  });

  it('give nobody more than they hold', async () => {
    const { key } = await test
      .client('brand')
      .call(createApiKey, { name: 'maker', scopes: ['api-keys:write', 'creators:read'] });
    const make = (scopes: string[]) =>
      browserWith(test, '').fetch('/api/v1/api-keys', {
        method: 'POST',
        body: { name: 'child', scopes },
        headers: { authorization: `Bearer ${key}` },
      });
    expect((await make(['creators:read'])).status).toBe(200);
    expect((await make(['creators:write'])).status).toBe(403);
    expect((await make(['all'])).status).toBe(403);
    expect((await make(['no:such'])).status).toBe(422);
    expect((await make([])).status).toBe(422);
  });
});

describe('the audit trail', () => {
  let id: string;
  const actor = { kind: 'user' as const, id: 'usr_a', name: 'Ana' };

  beforeAll(async () => {
    id = await test.database.createWorkspace('trail');
    await test.database.db.inWorkspace(id, async (tx) => {
      const about = { workspaceId: id, actor, requestId: null, subjectKind: 'campaign' };
      await recordAudits(
        tx,
        Array.from({ length: 25 }, (_, at) => ({
          ...about,
          action: 'campaign.updated',
          subjectId: `cmp_${at % 5}`,
          changes: { budget: { to: BigInt(at) } },
        })),
      );
      await recordAudit(tx, {
        ...about,
        actor: { ...actor, id: 'usr_b', name: 'Ben' },
        action: 'campaign.created',
        subjectId: 'cmp_9',
      });
      await recordAudit(tx, { ...about, action: 'campaigns.exported', subjectId: 'x' });
    });
  });

  const list = (input: object) => test.client('trail').call(listAudit, input);

  it('is read page by page, each entry once, whatever the page size', async () => {
    const all = (await list({ limit: 500 })).rows.map((row) => row.id);
    expect(all).toHaveLength(27);
    for (const limit of [1, 4, 9, 27]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ limit, ...(cursor !== undefined && { cursor }) });
        seen.push(...page.rows.map((row) => row.id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(all);
    }
  });

  it('is filtered by thing, kind, person, action and day', async () => {
    expect((await list({ subjectId: 'cmp_3' })).rows).toHaveLength(5);
    expect((await list({ actorId: 'usr_b' })).rows.map((row) => row.action)).toEqual(['campaign.created']);
    expect((await list({ action: 'campaign.created' })).rows).toHaveLength(1);
    expect((await list({ action: 'campaign' })).rows).toHaveLength(26);
    expect((await list({ subjectKind: 'link' })).rows).toEqual([]);
    const today = new Date().toISOString().slice(0, 10);
    expect((await list({ from: today, to: today })).rows.length).toBe(27);
    expect((await list({ to: '2020-01-01' })).rows).toEqual([]);
    expect(await test.client('trail').call(listAuditFilters, {})).toEqual({
      actors: [
        { id: 'usr_a', name: 'Ana' },
        { id: 'usr_b', name: 'Ben' },
      ],
      actions: ['campaign.created', 'campaign.updated', 'campaigns.exported'],
    });
  });

  it('begins and ends its days in the time zone of the workspace', async () => {
    await test.client('trail').call(updateWorkspace, { timeZone: 'Pacific/Auckland' });
    await test.database.db.asSystem((tx) =>
      tx
        .updateTable('audit_entry')
        .set({ at: new Date('2026-03-10T11:30:00Z') })
        .where('workspace_id', '=', id)
        .where('actor_id', '=', 'usr_b')
        .execute(),
    );
    // 11:30 in UTC is half past midnight of the 11th in Auckland.
    expect((await list({ from: '2026-03-11', to: '2026-03-11' })).rows).toHaveLength(1);
    expect((await list({ from: '2026-03-10', to: '2026-03-10' })).rows).toHaveLength(0);
  });

  it('refuses a cursor it did not make, naming it', async () => {
    for (const cursor of [
      'x',
      btoa('["now","\'; drop table audit_entry"]'),
      btoa('[1,2]'),
      btoa('["99999999999999999999","x"]'),
    ]) {
      const answer = list({ cursor });
      await expect(answer, cursor).rejects.toMatchObject({ kind: 'invalid', details: [{ field: 'cursor' }] });
    }
  });

  it('cannot be changed or emptied by a request', async () => {
    for (const attack of [
      'update audit_entry set actor_name = $1',
      'delete from audit_entry where actor_name <> $1',
      'truncate audit_entry',
    ]) {
      const run = test.database.db.copyInWorkspace(id, (client) =>
        client.query(attack, attack.includes('$1') ? ['nobody'] : []),
      );
      await expect(run, attack).rejects.toThrow(/permission denied/);
    }
  });

  it('has no entry when its change is undone', async () => {
    const entry = {
      workspaceId: id,
      actor,
      requestId: null,
      action: 'never.happened',
      subjectKind: 'x',
      subjectId: 'x',
    };
    const run = test.database.db.inWorkspace(id, async (tx) => {
      await recordAudit(tx, entry);
      throw new Error('undone');
    });
    await expect(run).rejects.toThrow('undone');
    expect((await list({ action: 'never.happened' })).rows).toEqual([]);
  });
});
