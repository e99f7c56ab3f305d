import { beforeAll, describe, expect, test, vi } from 'vitest';
import { databasePid, type ServerProcess, startServerProcess } from '#tests/support/server-process.ts';
import { type Acknowledged, faultsOf, prepareShopLoad, type ShopLoad } from '#tests/support/shop-load.ts';
import { isTimeUp, openLongRun, removeOldRuns } from './long-run.ts';

const serverKills = 200;
const databaseKills = 50;
const loadMsMax = 700;
// Work that was in hand at a kill is taken up again when its lease of two minutes has run out.
const restMs = 200_000;
const longMs = 3_000_000;

/** Passed parts are not done again by the next `npm run faults`; with RAPPORT_FAULTS_MINUTES=20 those that do not begin in time are left to it. */
const parts = 10;

beforeAll(removeOldRuns);

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Until what was told is all there and every order is decided, or the time is up. */
async function faultsAtRest(dataDir: string, told: Acknowledged): Promise<string[]> {
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

type KillSome = (
  server: ServerProcess,
  of: { load: ShopLoad; dataDir: string; kills: number },
) => Promise<ServerProcess>;

/** The same installation is killed in each part, and must be sound after each. */
function killInParts(name: string, killsInAll: number, killSome: KillSome): void {
  for (let part = 1; part <= parts; part += 1) {
    const until = (killsInAll / parts) * part;
    test(
      `part ${part} of ${parts}, up to kill ${until}`,
      async ({ skip }) => {
        const run = openLongRun(name);
        const before = run.progress();
        const kills = until - (before?.kills ?? 0);
        if (kills <= 0) skip('passed in an earlier run');
        if (isTimeUp()) skip('left to the next run');
        try {
          const { dataDir } = run;
          const first = await startServerProcess({ dataDir, args: ['--empty'] });
          const load = await prepareShopLoad(first.address, dataDir, before?.load ?? null);
          const server = await killSome(first, { load, dataDir, kills });
          const { told } = load;
          process.stdout.write(`${name}, ${until} kills: ${told.clickIds.size} clicks, ${told.orders.size} orders\n`);
          expect(told.odd).toEqual([]);
          expect(await faultsAtRest(dataDir, told)).toEqual([]);
          expect(await server.interrupt()).toBe(0);
          run.save(until, load.save());
          if (part === parts) {
            expect(told.clickIds.size).toBeGreaterThan(killsInAll);
            expect(told.orders.size).toBeGreaterThanOrEqual(killsInAll / 2);
            await run.end();
          }
        } catch (error) {
          await run.end();
          throw error;
        }
      },
      longMs,
    );
  }
}

describe(`after ${serverKills} kills -9 of the server under load nothing acknowledged is lost, nothing is there twice, and all sums are those of the raw rows`, () => {
  killInParts('server', serverKills, async (first, { load, dataDir, kills }) => {
    let server = first;
    for (let kill = 0; kill < kills; kill += 1) {
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
      server = await startServerProcess({ dataDir, args: ['--empty'] });
    }
    return server;
  });
});

describe(`after ${databaseKills} kills -9 of PostgreSQL under load every visitor was sent on, and nothing acknowledged is lost or doubled`, () => {
  killInParts('database', databaseKills, async (server, { load, dataDir, kills }) => {
    const running = load.begin(server.address);
    const ordersBefore = load.told.orders.size;
    for (let kill = 0; kill < kills; kill += 1) {
      await wait(Math.random() * loadMsMax * 2);
      process.kill(databasePid(dataDir), 'SIGKILL');
      await vi.waitFor(async () => expect((await fetch(new URL('/readyz', server.address))).status).toBe(200), {
        timeout: 60_000,
        interval: 100,
      });
    }
    await running.stop();
    expect(load.told.refused).toBe(0);
    expect(load.told.orders.size - ordersBefore).toBeGreaterThan(kills);
    return server;
  });
});
