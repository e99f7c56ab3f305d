import { hashToken } from '#infra/guest-links/secrets.ts';
import type { Infra } from '#infra/module.ts';
import { trackingError } from '../errors.ts';
import { countTillCall, countWrongCode, type TillRow, tillByToken } from '../queries/tills.ts';

const callsPerMinuteMax = 60;
const wrongMax = 10;
const wrongWindowMs = 15 * 60_000;

/**
 * The till behind a token. Errors: tracking.till_unknown (also for a link that was replaced), till_closed, till_busy when it was asked too often or too many codes
 * were wrong, so that nobody guesses codes with it.
 */
export async function enterTill(infra: Infra, token: string): Promise<TillRow> {
  const now = infra.clock.now();
  // A phone names no workspace, so this one look is the system's.
  const till = await infra.db.asSystem((tx) => tillByToken(tx, hashToken(token)));
  if (till === undefined)
    throw trackingError('till_unknown', 'This link has ended, or there never was one. Ask for the new one.');
  const calls = await infra.db.inWorkspace(till.workspace_id, (tx) => countTillCall(tx, till, now));
  if (calls > callsPerMinuteMax) throw trackingError('till_busy', 'Too many requests. Try again in a minute.');
  if (!till.is_open) throw trackingError('till_closed', `${till.name} was closed.`);
  if (till.wrong_at !== null && till.wrong_tries >= wrongMax && now.getTime() - till.wrong_at.getTime() < wrongWindowMs)
    throw trackingError('till_busy', 'Too many wrong codes. Try again in 15 minutes.');
  return till;
}

/** A code that does not exist was tried. */
export async function noteWrongCode(infra: Infra, till: TillRow): Promise<void> {
  await infra.db.inWorkspace(till.workspace_id, (tx) =>
    countWrongCode(tx, till, { at: infra.clock.now(), windowMs: wrongWindowMs }),
  );
}
