import type { Entry, Gate } from '#infra/http/api.ts';
import type { Actor } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { Access } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { authenticateKey } from './authenticate-key.ts';
import { chooseLocalWorkspace } from './choose-local-workspace.ts';
import { workspacesError } from './errors.ts';
import { hashSecret, secretMatches } from './key-secret.ts';
import { keyAllows } from './rules/permissions.ts';

export const localActor: Actor = { kind: 'system', id: 'local', name: 'Command line' };
export const visitor: Actor = { kind: 'system', id: 'visitor', name: 'Visitor' };

interface Wants {
  access: Access;
  inWorkspace: boolean;
  remoteAddress: string;
}

/** Lets in: this machine's command line, API keys, sessions; and anybody to what is public. */
export function createGate(infra: Infra): Gate {
  const localHash = hashSecret(infra.localToken);
  return async (request, wants) => {
    const token = bearerOf(request);
    if (token !== null && secretMatches(token, localHash)) return enterLocally(infra, request, wants);
    if (token !== null) return enterByKey(infra, token, { request, wants });
    if (wants.access === 'public') return { actor: visitor, workspaceId: '' };
    throw workspacesError('sign_in_needed', 'Sign in, or send an API key as `Authorization: Bearer <key>`.');
  };
}

async function enterLocally(infra: Infra, request: Request, wants: Wants): Promise<Entry> {
  if (!wants.inWorkspace) return { actor: localActor, workspaceId: '' };
  return { actor: localActor, workspaceId: await chooseLocalWorkspace(infra, wantedSlug(request)) };
}

async function enterByKey(
  infra: Infra,
  token: string,
  { request, wants }: { request: Request; wants: Wants },
): Promise<Entry> {
  const key = await authenticateKey(infra, token);
  const slug = wantedSlug(request);
  if (slug !== null && slug !== key.workspaceSlug) throw notFound('workspace');
  if (!keyAllows(key.scopes, wants.access)) {
    throw workspacesError(
      'not_allowed',
      `The key "${key.name}" has not the scope ${wants.access}. Use a key that has it.`,
    );
  }
  return {
    actor: { kind: 'api_key', id: key.id, name: key.name },
    workspaceId: wants.inWorkspace ? key.workspaceId : '',
  };
}

function bearerOf(request: Request): string | null {
  return /^Bearer\s+(\S+)\s*$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;
}

/** The workspace the request names: header `rapport-workspace`, or query `workspace` where no header can be sent. */
function wantedSlug(request: Request): string | null {
  const slug = request.headers.get('rapport-workspace') ?? new URL(request.url).searchParams.get('workspace');
  return slug === null || slug === '' ? null : slug;
}
