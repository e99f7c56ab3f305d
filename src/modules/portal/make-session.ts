import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { endSession, insertSession, putEntry, type WayIn } from './queries/sessions.ts';
import { hashSessionToken, newSessionToken, sessionCookie, sessionMaxMs } from './session-cookie.ts';
import type { Inside } from './who-is-in.ts';

/**
 * A new session under a new secret, in the place of the one this browser had: what it could do before by links it can still do.
 * Returns the secret for the cookie. System role.
 */
export async function replaceSession(
  tx: Tx,
  call: Pick<Call, 'request'>,
  how: { accountId: string; before: Inside | null; now: Date },
): Promise<string> {
  const token = newSessionToken();
  const sessionId = newId('portalSession', how.now.getTime());
  await insertSession(tx, {
    id: sessionId,
    tokenHash: hashSessionToken(token),
    accountId: how.accountId,
    preview: null,
    userAgent: call.request.headers.get('user-agent'),
    now: how.now,
    expiresAt: new Date(how.now.getTime() + sessionMaxMs),
  });
  if (how.before !== null) {
    for (const way of keptWays(how.before))
      await putEntry(tx, {
        workspaceId: way.workspace_id,
        sessionId,
        personId: way.person_id,
        linkId: way.link_id,
        now: how.now,
      });
    await endSession(tx, how.before.session.id);
  }
  return token;
}

/** Ways that came by links; another account's go with its session. */
function keptWays(before: Inside): WayIn[] {
  return before.session.preview_user_id === null ? before.ways.filter((way) => !way.by_account) : [];
}

export function setSessionCookie(infra: Infra, call: Pick<Call, 'answerHeaders'>, token: string): void {
  const cookie = sessionCookie(token, { maxAgeMs: sessionMaxMs, publicUrl: infra.config.publicUrl });
  call.answerHeaders.append('set-cookie', cookie);
}
