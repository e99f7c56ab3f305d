import type { Infra } from '#infra/module.ts';
import type { Auth, SignedIn } from './auth.ts';
import { endSession, touchSession } from './queries/people.ts';
import { siteOf } from './rules/same-site.ts';

const unusedMaxMs = 7 * 24 * 3600 * 1000;
const touchEveryMs = 3600 * 1000;

/** Who a request's session belongs to; null without one, or when it was not used for 7 days: it ends then. */
export async function whoIsSignedIn(infra: Infra, auth: Auth, request: Request): Promise<SignedIn | null> {
  const signedIn = await auth.sessionOf(request.headers);
  if (signedIn === null) return null;
  const now = infra.clock.now();
  const unusedMs = now.getTime() - signedIn.usedAt.getTime();
  if (unusedMs > unusedMaxMs) {
    await infra.db.asSystem((tx) => endSession(tx, signedIn.sessionId));
    return null;
  }
  if (unusedMs > touchEveryMs) await infra.db.asSystem((tx) => touchSession(tx, { id: signedIn.sessionId, now }));
  return signedIn;
}

/** Whether our own pages sent the request; see rules/same-site.ts. */
export function siteOfRequest(infra: Infra, request: Request): 'own' | 'other' | 'unknown' {
  return siteOf({
    secFetchSite: request.headers.get('sec-fetch-site'),
    origin: request.headers.get('origin'),
    host: request.headers.get('host') ?? new URL(request.url).host,
    publicUrl: infra.config.publicUrl,
  });
}

/** True for requests that only read, which another site may cause but not see. */
export function isReading(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}
