import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { median } from './bench.ts';

const loopSteps = 200_000_000;
const fsyncRounds = 41;
const blockBytes = 4096;

export interface Machine {
  cores: number;
  memoryGb: number;
  /** A fixed loop and the median fsync of 4 kB, so that figures of two days can be set side by side. */
  calibration: { loopMs: number; fsyncMs: number };
}

export function describeMachine(): Machine {
  return {
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    calibration: {
      loopMs: round(median([loopMs(), loopMs(), loopMs(), loopMs(), loopMs()])),
      fsyncMs: round(fsyncMs()),
    },
  };
}

function loopMs(): number {
  const startedMs = performance.now();
  let x = 1;
  for (let i = 0; i < loopSteps; i += 1) x = (Math.imul(x, 1664525) + 1013904223) | 0;
  // The result is used, so that the loop is not optimised away.
  return performance.now() - startedMs + (x === 0 ? 0.001 : 0);
}

function fsyncMs(): number {
  const dir = mkdtempSync(join(tmpdir(), 'rapport-fsync-'));
  const file = openSync(join(dir, 'block'), 'w');
  const block = Buffer.alloc(blockBytes, 1);
  const times: number[] = [];
  try {
    for (let i = 0; i < fsyncRounds; i += 1) {
      const startedMs = performance.now();
      writeSync(file, block);
      fsyncSync(file);
      times.push(performance.now() - startedMs);
    }
  } finally {
    closeSync(file);
    rmSync(dir, { recursive: true, force: true });
  }
  return median(times);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
