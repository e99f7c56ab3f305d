import { sql } from 'kysely';
import type { Database, Tx } from '#infra/db/database.ts';
import type { StoredApp, StoredRule, StoredVariant } from '../rules/link-rules.ts';

export const linkChannel = 'rapport_links';

export interface LinkRow {
  id: string;
  workspace_id: string;
  slug: string;
  domain: string | null;
  target: string;
  state: 'live' | 'paused' | 'archived';
  expires_at: Date | null;
  expired_url: string | null;
  rules: StoredRule[] | null;
  variants: StoredVariant[] | null;
  apps: Partial<Record<'ios' | 'android', StoredApp>> | null;
  password_hash: string | null;
  cookies: 'always' | 'consent' | 'never' | null;
}

export interface LiveDomainRow {
  workspace_id: string;
  host: string;
  root_url: string | null;
  cookie_domain: string | null;
  is_case_sensitive: boolean;
}

export interface SettingRow {
  workspace_id: string;
  cookies: 'always' | 'consent' | 'never';
  consent_cookie: string | null;
  cookie_days: number;
  spam_hosts: string[];
  drops_datacentres: boolean;
  velocity_max: number;
}

const pageRows = 20_000;
const idsPerNotice = 200;
/** Said instead of ids when hosts or settings changed: they are few and read whole. */
export const placesNotice = 'places';

// Empty lists come as null: a million plain links are read without a million empty arrays.
const columns = sql`id, workspace_id, slug, domain, target, state, expires_at, expired_url,
  case when rules = '[]' then null else rules end as rules, case when variants = '[]' then null else variants end as variants,
  apps, password_hash, cookies`;

/** Hands over every link of the installation, a page at a time; the database reads the next one meanwhile. */
export async function streamLinks(db: Database, take: (row: LinkRow) => void): Promise<void> {
  const readPage = (after: string) =>
    db.asSystem((tx) =>
      sql<LinkRow>`select ${columns} from link where id > ${after} order by id limit ${pageRows}`.execute(tx),
    );
  let next = readPage('');
  for (;;) {
    const { rows } = await next;
    const last = rows.at(-1);
    const isEnd = last === undefined || rows.length < pageRows;
    if (!isEnd) next = readPage(last.id);
    for (const row of rows) take(row);
    if (isEnd) return;
  }
}

export async function linksByIds(db: Database, ids: readonly string[]): Promise<LinkRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.asSystem((tx) =>
    sql<LinkRow>`select ${columns} from link where id = any(${[...ids]}::text[])`.execute(tx),
  );
  return rows;
}

/** Hosts that serve links, and what workspaces say of their clicks. */
export async function selectPlaces(db: Database): Promise<{ domains: LiveDomainRow[]; settings: SettingRow[] }> {
  return await db.asSystem(async (tx) => {
    const domains = await sql<LiveDomainRow>`
      select workspace_id, host, root_url, cookie_domain, is_case_sensitive from link_domain where state = 'live' order by host`.execute(
      tx,
    );
    const settings = await sql<SettingRow>`
      select workspace_id, cookies, consent_cookie, cookie_days, spam_hosts, drops_datacentres, velocity_max
      from tracking_setting order by workspace_id`.execute(tx);
    return { domains: domains.rows, settings: settings.rows };
  });
}

/** Tells every process, at the commit of this transaction, that these links changed. */
export async function notifyLinks(tx: Tx, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += idsPerNotice) {
    await sql`select pg_notify(${linkChannel}, ${ids.slice(at, at + idsPerNotice).join(',')})`.execute(tx);
  }
}

/** Tells every process, at the commit of this transaction, that hosts or settings changed. */
export async function notifyPlaces(tx: Tx): Promise<void> {
  await sql`select pg_notify(${linkChannel}, ${placesNotice})`.execute(tx);
}
