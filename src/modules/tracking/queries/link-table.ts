import { sql } from 'kysely';
import type { Database, Tx } from '#infra/db/database.ts';

export const linkChannel = 'rapport_links';

export interface LinkRow {
  id: string;
  workspace_id: string;
  slug: string;
  target: string;
  state: 'live' | 'paused' | 'archived';
  expires_at: Date | null;
}

const pageRows = 20_000;
const idsPerNotice = 200;

/** Hands over every link of the installation, a page at a time. */
export async function streamLinks(db: Database, take: (row: LinkRow) => void): Promise<void> {
  let after = '';
  for (;;) {
    const page = await db.asSystem((tx) =>
      sql<LinkRow>`
        select id, workspace_id, slug, target, state, expires_at from link
        where slug > ${after} order by slug limit ${pageRows}`.execute(tx),
    );
    for (const row of page.rows) take(row);
    const last = page.rows.at(-1);
    if (last === undefined || page.rows.length < pageRows) return;
    after = last.slug;
  }
}

export async function linksByIds(db: Database, ids: readonly string[]): Promise<LinkRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.asSystem((tx) =>
    sql<LinkRow>`
      select id, workspace_id, slug, target, state, expires_at from link where id = any(${[...ids]}::text[])`.execute(
      tx,
    ),
  );
  return rows;
}

/** Tells every process, at the commit of this transaction, that these links changed. */
export async function notifyLinks(tx: Tx, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += idsPerNotice) {
    await sql`select pg_notify(${linkChannel}, ${ids.slice(at, at + idsPerNotice).join(',')})`.execute(tx);
  }
}
