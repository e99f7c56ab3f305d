import type { Entry, Gate } from '#infra/http/api.ts';
import type { Actor } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { Access } from '#kernel/endpoint.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import { localActor, visitor } from './actors.ts';
import type { Auth } from './auth.ts';
import { authenticateKey } from './authenticate-key.ts';
import { chooseLocalWorkspace } from './choose-local-workspace.ts';
import { workspacesError } from './errors.ts';
import { hashSecret, secretMatches } from './key-secret.ts';
import { type Membership, membershipsOf } from './queries/members.ts';
import { keyAllows, roleAllows } from './rules/permissions.ts';
import { isReading, siteOfRequest, whoIsSignedIn } from './who-is-signed-in.ts';

interface Asked {
  request: Request;
  access: Access;
  inWorkspace: boolean;
}

/**
 * Lets in: this machine's command line, API keys, sessions; and anybody to what is public.
 * A key that is wrong is an error, save at public doors, where other programs' tokens may stand in the header.
 */
export function createGate(infra: Infra, auth: Auth): Gate {
  const localHash = hashSecret(infra.localToken);
  const enter = async (asked: Asked): Promise<Entry> => {
    const token = bearerOf(asked.request);
    if (token === null) return enterBySession(infra, auth, asked);
    return secretMatches(token, localHash) ? enterLocally(infra, asked) : enterByKey(infra, token, asked);
  };
  return async (request, { access, inWorkspace }) => {
    if (access === 'portal') throw workspacesError('sign_in_needed', 'This is for creators: open it by a portal link.');
    if (access !== 'public') return enter({ request, access, inWorkspace });
    return enter({ request, access, inWorkspace: false }).catch((error) => {
      if (error instanceof AppError) return { actor: visitor, workspaceId: '' };
      throw error;
    });
  };
}

async function enterLocally(infra: Infra, { request, inWorkspace }: Asked): Promise<Entry> {
  if (!inWorkspace) return { actor: localActor, workspaceId: '' };
  return { actor: localActor, workspaceId: await chooseLocalWorkspace(infra, wantedSlug(request)) };
}

async function enterByKey(infra: Infra, token: string, { request, access }: Asked): Promise<Entry> {
  const key = await authenticateKey(infra, token);
  const slug = wantedSlug(request);
  if (slug !== null && slug !== key.workspaceSlug) throw notFound('workspace');
  if (!keyAllows(key.scopes, access)) {
    throw workspacesError('not_allowed', `The key "${key.name}" has not the scope ${access}. Use a key that has it.`);
  }
  return { actor: { kind: 'api_key', id: key.id, name: key.name }, workspaceId: key.workspaceId };
}

async function enterBySession(infra: Infra, auth: Auth, { request, access, inWorkspace }: Asked): Promise<Entry> {
  const signedIn = await whoIsSignedIn(infra, auth, request);
  if (signedIn === null)
    throw workspacesError('sign_in_needed', 'Sign in, or send an API key as `Authorization: Bearer <key>`.');
  // A browser sends the cookie along with what another site makes it do; only our own pages may change anything by it.
  if (!isReading(request) && siteOfRequest(infra, request) !== 'own') {
    throw workspacesError(
      'other_site',
      'A session may change things only from the pages of this site. Programs use an API key.',
    );
  }
  const { person } = signedIn;
  const actor: Actor = { kind: 'user', id: person.id, name: person.name };
  if (!inWorkspace) return { actor, workspaceId: '' };
  const memberships = await infra.db.asSystem((tx) => membershipsOf(tx, person.id));
  const { role, workspace } = chooseMembership(memberships, wantedSlug(request));
  if (!roleAllows(role, access)) {
    throw workspacesError(
      'not_allowed',
      `Your role in ${workspace.name} is ${role}; this needs ${access}. Ask an owner or admin.`,
    );
  }
  return { actor, workspaceId: workspace.id };
}

function chooseMembership(memberships: Membership[], slug: string | null): Membership {
  if (slug !== null) {
    const named = memberships.find((membership) => membership.workspace.slug === slug);
    if (named === undefined) throw notFound('workspace');
    return named;
  }
  const own = memberships.filter((membership) => !membership.workspace.is_sample);
  const [only, another] = own.length > 0 ? own : memberships;
  if (only === undefined)
    throw workspacesError('no_workspace', 'You belong to no workspace yet. Make one, or ask an owner to invite you.');
  if (another === undefined) return only;
  const slugs = own.map((membership) => membership.workspace.slug).join(', ');
  throw workspacesError(
    'which_workspace',
    `You have several workspaces: ${slugs}. Name one in the header rapport-workspace.`,
    [{ field: 'workspace', message: `one of ${slugs}` }],
  );
}

function bearerOf(request: Request): string | null {
  return /^Bearer\s+(\S+)\s*$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;
}

/** The workspace the request names: header `rapport-workspace`, or query `workspace` where no header can be sent. */
function wantedSlug(request: Request): string | null {
  const slug = request.headers.get('rapport-workspace') ?? new URL(request.url).searchParams.get('workspace');
  return slug === null || slug === '' ? null : slug;
}
