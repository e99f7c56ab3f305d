import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { snapshotFormat } from './snapshot-file.ts';

/** What says how a creator becomes columns. */
const rules = new URL('../rules/', import.meta.url);
const fields = ['../api/fields.ts', '../api/packed-values.ts'];

/**
 * Tells one version of the index from another: a hash of the catalogue of fields and of every rule by which creators become columns. A snapshot
 * of any other version is built anew rather than trusted.
 */
export function indexCatalogue(): string {
  const hash = createHash('sha256').update(`format ${snapshotFormat}`);
  const names = readdirSync(rules).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const files = [
    ...names.sort().map((name) => new URL(name, rules)),
    ...fields.map((name) => new URL(name, import.meta.url)),
  ];
  for (const file of files) hash.update(file.pathname.slice(file.pathname.lastIndexOf('/'))).update(readFileSync(file));
  return hash.digest('hex').slice(0, 32);
}
