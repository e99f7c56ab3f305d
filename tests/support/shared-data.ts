import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const beside = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/**
 * Path of a file of real data for measuring, which is no part of the product: in RAPPORT_SHARED_DATA, else in a folder `shared/data` beside the
 * checkout. Null where there is none; the test then says `skipped: no shared data`.
 */
export function sharedData(file: string): string | null {
  const path = join(process.env.RAPPORT_SHARED_DATA ?? beside, file);
  return existsSync(path) ? path : null;
}
