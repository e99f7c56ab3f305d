import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeDataFolder, type ServerProcess, startServerProcess } from '#tests/support/server-process.ts';
import { storyFiles } from '#tests/support/story-data.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

describe('the whole story over the command line alone', () => {
  let dataDir: string;
  let workDir: string;
  let server: ServerProcess;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rapport-story-cli-'));
    workDir = await mkdtemp(join(tmpdir(), 'rapport-story-files-'));
    server = await startServerProcess({ dataDir, args: ['--empty'] });
  }, 240_000);

  afterAll(async () => {
    await server?.interrupt();
    await removeDataFolder(dataDir);
    await rm(workDir, { recursive: true, force: true });
  });

  /** Runs `rapport ...` from another folder, as a person would, against the server of the data folder. */
  function rapport(...args: string[]): Promise<Ran> {
    const bin = ['--disable-warning=ExperimentalWarning', join(root, 'src/app/rapport.ts')];
    const child = spawn(process.execPath, [...bin, ...args], {
      cwd: workDir,
      env: { ...process.env, RAPPORT_DATA: dataDir },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  }

  /** The one JSON value a command prints. */
  async function json<Value>(...args: string[]): Promise<Value> {
    const { code, out, err } = await rapport(...args, '--json');
    if (code !== 0) throw new Error(`rapport ${args.join(' ')} ended with ${code}: ${err}`);
    return JSON.parse(out) as Value;
  }

  it('leads from a file to a measured return, each answer one JSON value', async () => {
    const files = storyFiles(60, Date.now());
    await writeFile(join(workDir, 'creators.csv'), files.creatorsCsv);
    await writeFile(join(workDir, 'posts.ndjson'), files.postsNdjson);

    const { key } = await json<{ key: string }>('api-keys', 'create', '--name', 'story', '--scopes', 'all');
    expect(key).toMatch(/^rpt_/);
    const dry = await json<object>('creators', 'import', 'creators.csv', '--dry-run');
    expect(dry).toMatchObject({ platform: 'instagram', read: 60, created: 60, errorsTotal: 0 });
    expect(await json<object>('creators', 'import', 'creators.csv')).toMatchObject({
      read: 60,
      created: 60,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      errors: [],
    });
    expect(await json<object>('creators', 'import', 'creators.csv')).toMatchObject({ created: 0, unchanged: 60 });
    expect(await json<object>('creators', 'import', 'posts.ndjson')).toMatchObject({ errorsTotal: 0 });

    const filter = JSON.stringify({ field: 'niche', op: 'in', values: ['food', 'fashion'] });
    const found = await json<{ rows: { personId: string; profile: { handle: string; platform: string } }[] }>(
      'creators',
      'search',
      '--filter',
      filter,
      '--limit',
      '5',
    );
    const [creator] = found.rows;
    if (creator === undefined) throw new Error('Nobody was found.');
    const report = await json<{ score: number | null; verdict: string }>(
      'vetting',
      'report',
      creator.profile.handle,
      '--platform',
      creator.profile.platform,
    );
    expect(report).toHaveProperty('score');

    const campaign = await json<{ id: string }>(
      'campaigns',
      'create',
      '--name',
      'Slow Mornings',
      '--budget',
      '2000 EUR',
      '--landing-url',
      'https://shop.example/oats',
    );
    await json(
      'campaigns',
      'goal',
      'add',
      'Slow Mornings',
      '10 orders',
      'by',
      new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    );
    const roster = await json<{ enrolmentIds: string[] }>(
      'campaigns',
      'roster',
      'add',
      campaign.id,
      creator.personId,
      '--stage',
      'live',
      '--fee',
      '300 EUR',
    );
    const [enrolmentId = ''] = roster.enrolmentIds;

    const link = await json<{ slug: string }>(
      'links',
      'create',
      '--to',
      'https://shop.example/oats',
      '--enrolment',
      enrolmentId,
    );
    const code = await json<{ code: string }>('codes', 'create', '--percent', '10', '--enrolment', enrolmentId);
    const redirected = await fetch(`${server.address}/${link.slug}`, {
      redirect: 'manual',
      headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36' },
    });
    expect(redirected.status).toBe(302);
    await json('orders', 'add', '--id', '1001', '--total', '52.40', '--currency', 'EUR', '--code', code.code);
    await json('orders', 'add', '--id', '1001', '--total', '52.40', '--currency', 'EUR', '--code', code.code);

    const results = await resultsWithOrder(campaign.id);
    expect(results.sales.revenue.value).toEqual({ amountMinor: '5240', currency: 'EUR' });
    expect(results.returns.roi.value).toBeCloseTo((5240 - 30000) / 30000, 6);
    await rapport('reports', 'export', campaign.id, '--format', 'csv', '--out', 'results.csv');
    expect(await readFile(join(workDir, 'results.csv'), 'utf8')).toContain('52.40');
  }, 240_000);

  it('ends with 1 and says what to do when the fault is the caller’s', async () => {
    const unknown = await rapport('vetting', 'report', 'nobody-at-all', '--json');
    const wrong = await rapport('orders', 'add', '--id', 'x', '--total', '1.005', '--currency', 'EUR', '--json');

    expect([unknown.code, unknown.out]).toEqual([1, '']);
    expect(unknown.err).toContain('No such creator.');
    expect([wrong.code, wrong.out]).toEqual([1, '']);
    expect(wrong.err).toContain('1.005');
  }, 60_000);

  interface Results {
    sales: { orders: { value: number | null }; revenue: { value: unknown } };
    returns: { roi: { value: number | null } };
  }

  /** Credit is decided in the background, within moments. */
  async function resultsWithOrder(campaignId: string): Promise<Results> {
    for (let tries = 0; tries < 10; tries += 1) {
      const results = await json<Results>('reports', 'campaign', campaignId);
      if (results.sales.orders.value === 1) return results;
    }
    throw new Error('The order was not credited.');
  }
});
