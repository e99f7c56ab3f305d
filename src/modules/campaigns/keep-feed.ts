import { endedLink, enterGuestLink } from '#infra/guest-links/enter-guest-link.ts';
import {
  countOpened,
  endGuestLink,
  type GuestLink,
  makeGuestLink,
  readGuestLinks,
} from '#infra/guest-links/guest-links.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { apiPrefix } from '#kernel/endpoint.ts';
import { newId } from '#kernel/id.ts';
import { isMember, recordAudit } from '#modules/workspaces/index.ts';
import type {
  endCalendarFeed as endEndpoint,
  getCalendarFeed as getEndpoint,
  makeCalendarFeed as makeEndpoint,
  openCalendarFeed as openEndpoint,
} from './api.ts';
import type { CalendarSource } from './calendar-items.ts';
import { campaignsError } from './errors.ts';
import { writeCalendar } from './list-calendar.ts';
import { findFeedOwner, lockFeed, upsertFeed } from './queries/feeds.ts';

/** The kind of link that shows a member's calendar. */
const feedLink = 'calendar';
// A calendar that stops by itself is noticed by nobody; it ends when its member ends it or leaves.
const feedDays = 3650;
const callsMax = 30;

/** Whether the member has an address. */
export async function readFeed(infra: Infra, call: Call<typeof getEndpoint>): Promise<OutputOf<typeof getEndpoint>> {
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const id = await lockFeed(tx, workspaceId, actor.id);
    const link = id === null ? undefined : (await readGuestLinks(tx, workspaceId, [id])).get(id);
    return { feed: link === undefined || link.revokedAt !== null ? null : toFeed(link) };
  });
}

/** Makes an address, and ends the one before it; of its secret only the hash stays. Error: not_a_member. */
export async function makeFeed(infra: Infra, call: Call<typeof makeEndpoint>): Promise<OutputOf<typeof makeEndpoint>> {
  const { workspaceId, actor } = call;
  const at = infra.clock.now();
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if (actor.kind !== 'user' || !(await isMember(tx, workspaceId, actor.id)))
      throw campaignsError(
        'not_a_member',
        'An address for a calendar belongs to a member. Sign in with your account and make it there.',
      );
    const before = await lockFeed(tx, workspaceId, actor.id);
    if (before !== null) await endGuestLink(tx, workspaceId, { id: before, endedAt: at });
    const id = newId('calendarFeed', at.getTime());
    const name = `Calendar of ${actor.name}`.slice(0, 120);
    const made = await makeGuestLink(tx, { workspaceId, id, kind: feedLink, name, days: feedDays, by: actor, at });
    await upsertFeed(tx, workspaceId, { userId: actor.id, id });
    await recordAudit(tx, { ...call, action: 'calendar.feed-made', subjectKind: 'calendar_feed', subjectId: id });
    const address = `${infra.config.publicUrl}${apiPrefix}/calendar-feeds/${made.token}/calendar.ics`;
    return { address, feed: toFeed(made.link) };
  });
}

/** Ends the member's address. */
export async function endFeed(infra: Infra, call: Call<typeof endEndpoint>): Promise<OutputOf<typeof endEndpoint>> {
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const id = await lockFeed(tx, workspaceId, actor.id);
    const link = id === null ? undefined : (await readGuestLinks(tx, workspaceId, [id])).get(id);
    if (id === null || link === undefined || link.revokedAt !== null) return { isEnded: false };
    await endGuestLink(tx, workspaceId, { id, endedAt: infra.clock.now() });
    await recordAudit(tx, { ...call, action: 'calendar.feed-ended', subjectKind: 'calendar_feed', subjectId: id });
    return { isEnded: true };
  });
}

/** The calendar behind an address, while its member belongs to the workspace. Errors: guest_link.ended, guest_link.busy, not_found. */
export async function openFeed(
  infra: Infra,
  sources: readonly CalendarSource[],
  call: Call<typeof openEndpoint>,
): Promise<Download> {
  const { token, ...filter } = call.input;
  const link = await enterGuestLink(infra, { kind: feedLink, token, noun: 'calendar', callsMax });
  const { workspaceId } = link;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const userId = await findFeedOwner(tx, workspaceId, link.id);
    if (userId === null || !(await isMember(tx, workspaceId, userId))) throw endedLink();
    await countOpened(tx, link, infra.clock.now());
    return writeCalendar(infra, tx, { workspaceId, filter, sources });
  });
}

function toFeed({ createdAt, opened, lastOpenedAt }: GuestLink): OutputOf<typeof makeEndpoint>['feed'] {
  return { createdAt, opened, lastOpenedAt };
}
