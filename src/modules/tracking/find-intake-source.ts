import type { Database } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { findIntakeSources, type IntakeSource } from './queries/order-sources.ts';

/** Kinds that have an address of their own. */
const receiving = new Set<IntakeSource['kind']>(['webhook', 'shopify', 'woocommerce', 'stripe', 'postback']);

interface Lookup {
  ids: Set<string>;
  found: Promise<Map<string, IntakeSource>>;
}

/** By database, the look-up that gathers ids; it begins once the one before it has ended. */
const waiting = new WeakMap<Database, Lookup>();
const running = new WeakMap<Database, Promise<unknown>>();

/** The source a delivery came to, with its secrets; those asked for in one turn of the loop, or while others are looked up, are looked up together. Error: not_found. */
export async function findIntakeSource(infra: Infra, id: string): Promise<IntakeSource> {
  const lookup = waiting.get(infra.db) ?? gather(infra.db);
  lookup.ids.add(id);
  const source = (await lookup.found).get(id);
  if (source === undefined || source.revoked_at !== null || !receiving.has(source.kind)) throw notFound('order source');
  return source;
}

function gather(db: Database): Lookup {
  const ids = new Set<string>();
  const before = running.get(db) ?? new Promise<void>((resolve) => setImmediate(resolve));
  const found = before.then(() => {
    waiting.delete(db);
    return findIntakeSources(db, [...ids]);
  });
  const lookup = { ids, found };
  waiting.set(db, lookup);
  const ended: Promise<unknown> = found.then(
    () => undefined,
    () => undefined,
  );
  running.set(db, ended);
  void ended.then(() => {
    if (running.get(db) === ended) running.delete(db);
  });
  return lookup;
}
