import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { systemClock } from '#infra/clock.ts';
import { followGrowth } from '#infra/db/follow-growth.ts';
import { createLogger } from '#infra/log.ts';
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import type { Consumer } from './consumer.ts';
import { createDelivery } from './deliver-events.ts';
import { createOutbox } from './outbox.ts';

const log = createLogger('silent');
let test: TestDatabase;

beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.drop());

/** A consumer of one kind of event, and a workspace in which `count` of them happened. */
async function begin(name: string, count: number, handle: Consumer['handle']) {
  const consumer: Consumer = { name, events: [`${name}.happened`], handle };
  const outbox = createOutbox(test.db, systemClock, log);
  outbox.subscribe(consumer);
  const workspaceId = await test.createWorkspace();
  const events = Array.from({ length: count }, (_, at) => ({
    workspaceId,
    name: `${name}.happened`,
    payload: { at },
  }));
  await test.db.inWorkspace(workspaceId, (tx) => outbox.emitAll(tx, events));
  return { consumer, workspaceId };
}

const left = (consumer: string) =>
  test.db.asSystem((tx) =>
    tx
      .selectFrom('outbox_delivery')
      .select(['event_id', 'attempts', 'lease'])
      .where('consumer', '=', consumer)
      .execute(),
  );

async function ask(adminUrl: string, ...statements: string[]): Promise<Record<string, unknown> | undefined> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    let last: Record<string, unknown> | undefined;
    for (const statement of statements) last = (await client.query<Record<string, unknown>>(statement)).rows[0];
    return last;
  } finally {
    await client.end();
  }
}

/** Ends all connections to the test's database and lets nobody in until told. */
async function takeAway(): Promise<{ bringBack(): Promise<void> }> {
  const name = new URL(test.adminUrl).pathname.slice(1);
  const setOpen = (isOpen: boolean) =>
    ask(
      inject('adminUrl'),
      `alter database ${name} allow_connections ${isOpen}`,
      `select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '${name}' and not ${isOpen}`,
    );
  await setOpen(false);
  return { bringBack: async () => void (await setOpen(true)) };
}

it('a batch whose database died while it was handled is due again as soon as the database answers', async () => {
  const handed: number[] = [];
  let database: { bringBack(): Promise<void> } | null = null;
  const { consumer } = await begin('dying', 3, async (events) => {
    handed.push(events.length);
    if (handed.length === 1) database = await takeAway();
  });
  const delivery = createDelivery(test.db, log);
  expect(await delivery.readDue([consumer])).toEqual([consumer]);
  await delivery.deliverOnce(consumer);
  expect(await delivery.readDue([consumer])).toEqual([]);
  await (database as { bringBack(): Promise<void> } | null)?.bringBack();

  // Connections that were cut are told of on their next use.
  await vi.waitFor(async () => expect(await delivery.readDue([consumer])).toEqual([consumer]), { timeout: 5000 });
  expect((await left('dying')).map((row) => [row.attempts, row.lease])).toEqual([
    [0, null],
    [0, null],
    [0, null],
  ]);
  await delivery.deliverOnce(consumer);
  expect(handed).toEqual([3, 3]);
  expect(await left('dying')).toEqual([]);
});

it('a failure is tried again later, and another process is not handed what one holds', async () => {
  let isFailing = true;
  const { consumer } = await begin('failing', 2, () =>
    isFailing ? Promise.reject(new Error('not today')) : Promise.resolve(),
  );
  const delivery = createDelivery(test.db, log);
  await delivery.deliverOnce(consumer);
  isFailing = false;
  expect(await delivery.readDue([consumer])).toEqual([]);
  expect((await left('failing')).map((row) => row.attempts)).toEqual([1, 1]);

  const other = createDelivery(test.db, log);
  const whileHeld: boolean[] = [];
  const held = await begin('held', 1, async () => {
    whileHeld.push(await other.deliverOnce(held.consumer));
  });
  await delivery.deliverOnce(held.consumer);
  expect(whileHeld).toEqual([false]);
});

it('tells the planner of a table that grew row by row', async () => {
  const rowsKnown = async () =>
    (await ask(test.adminUrl, "select reltuples::int as rows from pg_class where oid = 'outbox'::regclass"))?.rows;
  await begin('growing', 300, () => Promise.resolve());
  const grown = followGrowth({ db: test.db, log }, ['outbox']);
  grown(100);
  grown(200);
  await vi.waitFor(async () => expect(await rowsKnown()).toBeGreaterThanOrEqual(300), { timeout: 5000 });
});
