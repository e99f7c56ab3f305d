import { contractModels, jurisdictions } from '../api/terms.ts';
import { localClauses } from './local-clauses.ts';
import type { ShippedClause } from './shipped-clause.ts';

const everywhere = { models: contractModels, jurisdictions, source: null } as const;
const paid = ['sponsored', 'ambassadorship'] as const;

/** Clauses in the order they stand in a contract. A text that changes gets the next version; contracts keep the one they were made with. */
export const shippedClauses: readonly ShippedClause[] = [
  {
    ...everywhere,
    id: 'parties',
    version: 1,
    title: 'Who agrees',
    whenTerm: null,
    body: `This agreement is between {{brandParty}} (“the brand”) and {{creatorName}} (“the creator”). It is called “{{title}}”.

It holds {{period}}.`,
  },
  {
    ...everywhere,
    id: 'seeding',
    version: 1,
    title: 'The product',
    models: ['product_seeding'],
    whenTerm: 'product',
    body: `The brand sends the creator, at its own cost: {{product}}.

The creator is free to say what they honestly think of it, or to say nothing. Where the creator publishes, the rules on disclosure below hold, because a gift counts as advertising.`,
  },
  {
    ...everywhere,
    id: 'product',
    version: 1,
    title: 'Goods',
    models: paid,
    whenTerm: 'product',
    body: 'The brand gives the creator, at its own cost and on top of any fee: {{product}}.',
  },
  {
    ...everywhere,
    id: 'deliverables',
    version: 1,
    title: 'What the creator makes',
    whenTerm: 'deliverables',
    body: `The creator makes and publishes:
{{deliverables}}
The brief says what should come across. How it is said is up to the creator. What the creator says must be true and their own opinion.`,
  },
  {
    ...everywhere,
    id: 'approval',
    version: 1,
    title: 'Drafts and changes',
    models: paid,
    whenTerm: 'revisionsMax',
    body: `The creator shows each draft before it goes live. The brand may ask for changes at most {{revisions}} times per piece, within the brief. More rounds, or wishes beyond the brief, are agreed and paid separately.

Facts that are wrong and a missing disclosure are always mended, and count as no round.`,
  },
  {
    ...everywhere,
    id: 'auto-approval',
    version: 1,
    title: 'When the brand does not answer',
    models: paid,
    whenTerm: 'autoApproveAfterBusinessDays',
    body: 'A draft that the brand neither approved nor answered within {{autoApproveDays}} business days counts as approved.',
  },
  {
    ...everywhere,
    id: 'fee',
    version: 1,
    title: 'Fee',
    models: paid,
    whenTerm: 'fee',
    body: 'The brand pays the creator a fee of {{fee}}, {{payment}}. Value added tax or sales tax comes on top where the law asks for it and the creator’s invoice shows it.',
  },
  {
    ...everywhere,
    id: 'fee-parts',
    version: 1,
    title: 'Parts of the fee',
    models: paid,
    whenTerm: 'feeParts',
    body: `The fee is earned and paid in parts:
{{feeParts}}`,
  },
  {
    ...everywhere,
    id: 'payouts',
    version: 1,
    title: 'Payouts by result',
    models: paid,
    whenTerm: 'payouts',
    body: `The brand pays for results that it counts with its links and codes:
{{payouts}}
Returned and cancelled orders do not count. What goes beyond a cap is shown to the creator as beyond the cap, and is paid only when the brand approves it.`,
  },
  {
    ...everywhere,
    id: 'payout-cap',
    version: 1,
    title: 'Cap of all payouts',
    models: paid,
    whenTerm: 'payoutCap',
    body: 'All payouts by result together are at most {{payoutCap}}, unless the brand approves more.',
  },
  ...localClauses.filter((clause) => clause.id.startsWith('late-')),
  {
    ...everywhere,
    id: 'usage-rights',
    version: 1,
    title: 'Use of the content by the brand',
    jurisdictions: ['US', 'UK', 'EU'],
    whenTerm: 'usageRights',
    body: `The content stays the creator’s. The creator allows the brand to use it only like this:
{{usageRights}}
When a term ends, the brand stops using the content and takes it out of running advertising. It need not remove older posts from its social media accounts, but does not push them again. Every other use needs a new agreement.`,
  },
  ...localClauses.filter((clause) => clause.id.startsWith('rights-')),
  {
    ...everywhere,
    id: 'whitelisting',
    version: 1,
    title: 'Advertising from the creator’s account',
    models: paid,
    whenTerm: 'whitelisting',
    body: `The creator gives the brand access to advertise with their posts from their account: {{whitelisting}}. The brand shows each advertisement before it runs, changes nothing else on the account, reads no messages and gives the access back on the last day.`,
  },
  {
    ...everywhere,
    id: 'exclusivity',
    version: 1,
    title: 'Exclusivity',
    models: paid,
    whenTerm: 'exclusivity',
    body: '{{exclusivity}}. What the creator published before, and what they buy and show without being paid or given anything, stays allowed.',
  },
  ...localClauses.filter((clause) => clause.id.startsWith('disclosure-')),
  {
    ...everywhere,
    id: 'honesty',
    version: 1,
    title: 'Honest content',
    whenTerm: null,
    body: 'The creator says only what they believe and experienced, makes no claim on health, safety or savings that the brand has not proven in writing, buys no followers, likes or views, and uses music, pictures and other people’s work only with the right to.',
  },
  {
    ...everywhere,
    id: 'removal',
    version: 1,
    title: 'How long posts stay',
    models: paid,
    whenTerm: 'deliverables',
    body: 'Posts stay public for the time named with each of them; where none is named, for 30 days. If a platform removes a post through no fault of the creator, the creator publishes it again once, without a further fee. The brand may ask for a post to be taken down at any time; the fee stays earned.',
  },
  {
    ...everywhere,
    id: 'kill-fee',
    version: 1,
    title: 'Kill fee',
    models: paid,
    whenTerm: 'killFeePercent',
    body: 'If the brand stops the work after signing and before publication, for a reason that the creator did not cause, it pays {{killFee}}, and the whole fee for what is approved already. It then has no right to use the content.',
  },
  {
    ...everywhere,
    id: 'cancellation',
    version: 1,
    title: 'Ending it early',
    whenTerm: 'cancelDays',
    body: 'Either side may end this agreement in writing with notice of {{cancelDays}}. What was done by then is paid. For good cause either side may end it at once, after having named the fault and given seven days to mend it where it can be mended.',
  },
  {
    ...everywhere,
    id: 'morality',
    version: 1,
    title: 'Conduct',
    models: paid,
    whenTerm: 'morality',
    body: 'Either side may end this agreement at once when the other one publicly does something unlawful or hateful that a reasonable person would see as harming the first one’s name. An opinion, a private matter or an unproven accusation is not enough. What was delivered by then is paid.',
  },
  {
    ...everywhere,
    id: 'independence',
    version: 1,
    title: 'Independence',
    whenTerm: null,
    body: 'The creator works on their own account, is no employee of the brand, and looks after their own taxes, insurance and equipment.',
  },
  ...localClauses.filter((clause) => clause.id.startsWith('data-')),
  {
    ...everywhere,
    id: 'other',
    version: 1,
    title: 'Also agreed',
    whenTerm: 'other',
    body: '{{other}}',
  },
  {
    ...everywhere,
    id: 'amendments',
    version: 1,
    title: 'Changes',
    whenTerm: null,
    body: 'A change holds only when both have signed it. Until then, this agreement holds as it is. A change does not move days that were counted from the first signature, unless it says so. Both sides may sign electronically.',
  },
  ...localClauses.filter((clause) => clause.id.startsWith('law-')),
];
