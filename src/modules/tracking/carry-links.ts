import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { random } from './create-links.ts';
import { linkChannel } from './queries/link-table.ts';
import { suggestSlug } from './rules/slug.ts';

const suffixChars = 6;

/** A slug like that one for a link whose own is taken where it arrives. */
export function makeFreeSlug(slug: string): string {
  return suggestSlug(slug, random, suffixChars);
}

/** Has every process read all links again, at the commit of this transaction: many came in at once. */
export async function reloadLinks(tx: Tx): Promise<void> {
  await sql`select pg_notify(${linkChannel}, '')`.execute(tx);
}
