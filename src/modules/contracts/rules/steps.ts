import type { ContractState, Side } from '../api.ts';

export type Step = 'accept' | 'counter' | 'decline' | 'withdraw' | 'sign' | 'send' | 'save';

/** Which side may take a step while the version in hand stands so. One table for every face. */
const allowed: Record<Step, Partial<Record<ContractState, readonly Side[]>>> = {
  save: {
    draft: ['brand'],
    sent: ['brand'],
    countered: ['brand'],
    agreed: ['brand'],
    signed: ['brand'],
    declined: ['brand'],
    withdrawn: ['brand'],
    expired: ['brand'],
  },
  send: { draft: ['brand'] },
  accept: { sent: ['creator'], countered: ['brand'] },
  counter: { sent: ['creator'] },
  decline: { sent: ['creator'], countered: ['brand'], agreed: ['creator'] },
  withdraw: { draft: ['brand'], sent: ['brand'], countered: ['brand'], agreed: ['brand'] },
  // Signing an offer is agreeing to it; the brand may sign its own offer ahead.
  sign: { sent: ['brand', 'creator'], agreed: ['brand', 'creator'] },
};

export function mayTake(step: Step, side: Side, state: ContractState): boolean {
  return allowed[step][state]?.includes(side) ?? false;
}

const stateWords: Record<ContractState, string> = {
  draft: 'is a draft that was not sent yet',
  sent: 'waits for the creator’s answer',
  countered: 'waits for the brand’s answer to a counter-offer',
  agreed: 'is agreed and waits for signatures',
  signed: 'is signed by both',
  declined: 'was declined',
  withdrawn: 'was withdrawn',
  expired: 'lapsed without an answer',
};

/** Why a step is refused, and what can be done instead. */
export function whyNot(step: Step, state: ContractState): string {
  const verb = {
    accept: 'accepted',
    counter: 'countered',
    decline: 'declined',
    withdraw: 'withdrawn',
    sign: 'signed',
    send: 'sent',
    save: 'changed',
  }[step];
  const next =
    state === 'withdrawn' || state === 'declined' || state === 'expired'
      ? ' The brand can make a new offer.'
      : state === 'signed'
        ? ' A change needs an amendment that both sign.'
        : '';
  return `This contract cannot be ${verb}: it ${stateWords[state]}.${next}`;
}

/** Whose turn it is. `signedBy`: who signed the version in hand. */
export function turnOf(state: ContractState, signedBy: readonly Side[]): 'us' | 'creator' | 'nobody' {
  switch (state) {
    case 'draft':
    case 'countered':
      return 'us';
    case 'sent':
      return 'creator';
    case 'agreed':
      return signedBy.includes('creator') ? 'us' : 'creator';
    case 'signed':
    case 'declined':
    case 'withdrawn':
    case 'expired':
      return 'nobody';
  }
}
