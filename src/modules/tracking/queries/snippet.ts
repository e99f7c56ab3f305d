import { sql } from 'kysely';
import type { Database, Tx } from '#infra/db/database.ts';

export interface SnippetKeyRow {
  workspace_id: string;
  id: string;
  source_id: string;
  source_name: string;
  source_revoked_at: Date | null;
  key: string;
  hosts: string[];
  consent: 'store' | 'wait' | 'cookieless';
  seen_at: Date | null;
  seen_host: string | null;
  created_at: Date;
  revoked_at: Date | null;
  orders: number;
  unverified: number;
}

const columns = sql`
  select k.*, s.name as source_name, s.revoked_at as source_revoked_at, u.orders, u.unverified
  from snippet_key k join order_source s on s.workspace_id = k.workspace_id and s.id = k.source_id, lateral (
    select count(*)::int as orders, count(*) filter (where not c.is_verified)::int as unverified
    from browser_word w left join conversion c on c.workspace_id = w.workspace_id and c.source_id = w.source_id and c.external_id = w.external_id
    where w.workspace_id = k.workspace_id and w.source_id = k.source_id
  ) u`;

export async function selectSnippetKeys(tx: Tx, workspaceId: string, id?: string): Promise<SnippetKeyRow[]> {
  const { rows } = await sql<SnippetKeyRow>`
    ${columns} where k.workspace_id = ${workspaceId} ${id === undefined ? sql`` : sql`and k.id = ${id}`} order by k.created_at desc, k.id desc`.execute(
    tx,
  );
  return rows;
}

export interface KeyOfPage {
  workspace_id: string;
  id: string;
  source_id: string;
  hosts: string[];
  seen_at: Date | null;
}

/** The key a page named, while it stands; a page names no workspace. */
export async function findSnippetKey(db: Database, key: string): Promise<KeyOfPage | undefined> {
  const { rows } = await db.asSystem((tx) =>
    sql<KeyOfPage>`
      select k.workspace_id, k.id, k.source_id, k.hosts, k.seen_at from snippet_key k
      join order_source s on s.workspace_id = k.workspace_id and s.id = k.source_id and s.revoked_at is null
      where k.key = ${key} and k.revoked_at is null`.execute(tx),
  );
  return rows[0];
}

export async function insertSnippetKey(
  tx: Tx,
  row: {
    workspaceId: string;
    id: string;
    sourceId: string;
    key: string;
    hosts: readonly string[];
    consent: string;
    createdBy: string;
    at: Date;
  },
): Promise<void> {
  await sql`
    insert into snippet_key (workspace_id, id, source_id, key, hosts, consent, created_by, created_at)
    values (${row.workspaceId}, ${row.id}, ${row.sourceId}, ${row.key}, ${[...row.hosts]}::text[], ${row.consent}, ${row.createdBy}, ${row.at})`.execute(
    tx,
  );
}

export async function changeSnippetKey(
  tx: Tx,
  workspaceId: string,
  of: { id: string; hosts: readonly string[]; consent: string; revokedAt: Date | null },
): Promise<void> {
  await sql`
    update snippet_key set hosts = ${[...of.hosts]}::text[], consent = ${of.consent}, revoked_at = ${of.revokedAt}
    where workspace_id = ${workspaceId} and id = ${of.id}`.execute(tx);
}

export async function noteSnippetSeen(
  tx: Tx,
  workspaceId: string,
  of: { id: string; at: Date; host: string },
): Promise<void> {
  await sql`
    update snippet_key set seen_at = ${of.at}, seen_host = ${of.host} where workspace_id = ${workspaceId} and id = ${of.id}`.execute(
    tx,
  );
}

/**
 * Keeps what a browser said of an order: the clicks of its first word, and whether an amount was named. `isFirst`: nothing was said before;
 * `isFirstAmount`: an amount is named now for the first time.
 */
export async function keepBrowserWord(
  tx: Tx,
  of: {
    workspaceId: string;
    sourceId: string;
    externalId: string;
    clickIds: readonly string[];
    codes: readonly string[];
    host: string;
    at: Date;
    hasDetails: boolean;
  },
): Promise<{ isFirst: boolean; isFirstAmount: boolean }> {
  const inserted = await sql<{ external_id: string }>`
    insert into browser_word (workspace_id, source_id, external_id, click_ids, codes, host, told_at, has_details)
    values (${of.workspaceId}, ${of.sourceId}, ${of.externalId}, ${[...of.clickIds]}::text[], ${[...of.codes]}::text[], ${of.host}, ${of.at}, ${of.hasDetails})
    on conflict do nothing returning external_id`.execute(tx);
  if (inserted.rows.length > 0) return { isFirst: true, isFirstAmount: of.hasDetails };
  if (!of.hasDetails) return { isFirst: false, isFirstAmount: false };
  const named = await sql<{ external_id: string }>`
    update browser_word set has_details = true
    where workspace_id = ${of.workspaceId} and source_id = ${of.sourceId} and external_id = ${of.externalId} and not has_details returning external_id`.execute(
    tx,
  );
  return { isFirst: false, isFirstAmount: named.rows.length > 0 };
}

/** The clicks browsers named for these orders, and when. */
export async function selectBrowserWords(
  tx: Tx,
  of: { workspaceId: string; sourceId: string },
  externalIds: readonly string[],
): Promise<Map<string, { clickIds: string[]; toldAt: Date }>> {
  if (externalIds.length === 0) return new Map();
  const { rows } = await sql<{ external_id: string; click_ids: string[]; told_at: Date }>`
    select external_id, click_ids, told_at from browser_word
    where workspace_id = ${of.workspaceId} and source_id = ${of.sourceId} and external_id = any(${[...externalIds]}::text[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.external_id, { clickIds: row.click_ids, toldAt: row.told_at }]));
}
