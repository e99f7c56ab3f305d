import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { hashPortalToken, isPortalToken } from '#infra/portal/portal-links.ts';
import { newId } from '#kernel/id.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace, siteOfRequest } from '#modules/workspaces/index.ts';
import type { Entered, enterPortal } from './api.ts';
import { portalError } from './errors.ts';
import { type PortalEventPayload, portalOpened } from './events.ts';
import {
  countOpened,
  endSession,
  insertSession,
  type LinkRow,
  linkByToken,
  putEntry,
  setCurrent,
} from './queries/sessions.ts';
import { hashSessionToken, newSessionToken, sessionCookie, sessionMaxMs, sessionTokenOf } from './session-cookie.ts';
import type { TryLimit } from './try-limits.ts';
import { type Inside, insideOf } from './who-is-in.ts';

/**
 * Takes a link's token and begins a session, or adds the brand to the one this browser has. Errors: portal.link_unknown, link_expired,
 * link_revoked; other_person when this browser is somebody else with that brand, unless told to switch; too_many_tries.
 */
export async function enterByLink(
  { infra, limit }: { infra: Infra; limit: TryLimit },
  call: Call<typeof enterPortal>,
): Promise<Entered> {
  refuseOtherSites(infra, call.request);
  await limit(call.remoteAddress);
  const { token, isSwitch } = call.input;
  const now = infra.clock.now();
  const link = await openLink(infra, token, now);
  const own = sessionTokenOf(call.request);
  const made = await infra.db.asSystem(async (tx) => {
    let inside = own === null ? null : await insideOf(tx, own, now);
    const entered = await describeLink(infra, link);
    if (inside !== null && !(isSwitch && mustLeave(inside, link, entered.personId))) refuseOther(inside, link, entered);
    if (inside !== null && mustLeave(inside, link, entered.personId)) {
      await endSession(tx, inside.session.id);
      inside = null;
    }
    const sessionToken = newSessionToken();
    const sessionId = inside?.session.id ?? newId('portalSession', now.getTime());
    if (inside === null)
      await insertSession(tx, {
        id: sessionId,
        tokenHash: hashSessionToken(sessionToken),
        accountId: null,
        preview: null,
        userAgent: call.request.headers.get('user-agent'),
        now,
        expiresAt: new Date(now.getTime() + sessionMaxMs),
      });
    await putEntry(tx, {
      workspaceId: link.workspace_id,
      sessionId,
      personId: entered.personId,
      linkId: link.id,
      now,
    });
    await setCurrent(tx, sessionId, link.workspace_id);
    await countOpened(tx, link, now);
    if (link.opened === 0) {
      const payload: PortalEventPayload = { actorName: entered.personName, personId: entered.personId };
      await infra.outbox.emit(tx, { workspaceId: link.workspace_id, name: portalOpened, payload });
    }
    return { cookie: inside === null ? sessionToken : null, entered };
  });
  if (made.cookie !== null) {
    const cookie = sessionCookie(made.cookie, { maxAgeMs: sessionMaxMs, publicUrl: infra.config.publicUrl });
    call.answerHeaders.append('set-cookie', cookie);
  }
  const { personId: _, ...answer } = made.entered;
  return answer;
}

/** A link that still opens. */
async function openLink(infra: Infra, token: string, now: Date): Promise<LinkRow> {
  const link = isPortalToken(token)
    ? await infra.db.asSystem((tx) => linkByToken(tx, hashPortalToken(token)))
    : undefined;
  if (link === undefined)
    throw portalError(
      'link_unknown',
      'This link is not whole, or its brand took it away. Open it again from the message it came in.',
    );
  if (link.revoked_at !== null) throw portalError('link_revoked', 'The brand has taken this link back.');
  if (link.expires_at <= now)
    throw portalError('link_expired', 'This link has ended: links last a while and no longer.');
  return link;
}

async function describeLink(infra: Infra, link: LinkRow): Promise<Entered & { personId: string }> {
  return infra.db.inWorkspace(link.workspace_id, async (tx) => {
    const { slug, name } = await getWorkspace(tx, link.workspace_id);
    const card = (await readPersonCards(tx, link.workspace_id, [link.person_id])).get(link.person_id);
    if (card === undefined) throw portalError('link_unknown', 'The brand no longer keeps anything under this link.');
    return { path: link.path, workspace: { slug, name }, personName: card.name, personId: card.personId };
  });
}

/** True when the session cannot stay: it is somebody else's with this brand, or a member's preview. */
function mustLeave({ session, ways }: Inside, link: LinkRow, personId: string): boolean {
  if (session.preview_user_id !== null) return true;
  const there = ways.find((way) => way.workspace_id === link.workspace_id);
  return there !== undefined && there.person_id !== personId;
}

function refuseOther(inside: Inside, link: LinkRow, entered: Entered & { personId: string }): void {
  if (inside.session.preview_user_id !== null || !mustLeave(inside, link, entered.personId)) return;
  throw portalError(
    'other_person',
    `This browser is signed in as somebody else with ${entered.workspace.name}. The link is for ${entered.personName}.`,
  );
}

/** Sessions begin and end only from our own pages; programs, which send neither header, may. Error: portal.other_site. */
export function refuseOtherSites(infra: Infra, request: Request): void {
  if (siteOfRequest(infra, request) === 'other')
    throw portalError('other_site', 'This can be done only from the pages of this site.');
}
