import { dayIn } from '#kernel/time.ts';
import type { ContractState } from '../api.ts';

interface Offer {
  state: string;
  expires_at: Date | null;
}

/** The state as it is at an instant: an offer whose time is over has lapsed, also before the watch wrote it down. */
export function stateAt(offer: Offer, now: Date): ContractState {
  const state = offer.state as ContractState;
  const lapses = state === 'sent' || state === 'countered';
  return lapses && offer.expires_at !== null && offer.expires_at <= now ? 'expired' : state;
}

/** An instant within a calendar day of a time zone. Zones lie between 12 hours behind and 14 hours ahead. */
export function instantWithin(day: string, timeZone: string): Date {
  const noon = new Date(`${day}T12:00:00Z`);
  return dayIn(timeZone, noon) === day ? noon : new Date(`${day}T00:00:00Z`);
}
