import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeDataFolder, startServerProcess } from '#tests/support/server-process.ts';
import { type Bench, median } from './bench.ts';

const rounds = 5;

/**
 * Seconds from `npm start` to the ready line: cold on a fresh data folder (initdb, migrations, sample workspace), warm on
 * the same folder again. Packages are installed and the web app is built before, which a round that is not counted sees to.
 */
export const startBench: Bench = {
  name: 'start',
  run: async ({ tell }) => {
    const cold: number[] = [];
    const warm: number[] = [];
    tell('Building what is missing (not counted)');
    await oneRound();
    for (let round = 1; round <= rounds; round += 1) {
      const { coldS, warmS } = await oneRound();
      tell(`Round ${round} of ${rounds}: cold ${coldS.toFixed(2)} s, warm ${warmS.toFixed(2)} s`);
      cold.push(coldS);
      warm.push(warmS);
    }
    return {
      params: { rounds, command: 'npm start', database: 'embedded' },
      figures: { cold_s: toMs(median(cold)), warm_s: toMs(median(warm)) },
    };
  },
};

async function oneRound(): Promise<{ coldS: number; warmS: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-bench-start-'));
  try {
    return { coldS: await timeStart(dataDir), warmS: await timeStart(dataDir) };
  } finally {
    await removeDataFolder(dataDir);
  }
}

async function timeStart(dataDir: string): Promise<number> {
  const startedMs = performance.now();
  const server = await startServerProcess({ dataDir, command: ['npm', 'start', '--'] });
  const seconds = (performance.now() - startedMs) / 1000;
  await server.interrupt();
  return seconds;
}

/** Three decimals: whole milliseconds. */
function toMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
