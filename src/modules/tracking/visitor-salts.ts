import { hash, randomBytes } from 'node:crypto';
import type { Clock } from '#infra/clock.ts';
import type { Database } from '#infra/db/database.ts';
import type { Logger } from '#infra/log.ts';
import { addDays, dayMs } from '#kernel/time.ts';
import { deleteOldSalts, ensureSalts } from './queries/visitor-salts.ts';

export interface VisitorSalts {
  /** 16 bytes that tell one visitor from another until midnight UTC, as base64url; the address itself is never kept. */
  hash(atMs: number, address: string, userAgent: string, workspaceId: string): string;
  /** Makes the salts of today and tomorrow, forgets those older than 48 hours. */
  refresh(): Promise<void>;
}

const keptDays = 2;
const hashChars = 22;

/** Salts shared by all processes through the database and held in memory, so that a redirect waits for nothing. */
export function createVisitorSalts(db: Database, clock: Clock, log: Logger): VisitorSalts {
  let salts = new Map<string, string>();
  let current = { day: -1, salt: '' };

  const saltOf = (atMs: number): string => {
    const day = Math.floor(atMs / dayMs);
    if (current.day !== day) {
      const name = new Date(day * dayMs).toISOString().slice(0, 10);
      let salt = salts.get(name);
      if (salt === undefined) {
        // The database has been away since before midnight: a salt of this process alone until it is back.
        log.warn({ day: name }, 'no shared visitor salt for today yet, using one of this process');
        salt = randomBytes(16).toString('base64url');
        salts.set(name, salt);
      }
      current = { day, salt };
    }
    return current.salt;
  };

  return {
    hash: (atMs, address, userAgent, workspaceId) =>
      hash('sha256', `${saltOf(atMs)}\n${workspaceId}\n${address}\n${userAgent}`, 'base64url').slice(0, hashChars),
    refresh: async () => {
      const today = clock.now().toISOString().slice(0, 10);
      const wanted = [today, addDays(today, 1)].map((day) => ({ day, salt: randomBytes(16) }));
      const rows = await db.asSystem(async (tx) => {
        await deleteOldSalts(tx, addDays(today, -keptDays));
        return await ensureSalts(tx, wanted);
      });
      salts = new Map(rows.map((row) => [row.day, row.salt.toString('base64url')]));
      current = { day: -1, salt: '' };
    },
  };
}
