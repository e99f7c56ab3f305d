import { z } from 'zod';
import { errorAnswer, jsonAnswer } from '#infra/http/answer.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import type { Auth } from './auth.ts';
import { peerHeader } from './auth.ts';
import type { TryLimits } from './auth-limits.ts';
import { invalidField, workspacesError } from './errors.ts';
import { endSession } from './queries/people.ts';
import { siteOfRequest } from './who-is-signed-in.ts';

const bodyCharsMax = 10_000;

const credentials = z.object({
  email: z.string().trim().toLowerCase().min(1).max(254),
  password: z.string().min(1).max(200),
});

export interface AuthParts {
  infra: Infra;
  auth: Auth;
  limits: TryLimits;
}

/** Sign-in and sign-out: the only two doors of better-auth that are open. Answers and errors have the form of the API's. */
export async function handleAuth(parts: AuthParts, request: Request, remoteAddress: string): Promise<Response> {
  const requestId = newId('request');
  try {
    const path = new URL(request.url).pathname;
    if (request.method === 'POST' && path === '/api/auth/sign-in/email')
      return await signIn(parts, request, remoteAddress);
    if (request.method === 'POST' && path === '/api/auth/sign-out') return await signOut(parts, request);
    return new Response(null, { status: 404 });
  } catch (error) {
    return errorAnswer(error, requestId, parts.infra.log);
  }
}

async function signIn({ infra, auth, limits }: AuthParts, request: Request, remoteAddress: string): Promise<Response> {
  refuseOtherSites(infra, request);
  const body = await readCredentials(request);
  const succeed = await limits.begin(body.email, remoteAddress);
  const before = await auth.sessionOf(request.headers);
  const headers = new Headers({ 'content-type': 'application/json', [peerHeader]: remoteAddress });
  const userAgent = request.headers.get('user-agent');
  if (userAgent !== null) headers.set('user-agent', userAgent.slice(0, 400));
  const answer = await auth.handle(new Request(request.url, { method: 'POST', headers, body: JSON.stringify(body) }));
  if (!answer.ok) {
    if (answer.status >= 500) throw new Error(`sign-in failed with ${answer.status}`);
    infra.log.info({ remoteAddress }, 'a sign-in was refused');
    throw workspacesError('wrong_credentials', 'The e-mail address or the password is wrong.');
  }
  await succeed();
  // The session this browser had until now ends with the one that takes its place.
  if (before !== null) await infra.db.asSystem((tx) => endSession(tx, before.sessionId));
  const { user } = z
    .object({ user: z.object({ id: z.string(), name: z.string(), email: z.string() }) })
    .parse(await answer.json());
  return withCookies(jsonAnswer({ user }), answer);
}

async function signOut({ infra, auth }: AuthParts, request: Request): Promise<Response> {
  refuseOtherSites(infra, request);
  const headers = new Headers({ 'content-type': 'application/json', cookie: request.headers.get('cookie') ?? '' });
  const answer = await auth.handle(new Request(request.url, { method: 'POST', headers, body: '{}' }));
  if (!answer.ok) throw new Error(`sign-out failed with ${answer.status}`);
  return withCookies(jsonAnswer(null), answer);
}

function refuseOtherSites(infra: Infra, request: Request): void {
  if (siteOfRequest(infra, request) !== 'other') return;
  throw workspacesError('other_site', 'This request came from another site, so it was refused.');
}

async function readCredentials(request: Request): Promise<z.infer<typeof credentials>> {
  const text = await request.text();
  if (text.length > bodyCharsMax)
    throw workspacesError('invalid', 'The body is too long for an address and a password.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw workspacesError('invalid', 'The body is not JSON. Send {"email": "...", "password": "..."}.');
  }
  const parsed = credentials.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalidField(issue?.path.join('.') ?? 'body', issue?.message ?? 'is not understood');
}

/** The token itself never stands in the body: pages' scripts cannot read it, only the cookie carries it. */
function withCookies(response: Response, from: Response): Response {
  for (const cookie of from.headers.getSetCookie()) response.headers.append('set-cookie', cookie);
  return response;
}
