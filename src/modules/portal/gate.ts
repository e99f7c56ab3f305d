import type { Entry, Gate } from '#infra/http/api.ts';
import type { Infra } from '#infra/module.ts';
import { hashPortalToken, isPortalToken } from '#infra/portal/portal-links.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { isReading, siteOfRequest } from '#modules/workspaces/index.ts';
import { portalError } from './errors.ts';
import { linkByToken, type WayIn } from './queries/sessions.ts';
import { type Inside, whoIsIn } from './who-is-in.ts';

/**
 * Lets creators in, and nobody else: by the token of a portal link as bearer, or by the portal's session cookie. No key and no
 * member's session counts here. A member's preview only reads. Errors: portal.sign_in_needed, other_site, preview_only, which_brand.
 */
export function createPortalGate(infra: Infra): Gate {
  return async (request) => {
    const bearer = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.get('authorization') ?? '')?.[1];
    if (bearer !== undefined) return enterByToken(infra, bearer);
    const inside = await whoIsIn(infra, request);
    if (inside === null || inside.ways.length === 0) throw signInNeeded();
    if (!isReading(request) && siteOfRequest(infra, request) !== 'own')
      throw portalError('other_site', 'A session may change things only from the pages of this site.');
    if (inside.session.preview_user_id !== null && !isReading(request))
      throw portalError('preview_only', 'This is a preview of what the creator sees. Only they can do this.');
    const way = chooseWay(inside, wantedSlug(request));
    return entryOf(infra, { workspaceId: way.workspace_id, personId: way.person_id, inside });
  };
}

async function enterByToken(infra: Infra, token: string): Promise<Entry> {
  if (!isPortalToken(token)) throw signInNeeded();
  const link = await infra.db.asSystem((tx) => linkByToken(tx, hashPortalToken(token)));
  if (link === undefined || link.revoked_at !== null || link.expires_at <= infra.clock.now()) throw signInNeeded();
  return entryOf(infra, { workspaceId: link.workspace_id, personId: link.person_id, inside: null });
}

/** The kept person when the one of the link was merged into another. */
async function entryOf(
  infra: Infra,
  { workspaceId, personId, inside }: { workspaceId: string; personId: string; inside: Inside | null },
): Promise<Entry> {
  const cards = await infra.db.inWorkspace(workspaceId, (tx) => readPersonCards(tx, workspaceId, [personId]));
  const card = cards.get(personId);
  if (card === undefined) throw signInNeeded();
  const byName = inside?.session.preview_user_name ?? null;
  const name = byName === null ? card.name : `${card.name} (preview by ${byName})`;
  return { workspaceId, actor: { kind: 'creator', id: card.personId, name } };
}

function chooseWay({ session, ways }: Inside, slug: string | null): WayIn {
  const named = slug === null ? undefined : ways.find((way) => way.slug === slug);
  if (slug !== null && named === undefined) throw signInNeeded();
  const current = ways.find((way) => way.workspace_id === session.current_workspace_id);
  const [only, another] = ways;
  const chosen = named ?? current ?? (another === undefined ? only : undefined);
  if (chosen !== undefined) return chosen;
  const slugs = ways.map((way) => way.slug).join(', ');
  throw portalError('which_brand', `You work with several brands here: ${slugs}. Choose one.`, [
    { field: 'workspace', message: `one of ${slugs}` },
  ]);
}

export function signInNeeded() {
  return portalError('sign_in_needed', 'Open the portal by the link you were sent, or sign in with your e-mail.');
}

function wantedSlug(request: Request): string | null {
  const slug = request.headers.get('rapport-workspace') ?? new URL(request.url).searchParams.get('workspace');
  return slug === null || slug === '' ? null : slug;
}
