import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { saveSearch } from '#modules/discovery/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createProgram } from './program.ts';

describe('saved searches and shared lists on the command line', () => {
  let test: TestCore;

  beforeAll(async () => {
    test = await openTestCore();
    await test.client().call(saveSearch, { name: 'Bakers', query: { filters: [], text: 'bread' } });
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

  it('name a saved search by its name, switch its alerts, and delete it', async () => {
    expect(await run('searches', 'list')).toMatch(/srch_\S+ +Bakers +off/);
    expect(await run('searches', 'alerts', 'bakers', 'on')).toContain('Bakers: alerts on');
    expect(await run('searches', 'check', 'bakers')).toContain('0 new');
    expect(await run('searches', 'run', 'bakers')).toContain('0 creators');
    await expect(run('searches', 'alerts', 'bakers', 'maybe')).rejects.toThrow(/not "maybe"/);
    await expect(run('searches', 'run', 'nobody')).rejects.toThrow(/no saved search named "nobody"/);
    await run('searches', 'delete', 'bakers');
    expect(await run('searches', 'list')).not.toContain('Bakers');
  });

  it('show the links of a list and end one', async () => {
    await run('lists', 'create', '--name', 'Autumn');
    expect(await run('lists', 'share', 'autumn', '--name', 'Bakery Ltd')).toMatch(/^http\S+\s*$/);
    const { rows } = z
      .object({ rows: z.array(z.object({ id: z.string(), revokedAt: z.string().nullable() })) })
      .parse(JSON.parse(await run('lists', 'shares', 'autumn', '--json')));
    expect(rows).toMatchObject([{ revokedAt: null }]);
    expect(await run('lists', 'end-share', 'autumn', rows[0]?.id ?? '')).toMatch(/ended 20\d\d-/);
    expect(await run('lists', 'shares', 'autumn')).toMatch(/Bakery Ltd +\S+ +20\d\d-/);
    await expect(run('lists', 'end-share', 'autumn', 'shr_none')).rejects.toThrow();
  });
});
