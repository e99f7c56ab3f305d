import { hostOf, type Knock } from './knock.ts';
import type { LinkTable, OwnHost, TableLink } from './link-table.ts';
import { reservedSlugs } from './rules/reserved-slugs.ts';
import { normaliseSlug } from './rules/slug.ts';

/** What stands at an address: a link, a host's own front page, or nothing. */
export type Found =
  | {
      kind: 'link';
      link: TableLink;
      /** Query as sent, without the question mark. */
      query: string;
      /** True when the visitor asks where the link leads (a `+` behind it) instead of going there. */
      isPreview: boolean;
      host: OwnHost | null;
    }
  | { kind: 'front'; url: string }
  | { kind: 'nothing' };

const nothing: Found = { kind: 'nothing' };

/** What browsers ask for unasked on a workspace's own host; nobody's slug there. */
const unasked: ReadonlySet<string> = new Set(['favicon.ico', 'robots.txt', '.well-known', 'sitemap.xml']);

/** What a request is for; null when the address is none of the short links'. */
export function findLink(table: LinkTable, knock: Knock): Found | null {
  const { url } = knock;
  const queryAt = url.indexOf('?');
  const path = queryAt === -1 ? url : url.slice(0, queryAt);
  const hostName = hostOf(knock.host);
  const host = table.findHost(hostName) ?? null;
  const raw = oneSegment(path);
  if (raw === null) {
    if (host === null) return null;
    return host.rootUrl !== null && path === '/' ? { kind: 'front', url: host.rootUrl } : nothing;
  }
  if (host !== null && unasked.has(raw)) return nothing;
  const query = queryAt === -1 ? '' : url.slice(queryAt + 1);
  const own = host === null ? undefined : hostName;
  const link = table.find(raw, own);
  if (link !== undefined) return { kind: 'link', link, query, isPreview: false, host };
  return findSpelled(table, raw, { host, own, query });
}

function findSpelled(
  table: LinkTable,
  raw: string,
  at: { host: OwnHost | null; own: string | undefined; query: string },
): Found | null {
  let slug: string;
  try {
    slug = normaliseSlug(decodeURIComponent(raw), at.host?.isCaseSensitive);
  } catch {
    return nothing;
  }
  // The script of shop pages is answered on every host, best on one under the shop's own domain.
  if (slug === 'rapport.js' || (at.own === undefined && reservedSlugs.has(slug))) return null;
  const isPreview = slug.endsWith('+');
  const link = table.find(isPreview ? slug.slice(0, -1) : slug, at.own);
  return link === undefined ? nothing : { kind: 'link', link, query: at.query, isPreview, host: at.host };
}

/** The only segment of a path, without slashes; null for the root and for deeper paths. */
function oneSegment(path: string): string | null {
  const slashAt = path.indexOf('/', 1);
  if (slashAt === -1) return path.length > 1 ? path.slice(1) : null;
  return slashAt === path.length - 1 && slashAt > 1 ? path.slice(1, slashAt) : null;
}
