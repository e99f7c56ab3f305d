import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { databasePid, removeDataFolder, startServerProcess } from '#tests/support/server-process.ts';
import { type Acknowledged, faultsOf, prepareShopLoad } from '#tests/support/shop-load.ts';

const serverKills = 200;
const databaseKills = 50;
const loadMsMax = 700;
// Work that was in hand at a kill is taken up again when its lease of two minutes has run out.
const restMs = 200_000;
const longMs = 3_000_000;

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rapport-load-'));
});
afterEach(() => removeDataFolder(dataDir));

const start = () => startServerProcess({ dataDir, args: ['--empty'] });
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Until what was told is all there and every order is decided, or the time is up. */
async function faultsAtRest(told: Acknowledged): Promise<string[]> {
  let faults: string[] = ['not looked yet'];
  await vi
    .waitFor(
      async () => {
        faults = await faultsOf(dataDir, told);
        expect(faults).toEqual([]);
      },
      { timeout: restMs, interval: 1000 },
    )
    .catch(() => undefined);
  return faults;
}

test(
  `after ${serverKills} kills -9 of the server under load nothing acknowledged is lost, nothing is there twice, and all sums are those of the raw rows`,
  async () => {
    let server = await start();
    const load = await prepareShopLoad(server.address, dataDir);
    for (let kill = 0; kill < serverKills; kill += 1) {
      const running = load.begin(server.address);
      // Every other time only once an order was acknowledged, which takes longer than a click.
      const ordersBefore = load.told.orders.size;
      if (kill % 2 === 1)
        await vi.waitFor(() => expect(load.told.orders.size).toBeGreaterThan(ordersBefore), {
          timeout: 30_000,
          interval: 10,
        });
      await wait(Math.random() * loadMsMax);
      await server.kill();
      await running.stop();
      server = await start();
    }
    const { told } = load;
    process.stdout.write(
      `${serverKills} kills: ${told.clickIds.size} clicks and ${told.orders.size} orders acknowledged\n`,
    );
    expect(told.odd).toEqual([]);
    expect(told.clickIds.size).toBeGreaterThan(serverKills);
    expect(told.orders.size).toBeGreaterThanOrEqual(serverKills / 2);
    expect(await faultsAtRest(told)).toEqual([]);
    expect(await server.interrupt()).toBe(0);
  },
  longMs,
);

test(
  `after ${databaseKills} kills -9 of PostgreSQL under load every visitor was sent on, and nothing acknowledged is lost or doubled`,
  async () => {
    const server = await start();
    const load = await prepareShopLoad(server.address, dataDir);
    const running = load.begin(server.address);
    for (let kill = 0; kill < databaseKills; kill += 1) {
      await wait(Math.random() * loadMsMax * 2);
      process.kill(databasePid(dataDir), 'SIGKILL');
      await vi.waitFor(async () => expect((await fetch(new URL('/readyz', server.address))).status).toBe(200), {
        timeout: 60_000,
        interval: 100,
      });
    }
    await running.stop();
    const { told } = load;
    process.stdout.write(
      `${databaseKills} kills: ${told.clickIds.size} clicks and ${told.orders.size} orders acknowledged\n`,
    );
    expect(told.odd).toEqual([]);
    expect(told.refused).toBe(0);
    expect(told.orders.size).toBeGreaterThan(databaseKills);
    expect(await faultsAtRest(told)).toEqual([]);
    expect(await server.interrupt()).toBe(0);
  },
  longMs,
);
