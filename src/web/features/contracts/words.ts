import type {
  ContractModel,
  ContractState,
  ContractSummary,
  Jurisdiction,
  RightsChannel,
  Trigger,
} from '#modules/contracts/api.ts';
import type { Tone } from '#web/ui/tag.tsx';

export const contractNouns = ['contracts', 'work', 'today', 'roster', 'campaigns'];

export const stateNames: Record<ContractState, string> = {
  draft: 'Draft',
  sent: 'Waits for the creator',
  countered: 'Counter-offer to answer',
  agreed: 'Agreed, to be signed',
  signed: 'Signed',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  expired: 'Lapsed',
};

export function toneOf(row: Pick<ContractSummary, 'state' | 'waitsFor' | 'endedAt' | 'ranOutAt'>): Tone {
  if (row.endedAt !== null || row.ranOutAt !== null) return 'plain';
  if (row.state === 'signed') return 'good';
  return row.waitsFor === 'us' && row.state !== 'draft' ? 'warn' : 'plain';
}

/** Where a contract stands, in words. */
export function sayStanding(row: ContractSummary): string {
  if (row.endedAt !== null) return 'Ended';
  if (row.ranOutAt !== null) return 'Ran out';
  if (row.isWaiting && row.state === 'signed' && row.startsOn !== null) return `Signed, from ${sayDay(row.startsOn)}`;
  if (row.state === 'agreed')
    return row.signedBy.includes('creator') ? 'Signed by the creator, sign next' : 'Agreed, the creator signs next';
  if (row.isWaiting) return `Renewal: ${stateNames[row.state].toLowerCase()}`;
  return row.isAmendment ? `Amendment: ${stateNames[row.state].toLowerCase()}` : stateNames[row.state];
}

export const modelNames: Record<ContractModel, string> = {
  product_seeding: 'Product seeding',
  sponsored: 'Sponsored content',
  ambassadorship: 'Ambassador',
};

export const placeNames: Record<Jurisdiction, string> = {
  US: 'United States',
  UK: 'United Kingdom',
  DE: 'Germany',
  FR: 'France',
  EU: 'European Union, elsewhere',
};

export const channelNames: Record<RightsChannel, string> = {
  creator_account: 'Creator’s own accounts',
  brand_social: 'Brand’s social media',
  brand_website: 'Website and shop',
  email: 'E-mail',
  marketplaces: 'Marketplaces',
  print: 'Print',
  out_of_home: 'Outdoor and in-store',
  broadcast: 'Television and streaming',
};

export const triggerNames: Record<Trigger, string> = {
  signed: 'both signed',
  draft_approved: 'drafts are approved',
  live: 'everything is live',
  date: 'a day',
};

/** An offer lapses when its last day is over; people are told the last moment of it. */
export function lastMoment(expiresAt: string): string {
  return new Date(new Date(expiresAt).getTime() - 1).toISOString();
}

/** 14 days from now, the usual time to answer. */
export function inTwoWeeks(): string {
  return new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
}

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** A calendar day: "31 Oct 2026". */
export function sayDay(day: string): string {
  return days.format(new Date(`${day}T00:00:00Z`));
}

/** In force with a last day: what follows it can be drafted. */
export function isRenewable(row: ContractSummary): boolean {
  const isOver = row.endedAt !== null || row.ranOutAt !== null || row.isErased;
  return row.inForceVersion !== null && row.endsOn !== null && !row.isWaiting && !isOver;
}
