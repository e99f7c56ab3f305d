import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { hashPortalToken, isPortalToken } from '#infra/portal/portal-links.ts';
import { getPerson } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { askForLink } from './api.ts';
import { refuseOtherSites } from './enter-portal.ts';
import { portalError } from './errors.ts';
import { type LinkRow, linkByToken, markAsked } from './queries/sessions.ts';
import type { TryLimit } from './try-limits.ts';

const daysOfNewLink = 14;
const againAfterMs = 15 * 60_000;

/**
 * A new link in the place of one that ended: by mail to the address the brand has, once in 15 minutes; where there is none, or the
 * brand took the old one back, it waits for a member. Errors: portal.link_unknown, too_many_tries.
 */
export async function askForNewLink(
  { infra, limit }: { infra: Infra; limit: TryLimit },
  call: Call<typeof askForLink>,
): Promise<{ state: 'sent' | 'waits'; workspaceName: string }> {
  refuseOtherSites(infra, call.request);
  await limit(call.remoteAddress);
  const { token } = call.input;
  const link = isPortalToken(token)
    ? await infra.db.asSystem((tx) => linkByToken(tx, hashPortalToken(token)))
    : undefined;
  if (link === undefined) throw portalError('link_unknown', 'This link is not whole. Open it again from its message.');
  return infra.db.inWorkspace(link.workspace_id, async (tx) => {
    const { name } = await getWorkspace(tx, link.workspace_id);
    const now = infra.clock.now();
    const { asked_at: askedAt, asked_state: before } = link;
    if (askedAt !== null && before !== null && now.getTime() - askedAt.getTime() < againAfterMs)
      return { state: before === 'sent' ? 'sent' : 'waits', workspaceName: name };
    const isSent = link.revoked_at === null && (await mailNewLink(infra, link, { now, workspaceName: name }));
    const state = isSent ? 'sent' : 'waits';
    await markAsked(tx, link, { at: now, state });
    return { state, workspaceName: name };
  });
}

/** False when the brand has no address, or nothing carries mails from here. */
function mailNewLink(infra: Infra, link: LinkRow, how: { now: Date; workspaceName: string }): Promise<boolean> {
  const { workspace_id: workspaceId, person_id: personId } = link;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const person = await getPerson(tx, workspaceId, personId);
    const [to] = person.emails;
    if (to === undefined || !(await infra.mail.isOn(tx, workspaceId, 'transactional'))) return false;
    const spec = {
      workspaceId,
      personId: person.id,
      path: link.path,
      days: daysOfNewLink,
      madeBy: 'Asked for by the creator',
    };
    const address = await infra.portal.link(tx, spec);
    const { state } = await infra.mail.queue(tx, {
      workspaceId,
      to,
      ...(person.name === null ? {} : { toName: person.name }),
      personId: person.id,
      kind: 'transactional',
      subject: `Your new link from ${how.workspaceName}`,
      text: `Here is the new link you asked for. It is for you alone and opens for ${daysOfNewLink} days:\n\n${address}\n\nYou did not ask for it? Then leave it unopened; nothing happens.\n\n${how.workspaceName}\n`,
      key: `portal-link:${link.id}:${Math.floor(how.now.getTime() / againAfterMs)}`,
      isSecret: true,
    });
    return state === 'queued';
  });
}
