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

const waiting = new WeakMap<Database, Lookup>();

/** The source a delivery came to, with its secrets; those asked for in one turn of the loop are looked up together. Error: not_found. */
export async function findIntakeSource(infra: Infra, id: string): Promise<IntakeSource> {
  let lookup = waiting.get(infra.db);
  if (lookup === undefined) {
    const ids = new Set<string>();
    const found = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      waiting.delete(infra.db);
      return findIntakeSources(infra.db, [...ids]);
    });
    lookup = { ids, found };
    waiting.set(infra.db, lookup);
  }
  lookup.ids.add(id);
  const source = (await lookup.found).get(id);
  if (source === undefined || source.revoked_at !== null || !receiving.has(source.kind)) throw notFound('order source');
  return source;
}
