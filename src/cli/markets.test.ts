import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importCreatorRows } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createProgram } from './program.ts';

let core: TestCore;
let folder: string;

beforeAll(async () => {
  core = await openTestCore();
  folder = await mkdtemp(join(tmpdir(), 'rapport-markets-'));
  await importCreatorRows(core.core.infra, {
    workspaceId: await core.database.createWorkspace('brand'),
    rows: ['ann', 'bea'].map((handle) => ({
      name: handle,
      profiles: [{ platform: 'instagram', handle, followers: 20_000 }],
    })),
    source: 'test',
    observedAt: new Date('2026-05-01T00:00:00Z'),
  });
});
afterAll(async () => {
  await core.close();
  await rm(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<string> {
  const out: string[] = [];
  const program = createProgram({
    connect: () => Promise.resolve((workspace) => core.client(workspace ?? undefined)),
    write: (text) => void out.push(text),
    writeError: () => undefined,
  });
  await program.parseAsync(['node', 'rapport', ...args, '--workspace', 'brand']);
  return out.join('');
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test('audiences are brought in from files and compared, as text and as one JSON value', async () => {
  const how = ['--platform', 'instagram', '--date', '2026-05-01', '--source', 'export'];
  await run('overlap', 'import', await file('ann.txt', 'a\nb\nc\n'), '--creator', '@ann', ...how);
  expect(await run('overlap', 'import', await file('bea.txt', 'c\nd\n'), '--creator', '@bea', ...how)).toContain(
    '2 followers of bea kept as hashes',
  );
  expect(JSON.parse(await run('overlap', 'files', '--json')).rows).toHaveLength(2);
  const answer = JSON.parse(await run('overlap', 'compare', '@ann', '@bea', '--json'));
  expect(answer).toMatchObject({
    method: 'exact',
    totalUniqueFollowers: { value: 4 },
    pairs: [{ shared: { value: 1 } }],
  });
  expect(await run('overlap', 'compare', '@ann', '@bea')).toContain(
    'Unique followers together: 4, following two or more: 25.0 %',
  );
  await expect(run('overlap', 'compare', '@ann', '@bea', '--platform', 'myspace')).rejects.toMatchObject({
    code: 'cli.bad_platform',
  });
  await expect(run('overlap', 'import', join(folder, 'none'), '--creator', '@ann', ...how)).rejects.toMatchObject({
    code: 'file.unreadable',
  });
});

test('customers are matched from a file and by hand, decided and forgotten', async () => {
  const path = await file('customers.csv', 'email,instagram,orders\nx@example.com,ann,3\n');
  expect(await run('customers', 'import', path)).toContain('1 customers, 1 of them new: 1 are creators');
  expect(JSON.parse(await run('customers', 'match', '@bea', '--json'))).toMatchObject({ matched: 1 });
  expect(JSON.parse(await run('customers', 'creators', '--json')).rows[0]).toMatchObject({ name: 'ann', orders: 3 });
  expect(await run('customers', 'decide', '@bea', 'rejected')).toContain('bea: rejected');
  expect(await run('customers', 'summary')).toContain('2 customers, 1 of them creators');
  expect(await run('customers', 'forget')).toContain('2 customers forgotten');
  await expect(run('customers', 'decide', '@bea', 'perhaps')).rejects.toMatchObject({ code: 'cli.bad_decision' });
});

test('brands are watched, compared and forgotten, and tiers stand side by side', async () => {
  const brand = JSON.parse(await run('brands', 'watch', 'Oatly', '@oatly', '#oatly', 'oat drink', '--json'));
  expect(brand).toMatchObject({ handles: ['oatly'], hashtags: ['oatly'], keywords: ['oat drink'] });
  expect(await run('brands', 'list')).toContain('@oatly, #oatly, oat drink');
  expect(JSON.parse(await run('brands', 'compare', 'oatly', '--json')).rows[0]).toMatchObject({
    posts: 0,
    engagements: null,
  });
  expect(JSON.parse(await run('brands', 'creators', brand.id, '--json'))).toMatchObject({ rows: [], total: 0 });
  expect(JSON.parse(await run('brands', 'posts', 'Oatly', '--from', '2026-01-01', '--json'))).toMatchObject({
    rows: [],
  });
  expect(await run('brands', 'followers', 'Oatly')).toContain('Not known');
  await expect(run('brands', 'compare', 'Nobody')).rejects.toMatchObject({ code: 'cli.no_brand' });
  expect(await run('brands', 'forget', 'Oatly')).toContain('forgotten');
  expect(await run('tiers', 'compare')).toMatch(/micro\s+2\s+not enough data/);
  expect(JSON.parse(await run('tiers', 'compare', '--source', 'Passo', '--json')).bands).toHaveLength(5);
});
