import { type Selectable, sql } from 'kysely';
import type { GuestLink as GuestLinkRow } from '#db/tables.ts';
import { AppError } from '#kernel/errors.ts';
import type { Tx } from '../db/database.ts';
import type { Infra } from '../module.ts';
import { type GuestLink, toGuestLink } from './guest-links.ts';
import { hashToken, passphraseMatches } from './secrets.ts';

const wrongTriesMax = 10;
const wrongWindowMs = 15 * 60_000;
const callsWindowMs = 60_000;

export interface Entrance {
  kind: string;
  token: string;
  passphrase?: string | undefined;
  /** What is behind it in a word, such as `list`. */
  noun: string;
  /** Calls of one link a minute, whoever makes them. */
  callsMax: number;
}

/**
 * The link behind a token, when it stands and the passphrase fits. Errors: guest_link.ended (also when there never was one, or it shows
 * another kind of thing), guest_link.busy, guest_link.passphrase_needed, guest_link.passphrase_wrong, guest_link.passphrase_tries.
 */
export async function enterGuestLink(infra: Pick<Infra, 'db' | 'clock'>, entrance: Entrance): Promise<GuestLink> {
  const now = infra.clock.now();
  // A guest names no workspace, so this one look is the system's.
  const row = await infra.db.asSystem((tx) => rowByToken(tx, entrance.token));
  if (row === null || row.kind !== entrance.kind || row.revoked_at !== null || row.expires_at <= now) throw endedLink();
  const calls = await infra.db.inWorkspace(row.workspace_id, (tx) => countCall(tx, row, now));
  if (calls > entrance.callsMax)
    throw new AppError('too_many', 'guest_link.busy', 'This link was opened too often. Try again in a minute.');
  if (row.passphrase_hash !== null) await checkPassphrase(infra, row, entrance);
  return toGuestLink(row);
}

/** For a link whose thing is gone: says no more than of one that never was. */
export function endedLink(): AppError {
  const message = 'This link has ended, or there never was one. Ask whoever sent it for a new one.';
  return new AppError('not_found', 'guest_link.ended', message);
}

async function checkPassphrase(
  infra: Pick<Infra, 'db' | 'clock'>,
  row: Selectable<GuestLinkRow>,
  { passphrase, noun }: Entrance,
): Promise<void> {
  const now = infra.clock.now();
  if (passphrase === undefined) {
    const message = `This ${noun} is shown to whoever knows its passphrase.`;
    throw new AppError('forbidden', 'guest_link.passphrase_needed', message);
  }
  const isRecent = row.wrong_at !== null && now.getTime() - row.wrong_at.getTime() < wrongWindowMs;
  if (isRecent && row.wrong_tries >= wrongTriesMax) {
    const message = 'Too many wrong passphrases. Try again in 15 minutes.';
    throw new AppError('too_many', 'guest_link.passphrase_tries', message);
  }
  if (await passphraseMatches(passphrase, row.passphrase_hash ?? '')) return;
  await infra.db.inWorkspace(row.workspace_id, (tx) => countWrongTry(tx, row, now));
  throw new AppError('invalid', 'guest_link.passphrase_wrong', 'That is not the passphrase.', [
    { field: 'passphrase', message: 'is not the one' },
  ]);
}

async function rowByToken(tx: Tx, token: string): Promise<Selectable<GuestLinkRow> | null> {
  const row = await tx
    .selectFrom('guest_link')
    .selectAll()
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst();
  return row ?? null;
}

/** Counts a call of a link within its current minute and says how many there were. */
async function countCall(tx: Tx, link: Selectable<GuestLinkRow>, at: Date): Promise<number> {
  const since = new Date(at.getTime() - callsWindowMs);
  const row = await tx
    .updateTable('guest_link')
    .set({
      window_calls: sql<number>`case when window_at > ${since} then window_calls + 1 else 1 end`,
      window_at: sql<Date>`case when window_at > ${since} then window_at else ${at} end`,
    })
    .where('workspace_id', '=', link.workspace_id)
    .where('id', '=', link.id)
    .returning('window_calls')
    .executeTakeFirst();
  return row?.window_calls ?? 0;
}

/** Tries are counted within a window that starts anew after 15 minutes without one. */
async function countWrongTry(tx: Tx, link: Selectable<GuestLinkRow>, at: Date): Promise<void> {
  const since = new Date(at.getTime() - wrongWindowMs);
  await tx
    .updateTable('guest_link')
    .set({ wrong_tries: sql<number>`case when wrong_at > ${since} then wrong_tries + 1 else 1 end`, wrong_at: at })
    .where('workspace_id', '=', link.workspace_id)
    .where('id', '=', link.id)
    .execute();
}
