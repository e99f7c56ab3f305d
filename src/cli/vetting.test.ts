import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { importCreatorRows } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { importFile } from '#tests/support/import-file.ts';
import { createProgram } from './program.ts';

const at = new Date('2026-05-07T12:00:00Z');

describe('vetting on the command line', () => {
  let test: TestCore;
  let folder: string;

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => at } });
    folder = await mkdtemp(join(tmpdir(), 'rapport-cli-vetting-'));
    const workspaceId = await test.database.createWorkspace('mine');
    await importCreatorRows(test.core.infra, {
      workspaceId,
      rows: [{ name: 'Lena', profiles: [{ platform: 'instagram', handle: 'lena.crust', followers: 20_000 }] }],
      source: 'test file',
      observedAt: at,
    });
    const captions = ['A glass of wine tonight', 'Oats #ad with @kettlemoth', 'A day off'];
    const rows = Array.from({ length: 12 }, (_, i) =>
      ['lena.crust', `p${i}`, `2026-04-${String(28 - i).padStart(2, '0')}`, 600 + i, 12, captions[i] ?? 'Bread'].join(
        ',',
      ),
    );
    const run = await importFile(
      test.client('mine'),
      { name: 'posts.csv', body: ['handle,post_id,date,likes,comments,caption', ...rows].join('\n') },
      { platform: 'instagram' },
    );
    expect(run.counts.failed).toBe(0);
    await test.core.infra.outbox.settle();
    await test.core.modules.vetting.scanAllTexts(workspaceId);
  }, 60_000);

  afterAll(async () => {
    await test.close();
    await rm(folder, { recursive: true, force: true });
  });

  const run = async (...args: string[]) => {
    const out: string[] = [];
    const program = createProgram({
      connect: () => Promise.resolve((workspace) => test.client(workspace ?? 'mine')),
      write: (text) => void out.push(text),
      writeError: () => undefined,
    });
    await program.parseAsync(['node', 'rapport', ...args]);
    return out.join('');
  };
  const idsOf = (json: string, key: 'id' | 'postId') =>
    z
      .object({ rows: z.array(z.record(z.string(), z.unknown())) })
      .parse(JSON.parse(json))
      .rows.map((row) => String(row[key]));

  it('writes the report as CSV whose points add up to its score', async () => {
    const file = join(folder, 'report.csv');
    expect(await run('vetting', 'csv', 'lena.crust', file)).toContain(file);
    const records = z
      .array(z.object({ section: z.string(), name: z.string(), value: z.string(), points: z.string() }))
      .parse(parse(await readFile(file, 'utf8'), { columns: true, bom: true }));
    const score = Number(records.find((row) => row.name === 'score')?.value);
    const sum = records.reduce((total, row) => total + Math.round(10 * Number(row.points)), 0);
    expect(score).toBeGreaterThan(0);
    expect(sum).toBe(Math.round(10 * score));
    expect(await run('comments', 'summary', '@lena.crust')).toContain('0 of 0 comments read');
  });

  it('shows, dismisses with a reason, opens again and exports flags of brand safety', async () => {
    const [flag = ''] = idsOf(await run('safety', 'flags', '--creator', '@lena.crust', '--json'), 'id');
    expect(await run('safety', 'flags', '--category', 'alcohol')).toContain('wine');
    await expect(run('safety', 'dismiss', flag)).rejects.toThrow(/reason/);
    expect(await run('safety', 'dismiss', flag, '--reason', 'a wine bar, our client')).toContain(
      'is dismissed: a wine bar',
    );
    expect(await run('safety', 'flags')).toContain('Nothing found');
    expect(await run('safety', 'flags', '--state', 'dismissed')).toContain('wine');
    expect(await run('safety', 'reopen', flag)).toContain('is open');
    const file = join(folder, 'flags.csv');
    await run('safety', 'export', file);
    expect(await readFile(file, 'utf8')).toContain('wine');
    await expect(run('safety', 'flags', '--state', 'shut')).rejects.toThrow(
      /--state shut is not known. Use one of open/,
    );
  });

  it('shows the word lists, adds one and removes it', async () => {
    const { id } = z
      .object({ id: z.string() })
      .parse(JSON.parse(await run('safety', 'add-list', 'Ours', 'palm oil', '--category', 'politics', '--json')));
    expect(await run('safety', 'lists')).toMatch(/politics +Ours +1/);
    await run('safety', 'remove-list', id);
    expect(await run('safety', 'lists')).not.toContain('Ours');
  });

  it('lists paid posts with what says so, and takes the word of a person and takes it back', async () => {
    expect(await run('paid-posts', 'list', '@lena.crust')).toMatch(/deal +kettlemoth +clear/);
    const [own = ''] = idsOf(await run('paid-posts', 'list', '@lena.crust', '--state', 'own', '--json'), 'postId');
    const marked = await run(
      'paid-posts',
      'mark',
      '@lena.crust',
      own,
      'yes',
      '--brand',
      'snugloaf',
      '--reason',
      'told us',
    );
    expect(marked).toContain('is paid for (snugloaf)');
    expect(idsOf(await run('paid-posts', 'list', '@lena.crust', '--json'), 'postId')).toContain(own);
    expect(await run('paid-posts', 'unmark', '@lena.crust', own)).toContain('is an own post');
    await expect(run('paid-posts', 'mark', '@lena.crust', own, 'perhaps')).rejects.toThrow(/yes or no, not "perhaps"/);
  });
});
