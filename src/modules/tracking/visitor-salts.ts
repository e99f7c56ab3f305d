import { hash, randomBytes } from 'node:crypto';
import type { Clock } from '#infra/clock.ts';
import type { Database } from '#infra/db/database.ts';
import type { Logger } from '#infra/log.ts';
import { addDays, dayMs } from '#kernel/time.ts';
import { deleteOldSalts, ensureSalts } from './queries/visitor-salts.ts';
import { prefixOf } from './rules/address-prefix.ts';

export interface VisitorSalts {
  /** 16 bytes that tell one visitor from another until midnight UTC, as base64url; the address itself is never kept. */
  hash(atMs: number, address: string, userAgent: string, workspaceId: string): string;
  /** 8 bytes that tell one network (/24, or /48 of version 6) from another until midnight UTC, as base64url; null for what is no address. */
  prefixHash(atMs: number, address: string, workspaceId: string): string | null;
  /** True for a day whose salt all processes have: only its hashes can be held beside those of clicks. */
  isShared(atMs: number): boolean;
  /** Makes the salts of today and tomorrow, forgets those older than 48 hours. */
  refresh(): Promise<void>;
}

const keptDays = 2;
const hashChars = 22;
const prefixHashChars = 11;
// The networks of one day's visitors come again and again.
const prefixesMax = 20_000;

/** Salts shared by all processes through the database and held in memory, so that a redirect waits for nothing. */
export function createVisitorSalts(db: Database, clock: Clock, log: Logger): VisitorSalts {
  let salts = new Map<string, string>();
  let shared: ReadonlySet<string> = new Set();
  let current = { day: -1, salt: '' };
  let prefixes = { salt: '', hashes: new Map<string, string>() };

  const saltOf = (atMs: number): string => {
    const day = Math.floor(atMs / dayMs);
    if (current.day !== day) {
      const name = nameOf(day);
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
    prefixHash: (atMs, address, workspaceId) => {
      const prefix = prefixOf(address);
      if (prefix === null) return null;
      const salt = saltOf(atMs);
      if (prefixes.salt !== salt || prefixes.hashes.size >= prefixesMax) prefixes = { salt, hashes: new Map() };
      const key = `${workspaceId}${prefix}`;
      let known = prefixes.hashes.get(key);
      if (known === undefined) {
        known = hash('sha256', `${salt}\n${workspaceId}\n${prefix}`, 'base64url').slice(0, prefixHashChars);
        prefixes.hashes.set(key, known);
      }
      return known;
    },
    isShared: (atMs) => shared.has(nameOf(Math.floor(atMs / dayMs))),
    refresh: async () => {
      const today = clock.now().toISOString().slice(0, 10);
      const wanted = [today, addDays(today, 1)].map((day) => ({ day, salt: randomBytes(16) }));
      const rows = await db.asSystem(async (tx) => {
        await deleteOldSalts(tx, addDays(today, -keptDays));
        return await ensureSalts(tx, wanted);
      });
      salts = new Map(rows.map((row) => [row.day, row.salt.toString('base64url')]));
      shared = new Set(salts.keys());
      current = { day: -1, salt: '' };
    },
  };
}

function nameOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}
