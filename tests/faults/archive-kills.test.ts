import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KilledArchives, openKilledArchives } from '#tests/support/killed-archives.ts';

const kills = 15;
/** About as long as both take together. */
const withinMs = 4000;

let archives: KilledArchives;
beforeAll(async () => {
  archives = await openKilledArchives({ dataDir: await mkdtemp(join(tmpdir(), 'rapport-killed-')), notes: 60_000 });
});
afterAll(() => archives?.close());

test(`after each of ${kills} kills -9 while an archive is written and another taken in, each is whole or can be begun again`, async () => {
  const seen: Record<string, number> = {};
  for (let kill = 0; kill < kills; kill += 1) {
    const killed = await archives.killAt(async ({ startImport, startExport }) => {
      await startExport();
      await startImport();
      await wait(((kill + Math.random()) / kills) * withinMs);
    });
    const { archive, arrival } = await archives.judge(killed);
    seen[`archive ${archive}`] = (seen[`archive ${archive}`] ?? 0) + 1;
    seen[`import ${arrival}`] = (seen[`import ${arrival}`] ?? 0) + 1;
    if (arrival !== 'done') await archives.beginAgain(killed);
  }
  process.stdout.write(`${JSON.stringify(seen)}\n`);
  expect(seen['import failed']).toBeGreaterThan(0);
  expect(seen['archive failed']).toBeGreaterThan(0);
});

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
