import type { DB } from '#db/tables.ts';
import type { Logger } from '../log.ts';
import type { Database } from './database.ts';
import { refreshStatistics } from './refresh-statistics.ts';

const firstLookRows = 250;
const nextLookTimes = 4;
const looksMax = 8;

/**
 * Tells the planner of tables that grow row by row: after the first few hundred rows of a process, and whenever they are four times as many. In a new workspace orders come
 * faster than PostgreSQL looks by itself, and what it takes for empty it reads whole for each of them. The function returned takes how many rows were committed, and does not wait.
 */
export function followGrowth(
  parts: { db: Database; log: Logger },
  tables: readonly (keyof DB & string)[],
): (rows: number) => void {
  let rows = 0;
  let lookAt = firstLookRows;
  let looks = 0;
  let isLooking = false;
  return (added) => {
    rows += added;
    if (rows < lookAt || isLooking || looks >= looksMax) return;
    looks += 1;
    lookAt = rows * nextLookTimes;
    isLooking = true;
    refreshStatistics(parts.db, tables)
      .catch((error) => parts.log.warn({ err: error, tables }, 'tables could not be looked at, plans may be slow'))
      .finally(() => {
        isLooking = false;
      });
  };
}
