import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { systemClock } from '#infra/clock.ts';
import { createLogger } from '#infra/log.ts';
import { createOutbox } from '#infra/outbox/outbox.ts';
import { createLink, getLink } from '#modules/tracking/api.ts';
import { startClickWriter } from '#tests/support/click-writer.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { openClickLog } from '../../src/modules/tracking/click-log/append-clicks.ts';
import { makeOwnFolder } from '../../src/modules/tracking/click-log/own-folder.ts';
import { createDrain } from '../../src/modules/tracking/drain-clicks.ts';
import { createLiveHub } from '../../src/modules/tracking/live-hub.ts';

const kills = 200;
const awaySeconds = 20;
const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36';

let test: TestCore;
let workspaceId: string;

beforeAll(async () => {
  test = await openTestCore();
  workspaceId = await test.database.createWorkspace('brand');
});
afterAll(() => test.close());

it(`after ${kills} kills at random moments no acknowledged click is lost and none is there twice`, async () => {
  const link = await test.client('brand').call(createLink, { destination: 'https://shop.example/' });
  const root = mkdtempSync(join(tmpdir(), 'rapport-kills-'));
  const secret = 'the secret of the fault tests';
  const log = createLogger('silent');
  const ownName = makeOwnFolder(root, Date.now());
  const clickLog = openClickLog({ dir: join(root, ownName), log });
  const { db } = test.database;
  const drain = createDrain({
    db,
    outbox: createOutbox(db, systemClock, log),
    log,
    hub: createLiveHub(),
    root,
    ownName,
    clickLog,
  });
  const acknowledged: string[] = [];
  for (let round = 0; round < kills; round += 1) {
    const writer = await startClickWriter(root, { workspaceId, linkId: link.id, secret });
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    await writer.kill();
    acknowledged.push(...writer.acknowledged);
    if (round % 10 === 0) await drain.settle();
  }
  await drain.settle();
  await clickLog.close();
  rmSync(root, { recursive: true, force: true });
  const rows = await db.asSystem((tx) =>
    tx.selectFrom('click').select('click_id').where('link_id', '=', link.id).execute(),
  );
  const stored = new Set(rows.map((row) => row.click_id));
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  expect(rows).toHaveLength(stored.size);
  expect(await test.client('brand').call(getLink, { linkId: link.id })).toMatchObject({ clicks: stored.size });
});

it('redirects go on while PostgreSQL refuses every connection, and every click arrives when it is back', async () => {
  const client = test.client('brand');
  const link = await client.call(createLink, { destination: 'https://shop.example/', slug: 'away' });
  const server = createServer((request, response) => {
    if (!test.core.modules.tracking.redirect(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/away`;
  const name = new URL(test.database.adminUrl).pathname.slice(1);
  const admin = new pg.Client({ connectionString: inject('adminUrl') });
  await admin.connect();
  await admin.query(`alter database ${name} with allow_connections false`);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  let redirected = 0;
  const until = Date.now() + awaySeconds * 1000;
  try {
    while (Date.now() < until) {
      const answer = await fetch(address, {
        redirect: 'manual',
        headers: { 'user-agent': `${browser} ${redirected}` },
      });
      expect(answer.status).toBe(302);
      redirected += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    await admin.query(`alter database ${name} with allow_connections true`);
    await admin.end();
  }
  await expect
    .poll(async () => (await client.call(getLink, { linkId: link.id }).catch(() => null))?.clicks, {
      timeout: 60_000,
      interval: 500,
    })
    .toBe(redirected);
  server.closeAllConnections();
  server.close();
});
