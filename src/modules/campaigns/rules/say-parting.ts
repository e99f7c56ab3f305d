/** Why an entry that only came under another creator cannot go back. */
export const hasAnotherEntry =
  'The creator is on this campaign by another entry already, so this one stays where it is.';

const fieldWords: Readonly<Record<string, string>> = {
  stage: 'The stage',
  stage_since: 'The day of the stage',
  profile_id: 'The profile',
  signed_fee_minor: 'The signed fee',
  signed_fee_currency: 'The currency of the signed fee',
  note: 'The note',
  owner_id: 'Who looks after it',
  blocker: 'What is in the way',
  blocker_since: 'Since when something is in the way',
  respond_by: 'The day to answer by',
  drafts_by: 'The day of drafts',
  live_from: 'The first day live',
  live_until: 'The last day live',
  tags: 'The tags of the entry',
  contract_ended_on: 'The end of the contract',
  contract_end_reason: 'Why the contract ended',
  removed_at: 'When it was taken off',
  removed_reason: 'Why it was taken off',
};

/** What somebody changed of a joint entry, and a parting therefore leaves as it is. */
export function sayChanged(of: { changed: ReadonlySet<string>; keepsFee: boolean }): string[] {
  const fee = of.keepsFee
    ? ['The fee was changed since both were added up: it stays with the kept creator, the other one has none.']
    : [];
  const fields = [...of.changed].filter((name) => !name.startsWith('fee_')).sort();
  return [...fee, ...fields.map((name) => `${fieldWords[name] ?? name} was changed since and stays as it is now.`)];
}

const tableWords: Readonly<Record<string, readonly [one: string, many: string]>> = {
  deliverable: ['deliverable', 'deliverables'],
  campaign_cost: ['cost', 'costs'],
  task: ['task', 'tasks'],
  contract: ['contract', 'contracts'],
  submission: ['draft', 'drafts'],
  pick: ['choice of products', 'choices of products'],
  shipment: ['parcel', 'parcels'],
  content_asset: ['piece of the library', 'pieces of the library'],
  link: ['link', 'links'],
  discount_code: ['discount code', 'discount codes'],
  mail_thread: ['conversation', 'conversations'],
  campaign_invitation: ['invitation', 'invitations'],
};

/** What came along with an entry and goes back with it, by table; null when a person would miss nothing of it. */
export function sayMoved(moved: Readonly<Record<string, number>>): string | null {
  const parts = Object.entries(tableWords).flatMap(([table, [one, many]]) => {
    const rows = moved[table] ?? 0;
    return rows === 0 ? [] : [`${rows} ${rows === 1 ? one : many}`];
  });
  return parts.length === 0 ? null : parts.join(', ');
}
