import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createProgram } from './program.ts';

describe('keys, workspaces and members on the command line', () => {
  let test: TestCore;

  beforeAll(async () => {
    test = await openTestCore();
  });

  afterAll(() => test.close());

  const run = async (...args: string[]) => {
    const out: string[] = [];
    const program = createProgram({
      connect: () => Promise.resolve((workspace) => test.client(workspace ?? undefined)),
      write: (text) => void out.push(text),
      writeError: () => undefined,
    });
    await program.parseAsync(['node', 'rapport', ...args]);
    return out.join('');
  };
  const json = async (...args: string[]): Promise<unknown> => JSON.parse(await run(...args, '--json'));
  const rowsSchema = z.object({ rows: z.array(z.record(z.string(), z.unknown())) });

  it('make a key that works, in a workspace made for it when there is none', async () => {
    const made = z
      .object({ key: z.string(), id: z.string() })
      .parse(await json('api-keys', 'create', '--name', 'First', '--scopes', 'all'));
    const answer = await test.fetch(
      new Request('http://localhost/api/v1/workspace', { headers: { authorization: `Bearer ${made.key}` } }),
    );
    expect(await answer.json()).toMatchObject({ data: { slug: 'main' } });

    expect(await run('api-keys', 'list')).toMatch(new RegExp(`${made.id} +First +rpt_.* works`));
    await run('api-keys', 'revoke', made.id);
    expect(await run('api-keys', 'list')).toContain('revoked');
  });

  it('take several scopes and an end, and say which word is no scope', async () => {
    const made = await json(
      'api-keys',
      'create',
      '--name',
      'K',
      '--scopes',
      'creators:read, tracking:write',
      '--expires',
      '2099-01-31',
    );
    expect(made).toMatchObject({ scopes: ['creators:read', 'tracking:write'], expiresAt: '2099-01-31T00:00:00.000Z' });
    await expect(run('api-keys', 'create', '--name', 'K', '--scopes', 'creators:read,everything')).rejects.toThrow(
      /"everything"/,
    );
    await expect(run('api-keys', 'create', '--name', 'K', '--scopes', 'all', '--expires', 'soon')).rejects.toThrow(
      /"soon" is not a time/,
    );
  });

  it('make workspaces, and then ask which one is meant', async () => {
    await run('workspaces', 'create', '--name', 'Second Brand', '--currency', 'EUR');
    const { rows } = rowsSchema.parse(await json('workspaces', 'list'));
    expect(rows.map(({ slug }) => slug)).toEqual(['main', 'second-brand']);
    await expect(run('members', 'list')).rejects.toThrow(/main, second-brand/);
    expect(await json('members', 'list', '--workspace', 'second-brand')).toEqual({ rows: [] });
  });

  it('invite with a link, and refuse a role that is none', async () => {
    const made = await json('members', 'invite', 'Ana@Example.com', '--role', 'owner', '--workspace', 'main');
    expect(made).toMatchObject({
      link: expect.stringContaining('/app/invitation/'),
      invitation: { email: 'ana@example.com', role: 'owner' },
    });
    await expect(run('members', 'invite', 'a@example.com', '--role', 'boss', '--workspace', 'main')).rejects.toThrow(
      /"boss"/,
    );
    await expect(run('members', 'invite', 'nonsense', '--workspace', 'main')).rejects.toThrow(/e-mail/);
  });
});
