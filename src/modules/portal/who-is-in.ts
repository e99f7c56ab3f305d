import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { endSession, type SessionRow, sessionByToken, touchSession, type WayIn, waysIn } from './queries/sessions.ts';
import { hashSessionToken, sessionTokenOf } from './session-cookie.ts';

const unusedMaxMs = 30 * 24 * 3600 * 1000;
const touchEveryMs = 3600 * 1000;

export interface Inside {
  session: SessionRow;
  ways: WayIn[];
}

/** The portal session of a request and the brands it may act with; null without one, or when it was not used for 30 days: it ends then. */
export async function whoIsIn(infra: Infra, request: Request): Promise<Inside | null> {
  const token = sessionTokenOf(request);
  if (token === null) return null;
  return infra.db.asSystem((tx) => insideOf(tx, token, infra.clock.now()));
}

export async function insideOf(tx: Tx, token: string, now: Date): Promise<Inside | null> {
  const session = await sessionByToken(tx, hashSessionToken(token), now);
  if (session === undefined) return null;
  const unusedMs = now.getTime() - session.used_at.getTime();
  if (unusedMs > unusedMaxMs) {
    await endSession(tx, session.id);
    return null;
  }
  if (unusedMs > touchEveryMs) await touchSession(tx, session.id, now);
  return { session, ways: await waysIn(tx, session) };
}
