import pg from 'pg';
import type { Database } from '#infra/db/database.ts';
import type { Logger } from '#infra/log.ts';
import {
  type LinkRow,
  linkChannel,
  linksByIds,
  placesNotice,
  selectPlaces,
  streamLinks,
} from './queries/link-table.ts';
import { clickParam } from './rules/destination.ts';
import type { LinkExtras } from './rules/link-rules.ts';

/** What a redirect needs to know of a link. */
export interface TableLink {
  id: string;
  workspaceId: string;
  slug: string;
  target: string;
  state: 'live' | 'paused' | 'archived';
  /** Milliseconds since 1970; 0 for a link that does not expire. */
  expiresAtMs: number;
  /** What it has beyond one destination; null for the plain link that nearly all are. */
  extras: LinkExtras | null;
  /** The target up to the value of the click id, and what follows it; made at the first hit. */
  head: string;
  tail: string;
}

/** A host of a workspace's own. */
export interface OwnHost {
  workspaceId: string;
  rootUrl: string | null;
  cookieDomain: string | null;
  /** True where Nell and nell are two links. */
  isCaseSensitive: boolean;
}

/** What a workspace says of its clicks. */
export interface ClickSettings {
  cookies: 'always' | 'consent' | 'never';
  /** Name of the cookie that tells of consent, and what its value must hold; null when there is none. */
  consentCookie: { name: string; holds: string } | null;
  cookieDays: number;
  spamHosts: readonly string[];
  dropsDatacentres: boolean;
  velocityMax: number;
}

export const defaultClickSettings: ClickSettings = {
  cookies: 'always',
  consentCookie: null,
  cookieDays: 30,
  spamHosts: [],
  dropsDatacentres: false,
  velocityMax: 60,
};

export interface LinkTable {
  /** The link of a slug on the installation's own host, or on a host of a workspace's own. */
  find(slug: string, host?: string): TableLink | undefined;
  /** The workspace host of that name; undefined for any other, the installation's included. */
  findHost(host: string): OwnHost | undefined;
  settingsOf(workspaceId: string): ClickSettings;
  readonly size: number;
  /** Loads all links and listens for changes. Throws when the database cannot be read. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Reads these links again at once; called by the process that changed them. */
  refresh(linkIds: readonly string[]): Promise<void>;
  /** Reads hosts and settings again at once. */
  refreshPlaces(): Promise<void>;
}

const retryMs = 1000;
const retryMsMax = 15_000;

/** All links of the installation in memory, told of changes by NOTIFY. With the database away it keeps what it knows. */
export function createLinkTable(db: Database, log: Logger): LinkTable {
  let byKey = new Map<string, TableLink>();
  let hosts = new Map<string, OwnHost>();
  let settings = new Map<string, ClickSettings>();
  let listener: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;
  let running = false;
  let waitMs = retryMs;

  const put = (row: LinkRow) => {
    byKey.set(keyOf(row.slug, row.domain), toTableLink(row));
  };

  const refreshPlaces = async () => {
    const places = await selectPlaces(db);
    hosts = new Map(
      places.domains.map((row) => [
        row.host,
        {
          workspaceId: row.workspace_id,
          rootUrl: row.root_url,
          cookieDomain: row.cookie_domain,
          isCaseSensitive: row.is_case_sensitive,
        },
      ]),
    );
    settings = new Map(
      places.settings.map((row) => [
        row.workspace_id,
        {
          cookies: row.cookies,
          consentCookie: readConsentCookie(row.consent_cookie),
          cookieDays: row.cookie_days,
          spamHosts: row.spam_hosts,
          dropsDatacentres: row.drops_datacentres,
          velocityMax: row.velocity_max,
        },
      ]),
    );
  };

  const loadAll = async () => {
    await refreshPlaces();
    const next = new Map<string, TableLink>();
    await streamLinks(db, (row) => next.set(keyOf(row.slug, row.domain), toTableLink(row)));
    byKey = next;
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

  const follow = (payload: string): Promise<void> => {
    if (payload === placesNotice) return refreshPlaces();
    const ids = payload.split(',').filter((id) => id !== '');
    return ids.length === 0 ? loadAll() : refresh(ids);
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
      follow(message.payload ?? '').catch((error) => {
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
    find: (slug, host) => byKey.get(host === undefined ? slug : keyOf(slug, host)),
    findHost: (host) => (hosts.size === 0 ? undefined : hosts.get(host)),
    settingsOf: (workspaceId) => settings.get(workspaceId) ?? defaultClickSettings,
    get size() {
      return byKey.size;
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
    refreshPlaces,
  };
}

/** Slugs hold no slash, so a link of another host cannot be met by a slug alone. */
function keyOf(slug: string, host: string | null): string {
  return host === null ? slug : `${host}/${slug}`;
}

/** `name`, or `name=part of its value`. */
export function readConsentCookie(text: string | null): { name: string; holds: string } | null {
  if (text === null || text.trim() === '') return null;
  const at = text.indexOf('=');
  return at === -1
    ? { name: text.trim(), holds: '' }
    : { name: text.slice(0, at).trim(), holds: text.slice(at + 1).trim() };
}

function toTableLink(row: LinkRow): TableLink {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    slug: row.slug,
    target: row.target,
    state: row.state,
    expiresAtMs: row.expires_at === null ? 0 : row.expires_at.getTime(),
    extras: extrasOf(row),
    head: '',
    tail: '',
  };
}

function extrasOf(row: LinkRow): LinkExtras | null {
  const { rules, variants, apps, expired_url, password_hash, cookies } = row;
  if (
    rules === null &&
    variants === null &&
    apps === null &&
    expired_url === null &&
    password_hash === null &&
    cookies === null
  )
    return null;
  return {
    rules: rules ?? [],
    variants: variants ?? [],
    apps,
    expiredUrl: expired_url,
    passwordHash: password_hash,
    cookies,
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
