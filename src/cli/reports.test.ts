import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignRows } from '#tests/support/campaign-rows.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createProgram } from './program.ts';

let core: TestCore;
let folder: string;

beforeAll(async () => {
  core = await openTestCore({ clock: { now: () => new Date('2026-05-20T12:00:00Z') } });
  folder = await mkdtemp(join(tmpdir(), 'rapport-reports-'));
  const rows = campaignRows(core.database, await core.database.createWorkspace('brand'));
  await rows.campaign({ id: 'cmp_one', name: 'Slow Mornings' });
  await rows.campaign({ id: 'cmp_two', name: 'Twice' });
  await rows.campaign({ id: 'cmp_three', name: 'Twice' });
  await rows.cost({ campaignId: 'cmp_one', amountMinor: 4_210_00n });
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

test('a campaign is reported by name or id, as one JSON value or as a page of text', async () => {
  const byName = JSON.parse(await run('reports', 'campaign', 'slow mornings', '--json'));
  const byId = JSON.parse(await run('reports', 'campaign', 'cmp_one', '--json'));
  expect(byName).toEqual(byId);
  expect(byName.cost.total.value).toEqual({ amountMinor: '421000', currency: 'EUR' });
  expect(await run('reports', 'campaign', 'cmp_one')).toContain('Spent €\u00a04,210. What it earned is not known');
});

test('two campaigns of one name are told apart by id, and an unknown one is not found', async () => {
  await expect(run('reports', 'campaign', 'Twice')).rejects.toThrow(/2 campaigns are called "Twice".*cmp_/);
  await expect(run('reports', 'campaign', 'Never')).rejects.toMatchObject({ kind: 'not_found' });
});

test('the overview and both exports say what they did, and refuse what they do not know', async () => {
  const overview = JSON.parse(await run('reports', 'overview', '--states', 'live', '--json'));
  expect(overview.rows).toHaveLength(3);
  expect(await run('reports', 'overview')).toMatch(/Slow Mornings +live/);
  const pdf = join(folder, 'report.pdf');
  expect(
    JSON.parse(await run('reports', 'export', 'Slow Mornings', '--format', 'pdf', '--out', pdf, '--json')),
  ).toMatchObject({ file: pdf });
  expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-');
  const csv = join(folder, 'report.csv');
  await run('reports', 'export', 'cmp_one', '--out', csv);
  expect(await readFile(csv, 'utf8')).toContain('Whole campaign');
  await expect(run('reports', 'export', 'cmp_one', '--format', 'xls', '--out', csv)).rejects.toThrow(/"xls"/);
  await expect(run('reports', 'export', 'cmp_one', '--out', join(folder, 'no', 'x.csv'))).rejects.toThrow(
    /cannot be written/,
  );
  await expect(run('reports', 'overview', '--states', 'lively')).rejects.toThrow(/"lively"/);
});
