import pg from 'pg';
import type { Database } from '#infra/db/database.ts';
import type { Logger } from '#infra/log.ts';
import { type LinkRow, linkChannel, linksByIds, streamLinks } from './queries/link-table.ts';
import { clickParam } from './rules/destination.ts';

/** What a redirect needs to know of a link. */
export interface TableLink {
  id: string;
  workspaceId: string;
  slug: string;
  target: string;
  state: 'live' | 'paused' | 'archived';
  /** Milliseconds since 1970; 0 for a link that does not expire. */
  expiresAtMs: number;
  /** The target up to the value of the click id, and what follows it; made at the first hit. */
  head: string;
  tail: string;
}

export interface LinkTable {
  find(slug: string): TableLink | undefined;
  readonly size: number;
  /** Loads all links and listens for changes. Throws when the database cannot be read. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Reads these links again at once; called by the process that changed them. */
  refresh(linkIds: readonly string[]): Promise<void>;
}

const retryMs = 1000;
const retryMsMax = 15_000;

/** All links of the installation in memory, told of changes by NOTIFY. With the database away it keeps what it knows. */
export function createLinkTable(db: Database, log: Logger): LinkTable {
  let bySlug = new Map<string, TableLink>();
  let listener: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;
  let running = false;
  let waitMs = retryMs;

  const put = (row: LinkRow) => {
    bySlug.set(row.slug, toTableLink(row));
  };

  const loadAll = async () => {
    const next = new Map<string, TableLink>();
    await streamLinks(db, (row) => next.set(row.slug, toTableLink(row)));
    bySlug = next;
  };

  const refresh = async (linkIds: readonly string[]) => {
    for (const row of await linksByIds(db, linkIds)) put(row);
  };

  const onLost = () => {
    listener = null;
    if (!running) return;
    retry = setTimeout(() => {
      listen().then(
        () => {
          waitMs = retryMs;
        },
        () => {
          waitMs = Math.min(waitMs * 2, retryMsMax);
          onLost();
        },
      );
    }, waitMs);
    retry.unref();
  };

  // Listening begins before loading: a change in between is told, not missed.
  const listen = async () => {
    const client = new pg.Client({ connectionString: db.urls.system });
    let isLost = false;
    const lose = () => {
      if (isLost) return;
      isLost = true;
      if (listener === client) onLost();
    };
    client.on('error', lose);
    client.on('end', lose);
    client.on('notification', (message) => {
      const ids = (message.payload ?? '').split(',').filter((id) => id !== '');
      const work = ids.length === 0 ? loadAll() : refresh(ids);
      work.catch((error) => {
        log.warn({ err: error }, 'links could not be read again, the table is loaded anew when the database is back');
        void client.end().catch(() => undefined);
      });
    });
    await client.connect();
    try {
      await client.query(`listen ${linkChannel}`);
      await loadAll();
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (isLost) throw new Error('The connection that listens for links was lost');
    listener = client;
  };

  return {
    find: (slug) => bySlug.get(slug),
    get size() {
      return bySlug.size;
    },
    start: async () => {
      running = true;
      await listen();
    },
    stop: async () => {
      running = false;
      clearTimeout(retry);
      const client = listener;
      listener = null;
      await client?.end().catch(() => undefined);
    },
    refresh,
  };
}

function toTableLink(row: LinkRow): TableLink {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    slug: row.slug,
    target: row.target,
    state: row.state,
    expiresAtMs: row.expires_at === null ? 0 : row.expires_at.getTime(),
    head: '',
    tail: '',
  };
}

/** Address of the target with a click id in it. */
export function addressWith(link: TableLink, clickId: string): string {
  if (link.head === '') {
    const { head, tail } = splitTarget(link.target);
    link.head = head;
    link.tail = tail;
  }
  return link.head + clickId + link.tail;
}

/** The target split where the value of the click id goes, ahead of any fragment. */
export function splitTarget(target: string): { head: string; tail: string } {
  const hashAt = target.indexOf('#');
  const base = hashAt === -1 ? target : target.slice(0, hashAt);
  return {
    head: `${base}${base.includes('?') ? '&' : '?'}${clickParam}=`,
    tail: hashAt === -1 ? '' : target.slice(hashAt),
  };
}
