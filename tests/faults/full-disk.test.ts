import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { removeDataFolder, startServerProcess } from '#tests/support/server-process.ts';
import { faultsOf, prepareShopLoad } from '#tests/support/shop-load.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rapport-full-'));
});
afterEach(() => removeDataFolder(dataDir));

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const hasLimits = spawnSync('prlimit', ['--version']).status === 0;

/** The largest file the server may write; `unlimited` for a disk with room again. */
function limitFiles(pid: number, bytes: string): void {
  const set = spawnSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:unlimited`]);
  if (set.status !== 0) throw new Error(`prlimit: ${set.stderr.toString()}`);
}

/** Bytes of the segment that is written now. */
function segmentBytes(): number {
  const root = join(dataDir, 'clicks');
  const sizes = readdirSync(root)
    .filter((name) => !name.startsWith('.'))
    .flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(root, folder, file)))
    .filter((path) => path.endsWith('.log'))
    .map((path) => statSync(path).size);
  return Math.max(0, ...sizes);
}

test.skipIf(!hasLimits)(
  'while the disk takes no more, visitors are asked to try again and nobody is sent on uncounted; with room again it goes on by itself (skipped: no prlimit)',
  async () => {
    const server = await startServerProcess({ dataDir, args: ['--empty'] });
    const load = await prepareShopLoad(server.address, dataDir);
    const { told } = load;
    for (let round = 0; round < 5; round += 1) {
      const before = load.begin(server.address);
      await wait(400);
      // In the middle of a write: what does not fit is cut back, whoever waited for it is asked to try again.
      limitFiles(server.pid, String(segmentBytes() + 500 + round * 337));
      await vi.waitFor(() => expect(told.refused).toBeGreaterThan(round * 20), { timeout: 20_000, interval: 20 });
      const sentOn = told.clickIds.size;
      const refused = told.refused;
      await wait(300);
      expect(told.refused).toBeGreaterThan(refused);
      expect(told.clickIds.size - sentOn).toBeLessThan(20);
      limitFiles(server.pid, 'unlimited');
      await vi.waitFor(() => expect(told.clickIds.size).toBeGreaterThan(sentOn + 50), {
        timeout: 20_000,
        interval: 20,
      });
      await before.stop();
    }
    process.stdout.write(`full disk: ${told.clickIds.size} clicks sent on, ${told.refused} asked to try again\n`);
    expect(told.odd).toEqual([]);
    await vi.waitFor(async () => expect(await faultsOf(dataDir, told)).toEqual([]), {
      timeout: 60_000,
      interval: 1000,
    });
    expect(await server.interrupt()).toBe(0);
  },
  240_000,
);
