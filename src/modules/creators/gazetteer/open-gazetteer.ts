import { Worker } from 'node:worker_threads';
import { Gazetteer } from './gazetteer.ts';
import type { PackedTowns } from './pack-towns.ts';

let opened: Promise<Gazetteer> | null = null;

/**
 * The towns of the world (GeoNames, CC BY 4.0, places of 1,000 people and more), read when first asked for, in a thread that ends afterwards, and
 * kept as columns of about 5 MB.
 */
export function openGazetteer(): Promise<Gazetteer> {
  opened ??= readTowns().catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

function readTowns(): Promise<Gazetteer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./gazetteer-worker.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    worker.once('message', (towns: PackedTowns) => resolve(new Gazetteer(towns)));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The list of towns could not be read.')));
  });
}
