import type { PortalContract, PortalContractRow } from '#modules/contracts/api.ts';
import type { Tone } from '#web/ui/tag.tsx';

export const words = {
  title: 'Contracts',
  loading: 'Opening the contract',
  none: 'Nothing to sign',
  noneText: 'When the brand sends you a contract, it stands here.',
  gone: 'This contract is not there. It may have been meant for somebody else.',
} as const;

/** An offer lapses when its last day is over; people are told the last moment of it. */
export function lastMoment(expiresAt: string): string {
  return new Date(new Date(expiresAt).getTime() - 1).toISOString();
}

/** Where a contract stands, for its creator. */
export function sayState(row: PortalContractRow | PortalContract): { text: string; tone: Tone } {
  if ('endedAt' in row && row.endedAt !== null) return { text: 'Ended', tone: 'plain' };
  switch (row.state) {
    case 'sent':
      return { text: 'Your answer is next', tone: 'warn' };
    case 'countered':
      return { text: 'The brand looks at your proposal', tone: 'plain' };
    case 'agreed':
      return row.waitsFor === 'me'
        ? { text: 'Please sign', tone: 'warn' }
        : { text: 'You signed, the brand signs next', tone: 'plain' };
    case 'signed':
      return { text: 'Signed by both', tone: 'good' };
    case 'declined':
      return { text: 'Declined', tone: 'plain' };
    case 'withdrawn':
    case 'draft':
      return { text: 'Taken back by the brand', tone: 'plain' };
    case 'expired':
      return { text: 'Lapsed', tone: 'plain' };
  }
}
