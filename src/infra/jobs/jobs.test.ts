import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { installKeyOf, prepareRoles } from '#infra/db/roles.ts';
import { createLogger } from '#infra/log.ts';
import { testSecret } from '#tests/support/constants.ts';
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { createJobs, type Jobs } from './jobs.ts';

let database: TestDatabase;
let systemUrl: string;
const open: Jobs[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  const { adminUrl } = database;
  ({ system: systemUrl } = await prepareRoles({ adminUrl, installKey: installKeyOf(adminUrl), secret: testSecret }));
});
afterEach(async () => {
  for (const jobs of open.splice(0)) await jobs.stop();
});
afterAll(() => database.drop());

interface Given {
  name: string;
  cron?: string;
  retriesMax?: number;
  handle?: (at: number) => void;
}

/** The queue of one process, and the numbers it was handed, in order. */
async function aProcess({ handle, ...given }: Given, isWorker = true): Promise<{ jobs: Jobs; handed: number[] }> {
  const jobs = createJobs(systemUrl, createLogger('silent'));
  const handed: number[] = [];
  jobs.define({
    payload: z.object({ at: z.int().default(0) }),
    retriesMax: 0,
    timeoutSeconds: 60,
    ...given,
    handle: async ({ at }) => {
      handed.push(at);
      handle?.(at);
    },
  });
  await jobs.start({ isWorker });
  open.push(jobs);
  return { jobs, handed };
}

async function rowsOf(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('thirty jobs are done one after another, as soon as each is told and not at a look each second', async () => {
  const { jobs, handed } = await aProcess({ name: 'test.many' });
  const startedMs = performance.now();
  for (let at = 0; at < 30; at += 1) await jobs.enqueue('test.many', { at }, `key ${at}`);
  await vi.waitFor(() => expect(handed).toHaveLength(30), { timeout: 20_000, interval: 20 });
  expect(performance.now() - startedMs).toBeLessThan(15_000);
  expect(handed.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, at) => at));
});

test('a second call with the same key while the first waits does nothing', async () => {
  const { jobs } = await aProcess({ name: 'test.once' }, false);
  for (let at = 0; at < 3; at += 1) await jobs.enqueue('test.once', { at }, 'same');
  expect(await rowsOf("select data from pgboss.job where name = 'test.once'")).toEqual([{ data: { at: 0 } }]);
});

test('a process that is no worker keeps what is enqueued, and one that is does it', async () => {
  const first = await aProcess({ name: 'test.shared' }, false);
  await first.jobs.enqueue('test.shared', { at: 7 });
  const second = await aProcess({ name: 'test.shared' });
  await vi.waitFor(() => expect(second.handed).toEqual([7]), { timeout: 10_000, interval: 20 });
  expect(first.handed).toEqual([]);
});

test('a job that failed is tried again within seconds', async () => {
  let tries = 0;
  const { jobs, handed } = await aProcess({
    name: 'test.again',
    retriesMax: 3,
    handle: () => {
      tries += 1;
      if (tries === 1) throw new Error('The first try fails');
    },
  });
  await jobs.enqueue('test.again', { at: 1 });
  await vi.waitFor(() => expect(handed).toEqual([1, 1]), { timeout: 15_000, interval: 20 });
});

test('a start with other numbers or another hour brings the queue to them, and one with the same writes nothing', async () => {
  const queue = () =>
    rowsOf(
      "select q.retry_limit, q.notify, q.policy, s.cron, q.xmin::text as written, s.xmin::text as planned from pgboss.queue q join pgboss.schedule s using (name) where name = 'test.hour'",
    );
  await aProcess({ name: 'test.hour', cron: '3 3 * * *' }, false);
  const [first] = await queue();
  expect(first).toMatchObject({ retry_limit: 0, notify: true, policy: 'stately', cron: '3 3 * * *' });
  await aProcess({ name: 'test.hour', cron: '3 3 * * *' }, false);
  expect(await queue()).toEqual([first]);
  await aProcess({ name: 'test.hour', cron: '4 4 * * *', retriesMax: 2 }, false);
  expect(await queue()).toMatchObject([{ retry_limit: 2, notify: true, cron: '4 4 * * *' }]);
});
