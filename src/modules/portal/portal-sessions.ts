import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type {
  chooseBrand,
  endPortalSession,
  getPortalSession,
  leavePortal,
  listPortalSessions,
  PortalSession,
  PortalSessionRow,
} from './api.ts';
import { refuseOtherSites } from './enter-portal.ts';
import { signInNeeded } from './gate.ts';
import { accountById } from './queries/accounts.ts';
import { endSession, setCurrent, type WayIn } from './queries/sessions.ts';
import { endSessionOf, sessionsOf } from './queries/sessions-of-person.ts';
import { sessionCookie, sessionTokenOf } from './session-cookie.ts';
import { type Inside, insideOf, whoIsIn } from './who-is-in.ts';

/** Who this browser is; nobody when it holds no live session. */
export async function describePortalSession(infra: Infra, call: Call<typeof getPortalSession>): Promise<PortalSession> {
  return describeInside(infra, await whoIsIn(infra, call.request));
}

/** Error: portal.sign_in_needed for a brand this browser may not act with. */
export async function openBrand(infra: Infra, call: Call<typeof chooseBrand>): Promise<PortalSession> {
  refuseOtherSites(infra, call.request);
  const inside = await whoIsIn(infra, call.request);
  const way = inside?.ways.find((one) => one.slug === call.input.slug);
  if (inside === null || way === undefined) throw signInNeeded();
  await infra.db.asSystem((tx) => setCurrent(tx, inside.session.id, way.workspace_id));
  return describeInside(infra, { ...inside, session: { ...inside.session, current_workspace_id: way.workspace_id } });
}

/** Ends the session of this browser; done also when there is none. */
export async function leave(infra: Infra, call: Call<typeof leavePortal>): Promise<null> {
  refuseOtherSites(infra, call.request);
  const token = sessionTokenOf(call.request);
  if (token !== null)
    await infra.db.asSystem(async (tx) => {
      const inside = await insideOf(tx, token, infra.clock.now());
      if (inside !== null) await endSession(tx, inside.session.id);
    });
  call.answerHeaders.append('set-cookie', sessionCookie('', { maxAgeMs: 0, publicUrl: infra.config.publicUrl }));
  return null;
}

/** The browsers that act as this creator with this brand, last used first. */
export async function readPortalSessions(
  infra: Infra,
  call: Call<typeof listPortalSessions>,
): Promise<{ rows: PortalSessionRow[] }> {
  const inside = await whoIsIn(infra, call.request);
  const who = { workspaceId: call.workspaceId, personId: call.actor.id, now: infra.clock.now() };
  const rows = await infra.db.asSystem((tx) => sessionsOf(tx, who));
  return {
    rows: rows.map((row) => ({
      id: row.id,
      browser: row.user_agent,
      isAccount: row.account_id !== null,
      isCurrent: row.id === inside?.session.id,
      createdAt: row.created_at.toISOString(),
      usedAt: row.used_at.toISOString(),
    })),
  };
}

/** Error: not_found, also for a session of somebody else. */
export async function endOwnSession(infra: Infra, call: Call<typeof endPortalSession>): Promise<null> {
  const who = { workspaceId: call.workspaceId, personId: call.actor.id, now: infra.clock.now() };
  const ended = await infra.db.asSystem((tx) => endSessionOf(tx, who, call.input.sessionId));
  if (!ended) throw notFound('session');
  return null;
}

export async function describeInside(infra: Infra, inside: Inside | null): Promise<PortalSession> {
  if (inside === null) return { brands: [], current: null, account: null, preview: null };
  const brands = await Promise.all(inside.ways.map((way) => toBrand(infra, way)));
  const { account_id: accountId, current_workspace_id: currentId, preview_user_name: byName } = inside.session;
  const account = accountId === null ? undefined : await infra.db.asSystem((tx) => accountById(tx, accountId));
  const shown = brands.filter((brand) => brand !== null);
  const current = inside.ways.find((way) => way.workspace_id === currentId)?.slug ?? null;
  return {
    brands: shown,
    current: shown.some((brand) => brand.slug === current) ? current : (shown[0]?.slug ?? null),
    account: account === undefined ? null : { email: account.email, hasPassword: account.password_hash !== null },
    preview: byName === null ? null : { byName },
  };
}

async function toBrand(infra: Infra, way: WayIn): Promise<PortalSession['brands'][number] | null> {
  const cards = await infra.db.inWorkspace(way.workspace_id, (tx) =>
    readPersonCards(tx, way.workspace_id, [way.person_id]),
  );
  const card = cards.get(way.person_id);
  if (card === undefined) return null;
  const { slug, name, time_zone: timeZone, currency } = way;
  return { slug, name, timeZone, currency, personId: card.personId, personName: card.name };
}
