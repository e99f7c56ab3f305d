import type { Side } from '../api.ts';

const words: Record<string, string> = {
  drafted: 'Drafted',
  changed: 'Draft changed',
  revised: 'Next version drafted',
  sent: 'Offered to the creator',
  linked: 'Personal link made',
  opened: 'Document opened',
  accepted: 'Terms agreed to',
  countered: 'Counter-offer made',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  expired: 'Lapsed without an answer',
  signed: 'Signed',
  in_force: 'In force: both have signed',
  sealed: 'Document sealed',
  ended: 'Ended',
  ran_out: 'Ran out: its last day is over',
  took_over: 'Took over from the contract it renews',
  not_followed: 'The contract it was to renew ran out before both had signed',
  creator_erased: 'The creator was erased; the contract is kept as evidence',
};

const sides: Record<Side | 'system', string> = { brand: 'brand', creator: 'creator', system: 'program' };

/** What happened, in words. */
export function sayEvent(kind: string): string {
  return words[kind] ?? kind;
}

export function saySide(side: Side | 'system'): string {
  return sides[side];
}
